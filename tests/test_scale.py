"""What a page costs does not depend on how much the archive holds."""

from __future__ import annotations

import pytest
from wagtail.models import Page

from cms.benchmark.database import fill_archive
from cms.models import ArchivePage
from tests.builders import make_event, make_point, make_statistic, make_testimony

LIST_QUERIES = 10
DOCUMENT_QUERIES = 12


def publish_a_document() -> str:
    """A testimony that shows something of every kind; its address."""
    statistic = make_statistic()
    embed = f'<embed embedtype="statistic" id="{statistic.pk}"/>'
    event = make_event()
    body = [
        ("talking_point", make_point(text=f"<p>{embed}</p>")),
        ("statistic", {"statistic": make_statistic("placed"), "emphasis": ""}),
    ]
    return make_testimony("The one", body=body, event=event, vehicle=event.vehicle).url


@pytest.mark.django_db
@pytest.mark.parametrize("count", [10, 10_000])
def test_list_and_document_cost_the_same_queries(client, count, django_assert_num_queries):
    fill_archive(count)
    # The bulk load leaves the tree's counter alone; adding a page looks at it.
    Page.objects.filter(pk=ArchivePage.objects.get().pk).update(numchild=count)
    address = publish_a_document()
    client.get("/archive/")
    with django_assert_num_queries(LIST_QUERIES):
        assert client.get("/archive/").status_code == 200
    with django_assert_num_queries(DOCUMENT_QUERIES):
        assert client.get(address).status_code == 200
