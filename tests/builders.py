"""Short ways to make content in tests. Everything is published unless `live=False`."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.contrib.auth.models import Group
from wagtail.rich_text import RichText

from cms.enums import GroupName
from cms.models import ArchivePage, Issue, Person, User
from events.enums import PositionStatus
from events.models import Body, Event, Position, Vehicle
from testimony.models import (
    FactSheetPage,
    KeyMessage,
    MessageMap,
    Pin,
    Proof,
    Source,
    Statistic,
    SupportingPoint,
    TalkingPoint,
    TestimonyPage,
)

DAY = dt.date(2026, 3, 4)


def embed(item, pin: Pin | None = None) -> str:
    """The mark of a figure or source in rich text, as it is stored."""
    held = f' pin="{pin.pk}"' if pin else ""
    return f'<embed embedtype="{item._meta.model_name}" id="{item.pk}"{held}/>'


def publish(item, **changes) -> None:
    for name, value in changes.items():
        setattr(item, name, value)
    item.save_revision().publish()
    item.refresh_from_db()


def make_user(username: str = "ann", group: GroupName = GroupName.AUTHORS) -> User:
    user = User.objects.create_user(username, f"{username}@test.example", "a-long-test-password")
    user.groups.add(Group.objects.get(name=group))
    return user


def make_source(title: str = "National survey", **fields) -> Source:
    return Source.objects.create(
        title=title, **{"publisher": "Bureau", "published": "2023", **fields}
    )


def make_statistic(label: str = "of workers have leave", value: str = "27", **fields) -> Statistic:
    source = fields.pop("source", None) or make_source()
    return Statistic.objects.create(label=label, value=Decimal(value), source=source, **fields)


def make_point(title: str = "Leave follows the paycheck", text: str = "<p>So it is.</p>", **fields):
    return TalkingPoint.objects.create(title=title, text=text, **fields)


def authorise(vehicle: Vehicle) -> None:
    """Put the stance that was entered with `vehicle` in force, by a decision."""
    Position.objects.filter(vehicle=vehicle).update(
        status=PositionStatus.IN_FORCE,
        decision="Support it.",
        decided_by="Board of Health",
        decided_on=DAY,
    )


def make_event(**fields) -> Event:
    body, _new = Body.objects.get_or_create(name="House Committee on Labor")
    vehicle, new = Vehicle.objects.get_or_create(
        identifier="HB 1147", defaults={"title": "Leave Act", "position": "support", "body": body}
    )
    if new:
        authorise(vehicle)
    starts_at = dt.datetime(2026, 3, 4, 14, 30, tzinfo=dt.UTC)
    return Event.objects.create(
        **{"title": "Hearing", "body": body, "vehicle": vehicle, "starts_at": starts_at, **fields}
    )


def make_testimony(
    title: str = "Testimony on HB 1147", body=(), *, live: bool = True, user=None, **fields
) -> TestimonyPage:
    """A testimony under the archive, published by a revision as the editor does it."""
    speaker, _new = Person.objects.get_or_create(name="Imani Calloway")
    page = TestimonyPage(
        title=title,
        live=False,
        body=list(body) or [("paragraph", RichText("<p>Thank you for hearing me.</p>"))],
        **{"date": DAY, "speaker": speaker, "position": "support", **fields},
    )
    return _place(page, live, user)


def make_fact_sheet(
    title: str = "Who has leave", body=(), *, live: bool = True, user=None, **fields
) -> FactSheetPage:
    page = FactSheetPage(
        title=title, live=False, body=list(body), **{"date": DAY, "headline": "Few do.", **fields}
    )
    return _place(page, live, user)


def _place(page, live: bool, user):
    ArchivePage.objects.get().add_child(instance=page)
    issue = Issue.objects.get(slug="paid-leave")
    page.issues.set([issue])
    revision = page.save_revision(user=user)
    if live:
        revision.publish()
    page.refresh_from_db()
    return page


def paragraph(html: str) -> tuple[str, RichText]:
    return "paragraph", RichText(html)


def make_map(issue: Issue | None = None, *messages: KeyMessage, live: bool = True, **fields):
    """A message map with its messages, published by a revision as the editor does it."""
    issue = issue or Issue.objects.get(slug="paid-leave")
    message_map = MessageMap(issue=issue, live=False, **fields)
    message_map.messages.set(messages)
    message_map.save()
    revision = message_map.save_revision()
    if live:
        revision.publish()
    return MessageMap.objects.get(pk=message_map.pk)


def make_message(text: str = "Leave is slow to come", *, points=(), proofs=(), released=True):
    """A key message; `proofs` are statistics and sources."""
    message = KeyMessage(text=text, is_releasable=released)
    message.points.set([SupportingPoint(point=point) for point in points])
    message.proofs.set([Proof(**{item._meta.model_name: item}) for item in proofs])
    return message
