"""Merging issues: what names one names the other, drafts and scheduled versions included."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.domain.issue_holders import (
    issue_columns,
    naming,
    rewrite_versions,
    tagging_models,
    written_versions,
)
from cms.models import ArchiveEntryIssue, Issue, User


@dataclass(frozen=True)
class Moves:
    """What merging one issue into another moves, counted before it is done.

    `tagged` holds what is tagged, by kind; `held` names things that hold the issue in a column and go along;
    `staying` those that cannot, because the target has one of its own.
    """

    tagged: tuple[tuple[str, int], ...]
    versions: int
    entries: int
    held: tuple[str, ...]
    staying: tuple[str, ...]
    merged_before: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def digest(self) -> str:
        """Tells two previews apart: nobody merges something else than what was shown."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


def what_moves(source: Issue, target: Issue) -> Moves:
    """Exactly what `merge_issue` would move now."""
    counts = [
        (str(named.model._meta.verbose_name_plural), named.tagging.filter(tag=source).count())
        for named in naming()
        if named.tagging is not None
    ]
    held = {column: list(_holding(column, source)) for column in issue_columns()}
    taken = {column for column in held if _is_taken(column, target)}
    return Moves(
        tagged=tuple(counts),
        versions=len({pk for pk, _named in written_versions(source)}),
        entries=ArchiveEntryIssue.objects.filter(issue=source).count(),
        held=tuple(str(item) for column in held if column not in taken for item in held[column]),
        staying=tuple(str(item) for column in taken for item in held[column]),
        merged_before=tuple(source.merged_issues.values_list("name", flat=True)),
        words=tuple(added_words(source, target)),
    )


def final_issue(issue: Issue) -> Issue:
    """The issue that `issue` was merged into in the end; itself when it was not merged.

    `merge_issue` keeps the way one step long, so `select_related("merged_into")` saves the query.
    """
    seen = set()
    while issue.merged_into is not None and issue.pk not in seen:
        seen.add(issue.pk)
        issue = issue.merged_into
    return issue


@transaction.atomic
def merge_issue(
    source: Issue, target: Issue, *, user: User | None, seen: str | None = None
) -> Issue:
    """Have everything that names `source` name `target`, and answer to the old name.

    `source` stays as a retired row, since old revisions and addresses name it; its name and synonyms become
    synonyms of `target`. `seen` is the digest of the moves that somebody agreed to. Raises ValidationError when
    the merge makes no sense, or moves something else by now. Returns the saved target.
    """
    # One order for everybody: two opposite merges at once wait for each other instead of deadlocking.
    both = Issue.objects.select_for_update().order_by("pk")
    locked = both.in_bulk([source.pk, target.pk])
    source, target = locked[source.pk], locked[target.pk]
    check_merge(source, target)
    if seen is not None and seen != what_moves(source, target).digest:
        raise ValidationError(_("Look at what moves, then confirm."), code="seen")
    rewrite_versions(source, target)
    moved = sum(retag(model._base_manager.all(), source, target) for model in tagging_models())
    for column in issue_columns():
        if not _is_taken(column, target):
            _holding(column, source).update(**{column.name: target})
    Issue.objects.filter(merged_into=source).update(merged_into=target)
    target.synonyms = "\n".join([*target.synonym_list, *added_words(source, target)])
    target.save(update_fields=["synonyms"])
    source.is_active, source.merged_into = False, target
    source.save(update_fields=["is_active", "merged_into"])
    data = {"source": source.name, "target": target.name, "target_id": target.pk, "moved": moved}
    log(instance=source, action="cms.merge_issue", user=user, data=data)
    return target


@transaction.atomic
def follow_merges(item: models.Model) -> None:
    """Have `item`, just published, name what its issues were merged into: a draft may be older than a merge."""
    for column in issue_columns():
        named = getattr(item, column.name) if isinstance(item, column.model) else None
        if named is not None and named.merged_into_id is not None:
            final = final_issue(named)
            if not _is_taken(column, final, but=item):
                column.model._base_manager.filter(pk=item.pk).update(**{column.name: final})
                setattr(item, column.name, final)
    for model in tagging_models():
        if isinstance(item, model._meta.get_field("content_object").related_model):
            rows = model._base_manager.filter(content_object=item.pk)
            merged = rows.filter(tag__merged_into__isnull=False)
            for row in merged.select_related("tag__merged_into"):
                retag(rows, row.tag, final_issue(row.tag))


def added_words(source: Issue, target: Issue) -> list[str]:
    """Words of `source` by which `target` is found after a merge and was not before."""
    known = {word.casefold() for word in (target.name, *target.synonym_list)}
    words = dict.fromkeys((source.name, *source.synonym_list))
    return [word for word in words if word.casefold() not in known]


def check_merge(source: Issue, target: Issue) -> None:
    """Raise ValidationError, in words, unless `source` may be merged into `target`."""
    names = {"source": source.name, "target": target.name}
    if source.pk == target.pk:
        message = _("“%(source)s” cannot be merged into itself.")
    elif source.merged_into_id is not None:
        message = _("“%(source)s” has been merged already.")
    elif target.merged_into is not None:
        names["final"] = target.merged_into.name
        message = _(
            "“%(target)s” has itself been merged into “%(final)s”. Choose an issue that is in use."
        )
    elif not target.is_active:
        message = _("“%(target)s” is retired. Choose an issue that is in use.")
    else:
        return
    raise ValidationError(message, params=names, code="merge")


def retag(rows: models.QuerySet, source: Issue, target: Issue) -> int:
    """Turn `source` tags among `rows` of one model into `target` tags, none twice; returns how many there were."""
    subject = [
        field.attname
        for field in rows.model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.name != "tag"
    ]
    subject += [name for name in ("object_id",) if hasattr(rows.model, name)]
    tagged = rows.filter(tag=source)
    already = set(rows.filter(tag=target).values_list(*subject))
    found = list(tagged.values_list("pk", *subject))
    twice = [pk for pk, *key in found if tuple(key) in already]
    rows.filter(pk__in=twice).delete()
    tagged.update(tag=target)
    return len(found)


def _holding(column: models.ForeignKey, issue: Issue) -> models.QuerySet:
    return column.model._base_manager.filter(**{column.name: issue}).order_by("pk")


def _is_taken(column: models.ForeignKey, issue: Issue, *, but: models.Model | None = None) -> bool:
    """True when only one may hold `issue` in this column, and another does."""
    others = _holding(column, issue).exclude(pk=but.pk) if but else _holding(column, issue)
    return column.unique and others.exists()
