"""Making an adapted version: a draft copy that remembers its original."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.actions.copy_page import CopyPageAction
from wagtail.log_actions import log
from wagtail.models import Page, Revision
from wagtail.permissions import policy_registry

from testimony.domain.adaptation import ADAPTED
from testimony.domain.originals import MODELS, source_revision, title_with
from testimony.enums import AdaptationKind
from testimony.models import Derivation, DocumentPage, TalkingPoint
from testimony.models.derivation import type_of
from testimony.permissions import archive_page, may_add_documents

# Where, when and by whom the original was said, and how it stands with its editors.
NOT_COPIED = [
    *("event", "speaker", "speaker_role", "salutation", "date"),
    *("source_url", "source_publisher", "licence", "seo_title"),
    *("locked", "locked_at", "locked_by", "go_live_at", "expire_at"),
]


@transaction.atomic
def derive(parent: Any, *, kind: str, for_whom: str, user) -> Model:
    """A draft of the user's own with the published words of `parent`, else with its newest draft's.

    References keep following the library or their pin. Raises PermissionDenied.
    """
    if not may_derive(parent, user):
        raise PermissionDenied
    base = source_revision(parent, user)
    ending = _ending(parent, kind, for_whom)
    if isinstance(parent, DocumentPage):
        child: Any = _copy_page(base, ending, user)
    else:
        child = _copy_point(base, ending, user)
    Derivation.objects.create(
        child_type=type_of(child),
        child_id=child.pk,
        parent_type=type_of(parent),
        parent_id=parent.pk,
        parent_title=str(parent)[:255],
        kind=kind,
        for_whom=for_whom,
        title_ending=ending,
        base_revision=base,
        created_by=user,
    )
    log(instance=child, action=ADAPTED, user=user, data={"original": str(parent)})
    return child


def may_derive(parent: Any, user) -> bool:
    """Who may add such a thing and see this one."""
    if type(parent) not in MODELS:
        return False
    policy = policy_registry.get_by_type(Page if isinstance(parent, Page) else type(parent))
    if not isinstance(parent, Page):
        return policy.user_has_permission(user, "add")
    seen = policy.explorable_instances(user).filter(pk=parent.pk).exists
    return may_add_documents(user) and seen()


def _ending(parent: Any, kind: str, for_whom: str) -> str:
    with translation.override(getattr(parent, "language", "en")):
        if for_whom:
            return _(" — for %(whom)s") % {"whom": for_whom}
        return f" — {AdaptationKind(kind).label}"


def _copy_page(base: Revision, ending: str, user) -> DocumentPage:
    source = base.as_object()
    source._state.adding = False  # built from a revision; its row exists
    archive = archive_page()
    if archive is None:
        raise PermissionDenied
    title = title_with(source.title, ending)
    return CopyPageAction(
        source,
        to=archive,
        update_attrs={
            "title": title,
            "draft_title": title,
            "slug": archive.free_slug(slugify(title) or "version"),
        },
        exclude_fields=NOT_COPIED,
        copy_revisions=False,
        keep_live=False,
        user=user,
        log_action=False,
    ).execute(skip_permission_checks=True)  # asked above: Wagtail would ask for more


def _copy_point(base: Revision, ending: str, user) -> TalkingPoint:
    source = base.as_object()
    child = TalkingPoint(
        live=False,
        owner=user,
        title=title_with(source.title, ending),
        text=source.text,
        kind=source.kind,
        follow_up_id=source.follow_up_id,
        audience=source.audience,
    )
    child.issues.set(source.issues.all())
    child.save()
    child.save_revision(user=user, clean=False)
    return child
