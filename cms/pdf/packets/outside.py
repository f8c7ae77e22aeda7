"""PDFs that were not made here, made fit for a packet: looked at once by a process of their own, then kept."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from importlib.metadata import version

from django.conf import settings
from django.utils.translation import gettext_lazy

from cms.models import StoredPdf
from cms.pdf import store
from cms.pdf.client import Rendered
from cms.pdf.packets.parts import UnusablePart

REVISION = 1
KIND = "outside"
MOST_BYTES = 40 * 2**20
WAIT_SECONDS = 60
REASONS = {
    "password": gettext_lazy("it needs a password. Save a copy without one."),
    "broken": gettext_lazy(
        "it cannot be read as a PDF. Open it, print it to a new PDF, upload that."
    ),
    "empty": gettext_lazy("it has no pages."),
    "pages": gettext_lazy("it has more than 400 pages. Split it, or send it beside the packet."),
    "size": gettext_lazy("it is larger than 40 MB. Make it smaller, or send it beside the packet."),
    "xfa": gettext_lazy("it is a form that only Adobe Reader shows. Print it to a new PDF."),
    "layers": gettext_lazy("it has hidden layers, which would show. Print it to a new PDF."),
    "costly": gettext_lazy("reading it takes too long. Print it to a new PDF."),
}


def prepare(data: bytes, *, title: str, filename: str = "") -> StoredPdf:
    """The pages of an outside PDF, cleaned and stored. Raises UnusablePart, which says why not."""
    if len(data) > MOST_BYTES:
        raise refusal(title, "size")
    digest = hashlib.sha256(data).hexdigest()
    key = store.content_key(
        {"outside": digest, "revision": REVISION, "pikepdf": version("pikepdf")}
    )
    labels = {"kind": KIND, "title": title, "filename": filename or "outside.pdf", "language": "en"}
    return store.get_or_render(key, labels, lambda: _clean(data, title))[0]


def _clean(data: bytes, title: str) -> Rendered:
    environment = {"PATH": os.defpath, "PYTHONPATH": str(settings.BASE_DIR), "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-P", "-m", "cms.pdf.packets.outside_child"]
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter and module
            command,
            input=data,
            capture_output=True,
            env=environment,
            timeout=WAIT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise refusal(title, "costly") from error
    head, _newline, body = done.stdout.partition(b"\n")
    if done.returncode or not head:
        raise refusal(title, "costly")
    answer = json.loads(head)
    if "refused" in answer:
        raise refusal(title, answer["refused"])
    return Rendered(body, answer["pages"], (), 0.0)


def refusal(title: str, reason: str) -> UnusablePart:
    """The error for one of `REASONS`."""
    return UnusablePart(title, str(REASONS[reason]))
