"""Loads the demo's sources, statistics and talking points."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from django.utils import timezone

from cms.models import Issue, User
from testimony.demo.reader import rows
from testimony.models import Source, Statistic, TalkingPoint

REFERENCE = re.compile(r'<embed embedtype="(statistic|source)" ref="([^"]+)"\s*/>')


class Library:
    """What documents refer to, by the keys of the files."""

    def __init__(
        self, *, user: User, publisher: User, owners: dict[str, User], issues: dict[str, Issue]
    ) -> None:
        self.user, self.publisher = user, publisher
        self.owners, self.issues = owners, issues
        self.sources: dict[str, Source] = {}
        self.statistics: dict[str, Statistic] = {}
        self.talking_points: dict[str, TalkingPoint] = {}

    def load(self) -> None:
        for row in rows("sources"):
            fields = ("title", "author", "publisher", "published", "url", "retrieved_on", "note")
            source = Source(live=False, **{name: row[name] for name in fields})
            self.sources[row["key"]] = self._publish(source)
        for row in rows("statistics"):
            self.statistics[row["key"]] = self._publish(self._statistic(row))
        for row in rows("talking_points"):
            self.talking_points[row["key"]] = self._publish(self._talking_point(row))

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
            decimals=row["decimals"],
            unit=row["unit"],
            population=row["population"],
            place=row["place"],
            period=row["period"],
            source=self.sources[row["source"]],
            retrieved_on=row["retrieved_on"],
            spoken=row["spoken"],
            owner=self.user,
            review_by=timezone.localdate() + dt.timedelta(days=180),
        )

    def _talking_point(self, row: dict) -> TalkingPoint:
        point = TalkingPoint(
            live=False,
            title=row["title"],
            text=self.rich_text(row["text"]),
            audience=row["audience"],
            owner=self.owners.get(row["owner"], self.user),
            review_by=timezone.localdate() + dt.timedelta(days=row["review_in_days"]),
        )
        point.save()
        point.issues.set([self.issues[key] for key in row["issues"]])
        return point

    def _publish(self, item):
        item.save()
        revision = item.save_revision(user=self.user, log_action=True)
        # As after the approver's approval, without its e-mails.
        revision.publish(user=self.publisher, skip_permission_checks=True)
        item.refresh_from_db()
        return item
