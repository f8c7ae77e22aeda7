"""The deadline board over 2,000 open windows, against Wagtail's own list of the same fifty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import timezone

from cms.benchmark.database import HOST
from cms.benchmark.harness import cpu_slice
from cms.benchmark.registry import Measure, Pair
from cms.benchmark.registry import register as add
from cms.models import User
from events.enums import Deadline
from events.models import Body, Event, Window

WINDOWS = 2_000
BODIES = 20
A_WINDOWS_EVENT = 5  # windows of one event


def fill_board(count: int, user: User) -> None:
    """`count` open windows of hearings before twenty bodies, every other one with somebody responsible."""
    now = timezone.now()
    bodies = Body.objects.bulk_create(Body(name=f"Committee {n}") for n in range(BODIES))
    events = Event.objects.bulk_create(
        Event(
            title=f"Public hearing on Bill {n}, an act on the health of the county",
            body=bodies[n % BODIES],
            starts_at=now + dt.timedelta(days=30, hours=n),
        )
        for n in range(count // A_WINDOWS_EVENT)
    )
    kinds = list(Deadline)
    Window.objects.bulk_create(
        Window(
            event=events[n % len(events)],
            what=kinds[n % len(kinds)],
            opens_at=now - dt.timedelta(days=1),
            closes_at=now + dt.timedelta(hours=n + 1),
            overridden=True,
            responsible=user if n % 2 else None,
        )
        for n in range(count)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@contextmanager
def opened() -> Iterator[Pair]:
    user = User.objects.filter(username="benchmark").first()
    user = user or User.objects.create_superuser("benchmark")
    fill_board(WINDOWS, user)
    with override_settings(ROOT_URLCONF="events.benchmark.urls"):
        client = Client(SERVER_NAME=HOST)
        client.force_login(user)
        board = visit(client, reverse("events:deadlines"))
        yield Pair(cpu_slice(board), cpu_slice(visit(client, "/benchmark/bare-deadlines/")))


def visit(client: Client, address: str) -> Callable[[], bytes]:
    """One visit, checked to have been answered with a full page of deadlines."""

    def once() -> bytes:
        response = client.get(address, secure=True)
        if response.status_code != 200 or response.content.count(b"Public hearing on Bill") < 50:
            raise RuntimeError(f"{address} answered {response.status_code}.")
        return response.content

    return once


def register() -> None:
    add(
        Measure(
            name="events",
            title=f"Deadline board over {WINDOWS:,} open windows",
            limit="Wagtail's own list of the same fifty windows",
            target=3.0,
            goal=1.5,
            open=opened,
        )
    )
