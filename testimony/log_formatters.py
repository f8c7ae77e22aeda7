"""How ripple reviews and adapted versions read in the history of an item and of a document."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, LogFormatter

from testimony.domain.adaptation import ADAPTED, DECLINED, TAKEN
from testimony.domain.care import STILL_RIGHT
from testimony.domain.ripples import ADJUSTED, KEPT, OPENED


class OpenedFormatter(LogFormatter):
    label = _("Ask for review of documents")

    def format_message(self, log_entry) -> str:
        count = log_entry.data.get("count", 0)
        words = ngettext(
            "Changed under %(count)d published document, whose owner was asked to look",
            "Changed under %(count)d published documents, whose owners were asked to look",
            count,
        )
        return words % {"count": count}


class ClearedFormatter(LogFormatter):
    words: Promise

    def format_message(self, log_entry) -> str:
        return self.words % {"item": log_entry.data.get("item", "")}

    def format_comment(self, log_entry) -> str:
        return log_entry.data.get("note", "")


class KeptFormatter(ClearedFormatter):
    label = _("Keep after a change in the library")
    words = _("Kept as it reads after “%(item)s” was changed")


class AdjustedFormatter(ClearedFormatter):
    label = _("Adjust after a change in the library")
    words = _("Adjusted after “%(item)s” was changed")


class AdaptedFormatter(LogFormatter):
    label = _("Adapt")

    def format_message(self, log_entry) -> str:
        return gettext("Adapted from “%(original)s”") % {
            "original": log_entry.data.get("original", "")
        }


class TakenFormatter(LogFormatter):
    label = _("Take changes of the original")

    def format_message(self, log_entry) -> str:
        return _counted(
            log_entry,
            ngettext_lazy(
                "Took %(count)d change of “%(original)s”",
                "Took %(count)d changes of “%(original)s”",
                "count",
            ),
        )


class DeclinedFormatter(LogFormatter):
    label = _("Leave changes of the original out")

    def format_message(self, log_entry) -> str:
        return _counted(
            log_entry,
            ngettext_lazy(
                "Left %(count)d change of “%(original)s” out",
                "Left %(count)d changes of “%(original)s” out",
                "count",
            ),
        )

    def format_comment(self, log_entry) -> str:
        return log_entry.data.get("reason", "")


def _counted(log_entry, words: Promise) -> str:
    data = log_entry.data
    return words % {"count": data.get("count", 0), "original": data.get("original", "")}


class StillRightFormatter(LogFormatter):
    label = _("Say that it is still right")

    def format_message(self, log_entry) -> str:
        words = _("Looked at and still right; to be looked at again by %(day)s")
        return words % {"day": date_format(dt.date.fromisoformat(log_entry.data["review_by"]))}


def register_actions(registry: LogActionRegistry) -> None:
    """For `register_log_actions`."""
    for action, formatter in (
        (OPENED, OpenedFormatter),
        (KEPT, KeptFormatter),
        (ADJUSTED, AdjustedFormatter),
        (STILL_RIGHT, StillRightFormatter),
        (ADAPTED, AdaptedFormatter),
        (TAKEN, TakenFormatter),
        (DECLINED, DeclinedFormatter),
    ):
        registry.register_action(action)(formatter)
