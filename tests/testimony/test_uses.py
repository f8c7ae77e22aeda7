"""The index of uses follows everything that happens to documents, items and records."""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType

from cms.enums import GroupName
from cms.models import ArchivePage, HomePage
from events.domain.presentations import add_presentation, confirm, deliver
from events.models import Record
from testimony.domain import uses
from testimony.domain.pinning import settle as pin_for
from testimony.enums import ReferenceMode
from testimony.models import Use
from tests.builders import (
    embed,
    make_event,
    make_fact_sheet,
    make_point,
    make_source,
    make_statistic,
    make_testimony,
    make_user,
    paragraph,
    publish,
)

pytestmark = pytest.mark.django_db


def rows() -> list[tuple]:
    names = {kind.pk: kind.model for kind in ContentType.objects.all()}
    return sorted(
        (
            names[use.item_type_id],
            use.item_id,
            use.state,
            use.page_id or 0,
            (names.get(use.part_type_id, ""), use.part_id or 0),
            use.record_id or 0,
            (names.get(use.through_type_id, ""), use.through_id or 0),
            (use.follows, use.is_pinned, use.is_adapted, use.pin or 0),
        )
        for use in Use.objects.all()
    )


def of(item) -> list[tuple[str, str, str]]:
    """State, holder and way of each use of `item`."""
    return sorted(
        (use.state, str(use.page or use.part or use.record), str(use.through or ""))
        for use in Use.objects.of(item)
    )


@pytest.fixture(autouse=True)
def rebuild_gives_the_same(db):
    """Whatever a test did, making the index anew changes no row."""
    yield
    before = rows()
    uses.rebuild()
    assert rows() == before


@pytest.fixture
def chain():
    source = make_source("Survey")
    statistic = make_statistic(source=source)
    point = make_point("Point", text=f"<p>Only {embed(statistic)}.</p>")
    page = make_testimony("Page", body=[("talking_point", point)])
    return source, statistic, point, page


def test_a_page_uses_what_its_talking_point_shows(chain):
    source, statistic, point, _page = chain

    assert of(point) == [("living", "Page", "")]
    assert of(statistic) == [("living", "Page", "Point"), ("living", "Point", "")]
    assert of(source) == [("living", "27% of workers have leave", ""), ("living", "Page", "Point")]


def test_a_draft_that_was_never_published_counts(chain):
    point = chain[2]
    make_testimony("Draft", body=[("talking_point", point)], live=False)

    assert of(point) == [("draft", "Draft", ""), ("living", "Page", "")]


def test_a_newer_draft_of_a_published_page_is_a_holder_of_its_own(chain):
    _source, _statistic, point, page = chain
    page.body = [paragraph("<p>Nothing shared.</p>")]
    revision = page.save_revision()
    assert of(point) == [("living", "Page", "")]

    page.body = [("talking_point", point), ("talking_point", make_point("Other"))]
    page.save_revision()
    assert of(point) == [("draft", "Page", ""), ("living", "Page", "")]

    revision.publish()
    assert of(point) == [("draft", "Page", "")]

    page.latest_revision.publish()
    assert of(point) == [("living", "Page", "")]


def test_unpublishing_makes_a_draft_and_deleting_leaves_nothing(chain):
    _source, statistic, point, page = chain
    page.unpublish()
    assert of(point) == [("draft", "Page", "")]
    page.delete()
    assert of(point) == []
    assert of(statistic) == [("living", "Point", "")]


def test_moving_and_copying_a_page(chain):
    point, page = chain[2], chain[3]
    second = ArchivePage(title="Second", slug="second")
    HomePage.objects.get().add_child(instance=second)
    page.move(second, pos="last-child")
    assert of(point) == [("living", "Page", "")]
    type(page).objects.get(pk=page.pk).copy(
        update_attrs={"slug": "copy", "title": "Copy"}, keep_live=False
    )
    assert of(point) == [("draft", "Copy", ""), ("living", "Page", "")]


def test_restoring_an_earlier_version(chain):
    point, page = chain[2], chain[3]
    first = page.latest_revision
    page.body = [paragraph("<p>Else</p>")]
    page.save_revision().publish()
    assert of(point) == []
    restored = first.as_object()
    restored.save_revision(previous_revision=first)
    assert of(point) == [("draft", "Page", "")]


