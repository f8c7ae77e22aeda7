"""Whether anybody does what is left to the worker (`manage.py db_worker`).

A worker leaves no sign of life while nothing is to do. When tasks wait and none was begun or ended for a while, there
is none.
"""

from __future__ import annotations

import datetime as dt
import time

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django_tasks import task_backends
from django_tasks.base import TaskResultStatus

SILENT = dt.timedelta(seconds=60)
LONGEST = dt.timedelta(
    minutes=5
)  # one task; what is said to run for longer was left by a worker that ended
# Who waits for SQLite's only writer looks ten times a second whether it is free, and never stands in a queue.
PAUSE = 0.15


def let_others_write() -> None:
    """Between two pieces of long work: the next would begin before anybody who waits for the first notices."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        time.sleep(PAUSE)


def is_silent() -> bool:
    """True where tasks have waited for a minute and nobody is at work. False where they need no worker."""
    if not task_backends["default"].supports_defer:
        return False
    from django_tasks_db.models import (
        DBTaskResult,
        get_date_max,
    )  # apps: only where its tables are

    now = timezone.now()
    at_any_time = Q(run_after=get_date_max()) | Q(run_after__lte=now - SILENT)
    waiting = DBTaskResult.objects.filter(at_any_time, status=TaskResultStatus.READY)
    if not waiting.filter(enqueued_at__lte=now - SILENT).exists():
        return False
    ended = Q(finished_at__gte=now - SILENT)
    begun = Q(status=TaskResultStatus.RUNNING, started_at__gte=now - LONGEST)
    return not DBTaskResult.objects.filter(ended | begun).exists()
