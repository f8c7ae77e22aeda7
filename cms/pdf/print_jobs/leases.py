"""Who works on a print job. Each attempt holds it for a while under a name of its own, and lets go by ending.

An attempt that was held up for longer than its lease has lost it: whatever it would still write down is not taken,
since another may have begun meanwhile.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connections
from django.db.models import Q, QuerySet
from django.utils import timezone

from cms.models import PrintJob
from cms.models.print_job import OPEN_STATES

logger = logging.getLogger(__name__)

HELD = dt.timedelta(minutes=5)
RENEWED_EVERY = 60.0  # seconds: one item may take longer than a lease
_mark = secrets.token_hex(4)


class LeaseLost(Exception):
    """Somebody else works on the job now, or may begin any moment."""


def process_name() -> str:
    """This process: host, number, and a mark that another process of the same number does not have."""
    return f"{socket.gethostname()}:{os.getpid()}:{_mark}"


@dataclass(frozen=True)
class Lease:
    """One attempt at a job. Two threads of a process are two attempts."""

    job_id: Any
    token: str

    @property
    def attempt(self) -> str:
        return self.token.rpartition(":")[2]

    def held(self) -> QuerySet[PrintJob]:
        """The job while it is held: what is written through it comes too late for nobody."""
        return PrintJob.objects.filter(pk=self.job_id, holder=self.token)

    def held_open(self) -> QuerySet[PrintJob]:
        return self.held().filter(state__in=OPEN_STATES)

    def renew(self) -> bool:
        """Hold it for longer; False when it was taken away."""
        return bool(self.held().update(held_until=timezone.now() + HELD))

    def check(self) -> None:
        """Renew it. Raises LeaseLost."""
        if not self.renew():
            raise LeaseLost

    def let_go(self) -> None:
        self.held().update(holder="", held_until=None)


def take(job: PrintJob) -> Lease | None:
    """Hold the job if nobody alive holds it. Two that try at once: one of them gets it."""
    now = timezone.now()
    free = Q(held_until__isnull=True) | Q(held_until__lt=now)
    if job.holder and is_gone(job.holder):
        free |= Q(holder=job.holder)
    lease = Lease(job.pk, f"{process_name()}:{secrets.token_hex(4)}")
    changed = PrintJob.objects.filter(free, pk=job.pk).update(
        holder=lease.token, held_until=now + HELD
    )
    return lease if changed else None


@contextmanager
def renewed(lease: Lease) -> Iterator[None]:
    """Renew it beside the work, which may wait for one long render."""
    over = threading.Event()
    beside = threading.Thread(
        target=_renew_until, args=(lease, over), name="print-job-lease", daemon=True
    )
    beside.start()
    try:
        yield
    finally:
        over.set()
        beside.join()


def _renew_until(lease: Lease, over: threading.Event) -> None:
    while not over.wait(RENEWED_EVERY):
        try:
            if not lease.renew():
                return
        except DatabaseError:  # busy: there are several more chances before the lease is over
            logger.warning("Print job %s: its lease was not renewed", lease.job_id)
        finally:
            connections.close_all()  # a thread has database connections of its own


def is_held(job: PrintJob) -> bool:
    """By somebody alive, as far as can be told from here."""
    if job.held_until is None or job.held_until < timezone.now():
        return False
    return not is_gone(job.holder)


def is_gone(holder: str) -> bool:
    """Whether a holder on this host is known to have ended; of other hosts only the clock tells."""
    host, number, mark, _attempt = ["", "", "", *holder.rsplit(":", 3)][-4:]
    if host != socket.gethostname() or not number.isdecimal():
        return False
    if int(number) == os.getpid():
        return mark != _mark
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
