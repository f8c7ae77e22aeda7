"""What references cost: a document of 60 blocks asks as much with 40 references as with one of each kind."""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.rich_text import RichText

from cms.enums import GroupName
from testimony.domain.pinning import pin_current
from testimony.domain.references import references_of
from testimony.domain.resolve import resolve
from testimony.models import TestimonyPage
from tests.builders import (
    embed,
    make_point,
    make_source,
    make_statistic,
    make_testimony,
    make_user,
    paragraph,
    publish,
)

pytestmark = pytest.mark.django_db
BLOCKS = 60


def statistic_in_text(n: int):
    return paragraph(f"<p>Only {embed(make_statistic(f'figure {n}'))}.</p>")


def pinned_statistic_in_text(n: int):
    item = make_statistic(f"figure {n}")
    block = paragraph(f"<p>Only {embed(item, pin_current(item))}.</p>")
    publish(item, value=99)
    return block


def pinned_source_in_text(n: int):
    item = make_source(f"Survey {n}")
    return paragraph(f"<p>So it is.{embed(item, pin_current(item))}</p>")


def statistic_block(n: int):
    return "statistic", {"statistic": make_statistic(f"figure {n}"), "emphasis": ""}


def pinned_statistic_block(n: int):
    item = make_statistic(f"figure {n}")
    return "statistic", {"statistic": item, "mode": "pinned", "pin": pin_current(item).pk}


def point_with_evidence(n: int):
    figure, report = make_statistic(f"figure {n}"), make_source(f"Report {n}")
    return make_point(f"Point {n}", f"<p>Say {embed(figure)}{embed(report)}.</p>")


def point_block(n: int):
    return "talking_point", point_with_evidence(n)


def pinned_point_block(n: int):
    point = point_with_evidence(n)
    block = "talking_point", {"point": point, "mode": "pinned", "pin": pin_current(point).pk}
    publish(point, text="<p>Say no more.</p>")
    return block


def adapted_point_block(n: int):
    point = point_with_evidence(n)
    own = RichText(f"<p>Here {embed(make_statistic(f'own figure {n}'))}.</p>")
    value = {"point": point, "mode": "adapted", "pin": pin_current(point).pk, "adapted": own}
    return "talking_point", value


KINDS = (
    statistic_in_text,
    pinned_statistic_in_text,
    pinned_source_in_text,
    statistic_block,
    pinned_statistic_block,
    point_block,
    pinned_point_block,
    adapted_point_block,
)


def document(makers, count: int) -> TestimonyPage:
    """A page of 60 blocks, `count` of which refer to the library, in turn by each of `makers`."""
    body = [makers[n % len(makers)](n) for n in range(count)]
    body += [paragraph("<p>Thank you.</p>")] * (BLOCKS - count)
    page = make_testimony(body=body)
    # Known for the life of a process.
    ContentType.objects.get_for_models(*{type(item) for item in (page,)})
    return TestimonyPage.objects.get(pk=page.pk)


def queries_to_resolve(page: TestimonyPage) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        resolve(page)
    return len(queries)


def queries_of_form(page: TestimonyPage) -> int:
    """What the editor asks to show the blocks of the text."""
    with CaptureQueriesContext(connection) as queries:
        page.body.stream_block.get_form_state(page.body)
    return len(queries)


def queries_to_edit(page: TestimonyPage, client: Client) -> int:
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_five_references_of_a_kind_cost_what_one_costs(kind):
    one, five = document([kind], 1), document([kind], 5)

    assert len(references_of(five)) in (5, 10)
    assert queries_to_resolve(five) == queries_to_resolve(one)
    assert queries_of_form(five) == queries_of_form(one)


def test_references_of_every_kind_cost_a_fixed_number_of_queries(client):
    client.force_login(make_user(group=GroupName.APPROVERS))
    few, many = document(KINDS, len(KINDS)), document(KINDS, 40)

    assert (queries_to_resolve(few), queries_to_resolve(many)) == (6, 6)
    assert (queries_of_form(few), queries_of_form(many)) == (3, 3)
    # The rest of the screen is not ours to count here.
    assert queries_to_edit(few, client) == queries_to_edit(many, client)


def test_reading_what_a_document_names_asks_nothing(django_assert_num_queries):
    page = document(KINDS, 8)
    with django_assert_num_queries(0):
        assert len(references_of(page)) == 9
