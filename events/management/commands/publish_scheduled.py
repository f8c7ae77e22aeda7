"""Wagtail's scheduler, with one look before it runs: nothing of an event that is off goes out by the clock."""

from __future__ import annotations

from typing import Any

from django.utils.translation import ngettext
from wagtail.management.commands.publish_scheduled import Command as PublishScheduled

from events.domain.releases import hold_due_releases


class Command(PublishScheduled):
    """Found before Wagtail's, since `events` is listed before it among the installed applications."""

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dryrun"] and (held := hold_due_releases()):
            words = ngettext(
                "%(count)d release held: its event is postponed or canceled.",
                "%(count)d releases held: their events are postponed or canceled.",
                held,
            )
            self.stdout.write(words % {"count": held})
        super().handle(*args, **options)
