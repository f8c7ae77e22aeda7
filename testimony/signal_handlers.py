"""Signals in, domain calls out: each body is a line or two."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import page_published, page_unpublished, published, unpublished

from cms.domain.visibility import record_references
from events.models import Event, Record
from testimony.domain import adaptation, deletion, finding, originals, ripples, uses
from testimony.domain.dates import keep_dates
from testimony.domain.following import (
    LIBRARY,
    NAMED,
    follow_change,
    follow_citation_style,
    follow_figures,
    follow_withdrawal,
)
from testimony.domain.moderation import refuse_unready
from testimony.domain.printing import PRINTED, print_after_commit
from testimony.models import CitationSetting, MessageMap, TalkingPoint


def library_item_published(sender, instance, **kwargs) -> None:
    record_references(instance)
    was_public = instance.__dict__.get("live_before") is not None
    ripples.open_reviews(instance)
    ripples.close_gone(Q())
    follow_change(instance, was_public=was_public)
    follow_figures(instance)


def item_withdrawn(sender, instance, **kwargs) -> None:
    follow_withdrawal(instance)
    follow_figures(instance)


def named_item_saved(sender, instance, created: bool = False, raw: bool = False, **kwargs) -> None:
    # No document names what was only just made: imports make hundreds.
    if not created and not raw:
        follow_change(instance)


def document_published(sender, instance, **kwargs) -> None:
    print_after_commit(instance)


def library_item_to_be_saved(sender, instance, update_fields, raw: bool = False, **kwargs) -> None:
    if not raw:
        ripples.remember_live(instance, update_fields)


def holder_saved(sender, instance, raw: bool = False, **kwargs) -> None:
    if not raw:
        uses.index(instance)


def map_published(sender, instance, **kwargs) -> None:
    # Saved before its messages are.
    uses.index(instance)


def found_saved(sender, instance, raw: bool = False, **kwargs) -> None:
    if not raw:
        finding.index(instance)


def found_published(sender, instance, **kwargs) -> None:
    # Saved before its issues and messages are.
    finding.index(instance)


def found_deleted(sender, instance, **kwargs) -> None:
    finding.forget(instance)


def document_to_be_saved(sender, instance, update_fields, raw: bool = False, **kwargs) -> None:
    if not raw:
        ripples.note_adjusted(instance, update_fields)


def document_saved(sender, instance, created: bool, raw: bool = False, **kwargs) -> None:
    if not created and not raw:
        ripples.settle(instance)


def record_saved(sender, instance, **kwargs) -> None:
    uses.index_record(instance)


def library_item_to_be_deleted(sender, instance, **kwargs) -> None:
    deletion.refuse(instance)
    ripples.withdraw(instance)


def library_item_unpublished(sender, instance, **kwargs) -> None:
    ripples.withdraw(instance)


def library_item_deleted(sender, instance, **kwargs) -> None:
    uses.forget(instance)


def original_published(sender, instance, **kwargs) -> None:
    adaptation.original_published(instance)


def original_withdrawn(sender, instance, **kwargs) -> None:
    adaptation.original_withdrawn(instance)


def version_deleted(sender, instance, **kwargs) -> None:
    adaptation.original_withdrawn(instance)
    adaptation.forget(instance)


def event_saved(sender, instance, raw: bool = False, **kwargs) -> None:
    if not raw:
        keep_dates(instance)


def workflow_saved(sender, instance, raw: bool = False, **kwargs) -> None:
    if not raw:
        refuse_unready(instance)


def citation_setting_saved(sender, raw: bool = False, **kwargs) -> None:
    if not raw:
        follow_citation_style()


def connect() -> None:
    """Called once by `TestimonyConfig.ready()`."""
    documents = tuple(uses.document_models())
    wiring: tuple[tuple[Any, Any, Iterable[Any]], ...] = (
        (pre_save, library_item_to_be_saved, LIBRARY),
        # Before all that asks where an item is used.
        (post_save, holder_saved, (*documents, *uses.PARTS)),
        (pre_save, document_to_be_saved, documents),
        (post_save, document_saved, documents),
        (post_save, found_saved, finding.FOUND),
        (published, found_published, (TalkingPoint, MessageMap)),
        (post_delete, found_deleted, finding.FOUND),
        (post_save, record_saved, (Record,)),
        (pre_delete, library_item_to_be_deleted, LIBRARY),
        (unpublished, library_item_unpublished, LIBRARY),
        (post_delete, library_item_deleted, (*LIBRARY, MessageMap)),
        (published, map_published, (MessageMap,)),
        (published, library_item_published, LIBRARY),
        (unpublished, item_withdrawn, LIBRARY),
        (post_save, named_item_saved, NAMED),
        (pre_delete, item_withdrawn, (*LIBRARY, *NAMED)),
        (page_published, document_published, PRINTED),
        (published, original_published, originals.MODELS),
        (page_published, original_published, originals.MODELS),
        (unpublished, original_withdrawn, originals.MODELS),
        (page_unpublished, original_withdrawn, originals.MODELS),
        (post_delete, version_deleted, originals.MODELS),
        (post_save, event_saved, (Event,)),
        (post_save, citation_setting_saved, (CitationSetting,)),
        (pre_save, workflow_saved, (WorkflowState, TaskState)),
    )
    for signal, handler, senders in wiring:
        for sender in senders:
            uid = f"{handler.__name__} {sender._meta.label} {id(signal)}"
            signal.connect(handler, sender=sender, dispatch_uid=uid)
