"""Who works on a print job. A process holds it for a while and lets go by ending, however it ends."""

from __future__ import annotations

import datetime as dt
import os
import secrets
import socket

from django.db.models import Q
from django.utils import timezone

from cms.models import PrintJob

# Longer than one item may take: the limit of a long render and the wait for its turn.
HELD = dt.timedelta(minutes=5)
_mark = secrets.token_hex(4)


def myself() -> str:
    """This process: host, number, and a mark that another process of the same number does not have."""
    return f"{socket.gethostname()}:{os.getpid()}:{_mark}"


def take(job: PrintJob) -> bool:
    """Hold the job if nobody alive holds it. Two that try at once: one of them gets it."""
    now = timezone.now()
    free = Q(held_until__isnull=True) | Q(held_until__lt=now)
    if job.holder and is_gone(job.holder):
        free |= Q(holder=job.holder)
    changed = PrintJob.objects.filter(free, pk=job.pk).update(
        holder=myself(), held_until=now + HELD
    )
    return bool(changed)


def keep(job: PrintJob) -> bool:
    """Hold it for longer; False when it was taken away or ended meanwhile."""
    held = PrintJob.objects.filter(pk=job.pk, holder=myself())
    return bool(held.update(held_until=timezone.now() + HELD))


def let_go(job: PrintJob) -> None:
    PrintJob.objects.filter(pk=job.pk, holder=myself()).update(holder="", held_until=None)


def is_held(job: PrintJob) -> bool:
    """By somebody alive, as far as can be told from here."""
    if job.held_until is None or job.held_until < timezone.now():
        return False
    return not is_gone(job.holder)


def is_gone(holder: str) -> bool:
    """Whether a holder on this host is known to have ended; of other hosts only the clock tells."""
    host, number, mark = ["", "", *holder.rsplit(":", 2)][-3:]
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
