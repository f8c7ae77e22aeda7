"""What the editor asks while somebody types, and the library's search, each against the least that must be done."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils import timezone

from cms.benchmark.harness import cpu_slice
from cms.benchmark.registry import Measure, Pair
from cms.benchmark.registry import register as add
from testimony.domain import citation_engine, finding
from testimony.domain.citations import cite
from testimony.domain.reading_aloud import count_words
from testimony.domain.wording import Passage, hints
from testimony.models import LibraryEntry, PreferredTerm, Source

ENTRIES = 10_000
SOURCES = 40
TERMS = 41
# Half plain words, half figures: 4,950 words.
FIGURES = " ".join(
    f"plain words of {number} and {number * 1.7:.1f}% HB {1000 + number} CDC"
    for number in range(550)
)
SENTENCE = "The county serves the people who live here, and the clinic on Main Street helps them. "
PASSAGES = [Passage("", SENTENCE * 4 + "We serve the homeless at WIC. ")] * 75
WORD = re.compile(r"\w+")


@contextmanager
def opened_count() -> Iterator[Pair]:
    words = partial(WORD.findall, FIGURES)
    yield Pair(cpu_slice(partial(count_words, FIGURES)), cpu_slice(words))


@contextmanager
def opened_hints() -> Iterator[Pair]:
    terms = [
        PreferredTerm(pk=number, avoid=f"word{number} of old", prefer="another")
        for number in range(1, TERMS)
    ]
    terms.append(PreferredTerm(pk=TERMS, avoid="the homeless", prefer="people without homes"))

    def bare() -> None:
        for passage in PASSAGES:
            WORD.findall(passage.text)

    yield Pair(cpu_slice(partial(hints, PASSAGES, terms, "en")), cpu_slice(bare))


@contextmanager
def opened_cited() -> Iterator[Pair]:
    sources = [
        Source(title=f"Study {number}", author="Lovelace, Ada", publisher="Press", published="2023")
        for number in range(SOURCES)
    ]

    def again() -> None:
        for source in sources:
            cite(source, style="apa")

    def first() -> None:
        citation_engine.entries().clear()
        again()

    yield Pair(cpu_slice(again), cpu_slice(first))


@contextmanager
def opened_find() -> Iterator[Pair]:
    _fill(ENTRIES)
    found = finding.search(LibraryEntry.objects.all(), "survey")
    # In an order that no index gives, as the search's own.
    bare = LibraryEntry.objects.filter(words__contains="survey").order_by("title_words")
    try:
        yield Pair(cpu_slice(partial(_fifty, found)), cpu_slice(partial(_fifty, bare)))
    finally:
        LibraryEntry.objects.all().delete()


def _fifty(entries: QuerySet[LibraryEntry]) -> None:
    if len(entries.all()[:50]) != min(50, ENTRIES):
        raise RuntimeError("The search found too little: nothing to measure.")


def _fill(count: int) -> None:
    """Entries that all hold the word, written without any signal."""
    kind, now = ContentType.objects.get_for_model(Source), timezone.now()
    words = "words of a longer text " * 20
    LibraryEntry.objects.bulk_create(
        (
            LibraryEntry(
                item_type=kind,
                item_id=number,
                kind="source",
                title=f"Survey {number}",
                title_words=f"survey {number}",
                words=f"survey {number} {words}",
                updated_at=now - timedelta(minutes=number * 7919 % count),
                live=True,
                has_draft=False,
            )
            for number in range(count)
        ),
        batch_size=500,
    )


def _add(
    name: str, title: str, limit: str, target: float, goal: float, opened: Callable, **more
) -> None:
    add(Measure(name=name, title=title, limit=limit, target=target, goal=goal, open=opened, **more))


def register() -> None:
    """`manage.py benchmark typing` runs the first three."""
    words = "one regular expression for words over the same text"
    _add("typing-count", "Counting 4,950 words as they are said", words, 12, 6, opened_count)
    _add("typing-hints", "Hints on 5,000 words, 41 terms", words, 30, 15, opened_hints)
    formatted = "formatting them for the first time"
    _add("typing-cited", f"{SOURCES} sources, cited again", formatted, 0.05, 0.01, opened_cited)
    pattern = "one search by LIKE of the same rows, sorted"
    title = f"Searching {ENTRIES:,} items of the library"
    _add("library-find", title, pattern, 3, 1.5, opened_find)
