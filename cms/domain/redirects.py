"""The addresses that Wagtail keeps of pages that moved."""

from __future__ import annotations

from wagtail.contrib.redirects.signal_handlers import BatchRedirectCreator

# SQLite refuses an expression of more than 1,000 parts, and Wagtail joins the paths of a batch by OR.
MOST_AT_ONCE = 400


def keep_batches_small() -> None:
    """Called in `AppConfig.ready()`. Without it a section of a thousand pages gets a new slug, and then an error."""
    begin = BatchRedirectCreator.__init__

    def begin_smaller(self: BatchRedirectCreator, max_size: int, **options: bool) -> None:
        begin(self, min(max_size, MOST_AT_ONCE), **options)

    BatchRedirectCreator.__init__ = begin_smaller
