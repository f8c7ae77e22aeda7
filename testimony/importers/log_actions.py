"""How an import reads in a page's history."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter

IMPORTED = "testimony.import"


class ImportFormatter(LogFormatter):
    label = gettext_lazy("Import testimony")

    def format_message(self, log_entry) -> str:
        data = log_entry.data
        return _("Imported from %(file)s, line %(line)s") % {
            "file": data.get("file", ""),
            "line": data.get("line", ""),
        }


def register(actions: LogActionRegistry) -> None:
    """For the hook `register_log_actions`."""
    actions.register_action(IMPORTED)(ImportFormatter)
