"""Signals in, domain calls out: each body is a line or two."""

from __future__ import annotations

from wagtail.signals import page_published, published, unpublished

from testimony.domain.following import refresh_documents_using
from testimony.domain.printing import PRINTED, print_after_commit
from testimony.models import Source, Statistic, TalkingPoint

LIBRARY = (Source, Statistic, TalkingPoint)


def library_item_changed(sender, instance, **kwargs) -> None:
    """What follows the item shows, finds and prints its new words."""
    refresh_documents_using(instance)


def document_published(sender, instance, **kwargs) -> None:
    print_after_commit(instance)


def connect() -> None:
    """Called once by `TestimonyConfig.ready()`."""
    for model in LIBRARY:
        for signal in (published, unpublished):
            signal.connect(library_item_changed, sender=model, dispatch_uid=f"{model}{id(signal)}")
    for model in PRINTED:
        page_published.connect(document_published, sender=model, dispatch_uid=f"{model}printed")
