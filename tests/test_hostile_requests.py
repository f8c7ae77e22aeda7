"""No address of ours answers with a fault of the site, whatever stands in the address or in the form.

Wagtail's own views are Wagtail's to mend, except where our models are behind them.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from events.models import Vehicle
from tests.builders import make_point, make_testimony, make_user
from tests.source_tree import PACKAGES

pytestmark = pytest.mark.django_db
OURS = re.compile(rf"^(?:{'|'.join(PACKAGES)})\b")
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
TOO_LONG = str(2**63)
WORDS = {"model_name": "talkingpoint", "kind": "testimony", "ending": "txt", "slug": "x"}
GARBAGE = {"q": "\0", "text": "[]", "kind": "\0", "pk": TOO_LONG, "day": "0001-01-01"}


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        path = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, path)
        else:
            yield path, pattern


def is_ours(pattern: URLPattern) -> bool:
    """By the module of the view, or by the model of a view of Wagtail's."""
    view = getattr(pattern.callback, "view_class", pattern.callback)
    model = getattr(pattern.callback, "view_initkwargs", {}).get("model")
    label = model._meta.app_label if model is not None and not isinstance(model, str) else ""
    return bool(OURS.match(view.__module__) or OURS.match(label))


def own_paths() -> list[str]:
    found = {
        path for path, pattern in patterns(get_resolver()) if is_ours(pattern) and "(" not in path
    }
    return sorted(f"/{path}" for path in found)


def filled(path: str, number: str, text: str) -> str:
    def value(match: re.Match[str]) -> str:
        kind, name = match.groups()
        if kind == "uuid":
            return "00000000-0000-0000-0000-000000000000"
        return number if kind == "int" or name == "pk" else WORDS.get(name, text)

    return PARAMETER.sub(value, path)


@pytest.fixture
def author(client, monkeypatch) -> Client:
    def plain(_status: int) -> Callable[..., HttpResponse]:
        return lambda request, exception=None: HttpResponse(status=_status)

    # The page that says so has a whole menu; drawing it hundreds of times tests nothing.
    monkeypatch.setattr(URLResolver, "resolve_error_handler", lambda _self, status: plain(status))
    client.force_login(make_user())
    client.raise_request_exception = False
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)
    return client


def test_every_address_of_ours_answers_whatever_number_stands_in_it(author):
    asked = [filled(path, "9" * 18, "x") for path in own_paths() if "<" in path]

    assert len(asked) > 200
    answers = [(url, author.get(url).status_code) for url in asked]
    assert [answer for answer in answers if answer[1] >= 500] == []


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("number", [TOO_LONG, "9" * 30])
def test_a_number_that_no_database_holds_is_not_found(author, method, number):
    paths = [
        "testimony/speaker/{}",
        "events/calendar/0/{}",
        "events/{}",
        "snippets/cms/person/edit/{}",
    ]
    urls = [f"/admin/{path.format(number)}/" for path in paths]

    assert [getattr(author, method)(url).status_code for url in urls] == [404] * 4


def test_every_form_of_ours_answers_to_garbage(author):
    """Forms without a number in their address: those of what does not exist yet."""
    asked = [path for path in own_paths() if "<" not in path]

    assert len(asked) > 60
    answers = [(url, author.post(url, GARBAGE).status_code) for url in asked]
    assert [answer for answer in answers if answer[1] >= 500] == []


CHOOSERS = ["/admin/presentation_documents/", "/admin/map_points/", "/admin/map_sources/"]


@pytest.mark.parametrize("chooser", CHOOSERS)
def test_choosers_find_nothing_under_what_is_no_number(author, chooser):
    ends = ["chosen/%00/", "chosen/abc/", "chosen-multiple/?id=abc", "chosen-multiple/?id=%00"]

    assert [author.get(chooser + end).status_code for end in ends] == [404] * 4


def test_a_chooser_without_a_form_begins_nothing(author):
    choosers = [
        "presentation_documents",
        "snippets/choose/events/event",
        "snippets/choose/cms/person",
    ]

    assert [author.post(f"/admin/{path}/create/").status_code for path in choosers] == [404] * 3
    assert [author.get(f"/admin/{path}/").status_code for path in choosers] == [200] * 3
    assert author.get("/admin/images/chooser/create/").status_code == 200
    assert author.get("/admin/map_sources/create/").status_code == 200


def test_meter_and_wording_ask_for_a_whole_form(author):
    page, point = make_testimony(), make_point()
    urls = [f"/admin/testimony/{name}/{page.pk}/" for name in ("meter", "wording")]
    urls.append(f"/admin/testimony/wording/points/{point.pk}/")

    assert [author.post(url, {"text": "[]"}).status_code for url in urls] == [400] * 3


def rows(prefix: str, total: object, initial: object, **fields: str) -> dict[str, object]:
    numbers = {f"{prefix}-TOTAL_FORMS": total, f"{prefix}-INITIAL_FORMS": initial}
    return {**numbers, **{f"{prefix}-{name.replace('_', '-')}": v for name, v in fields.items()}}


@pytest.mark.parametrize(
    "posted",
    [
        rows("versions", 1, 1),
        rows("versions", 1, 1, **{"0_id": "abc"}),
        rows("versions", 1, 1, **{"0_id": "\0"}),
        rows("versions", 1, 1, **{"0_id": TOO_LONG}),
        rows("versions", 2000, 0),
        rows("versions", "many", 0),
        rows("versions", "9" * 30, 0),
    ],
)
def test_a_set_of_rows_is_whole_and_no_longer_than_a_person_writes(author, posted):
    vehicle = Vehicle.objects.create(identifier="HB 1")

    answer = author.post(f"/admin/events/vehicles/edit/{vehicle.pk}/", posted)

    assert answer.status_code == 400


@pytest.mark.parametrize("text", ["", "\0", "[]", "12", '{"blocks": [1]}', '{"blocks": 3}'])
def test_a_text_that_no_editor_sends_is_refused(author, text):
    url = "/admin/snippets/testimony/talkingpoint/add/"

    assert author.post(url, {"title": "Leave", "text": text}).status_code == 400
