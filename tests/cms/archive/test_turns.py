"""Two who write the same page's row: the newer words stay, on PostgreSQL too."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection, transaction

from cms.archive import projection
from cms.models import ArchiveEntry, StandardPage

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
    pytest.mark.django_db(transaction=True),
]
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return cursor.fetchone()[0] > 0


def test_what_is_read_during_a_publication_does_not_overwrite_it(make_page) -> None:
    page = make_page(title="Old")
    published, waited = threading.Event(), []

    def publish() -> None:
        try:
            with transaction.atomic():
                newer = StandardPage.objects.get(pk=page.pk)
                newer.title = "New"
                newer.save_revision().publish()
                published.set()
                for _look in range(200):
                    if somebody_waits():
                        waited.append(True)
                        break
                    time.sleep(0.05)
        finally:
            published.set()
            connection.close()

    other = threading.Thread(target=publish)
    other.start()
    published.wait(30)
    assert projection.project_ids([page.pk]) == 1  # begins while "New" is not committed
    other.join(30)
    assert waited == [True]
    assert ArchiveEntry.objects.get(pk=page.pk).title == "New"
