"""Adapted versions: made from an original, told what it changes, taking or declining that.

What an original says is what it says in public; its drafts reach nobody's version.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.permissions import policy_registry

from testimony.domain import originals
from testimony.domain.three_way import Change, Words, compare, differ, settle, take_over
from testimony.models import Derivation
from testimony.models.derivation import type_of

ADAPTED, TAKEN, DECLINED = (
    "testimony.adapt",
    "testimony.adapt.take",
    "testimony.adapt.decline",
)


class AdaptationRefused(Exception):
    """Raised with a sentence that says why a change cannot be taken or declined."""


@dataclass(frozen=True)
class Comparison:
    """The original at the time of the version, the original now, the version's newest draft; and what is open."""

    base: Words
    now: Words
    own: Words
    changes: list[Change]


def derivation_of(child: models.Model) -> Derivation | None:
    return Derivation.objects.of_child(child).first()


def changes(child: models.Model) -> list[Change]:
    """What the original says anew and the newest draft of `child` does not; empty without an original."""
    derivation = derivation_of(child)
    comparison = derivation and compared(derivation)
    return comparison.changes if comparison else []


def compared(derivation: Derivation) -> Comparison | None:
    """None when there is nothing to compare: the original is not published, or one of the two is gone."""
    parent, child = derivation.parent, derivation.child
    if parent is None or child is None or not parent.live:
        return None
    ending = derivation.title_ending
    base = originals.titled(_base(derivation), ending)
    now = originals.titled(originals.public_words(parent), ending)
    own = originals.draft_words(child)
    return Comparison(base, now, own, compare(base, now, own))


@transaction.atomic
def take(child: models.Model, changes: Sequence[Change], user) -> None:
    """A new draft of `child` with `changes`, also over words of its own: whoever takes them has seen both.

    Raises AdaptationRefused: not the user's to edit, locked, in review, or something has changed meanwhile.
    """
    derivation = _locked(child)
    _refuse_unless_editable(child, user)
    found = _still_offered(derivation, changes)
    paths = {change.path for change in changes}
    draft = originals.rewritten(child, take_over(found.own, found.now, paths))
    originals.carry_marks(draft, derivation, paths)
    draft.save_revision(user=user, clean=False)
    child.refresh_from_db(fields=["latest_revision"])
    _settle(derivation, child, found, paths, user)
    log(instance=child, action=TAKEN, user=user, data=_data(derivation, len(paths)))


@transaction.atomic
def decline(
    child: models.Model, user, reason: str, changes: Sequence[Change] | None = None
) -> None:
    """`child` stays as it reads; without `changes` this answers all of them. None is offered again until the
    original changes anew. Raises AdaptationRefused."""
    derivation = _locked(child)
    if not may_edit(child, user):
        raise AdaptationRefused(_("You may not edit this version."))
    if changes is None:
        found = compared(derivation)
        number = len(found.changes) if found else 0
        _in_step(derivation, user)
    else:
        found = _still_offered(derivation, changes)
        number = len(changes)
        _settle(derivation, child, found, {change.path for change in changes}, user)
    data = {**_data(derivation, number), "reason": reason.strip()[:255]}
    log(instance=child, action=DECLINED, user=user, data=data)


def original_published(parent: models.Model) -> None:
    """Say of each version of `parent` whether it is behind. As many queries as there are states to be behind of."""
    rows = Derivation.objects.of_parent(parent)
    # `base_words=None` would ask for null inside the JSON.
    whole, partly = (rows.filter(base_words__isnull=empty) for empty in (True, False))
    bases = list(whole.order_by().values_list("base_revision_id", flat=True).distinct())
    groups = [whole.filter(base_revision_id=pk) for pk in bases]
    groups += [rows.filter(pk=pk) for pk in partly.values_list("pk", flat=True)]
    if not groups:
        return
    now = originals.public_words(parent)
    rows.update(parent_title=str(parent)[:255])
    for group in groups:
        if differ(_base(group.select_related("base_revision")[0]), now):
            group.filter(behind_since=None).update(behind_since=timezone.now())
        else:
            group.update(behind_since=None)


