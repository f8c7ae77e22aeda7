"""How changes of presentations read in an event's history."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.log_actions import LogActionRegistry, LogFormatter

ACTIONS: dict[str, tuple[Promise, Promise]] = {
    "events.presentation.add": (_("Add presentation"), _("Presentation added: %(speaker)s")),
    "events.presentation.change": (
        _("Change presentation"),
        _("Presentation changed: %(speaker)s"),
    ),
    "events.presentation.confirm": (
        _("Confirm presentation"),
        _("Presentation confirmed: %(speaker)s"),
    ),
    "events.presentation.withdraw": (
        _("Withdraw presentation"),
        _("Presentation withdrawn: %(speaker)s"),
    ),
    "events.presentation.deliver": (
        _("Deliver presentation"),
        _("Presentation delivered: %(speaker)s"),
    ),
    "events.material.ready": (
        _("Ready to file"),
        _("Ready to file: %(document)s (%(speaker)s)"),
    ),
    "events.material.not_ready": (
        _("Not ready to file"),
        _("No longer ready to file: %(document)s (%(speaker)s)"),
    ),
}


class PresentationFormatter(LogFormatter):
    words: Promise

    def format_message(self, log_entry) -> str:
        data = log_entry.data
        message = self.words % {name: data.get(name, "") for name in ("speaker", "document")}
        count = len(data.get("records", []))
        if not count:
            return message
        recorded = ngettext("%(count)d document recorded", "%(count)d documents recorded", count)
        return f"{message}; {recorded % {'count': count}}"


def register_actions(registry: LogActionRegistry) -> None:
    """For `register_log_actions`."""
    for action, (label, words) in ACTIONS.items():
        formatter = type(
            "EventLogFormatter", (PresentationFormatter,), {"label": label, "words": words}
        )
        registry.register_action(action)(formatter)
