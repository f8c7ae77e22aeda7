"""Finds the block that makes a document fail, by printing parts of it under short limits."""

from __future__ import annotations

import re
import time
from dataclasses import replace

from cms.pdf.assets import Manifest
from cms.pdf.client import Job, Limits, client
from cms.pdf.errors import PdfBusy, PdfRenderError

MAX_TRIES = 14
TRY_CPU_SECONDS = 2
TRY_WALL_SECONDS = 4
TOTAL_SECONDS = 30
_BLOCK_ID = re.compile(r"""\bid\s*=\s*["'](block-[A-Za-z0-9_-]+)["']""")


class _GaveUp(Exception):
    """The search cost as much as it may."""


class FaultSearch:
    """One search: remembers how many tries and how much time it has left."""

    def __init__(self, job: Job, css: Manifest, limits: Limits) -> None:
        self.job = job
        self.css = css
        self.limits = Limits(
            min(TRY_CPU_SECONDS, limits.cpu), min(TRY_WALL_SECONDS, limits.wall), limits.memory
        )
        self.tries = 0
        self.deadline = time.monotonic() + TOTAL_SECONDS

    def run(self, hint: str | None) -> str | None:
        """The id of the block at fault; None when no single block explains the failure."""
        blocks = list(dict.fromkeys(_BLOCK_ID.findall(self.job.html)))
        try:
            if not blocks or self._fails([]):
                return None  # the frame of the document fails by itself
            if hint is not None and hint in blocks and self._fails([hint]):
                return hint
            return self._bisect(blocks)
        except (_GaveUp, PdfBusy):
            return None

    def _bisect(self, blocks: list[str]) -> str | None:
        """Narrow a failing list down; both halves passing means that only their sum is too much."""
        while len(blocks) > 1:
            middle = len(blocks) // 2
            for half in (blocks[:middle], blocks[middle:]):
                if self._fails(half):
                    blocks = half
                    break
            else:
                return None
        return blocks[0] if self._fails(blocks) else None

    def _fails(self, kept: list[str]) -> bool:
        if self.tries >= MAX_TRIES or time.monotonic() > self.deadline:
            raise _GaveUp
        self.tries += 1
        try:
            client().render(replace(self.job, keep_blocks=kept), self.css, self.limits)
        except PdfBusy:
            raise
        except PdfRenderError:
            return True
        return False


def locate_fault(
    job: Job, css: Manifest, *, hint: str | None = None, limits: Limits | None = None
) -> str | None:
    """Id of the top-level block at fault. `hint` is what the failed render was busy with."""
    return FaultSearch(job, css, limits or Limits.from_settings()).run(hint)
