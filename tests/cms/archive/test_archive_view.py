from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.archive.filters import ArchiveFilter
from cms.models import ArchiveEntry
from django.http import QueryDict

ARCHIVE_QUERIES = 10


@pytest.mark.parametrize("number", [1, 3, 40])
@pytest.mark.parametrize("query", ["", "?q=leave", "?q=leave&sort=relevance&year=2024"])
def test_the_list_costs_the_same_queries_however_long_it_is(client, make_page, make_issue, number, query, django_assert_num_queries):
    issues = [make_issue("Paid leave"), make_issue("Housing")]
    for _ in range(number):
        make_page("Everybody needs sick leave.", issues=[issue.pk for issue in issues])
    with CaptureQueriesContext(connection, ) as q:
        response = client.get(f"/archive/{query}")
    for x in q.captured_queries: print(x["sql"][:3000]); print()
    print(dict(response.headers))
    assert response.context["listing"].total == number
    assert len(q) == ARCHIVE_QUERIES
