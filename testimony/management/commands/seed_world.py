"""`manage.py seed_world`: fills an empty database for tests of what the public may see."""

from __future__ import annotations

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from events.models import Event
from testimony.models import FactSheetPage, Source, TestimonyPage
from testimony.seed.world import World


class Command(BaseCommand):
    help = (
        "Build, in an empty database, objects of every content model in every state, with unique words "
        "(canaries) in everything that is not public. Never run it on a database that is in use."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=1, help="the same number, the same words")
        parser.add_argument("--json", action="store_true", help="print ids, addresses and canaries")

    def handle(self, *args, **options) -> None:
        for model in (TestimonyPage, FactSheetPage, Source, Event):
            if model.objects.exists():
                raise CommandError(
                    "The database is not empty. Point ROSTRUM_DATA or DATABASE_URL at a new one, run "
                    "`manage.py migrate`, then run this command again."
                )
        world = World(options["seed"])
        with transaction.atomic():
            planted = world.build()
        if options["json"]:
            self.stdout.write(json.dumps([asdict(item) for item in planted], indent=1))
        else:
            hidden = sum(len(item.canaries) for item in planted)
            self.stdout.write(f"{len(planted)} objects, {hidden} canaries.")
