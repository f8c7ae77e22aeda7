"""Everything that names an issue: tags, columns, and the versions still being written. A leaf of `issues`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from taggit.models import ItemBase
from wagtail.models import DraftStateMixin, Revision

from cms.models import ArchiveEntryIssue, Issue


@dataclass(frozen=True)
class Named:
    """How one model names issues: by its child relation of tags (`tags`, with their rows), or by a column."""

    model: type[models.Model]
    tags: str = ""
    tagging: models.QuerySet | None = None
    column: str = ""

    @property
    def key(self) -> str:
        """Where the content of a revision holds it."""
        return self.tags or self.column

    def stands_in(self, held: Any, issue: Issue) -> bool:
        """`held` is what a revision's content has at `key`."""
        if self.column:
            return held == issue.pk
        return any(row.get("tag") == issue.pk for row in held or ())

    def replaced(self, held: Any, source: Issue, target: Issue) -> Any:
        """`held` with the target in place of the source, once."""
        if self.column:
            return target.pk
        kept = [row for row in held if row.get("tag") != source.pk]
        if not self.stands_in(kept, target):
            kept.append(
                next(row for row in held if row.get("tag") == source.pk) | {"tag": target.pk}
            )
        return kept


def tagging_models() -> list[type[ItemBase]]:
    """Every model that tags something with issues, in whichever app."""
    return [
        relation.related_model
        for relation in Issue._meta.related_objects
        if issubclass(relation.related_model, ItemBase) and relation.field.name == "tag"
    ]


def issue_columns() -> list[models.ForeignKey]:
    """Every column of another model that holds an issue, apart from tags and from the archive's read model."""
    own = (ItemBase, Issue, ArchiveEntryIssue)
    return [
        relation.field
        for relation in Issue._meta.related_objects
        if not relation.many_to_many and not issubclass(relation.related_model, own)
    ]


def naming() -> Iterator[Named]:
    for tagging in tagging_models():
        parent = tagging._meta.get_field("content_object")
        rows = tagging._base_manager.all()
        yield Named(parent.related_model, tags=parent.remote_field.related_name, tagging=rows)
    for column in issue_columns():
        yield Named(column.model, column=column.name)


def written_versions(issue: Issue) -> Iterator[tuple[int, Named]]:
    """Drafts and scheduled versions that name `issue`, by the keys of their revisions.

    What is published is read from its row; older versions are history; what a record was frozen from is
    protected. All of these name the target as soon as they are edited or published again.
    """
    for named in naming():
        if not issubclass(named.model, DraftStateMixin):
            continue
        drafts = named.model._base_manager.filter(Q(live=False) | Q(has_unpublished_changes=True))
        kind = ContentType.objects.get_for_model(named.model, for_concrete_model=False)
        revisions = Revision.objects.filter(content_type=kind).exclude(_frozen())
        revisions = revisions.filter(
            Q(pk__in=drafts.values("latest_revision")) | Q(approved_go_live_at__isnull=False)
        )
        for pk, held in revisions.order_by("pk").values_list("pk", f"content__{named.key}"):
            if named.stands_in(held, issue):
                yield pk, named


def rewrite_versions(source: Issue, target: Issue) -> int:
    """Have drafts and scheduled versions name `target` instead of `source`; returns how many did."""
    found = list(written_versions(source))
    for pk, named in found:
        revision = Revision.objects.only("content").get(pk=pk)
        held = revision.content[named.key]
        content = {**revision.content, named.key: named.replaced(held, source, target)}
        # Not `save()`: that takes other versions off the schedule.
        Revision.objects.filter(pk=pk).update(content=content)
    return len(found)


def _frozen() -> Q:
    """Revisions that something relies on word for word."""
    kept = Q(pk__in=())
    for relation in Revision._meta.related_objects:
        if relation.on_delete is models.PROTECT:
            kept |= Q(pk__in=relation.related_model._base_manager.values(relation.field.attname))
    return kept