def test_a_point_that_shows_another_figure_changes_what_its_pages_use(
    chain, django_capture_on_commit_callbacks
):
    _source, statistic, point, _page = chain
    other = make_statistic("other")
    sheet = make_fact_sheet("Sheet", body=[("statistic", {"statistic": statistic})])
    draft = make_testimony("Draft", body=[("talking_point", point)], live=False)
    point.text = f"<p>{embed(other)}</p>"
    point.save_revision()
    assert of(other) == [("draft", "Point", "")]

    point.latest_revision.publish()
    assert of(statistic) == [("living", "Sheet", "")]
    assert of(other) == [
        ("draft", "Draft", "Point"),
        ("living", "Page", "Point"),
        ("living", "Point", ""),
    ]

    point.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        point.unpublish()
    assert of(other) == [("draft", "Point", "")]
    assert of(point) == [("draft", "Draft", ""), ("living", "Page", "")]
    assert (sheet.live, draft.live) == (True, False)


def test_a_deleted_point_shows_nothing_any_more(chain, django_capture_on_commit_callbacks):
    _source, statistic, point, page = chain
    with django_capture_on_commit_callbacks(execute=True):
        point.delete()
    assert of(statistic) == []
    assert list(Use.objects.living().filter(page=page).values_list("item_id", flat=True)) == [
        page.body.raw_data[0]["value"]["point"]
    ]


def test_pinned_and_adapted_uses(chain):
    source, statistic, point, _page = chain
    publish(point)
    pin = pin_for(point, ReferenceMode.PINNED, None)
    pinned = {"point": point, "mode": ReferenceMode.PINNED, "pin": pin}
    adapted = {**pinned, "mode": ReferenceMode.ADAPTED, "adapted": "<p>Ours.</p>"}
    make_testimony("Pinned", body=[("talking_point", pinned)])
    make_testimony("Adapted", body=[("talking_point", adapted)])
    make_testimony("Both", body=[("talking_point", pinned), ("talking_point", point)])

    flags = {
        use.page.title: (use.follows, use.is_pinned, use.is_adapted)
        for use in Use.objects.of(point).in_pages().select_related("page")
    }
    assert flags == {
        "Page": (True, False, False),
        "Pinned": (False, True, False),
        "Adapted": (False, False, True),
        "Both": (True, True, False),
    }
    assert of(statistic) == [
        ("living", "Both", "Point"),
        ("living", "Page", "Point"),
        ("living", "Pinned", "Point"),
        ("living", "Point", ""),
    ]
    assert sorted(
        use.page.title for use in Use.objects.of(source).in_pages().keeping_wording()
    ) == ["Pinned"]

    point.text = "<p>No figure.</p>"
    publish(point)
    assert of(statistic) == [("living", "Both", "Point"), ("living", "Pinned", "Point")]


@pytest.fixture
def record(chain) -> Record:
    page = chain[3]
    user = make_user("approver", GroupName.APPROVERS)
    added = add_presentation(make_event(), page.speaker, user=user, pages=[page])
    return deliver(confirm(added, user=user), user=user)[0]


def test_a_record_keeps_what_was_shown_when_it_was_delivered(chain, record):
    _source, statistic, point, page = chain
    delivered = str(record)
    point.text = "<p>Nothing now.</p>"
    publish(point)
    page.body = [paragraph("<p>Nor here.</p>")]
    page.save_revision().publish()

    assert of(point) == [("delivered", delivered, "")]
    assert of(statistic) == [("delivered", delivered, "Point")]


def test_rebuilding_repairs_whatever_was_damaged(chain, record):
    right = rows()
    Use.objects.filter(page__isnull=False).delete()
    Use.objects.update(follows=False)
    point_type = ContentType.objects.get_for_model(chain[2])
    Use.objects.create(item=chain[0], part_type=point_type, part_id=9999, state="living")
    seen = []
    uses.rebuild(progress=lambda done, total: seen.append((done, total)))

    assert rows() == right
    assert seen == [(4, 4)]


def test_a_change_of_one_page_touches_the_rows_of_no_other(chain, django_assert_max_num_queries):
    point = chain[2]
    for number in range(5):
        make_testimony(f"Other {number}", body=[("talking_point", point)])
    page = chain[3]
    with django_assert_max_num_queries(8):
        uses.index(page)
