"""Pages and megabytes that a body takes, judged by the file that was printed last."""

from __future__ import annotations

import pytest

from cms.models import PagePdf, StoredPdf
from events.models import Body
from testimony.domain.readiness import judge_pages
from tests.builders import make_event, make_testimony


def store(page, *, pages: int, size: int) -> None:
    stored = StoredPdf.objects.create(
        key=f"{page.pk:064}", sha256="0" * 64, size=size, pages=pages, kind="testimony", path="none"
    )
    PagePdf.objects.update_or_create(page_id=page.pk, defaults={"stored": stored})


@pytest.mark.parametrize(
    ("limits", "pages", "size", "expected"),
    [
        ({"page_limit": 5}, 5, 10, ("ok", "")),
        (
            {"page_limit": 5},
            6,
            10,
            ("missing", "6 pages as last printed; Housing takes 5 at most."),
        ),
        ({"size_limit_mb": 20}, 1, 19_999_999, ("ok", "")),
        (
            {"size_limit_mb": 20},
            1,
            20_000_000,
            (
                "missing",
                "The file has 20.0 MB as last printed; Housing takes less than 20 MB. Use smaller pictures.",
            ),
        ),
        ({}, 900, 900_000_000, ("ok", "")),
    ],
)
def test_what_the_body_takes_decides_whether_it_is_ready(db, limits, pages, size, expected):
    body = Body.objects.create(name="Committee on Housing", short_name="Housing", **limits)
    page = make_testimony(event=make_event(body=body))
    store(page, pages=pages, size=size)

    judged = judge_pages([page.page_ptr], filed=True)[page.pk]

    assert [(it.state, it.words) for it in judged.results if it.name == "paper"] == [expected]
