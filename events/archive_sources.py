"""What events add to the public archive: a way to the adopted agenda, and its planks on the pages of issues."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.archive.registry import (
    ArchiveLink,
    IssuePart,
    register_archive_link,
    register_issue_part,
)
from cms.domain.site_links import register_addresses, register_menu_link
from cms.domain.visibility import register_file_holder
from cms.models import Attachment, Issue
from events.domain.agendas import planks_on
from events.models import Agenda


def agenda_link() -> ArchiveLink:
    """The list says itself that nothing was adopted yet: asking here would cost every look at the archive."""
    return ArchiveLink(_("Adopted agendas"), reverse("agendas:list"))


def plank_part(issue: Issue) -> IssuePart | None:
    planks = planks_on(issue)
    return IssuePart("events/agenda/issue_part.html", {"planks": planks}) if planks else None


def is_source_of_agenda(file: models.Model) -> bool:
    return (
        isinstance(file, Attachment)
        and Agenda.objects.public().filter(source_document=file).exists()
    )


def agenda_addresses() -> list[tuple[str, dt.datetime | None]]:
    """For the sitemap: each public agenda, and their list when there is any."""
    agendas: list[tuple[str, dt.datetime | None]] = [
        (agenda.url, None) for agenda in Agenda.objects.public()
    ]
    return [(reverse("agendas:list"), None), *agendas] if agendas else []


def some_agenda() -> models.Exists:
    return models.Exists(Agenda.objects.public())


def register() -> None:
    register_menu_link("agendas:list", gettext_lazy("Our agenda"), shown=some_agenda)
    register_addresses("agendas", agenda_addresses)
    register_archive_link(agenda_link)
    register_issue_part(plank_part)
    register_file_holder(is_source_of_agenda)
