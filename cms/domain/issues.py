"""Merging issues: what was tagged with one is tagged with the other, old drafts included."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from taggit.models import ItemBase
from wagtail.log_actions import log

from cms.models import Issue, User


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
def merge_issue(source: Issue, target: Issue, *, user: User | None) -> Issue:
    """Make everything tagged with `source` tagged with `target`, and answer to the old name.

    `source` stays as a retired row, since old revisions and addresses name it; its name and synonyms become
    synonyms of `target`. Raises ValidationError when the merge makes no sense. Returns the saved target.
    """
    # One order for everybody: two opposite merges at once wait for each other instead of deadlocking.
    both = Issue.objects.select_for_update().order_by("pk")
    locked = both.in_bulk([source.pk, target.pk])
    source, target = locked[source.pk], locked[target.pk]
    check_merge(source, target)
    moved = sum(retag(model._base_manager.all(), source, target) for model in tagging_models())
    Issue.objects.filter(merged_into=source).update(merged_into=target)
    known = {word.casefold() for word in (target.name, *target.synonym_list)}
    added = [
        word
        for word in dict.fromkeys((source.name, *source.synonym_list))
        if word.casefold() not in known
    ]
    target.synonyms = "\n".join([*target.synonym_list, *added])
    target.save(update_fields=["synonyms"])
    source.is_active, source.merged_into = False, target
    source.save(update_fields=["is_active", "merged_into"])
    data = {"source": source.name, "target": target.name, "target_id": target.pk, "moved": moved}
    log(instance=source, action="cms.merge_issue", user=user, data=data)
    return target


@transaction.atomic
def follow_merges(item: models.Model) -> None:
    """Tag `item`, just published, with what its issues were merged into: a draft may be older than a merge."""
    for model in tagging_models():
        if isinstance(item, model._meta.get_field("content_object").related_model):
            rows = model._base_manager.filter(content_object=item.pk)
            merged = rows.filter(tag__merged_into__isnull=False)
            for row in merged.select_related("tag__merged_into"):
                retag(rows, row.tag, final_issue(row.tag))


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


def tagging_models() -> list[type[ItemBase]]:
    """Every model that tags something with issues, in whichever app."""
    return [
        relation.related_model
        for relation in Issue._meta.related_objects
        if issubclass(relation.related_model, ItemBase) and relation.field.name == "tag"
    ]


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
