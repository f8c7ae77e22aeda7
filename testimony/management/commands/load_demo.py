"""`manage.py load_demo`: the demonstration site."""

from __future__ import annotations

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from cms.domain.site_address import follow_setting
from cms.models import User
from testimony.demo.loader import ACCOUNTS, PASSWORD, Demo
from testimony.models import TestimonyPage


class Command(BaseCommand):
    help = (
        "Load the demonstration: a fictional county health department with real figures. Loads once; "
        "running it again changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--accounts", action="store_true", help="only print the accounts of the demo"
        )

    def handle(self, *args, **options) -> None:
        if not settings.ROSTRUM_DEMO_ALLOWED:
            raise CommandError(
                "The demo's passwords are public, so it loads under the development settings only."
            )
        if options["accounts"]:
            return self._print_accounts()
        follow_setting()  # `bin/demo --port` may name another address than the last time
        if User.objects.filter(username="author").exists() and TestimonyPage.objects.exists():
            self.stdout.write("The demo is already loaded; what was changed in it is kept.")
            return self._print_accounts()
        if User.objects.exists() or TestimonyPage.objects.exists():
            raise CommandError(
                "This installation holds content of its own, so the demo was not loaded. Point "
                "ROSTRUM_DATA at an empty folder and run `manage.py migrate` first."
            )
        with transaction.atomic():
            Demo(lambda step: self.stdout.write(f"  {step}")).load()
        self._print_accounts()
        return None

    def _print_accounts(self) -> None:
        for username, group in ACCOUNTS.items():
            self.stdout.write(f"  {username:<10} {PASSWORD:<14} {group.label}")
