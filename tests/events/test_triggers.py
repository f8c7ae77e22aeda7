from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models.signals import post_migrate
from wagtail.models import Locale, Page

from cms.models import HomePage, Person
from events import triggers
from events.models import Presentation, Record
from tests.builders import make_event


def insert_record() -> None:
    """A bare row: the flush between tests must get past it."""
    page = HomePage.objects.first()
    revision = page.save_revision()
    person = Person.objects.create(name="Ada Okafor")
    presentation = Presentation.objects.create(event=make_event(), speaker=person)
    moment = presentation.event.starts_at
    Record.objects.create(
        presentation=presentation,
        revision=revision,
        page=page.page_ptr,
        delivered_at=moment,
        created_at=moment,
        payload={},
        pdf_size=1,
        pdf_pages=1,
    )


def test_the_migrated_database_has_every_trigger(db):
    assert triggers.missing(connection) == []


def test_removed_triggers_are_missed_and_installed_again(db):
    triggers.remove(connection)
    removed = triggers.missing(connection)
    triggers.install(connection)

    expected = list(triggers.NAMES) if connection.vendor == "sqlite" else list(triggers.NAMES[:2])
    assert (removed, triggers.missing(connection)) == (expected, [])


def test_triggers_come_back_after_a_migration_that_rebuilt_the_table(db):
    triggers.remove(connection)

    post_migrate.send(
        apps.get_app_config("events"), app_config=apps.get_app_config("events"), using="default"
    )

    assert triggers.missing(connection) == []


def test_verify_records_fails_without_triggers(db):
    triggers.remove(connection)
    try:
        with pytest.raises(CommandError, match="Records are not guarded"):
            call_command("verify_records", verbosity=0)
    finally:
        triggers.install(connection)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_test_with_real_transactions_may_leave_records_behind(turn):
    if not HomePage.objects.exists():  # flushed by the turn before
        Locale.objects.get_or_create(language_code="en")
        Page.add_root(title="Root", slug="root").add_child(instance=HomePage(title="Home"))
    left_over = Record.objects.count()
    insert_record()

    assert (left_over, triggers.missing(connection)) == (0, [])
