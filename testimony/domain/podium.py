"""What somebody reads from at a lectern: a spoken version, sentence by sentence, with its minutes and how to say it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cms.models import Person
from testimony.domain.cuts import CutDocument
from testimony.domain.naming import names_person
from testimony.domain.reading_aloud import count_words, read_aloud
from testimony.domain.resolve import SILENT, without_notes
from testimony.domain.sentence_runs import Insert, Passage, passages_of
from testimony.domain.speaking_time import clock, rate_of
from testimony.domain.spoken import WORDINGS, said_aloud, say_figure
from testimony.models import Statistic, TestimonyPage

MINUTE = 60
BY_HALVES = 210  # seconds; up to here every half minute is marked
LETTER_WIDTH = 0.53  # of a letter with its share of the spaces, in parts of the type's size
LEADING = 1.5
SHORT = 36
ROOM = 0.78  # of a page's letters, so that what is said of numbers has room too

# What does not read itself: sums of money, decimals, thousands, bills. Plain small numbers and years do.
HARD = re.compile(
    r"(?:US)?[$€£] ?\d(?:[\d.,]*\d)?(?: (?:thousand|million|billion|trillion|mil millones|millones|millón|mil|nghìn|"
    r"triệu|tỷ)\b)?"
    r"|(?<![\w.])(?:[A-Z]\.){2,4} ?\d{1,5}(?![\w-])"
    r"|(?<![\w.])[A-Z]{2,4}[ -]?\d{3,5}(?![\w-])"
    r"|(?<![\w.,])\d[\d.,]*\d(?:\s?%)?|(?<![\w.,])\d+(?:[-–]\d+)?\s?%"
)
YEAR = re.compile(r"(?:1[5-9]|20)\d\d\Z")
EASY = re.compile(r"\d{1,3}\s?%?\Z")


@dataclass(frozen=True)
class Script:
    """`html` holds every word that is said; `divided` counts the sentences that are longer than a page."""

    html: SafeString
    names: tuple[tuple[str, str], ...]
    divided: int
    words: int


def longest_sentence(type_size: int, width: float, height: float) -> int:
    """Letters that surely fit a page of text, `width` by `height` points."""
    lines = math.floor(height / (type_size * LEADING))
    return int(lines * width / (type_size * LETTER_WIDTH) * ROOM)


def script_of(cut: CutDocument, *, longest: int, show_gaps: bool = False) -> Script:
    """The text of one version. `longest`: see `longest_sentence`."""
    page = cut.page
    soup = BeautifulSoup(_heard(page, show_gaps=show_gaps), "html.parser")
    for silent in soup.select(f"{SILENT}, .rn"):
        silent.decompose()
    passages = passages_of(soup)
    whole = "\n".join(passage.text for passage in passages)
    names = _names(whole, page)
    said = _Said(soup, page, dict(names))
    clockwork = _Clockwork(soup, cut)
    divided = 0
    for passage in passages:
        inserts = [*said.inserts(passage), *clockwork.inserts(passage)]
        divided += passage.rebuild(soup, inserts, longest)
    # Safe: Wagtail's whitelist and our own templates made it; what is added is escaped by Beautiful Soup.
    html = mark_safe(soup.decode_contents() if passages else "")  # noqa: S308
    return Script(html, tuple(names), divided, clockwork.words)


def _heard(page: TestimonyPage, *, show_gaps: bool) -> str:
    greeting = format_html('<p class="greeting">{}</p>', page.salutation) if page.salutation else ""
    return f"{greeting}{without_notes(page, page.body, show_gaps=show_gaps)}"


def _names(text: str, page: TestimonyPage) -> list[tuple[str, str]]:
    """People who are named, with how their name is said, in the order in which they come."""
    found = []
    for name, sound in Person.objects.exclude(pronunciation="").values_list(
        "name", "pronunciation"
    ):
        own = page.speaker is not None and page.speaker.name == name
        if own or names_person(name, text):
            place = text.find(name)
            found.append((place if place >= 0 else len(text), name, sound))
    return [(name, sound) for _place, name, sound in sorted(found)]


class _Said:
    """How numbers, bills and names are said, where each first stands."""

    def __init__(self, soup: BeautifulSoup, page: TestimonyPage, names: dict[str, str]) -> None:
        self.soup, self.language, self.names = soup, page.language, names
        self.known: set[str] = set()
        # Words for people to read: only in languages whose words a reader has checked.
        self.speaks = page.language in WORDINGS

    def inserts(self, passage: Passage) -> Iterator[Insert]:
        figures = list(self._figures(passage))
        taken = [range(start, end) for start, end, _said in figures]
        if self.speaks:
            for match in HARD.finditer(passage.text):
                if not any(match.start() in one for one in taken) and self._is_hard(match[0]):
                    figures.append(
                        (match.start(), match.end(), read_aloud(match[0], self.language))
                    )
        for name, sound in self.names.items():
            place = passage.text.find(name)
            if place >= 0:
                figures.append((place, place + len(name), sound))
        for start, end, said in sorted(figures):
            shown = passage.text[start:end]
            if said and said != shown and shown not in self.known:
                self.known.add(shown)
                yield Insert(end, self._gloss(said), behind=True)

    def _figures(self, passage: Passage) -> Iterator[tuple[int, int, str]]:
        """Statistics of the library: their authors may have written how they are said."""
        keys: dict[str, list[int]] = {}
        for place, run in passage.starts():
            if run.statistic:
                span = keys.setdefault(run.statistic, [place, place])
                span[1] = place + len(run.text)
        items = Statistic.objects.in_bulk([int(key) for key in keys]) if keys else {}
        for key, (start, end) in keys.items():
            item = items.get(int(key))
            shown = passage.text[start:end]
            if item is not None:
                yield start, end, self._figure(item, shown)

    def _figure(self, item: Statistic, shown: str) -> str:
        """A pinned figure may differ from the living one: then it is read as it stands."""
        if shown != item.display:
            return read_aloud(shown, self.language) if self.speaks and self._is_hard(shown) else ""
        usual = say_figure(item.value, item.unit, item.decimals, item.scale, self.language)
        return (
            said_aloud(item, self.language)
            if self._is_hard(shown) or item.spoken not in {"", usual}
            else ""
        )

    @staticmethod
    def _is_hard(shown: str) -> bool:
        return not (YEAR.match(shown) or EASY.match(shown))

    def _gloss(self, said: str) -> Tag:
        # A short one stays on one line: syllables of a name are no places to break.
        name = "said said--whole" if len(said) <= SHORT else "said"
        gloss = self.soup.new_tag("span", attrs={"class": name})
        gloss.string = f"[{said}]"
        outer = self.soup.new_tag("span")
        outer.extend([" ", gloss])
        return outer


class _Clockwork:
    """Marks of minutes, at the word that is said when they are over, by the speaker's own rate."""

    def __init__(self, soup: BeautifulSoup, cut: CutDocument) -> None:
        self.soup, self.language = soup, cut.page.language
        self.words = 0
        limit = cut.meter.limit
        pace = (
            rate_of(cut.page) / MINUTE / max(limit.needed(1), 1)
        )  # words a second, as heard in the room
        step = MINUTE if cut.meter.seconds > BY_HALVES else MINUTE // 2
        last = int(cut.meter.seconds)
        moments = {second: clock(second) for second in range(step, last + 1, step)}
        self.limit = limit.seconds
        if self.limit and self.limit <= last:
            moments[self.limit] = clock(self.limit)
        self.waiting = [(second * pace, second, words) for second, words in sorted(moments.items())]

    def inserts(self, passage: Passage) -> Iterator[Insert]:
        for start, end in passage.spans:
            said = passage.text[start:end]
            count = count_words(said, self.language)
            while self.waiting and self.waiting[0][0] <= self.words + count:
                words, second, label = self.waiting.pop(0)
                place = self._place(said, words - self.words)
                yield Insert(start + place, self._mark(second, label))
            self.words += count

    def _place(self, said: str, words: float) -> int:
        """Where in `said` as many words are over."""
        place = 0
        for match in re.finditer(r"\S+", said):
            place = match.start()
            if count_words(said[:place], self.language) >= words:
                return place
        return place

    def _mark(self, second: int, label: str) -> Tag:
        is_limit = second == self.limit
        mark = self.soup.new_tag(
            "span", attrs={"class": "minute minute--limit" if is_limit else "minute"}
        )
        mark.string = _("Limit %(time)s") % {"time": label} if is_limit else label
        return mark


def page_letters(type_size: int, sheet: Sequence[float]) -> int:
    """The longest sentence on `sheet` (inches), with the margins of print/podium.css."""
    width, height = sheet
    return longest_sentence(type_size, (width - 2.3) * 72, (height * 0.66 - 1.05) * 72)
