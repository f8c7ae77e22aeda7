"""A set of fonts that could not be made is not begun again at once: each failure makes the pause longer.

The failure is written down beside the fonts, so that all processes of this data folder keep the same pause.
"""

from __future__ import annotations

import json
import logging
import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.pdf.errors import PdfUnavailable

logger = logging.getLogger(__name__)
FIRST_PAUSE = 60.0  # seconds
LONGEST_PAUSE = 3600.0


class FontsFailed(PdfUnavailable):
    """The fonts could not be made, and it is not yet time to try again. The log says why."""

    def __init__(self, folder: Path) -> None:
        minutes = max(1, math.ceil(pause(folder) / 60))
        text = ngettext(
            "The fonts could not be made. The next try is in %(minutes)d minute.",
            "The fonts could not be made. The next try is in %(minutes)d minutes.",
            minutes,
        )
        hint = _("Your administrator finds the reason in the log, or with “prepare_fonts”.")
        super().__init__(f"{text % {'minutes': minutes}} {hint}")


def pause(folder: Path) -> float:
    """Seconds until the fonts of `folder` may be tried again; 0 where nothing failed or the pause is over."""
    failures, when = _read(folder)
    if not failures:
        return 0.0
    length = min(FIRST_PAUSE * 2.0 ** (failures - 1), LONGEST_PAUSE)
    return min(
        max(when + length - time.time(), 0.0), length
    )  # a clock that was set back waits no longer


def check(folder: Path) -> None:
    """Raises FontsFailed during the pause."""
    if pause(folder):
        raise FontsFailed(folder)


@contextmanager
def noted(folder: Path) -> Iterator[None]:
    """Write down how making the fonts of `folder` goes. What goes wrong becomes FontsFailed."""
    try:
        yield
    except Exception as error:
        logger.exception("The fonts %s could not be made", folder.name)
        failures, _when = _read(folder)
        try:
            _mark(folder).write_text(json.dumps([failures + 1, time.time()]))
        except OSError:  # the disk is full, maybe: then there is no pause either
            logger.warning("The failure could not be written down in %s", folder.parent)
        raise FontsFailed(folder) from error
    _mark(folder).unlink(missing_ok=True)


def forget(folder: Path) -> None:
    """Whoever has seen to it need not wait."""
    _mark(folder).unlink(missing_ok=True)


def _mark(folder: Path) -> Path:
    return folder.parent / f".failed-{folder.name}"


def _read(folder: Path) -> tuple[int, float]:
    """How often it failed in a row, and when last."""
    try:
        failures, when = json.loads(_mark(folder).read_text())
        return min(int(failures), 20), float(when)
    except (OSError, ValueError, TypeError):
        return 0, 0.0
