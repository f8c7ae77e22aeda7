"""Wagtail's database search, made safe for the raw text that the admin's search boxes pass on.

Two faults of the stock backend are mended: a quote, a NUL, punctuation alone or a very long text
raises (HTTP 500), and on SQLite relevance is a correlated subquery that reruns MATCH for every
row, so that one search for a frequent word holds a worker for half a minute at 10,000 pages.
The public archive has an engine of its own and does not come here.
"""

from __future__ import annotations

import functools
from typing import Any

from django.db import connection
from modelsearch.backends.base import BaseSearchBackend
from modelsearch.query import MATCH_NONE, And, Boost, Fuzzy, Not, Or, Phrase, PlainText, SearchQuery
from wagtail.search.backends import database

MAX_CHARACTERS = 255
MAX_WORDS = 32  # FTS5 and the query compiler both recurse once for each word


def clean_words(text: str) -> str:
    """Words of `text` that a full-text engine can look up; "" when there is none."""
    text = text[:MAX_CHARACTERS].replace("\0", " ").replace('"', " ")
    words = [word for word in text.split() if any(character.isalnum() for character in word)]
    return " ".join(words[:MAX_WORDS])


@functools.singledispatch
def clean_query(query: Any) -> Any:
    """`query` with every text in it cleaned; what is left empty matches nothing."""
    return query


@clean_query.register
def _(query: str) -> str | SearchQuery:
    return clean_words(query) or MATCH_NONE


@clean_query.register
def _(query: PlainText) -> SearchQuery:
    words = clean_words(query.query_string)
    return PlainText(words, operator=query.operator, boost=query.boost) if words else MATCH_NONE


@clean_query.register
def _(query: Phrase) -> SearchQuery:
    words = clean_words(query.query_string)
    return Phrase(words) if words else MATCH_NONE


@clean_query.register
def _(query: Fuzzy) -> SearchQuery:
    words = clean_words(query.query_string)
    return Fuzzy(words, query.operator, query.unaccent) if words else MATCH_NONE


@clean_query.register(And)
@clean_query.register(Or)
def _(query: And | Or) -> SearchQuery:
    parts = [clean_query(part) for part in query.subqueries]
    parts = [part for part in parts if part is not MATCH_NONE]
    if len(parts) == 1:
        return parts[0]
    return type(query)(parts) if parts else MATCH_NONE


@clean_query.register
def _(query: Not) -> SearchQuery:
    inner = clean_query(query.subquery)
    return MATCH_NONE if inner is MATCH_NONE else Not(inner)


@clean_query.register
def _(query: Boost) -> SearchQuery:
    inner = clean_query(query.subquery)
    return MATCH_NONE if inner is MATCH_NONE else Boost(inner, query.boost)


class CleanedQueries:
    """Backend mixin: every query is cleaned before it is compiled."""

    def _search(self, compiler_class: type, query: Any, *args: Any, **kwargs: Any) -> Any:
        return super()._search(compiler_class, clean_query(query), *args, **kwargs)  # type: ignore[misc]


class KeepsListOrder:
    """Compiler mixin for SQLite: hits come in the order of the list that is searched.

    The switch is set here and not by the caller, because the base class refuses an explicit order
    by a column outside the index, a limit that only other engines have.
    """

    def search(self, *args: Any, **kwargs: Any) -> Any:
        self.order_by_relevance = False
        # `fields` become columns of the FTS table, which has two; other names are SQL errors.
        if not set(self.fields or ()) <= set(self.FTS_TABLE_FIELDS):  # type: ignore[has-type, attr-defined]
            self.fields = None
        return super().search(*args, **kwargs)  # type: ignore[misc]


@functools.cache
def _guarded(base: type[BaseSearchBackend]) -> type[BaseSearchBackend]:
    """`base` with the mixins in front; which base it is depends on the database in use."""
    attributes: dict[str, Any] = {}
    if connection.vendor == "sqlite":
        for name in ("query_compiler_class", "autocomplete_query_compiler_class"):
            compiler = getattr(base, name)
            attributes[name] = type(f"Ordered{compiler.__name__}", (KeepsListOrder, compiler), {})
    return type(f"Guarded{base.__name__}", (CleanedQueries, base), attributes)


def SearchBackend(params: dict[str, Any]) -> BaseSearchBackend:
    """A factory, like the one of Wagtail that it replaces."""
    base = type(database.SearchBackend(dict(params)))
    # A class can be hashed; the checker looks at the `__hash__` of its instances.
    return _guarded(base)(params)  # type: ignore[arg-type]
