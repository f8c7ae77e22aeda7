"""Saying of a document that it may be handed in, and taking it back."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from events.domain.called_off import check_takes_place
from events.domain.errors import NotReady, PresentationRefused
from events.domain.readiness import readiness_of
from events.models import PresentationMaterial
from events.permissions import CHANGE_PRESENTATION


@transaction.atomic
def mark_ready(material: PresentationMaterial, *, user) -> PresentationMaterial:
    """Refused with NotReady, which lists what is missing."""
    current = _lock(material, user)
    readiness = readiness_of([current.page]).get(current.page_id)
    if readiness and readiness.missing:
        raise NotReady(
            _("“%(title)s” is not ready to file.") % {"title": current.page.title},
            readiness.missing,
        )
    current.ready_at, current.ready_by = timezone.now(), user
    current.save(update_fields=["ready_at", "ready_by"])
    _log(current, "events.material.ready", user)
    return current


@transaction.atomic
def take_back(material: PresentationMaterial, *, user) -> PresentationMaterial:
    """It is not ready after all."""
    current = _lock(material, user)
    current.ready_at = current.ready_by = None
    current.save(update_fields=["ready_at", "ready_by"])
    _log(current, "events.material.not_ready", user)
    return current


def changed_since_ready(material: PresentationMaterial) -> bool:
    """Somebody wrote in it after it was said to be ready."""
    newest = material.page.latest_revision_created_at
    return bool(material.ready_at and newest and newest > material.ready_at)


def _lock(material: PresentationMaterial, user) -> PresentationMaterial:
    if not user.has_perm(CHANGE_PRESENTATION):
        raise PermissionDenied
    rows = PresentationMaterial.objects.select_for_update(of=("self",))
    current = rows.select_related("page", "presentation__event", "presentation__speaker").get(
        pk=material.pk
    )
    if not current.presentation.is_open:
        state = str(current.presentation.get_status_display()).lower()
        raise PresentationRefused(
            _("This presentation is %(state)s and can no longer be changed.") % {"state": state}
        )
    check_takes_place(current.presentation.event)
    return current


def _log(material: PresentationMaterial, action: str, user) -> None:
    presentation = material.presentation
    log(
        presentation.event,
        action,
        user=user,
        data={
            "presentation": presentation.pk,
            "speaker": presentation.speaker.name,
            "document": material.page.title,
        },
    )
