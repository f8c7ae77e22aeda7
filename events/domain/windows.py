"""The windows of events: computed from the rules of their body, and kept in step when anything moves.

`recompute` may run as often as it likes: it writes differences only. What somebody entered by hand or marked
done is never rewritten; a hand-made moment whose ground moved is flagged instead.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from events.domain.deadlines import Span, span
from events.domain.times import day_to_utc
from events.domain.working_days import WorkCalendar, work_calendar
from events.enums import Deadline, EventKind, EventStatus, WindowProblem
from events.models import Body, DeadlineRule, Event, Window
from events.models.event import still_to_come

PROBLEMS = frozenset(WindowProblem.values)
# What a rule decides; the rest of a window belongs to people.
FOLLOWING = (
    *("rule", "what", "label", "opens_at", "closes_at"),
    *("problem", "rule_closes_at", "anchored_at", "check_again"),
)


@dataclass(frozen=True)
class Change:
    """A window whose closing is another one now."""

    window: Window
    was: dt.datetime | None


@dataclass(frozen=True)
class Outcome:
    """What a rule says for an event: a span, or why there is none."""

    span: Span | None
    problem: str

    @property
    def opens_at(self) -> dt.datetime | None:
        return self.span.opens_at if self.span else None

    @property
    def closes_at(self) -> dt.datetime | None:
        return self.span.closes_at if self.span else None


@dataclass
class Work:
    """What one run is going to write, all at the end."""

    now: dt.datetime
    new: list[Window] = field(default_factory=list)
    changed: list[Window] = field(default_factory=list)
    gone: list[Window] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def write(self) -> None:
        Window.objects.filter(pk__in=[window.pk for window in self.gone]).delete()
        Window.objects.bulk_create(self.new)
        Window.objects.bulk_update(self.changed, FOLLOWING)


def recompute(event: Event) -> list[Change]:
    """Bring the windows of `event` into step with its start and the rules of its body.

    Windows are made for what is still to come, and for what may still be handed in afterwards. Returns the
    windows whose closing changed.
    """
    return recompute_events([event])


@transaction.atomic
def recompute_events(events: Iterable[Event]) -> list[Change]:
    """As `recompute`, in a number of queries that does not grow with the events. `body` should be fetched."""
    events = list(events)
    locked = Window.objects.select_for_update(of=("self",))
    windows: dict[int, list[Window]] = defaultdict(list)
    for window in locked.filter(event__in=events).order_by("pk"):
        windows[window.event_id].append(window)
    rules: dict[int, list[DeadlineRule]] = defaultdict(list)
    bodies = {event.body_id for event in events if event.body_id}
    if bodies:
        for rule in DeadlineRule.objects.filter(body__in=bodies).order_by("sort_order", "pk"):
            rules[rule.body_id].append(rule)
    work, calendars = Work(timezone.now()), Calendars()
    for event in events:
        applying = [rule for rule in rules[event.body_id or 0] if concerns(rule, event)]
        _recompute(event, applying, windows[event.pk], calendars, work)
    work.write()
    return work.changes


def concerns(rule: DeadlineRule, event: Event) -> bool:
    """Comment periods have the rules on comments, hearings and meetings the others, and the rest none."""
    if event.kind == EventKind.COMMENT_PERIOD:
        return rule.what == Deadline.COMMENT
    formal = event.kind in (EventKind.HEARING, EventKind.AGENCY_MEETING)
    return formal and rule.what != Deadline.COMMENT


class Calendars:
    """Calendars of holidays, each read once. None for a jurisdiction that is not known."""

    def __init__(self) -> None:
        self._read: dict[str, WorkCalendar | None] = {}

    def of(self, event: Event) -> WorkCalendar | None:
        code = event.body.jurisdiction_code if event.body else ""
        if code not in self._read:
            try:
                self._read[code] = work_calendar(code)
            except ValidationError:
                self._read[code] = None
        return self._read[code]


def _recompute(
    event: Event,
    rules: list[DeadlineRule],
    windows: list[Window],
    calendars: Calendars,
    work: Work,
) -> None:
    standing = {window.rule_id: window for window in windows if window.rule_id}
    for rule in rules:
        outcome = outcome_of(rule, event, calendars.of(event))
        window = standing.get(rule.pk)
        if window is None:
            _add_window(event, rule, outcome, work)
            continue
        was = window.closes_at
        if _follow(window, event, rule, outcome):
            work.changed.append(window)
        if window.closes_at != was:
            work.changes.append(Change(window, was))
    ours = {rule.pk for rule in rules}
    for window in windows:
        if window.rule_id not in ours:
            _without_rule(window, event, work)


def outcome_of(rule: DeadlineRule, event: Event, calendar: WorkCalendar | None) -> Outcome:
    """What `rule` says for `event`; the reason where it says nothing."""
    if event.starts_at is None:
        return Outcome(None, WindowProblem.NO_DATE)
    if calendar is None:
        return Outcome(None, WindowProblem.RULE)
    zone = event.body.timezone if event.body else event.timezone
    try:
        found = span(
            rule,
            start=_start_for_rules(event, zone),
            zone=zone,
            is_open=calendar.is_open,
            all_day=event.is_all_day,
        )
    except ValidationError as error:
        code = str(error.code)
        return Outcome(None, code if code in PROBLEMS else WindowProblem.RULE)
    return Outcome(found, "")


def _start_for_rules(event: Event, zone: str) -> dt.datetime:
    """The start; of a day without a time, the noon of that same day where the body counts its days."""
    assert event.starts_at is not None  # asked by `outcome_of`
    if not event.is_all_day or event.local_date is None or zone == event.timezone:
        return event.starts_at
    return day_to_utc(event.local_date, zone)


def _add_window(event: Event, rule: DeadlineRule, outcome: Outcome, work: Work) -> None:
    ahead = outcome.closes_at is not None and outcome.closes_at > work.now
    if ahead or (event.is_to_come and event.status != EventStatus.PASSED):
        window = Window(event=event, rule=rule)
        _follow(window, event, rule, outcome)
        work.new.append(window)


def _follow(window: Window, event: Event, rule: DeadlineRule, outcome: Outcome) -> bool:
    """Set what the rule decides; True when anything is new. Done windows stay as they were."""
    if window.done_at is not None:
        return False
    before = _state(window)
    window.what, window.label = rule.what, rule.label
    if not window.overridden:
        window.opens_at, window.closes_at = outcome.opens_at, outcome.closes_at
        window.problem = outcome.problem
        window.check_again = False
    elif (window.rule_closes_at, window.anchored_at) != (outcome.closes_at, event.starts_at):
        window.check_again = True
    window.rule_closes_at, window.anchored_at = outcome.closes_at, event.starts_at
    return before != _state(window)


def _without_rule(window: Window, event: Event, work: Work) -> None:
    """Entered by hand, or its rule is gone or another body's: then away with it, unless hands were laid on.

    Those of past events stay: what was due then does not change because a rule does now.
    """
    if window.done_at is not None:
        return
    if window.overridden:
        before = _state(window)
        window.rule, window.rule_closes_at = None, None
        window.check_again = window.check_again or window.anchored_at != event.starts_at
        window.anchored_at = event.starts_at
        if before != _state(window):
            work.changed.append(window)
    elif event.is_to_come or (window.closes_at is not None and window.closes_at > work.now):
        work.gone.append(window)


def _state(window: Window) -> list[object]:
    return [getattr(window, f"{name}_id" if name == "rule" else name) for name in FOLLOWING]


def _still_reached(bodies: Q) -> QuerySet:
    """Events that a change of rules still reaches: to come, or with a window that is still open."""
    ahead = Q(windows__closes_at__gt=timezone.now(), windows__done_at__isnull=True)
    found = Event.objects.filter(bodies).filter(still_to_come() | ahead)
    return Event.objects.filter(pk__in=found.values("pk")).select_related("body")


def follow_body(body: Body) -> None:
    """The zone or the jurisdiction of `body` changed."""
    recompute_events(_still_reached(Q(body=body)))


def follow_body_of(rule: DeadlineRule) -> None:
    """`rule` was written, changed or taken away, perhaps with its body."""
    recompute_events(_still_reached(Q(body=rule.body_id)))


def follow_holidays(jurisdiction: str) -> None:
    """A day off was entered or taken away. What holds for a country holds for its states."""
    codes = Q(body__jurisdiction_code=jurisdiction)
    if "-" not in jurisdiction:
        codes |= Q(body__jurisdiction_code__startswith=f"{jurisdiction}-")
    recompute_events(_still_reached(codes))
