"""The full-text index of the archive on either database. What is asked comes from `questions`.

One row for each entry, keyed by the entry's primary key, in the table `cms_archive_search` (migration 0003).
Texts go in already folded (`words.searchable`), so both engines see the same words and differ only in stems.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from cms.archive.excerpts import excerpt
from cms.archive.questions import Question, clean_query, parse_question

__all__ = ["clean_query", "excerpt", "match", "parse_question", "rank"]

TABLE = "cms_archive_search"
ENTRY = "cms_archiveentry"
CONFIG = "cms_archive_english"
# A tsvector holds 1 MB; the words of a longer text than this are not indexed on PostgreSQL.
POSTGRESQL_CHARACTERS = 600_000

SHORT_COLUMNS = ("summary", "title", "vehicle", "body_name", "speaker", "keywords")

SQLITE_WRITE = f"INSERT OR REPLACE INTO {TABLE} (rowid, title, body) VALUES (%s, %s, %s)"  # noqa: S608
POSTGRESQL_WRITE = (
    f"INSERT INTO {TABLE} (entry_id, document, content) VALUES (%s, "  # noqa: S608
    f"setweight(to_tsvector('{CONFIG}', %s), 'A') || setweight(to_tsvector('{CONFIG}', %s), 'D'), %s) "
    "ON CONFLICT (entry_id) DO UPDATE SET document = excluded.document, content = excluded.content"
)


def is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def write(rows: Iterable[tuple[int, str, str]]) -> None:
    """Store (entry pk, folded title, folded text) in place of what was stored for these entries."""
    rows = list(rows)
    if not rows:
        return
    with connection.cursor() as cursor:
        if is_postgresql():
            longer = [
                (pk, title, body[:POSTGRESQL_CHARACTERS], f" {title} {body} ")
                for pk, title, body in rows
            ]
            cursor.executemany(POSTGRESQL_WRITE, longer)
        else:
            cursor.executemany(SQLITE_WRITE, rows)


def write_short_columns(entries: QuerySet) -> None:
    """Let `entries` be found by their short columns alone, in one statement. The words are not folded, so a
    bill's number may be missed in another spelling until the next `write`."""
    chosen, params = entries.values("pk").query.sql_with_params()
    title, body = "title", " || ' ' || ".join(SHORT_COLUMNS)
    if is_postgresql():
        sql = (
            f"INSERT INTO {TABLE} (entry_id, document, content) SELECT id, "  # noqa: S608
            f"setweight(to_tsvector('{CONFIG}', {title}), 'A') || "
            f"setweight(to_tsvector('{CONFIG}', {body}), 'D'), ' ' || lower({title} || ' ' || {body}) || ' ' "
            f"FROM {ENTRY} WHERE id IN ({chosen}) "
            "ON CONFLICT (entry_id) DO UPDATE SET document = excluded.document, content = excluded.content"
        )
    else:
        sql = (
            f"INSERT OR REPLACE INTO {TABLE} (rowid, title, body) SELECT id, {title}, {body} "  # noqa: S608
            f"FROM {ENTRY} WHERE id IN ({chosen})"
        )
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def erase(entry_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE {_key()} = %s", [entry_id])  # noqa: S608


def erase_all(entries: QuerySet) -> None:
    """Forget the rows of `entries`, in one statement."""
    chosen, params = entries.values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE {_key()} IN ({chosen})", params)  # noqa: S608


def prune() -> None:
    """Forget rows without an entry. Search never shows them; they cost space only."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE {_key()} NOT IN (SELECT id FROM {ENTRY})")  # noqa: S608


def row_ids() -> list[int]:
    """Keys of all stored rows, ascending: those of the entries, while the index is in step."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_key()} FROM {TABLE} ORDER BY 1")  # noqa: S608
        return [row[0] for row in cursor.fetchall()]


def optimize() -> None:
    """Merge the index into one piece after many writes."""
    with connection.cursor() as cursor:
        if not is_postgresql():
            cursor.execute(f"INSERT INTO {TABLE} ({TABLE}) VALUES ('optimize')")  # noqa: S608


def match(entries: QuerySet, question: Question) -> QuerySet:
    """Those of `entries` that hold every term of `question`."""
    where, params = _condition(question)
    found = f"SELECT {_key()} FROM {TABLE} WHERE {where}"  # noqa: S608
    return entries.filter(pk__in=RawSQL(found, params))  # noqa: S611  (terms are bound, never spliced)


def rank(entries: QuerySet, question: Question) -> QuerySet:
    """Like `match`, best first; entries of equal worth newest first.

    A join, not a subquery for each row: ranking in a correlated subquery runs the search again for every hit.
    """
    where, params = _condition(question)
    if is_postgresql():
        score = f"-ts_rank_cd(document, plainto_tsquery('{CONFIG}', %s))"
        score_params: Sequence[str] = [" ".join(question.terms)]
    else:
        score, score_params = f"bm25({TABLE}, 5.0, 1.0)", []
    return entries.extra(  # noqa: S610  (terms are bound, never spliced)
        select={"archive_rank": score},
        select_params=score_params,
        tables=[TABLE],
        where=[f"{TABLE}.{_key()} = {ENTRY}.id", where],
        params=params,
        order_by=["archive_rank", "-date", "-id"],
    )


def _key() -> str:
    return "entry_id" if is_postgresql() else "rowid"


def _condition(question: Question) -> tuple[str, list[str]]:
    if not is_postgresql():
        # Folded terms hold letters, digits and spaces only, so the quoting cannot be escaped.
        return f"{TABLE} MATCH %s", [" ".join(f'"{term}"' for term in question.terms)]
    conditions, params = [], []
    for term in question.terms:
        if " " not in term:
            conditions.append(f"document @@ plainto_tsquery('{CONFIG}', %s)")
            params.append(term)
            continue
        # A tsvector keeps 256 positions of a word and none beyond 16,383, so in a long document it
        # cannot vouch for a phrase: there the text itself is asked.
        conditions.append(
            f"(document @@ plainto_tsquery('{CONFIG}', %s) AND "
            f"(document @@ phraseto_tsquery('{CONFIG}', %s) OR strpos(content, %s) > 0))"
        )
        params += [term, term, f" {term} "]
    return " AND ".join(conditions), params
