"""Loads the demo's sources, statistics and talking points."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from django.utils import timezone

from cms.models import Issue, Person, User
from testimony.demo.reader import rows
from testimony.enums import PointKind, Scale
from testimony.models import Source, Statistic, TalkingPoint

REFERENCE = re.compile(r'<embed embedtype="(statistic|source)" ref="([^"]+)"\s*/>')


class Library:
    """What documents refer to, by the keys of the files."""

    def __init__(
        self,
        *,
        user: User,
        publisher: User,
        owners: dict[str, User],
        people: dict[str, Person],
        issues: dict[str, Issue],
    ) -> None:
        self.user, self.publisher = user, publisher
        self.owners, self.people, self.issues = owners, people, issues
        self.sources: dict[str, Source] = {}
        self.statistics: dict[str, Statistic] = {}
        self.talking_points: dict[str, TalkingPoint] = {}

    def load(self) -> None:
        for row in rows("sources"):
            fields = {name: value for name, value in row.items() if name not in {"key", "file"}}
            self.sources[row["key"]] = self.publish(Source(live=False, **fields))
        for row in rows("statistics"):
            self.statistics[row["key"]] = self.publish(self._statistic(row))
        for row in rows("talking_points"):
            self.talking_points[row["key"]] = self.publish(self._talking_point(row))

    def rich_text(self, text: str) -> str:
        """`text` with the references by key turned into references by id, on one line."""

        def by_id(match: re.Match[str]) -> str:
            kind, key = match.groups()
            item = (self.statistics if kind == "statistic" else self.sources)[key]
            return f'<embed embedtype="{kind}" id="{item.pk}"/>'

        return " ".join(REFERENCE.sub(by_id, text).split())

    def _statistic(self, row: dict) -> Statistic:
        return Statistic(
            live=False,
            label=row["label"],
            value=Decimal(row["value"]),
            scale=row.get("scale", Scale.NONE),
            decimals=row["decimals"],
            unit=row["unit"],
            population=row["population"],
            place=row["place"],
            period=row["period"],
            source=self.sources[row["source"]],
            retrieved_on=row["retrieved_on"],
            spoken=row["spoken"],
            owner=self.user,
            review_by=timezone.localdate() + dt.timedelta(days=row.get("review_in_days", 180)),
        )

    def _talking_point(self, row: dict) -> TalkingPoint:
        point = TalkingPoint(
            live=False,
            title=row["title"],
            text=self.rich_text(row["text"]),
            kind=row.get("kind", PointKind.MESSAGE),
            follow_up=self.people.get(row.get("follow_up", "")),
            audience=row["audience"],
            owner=self.owners.get(row["owner"], self.user),
            review_by=timezone.localdate() + dt.timedelta(days=row["review_in_days"]),
        )
        point.save()
        point.issues.set([self.issues[key] for key in row["issues"]])
        return point

    def publish(self, item):
        item.save()
        return self.publish_anew(item)

    def publish_anew(self, item):
        """As after the approver's approval, without its e-mails. `item` may hold what is not saved yet."""
        revision = item.save_revision(user=self.user, log_action=True)
        revision.publish(user=self.publisher, skip_permission_checks=True)
        item.refresh_from_db()
        return item
