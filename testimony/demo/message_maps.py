"""Loads the demo's message maps."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from testimony.demo.library import Library
from testimony.demo.reader import rows
from testimony.models import KeyMessage, MessageMap, Proof, SupportingPoint

REVIEW_IN = dt.timedelta(days=120)


def load_message_maps(library: Library) -> None:
    for row in rows("message_maps"):
        message_map = MessageMap(
            live=False,
            issue=library.issues[row["issue"]],
            narrative=library.rich_text(row["narrative"]),
            audience_note=" ".join(row["audience_note"].split()),
            owner=library.owners.get(row["owner"], library.user),
            review_by=timezone.localdate() + REVIEW_IN,
        )
        message_map.messages.set([_message(library, message) for message in row["messages"]])
        library.publish(message_map)


def _message(library: Library, row: dict) -> KeyMessage:
    message = KeyMessage(text=row["text"], is_releasable=row["releasable"])
    points = [library.talking_points[key] for key in row["points"]]
    message.points.set([SupportingPoint(point=point) for point in points])
    message.proofs.set(
        [
            Proof(statistic=library.statistics.get(key), source=library.sources.get(key))
            for key in row["proofs"]
        ]
    )
    return message
