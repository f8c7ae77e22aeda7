"""What can happen to an issue besides being edited: it is merged into another, or retired."""

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
    locked = Issue.objects.select_for_update().in_bulk([source.pk, target.pk])
    source, target = locked[source.pk], locked[target.pk]
    check_merge(source, target)
    moved = sum(retag(model, source, target) for model in tagging_models())
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
def retire_issue(issue: Issue, *, user: User | None) -> Issue:
    """Offer `issue` to authors no longer. What is tagged with it stays tagged and found."""
    issue = Issue.objects.select_for_update().get(pk=issue.pk)
    if issue.is_active:
        issue.is_active = False
        issue.save(update_fields=["is_active"])
        log(instance=issue, action="cms.retire_issue", user=user, data={"issue": issue.name})
    return issue


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


def retag(model: type[ItemBase], source: Issue, target: Issue) -> int:
    """Turn `source` tags of one model into `target` tags, none twice; returns how many there were."""
    subject = [
        field.attname
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.name != "tag"
    ]
    subject += [name for name in ("object_id",) if hasattr(model, name)]
    tagged = model._base_manager.filter(tag=source)
    already = set(model._base_manager.filter(tag=target).values_list(*subject))
    rows = list(tagged.values_list("pk", *subject))
    twice = [pk for pk, *key in rows if tuple(key) in already]
    model._base_manager.filter(pk__in=twice).delete()
    model._base_manager.filter(tag=source).update(tag=target)
    return len(rows)