def original_withdrawn(parent: models.Model) -> None:
    """Unpublished or deleted: there is nothing to take from it."""
    Derivation.objects.of_parent(parent).behind().update(behind_since=None)


def forget(child: models.Model) -> None:
    """After a version was deleted. Versions made from it stay, and say that it was deleted."""
    Derivation.objects.of_child(child).delete()


def count_versions(parent: models.Model) -> tuple[int, int]:
    """How many versions there are of `parent`, and how many of them are behind."""
    behind = Count("pk", filter=Q(behind_since__isnull=False))
    found = Derivation.objects.of_parent(parent).aggregate(all=Count("pk"), behind=behind)
    return found["all"], found["behind"]


def behind_for(user) -> models.QuerySet[Derivation]:
    """Versions that `user` owns and whose original has changed, the newest change first."""
    mine = Q(pk__in=())
    for model in originals.MODELS:
        ids = model._default_manager.filter(owner=user).values("pk")
        mine |= Q(pk__in=Derivation.objects.children_of(model, ids).values("pk"))
    return Derivation.objects.behind().filter(mine).order_by("-behind_since", "-pk")


def behind_id(model: type[models.Model]) -> models.Subquery:
    """For lists: the derivation of each row that is behind, else null."""
    rows = Derivation.objects.behind().filter(
        child_type=type_of(model), child_id=models.OuterRef("pk")
    )
    return models.Subquery(rows.values("pk")[:1])


def may_edit(item: Any, user) -> bool:
    if isinstance(item, Page):
        return item.permissions_for_user(user).can_edit()
    return policy_registry.get_by_type(type(item)).user_has_permission(user, "change")


def _base(derivation: Derivation) -> Words:
    """The original as the version knows it, in the original's own terms."""
    if derivation.base_words is not None:
        return Words(**derivation.base_words)
    if derivation.base_revision is None:
        return Words()
    model: Any = derivation.parent_type.model_class()
    return originals.words_of(model, derivation.base_revision.content)


def _settle(
    derivation: Derivation, child: models.Model, found: Comparison, paths: set[str], user
) -> None:
    """After `paths` were answered: the version knows them; when nothing is open, it is in step again."""
    now, own = originals.public_words(derivation.parent), originals.draft_words(child)
    offered = [change.path for change in found.changes]
    derivation.base_words = settle(_base(derivation), now, own, offered, paths).plain()
    rest = compared(derivation)
    if rest is None or not rest.changes:
        _in_step(derivation, user)
    else:
        derivation.save(update_fields=["base_words"])


def _in_step(derivation: Derivation, user) -> None:
    parent = derivation.parent
    if parent is not None and parent.live:
        derivation.base_revision = originals.public_revision(parent, user)
        derivation.base_words = None
    derivation.behind_since = None
    derivation.save(update_fields=["base_revision", "base_words", "behind_since"])


def _locked(child: models.Model) -> Derivation:
    """The derivation as it stands now, for one person at a time."""
    rows = Derivation.objects.select_for_update(of=("self",)).select_related("base_revision")
    derivation = rows.of_child(child).first()
    if derivation is None:
        raise AdaptationRefused(_("This was not made from anything else."))
    return derivation


def _still_offered(derivation: Derivation, wanted: Sequence[Change]) -> Comparison:
    found = compared(derivation)
    if found is None or not wanted or any(change not in found.changes for change in wanted):
        raise AdaptationRefused(
            _("The original or this version has changed meanwhile. Look at it once more.")
        )
    return found


def _refuse_unless_editable(child: Any, user) -> None:
    if not may_edit(child, user):
        raise AdaptationRefused(_("You may not edit this version."))
    if child.workflow_in_progress:
        raise AdaptationRefused(_("This version is in review. Take the change after the review."))
    lock = child.get_lock()
    if lock is not None and lock.for_user(user):
        raise AdaptationRefused(_("This version is locked. Unlock it first."))


def _data(derivation: Derivation, number: int) -> dict[str, Any]:
    return {"original": derivation.parent_title, "count": number}
