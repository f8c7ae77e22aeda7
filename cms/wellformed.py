"""Refuses requests that no form or link of the site makes: with 404 in an address, with 400 in a form.

Here and not in each view: Wagtail's views and form sets read the same numbers and fail on them with an error
that would look like a fault of the site. What is well formed but wrong is for the views and forms to judge.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.datastructures import MultiValueDictKeyError

LONGEST_NUMBER = 18  # digits that every database can hold
MOST_ROWS = 1000  # of one form set; each costs some milliseconds
_TOTAL = re.compile(r"(?:^|-)(?:TOTAL|INITIAL)_FORMS$")
_COUNT = re.compile(r"-count$")  # of blocks, and of the rows and columns of a table


def is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER


class WellFormedMiddleware:
    """Stands inside sessions and the check of forged forms, which have read the form already."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: Mapping[str, Any]
    ) -> None:
        match = request.resolver_match
        name = match.url_name if match else ""
        if not all(_is_addressable(part, value) for part, value in kwargs.items()):
            raise Http404("A number in the address is none, or too long.")
        if name == "chosen_multiple" and not all(map(is_key, request.GET.getlist("id"))):
            raise Http404("What is chosen is named by its number.")
        if request.method == "POST":
            for fault in faults(request.POST):
                raise BadRequest(fault)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """A field that every form of its kind has, such as the number of blocks, was not sent."""
        if isinstance(exception, MultiValueDictKeyError) and request.method == "POST":
            raise BadRequest(f"The form lacks {exception}.") from exception


def _is_addressable(name: str, value: object) -> bool:
    if isinstance(value, int):
        return value < 10**LONGEST_NUMBER
    if not isinstance(value, str):
        return True
    return "\0" not in value and (name != "pk" or is_key(value))


def faults(form: QueryDict) -> Iterator[str]:
    """What is wrong with the numbers that a form set, a list of blocks or a way back consists of."""
    for name, value in ((name, str(form[name])) for name in form):
        if _TOTAL.search(name):
            if not is_key(value) or int(value) > MOST_ROWS:
                yield f"{name} is no number up to {MOST_ROWS}."
            else:
                yield from _faulty_keys(form, _TOTAL.sub("", name), int(value))
        elif _COUNT.search(name) and not is_key(value):
            yield f"{name} is no number."
    way_back = form.get("next", "")
    if way_back and not {"/", "."} & set(way_back):  # else it would be taken for the name of a view
        yield "next is no address."


def _faulty_keys(form: QueryDict, prefix: str, rows: int) -> Iterator[str]:
    for row in range(rows):
        name = f"{prefix}-{row}-id"
        if (key := str(form.get(name, ""))) and not is_key(key):
            yield f"{name} is no number."
