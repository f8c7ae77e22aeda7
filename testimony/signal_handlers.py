"""Signals in, domain calls out: each body is a line or two."""

from __future__ import annotations

from django.db.models.signals import post_save, pre_delete
from wagtail.signals import page_published, published, unpublished

from cms.domain.visibility import record_references
from testimony.domain.following import LIBRARY, NAMED, follow_change, follow_withdrawal
from testimony.domain.printing import PRINTED, print_after_commit


def library_item_published(sender, instance, **kwargs) -> None:
    record_references(instance)
    follow_change(instance)


def item_withdrawn(sender, instance, **kwargs) -> None:
    follow_withdrawal(instance)


def named_item_saved(sender, instance, created: bool = False, raw: bool = False, **kwargs) -> None:
    # No document names what was only just made: imports make hundreds.
    if not created and not raw:
        follow_change(instance)


def document_published(sender, instance, **kwargs) -> None:
    print_after_commit(instance)


def connect() -> None:
    """Called once by `TestimonyConfig.ready()`."""
    for signal, handler, senders in (
        (published, library_item_published, LIBRARY),
        (unpublished, item_withdrawn, LIBRARY),
        (post_save, named_item_saved, NAMED),
        (pre_delete, item_withdrawn, (*LIBRARY, *NAMED)),
        (page_published, document_published, PRINTED),
    ):
        for sender in senders:
            uid = f"{handler.__name__} {sender._meta.label} {id(signal)}"
            signal.connect(handler, sender=sender, dispatch_uid=uid)
