"""How changes of presentations read in an event's history."""

from __future__ import annotations

from collections import defaultdict

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
    "events.presentation.import": (
        _("Presentation imported"),
        _("Presentation imported: %(speaker)s"),
    ),
    "events.link.send": (
        _("Send personal link"),
        _("Personal link sent to %(speaker)s"),
    ),
    "events.link.revoke": (
        _("Revoke personal link"),
        _("Personal link of %(speaker)s revoked"),
    ),
    "events.day_of.limit": (
        _("Limit changed on the day"),
        _("Limit of %(limit)s from now on: %(speaker)s"),
    ),
    "events.day_of.undo": (
        _("Change of the limit undone"),
        _("The limit as it was before, %(limit)s: %(speaker)s"),
    ),
    "events.day_of.remote": (_("Remote now"), _("By video from now on: %(speaker)s")),
    "events.day_of.in_person": (_("In person after all"), _("In person after all: %(speaker)s")),
    "events.witness.disclose": (
        _("Witness disclosure"),
        _("Disclosure changed: %(speaker)s"),
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

# Where the entry names no limit.
WITHOUT_LIMIT: dict[str, Promise] = {
    "events.day_of.undo": _("No limit again, as it was before: %(speaker)s"),
}

# What befell the event itself, with the reason that was given.
EVENT_ACTIONS: dict[str, tuple[Promise, Promise]] = {
    "events.moved": (_("Moved"), _("Moved from %(old)s to %(new)s: %(reason)s")),
    "events.postponed": (_("Postponed"), _("Postponed, was to be %(old)s: %(reason)s")),
    "events.cancelled": (_("Canceled"), _("Canceled, was to be %(old)s: %(reason)s")),
    "events.reinstated": (_("Takes place after all"), _("Takes place after all: %(reason)s")),
    "events.window.add": (
        _("Add deadline"),
        _("Deadline added: %(window)s, %(closes)s. %(reason)s"),
    ),
    "events.window.change": (
        _("Change deadline"),
        _("Deadline set by hand: %(window)s, %(closes)s. %(reason)s"),
    ),
    "events.window.follow": (
        _("Deadline by the rule"),
        _("Deadline follows the rule again: %(window)s, %(closes)s"),
    ),
    "events.window.remove": (_("Remove deadline"), _("Deadline removed: %(window)s. %(reason)s")),
    "events.window.done": (_("Deadline done"), _("Done: %(window)s")),
    "events.window.undone": (_("Deadline not done"), _("Not done after all: %(window)s")),
    "events.window.assign": (_("Assign deadline"), _("%(window)s: %(responsible)s is responsible")),
    "events.document.checked": (_("Document checked"), _("Checked after the change: %(document)s")),
    "events.release.held": (_("Release held"), _("Planned release held: %(document)s")),
    "events.release.resumed": (
        _("Release planned again"),
        _("Planned release set going again: %(document)s"),
    ),
}
EVENT_WORDS = (
    *("old", "new", "reason", "window", "closes"),
    *("responsible", "document"),
)


# Of a member of staff.
CALENDAR_ACTIONS: dict[str, tuple[Promise, Promise]] = {
    "events.calendar.made": (_("Calendar address made"), _("Calendar address made: %(shows)s")),
    "events.calendar.revoked": (
        _("Calendar address revoked"),
        _("Calendar address revoked: %(shows)s"),
    ),
}


class EventFormatter(LogFormatter):
    words: Promise

    def format_message(self, log_entry) -> str:
        data = log_entry.data
        return str(self.words % {name: data.get(name, "") for name in EVENT_WORDS}).strip(" .:")


class PresentationFormatter(LogFormatter):
    words: Promise

    def format_message(self, log_entry) -> str:
        data = log_entry.data
        words = self.words if data.get("limit") else WITHOUT_LIMIT.get(log_entry.action, self.words)
        message = words % {name: data.get(name, "") for name in ("speaker", "document", "limit")}
        count = len(data.get("records", []))
        if not count:
            return message
        recorded = ngettext("%(count)d document recorded", "%(count)d documents recorded", count)
        return f"{message}; {recorded % {'count': count}}"


POSITION_ACTIONS: dict[str, tuple[Promise, Promise]] = {
    "events.position.propose": (_("Propose position"), _("Position proposed: %(stance)s")),
    "events.position.put_in_force": (
        _("Put position in force"),
        _("Position put in force: %(stance)s"),
    ),
    "events.position.withdraw": (_("Withdraw position"), _("Position withdrawn: %(stance)s")),
    "events.position.override": (
        _("Allow position without authority"),
        _("Allowed without authority: %(stance)s. Reason: %(reason)s"),
    ),
    "events.vehicle.version": (
        _("New version"),
        _("New version: %(before)s → %(after)s; to look at: %(count)s"),
    ),
    "events.version.confirm": (
        _("Confirm for the new version"),
        _("Still holds for “%(after)s”: %(subject)s"),
    ),
}


class DataFormatter(LogFormatter):
    """Says what the entry's data hold; what an older entry lacks stays empty."""

    words: Promise

    def format_message(self, log_entry) -> str:
        return self.words % defaultdict(str, log_entry.data)


def register_actions(registry: LogActionRegistry) -> None:
    """For `register_log_actions`."""
    for action, (label, words) in {**POSITION_ACTIONS, **CALENDAR_ACTIONS}.items():
        formatter = type("PositionLogFormatter", (DataFormatter,), {"label": label, "words": words})
        registry.register_action(action)(formatter)
    for action, (label, words) in ACTIONS.items():
        formatter = type(
            "EventLogFormatter", (PresentationFormatter,), {"label": label, "words": words}
        )
        registry.register_action(action)(formatter)
    for action, (label, words) in EVENT_ACTIONS.items():
        formatter = type("EventLogFormatter", (EventFormatter,), {"label": label, "words": words})
        registry.register_action(action)(formatter)
