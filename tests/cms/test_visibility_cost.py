"""The gate's cost for many pages at once, with the statistics that an administrator's ANALYZE leaves."""

from __future__ import annotations

import pytest
from django.db import connection
from wagtail.models import Page, PageViewRestriction

from cms.benchmark.database import fill_archive
from cms.domain.visibility import public_pages


@pytest.fixture
def pages(transactional_db) -> list[Page]:
    """Some hundred documents. Real transactions, since statistics outlive a rollback in SQLite's memory."""
    fill_archive(400)
    return list(Page.objects.filter(slug__startswith="testimony-").order_by("pk"))


def restrict(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="asserts the plan of the SQLite engine")
@pytest.mark.parametrize("restrictions", [0, 1, 3])
def test_the_gate_never_reads_all_pages_for_each_page(pages, restrictions):
    for page in pages[:restrictions]:
        restrict(page)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    connection.close()  # statistics are read when a connection opens
    steps = public_pages().order_by().explain().splitlines()
    # Each line: id, parent, cost, what is done. What hangs below the judging of one page must search.
    judged = [step.split(" ", 3) for step in steps]
    (gate,) = [number for number, _up, _cost, what in judged if what.startswith("CORRELATED")]

    below = [what.replace(" COVERING", "") for _number, up, _cost, what in judged if up == gate]
    assert [what.split(" ", 2)[0] for what in below] == ["SEARCH", "LIST"]
    assert below[0].endswith("USING INTEGER PRIMARY KEY (rowid=?)")


def test_aliases_of_restricted_pages_are_private_and_the_rest_is_public(pages):
    restricted, alias, alias_of_alias, other = pages[:4]
    alias.alias_of, alias_of_alias.alias_of = restricted, alias
    alias.save(), alias_of_alias.save()
    restrict(restricted)

    shown = set(public_pages().filter(pk__in=[page.pk for page in pages]))
    assert shown == set(pages) - {restricted, alias, alias_of_alias}
    assert other in shown
