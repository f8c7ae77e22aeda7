"""The podium copy: every word that is said, whole sentences on each page, minutes where they fall."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from django.utils.html import strip_tags
from wagtail.rich_text import RichText

from cms.models import Person
from cms.pdf.choices import PrintChoices
from testimony.domain.cuts import FULL_VERSION, cut_as
from testimony.domain.plain_language import sentences
from testimony.domain.podium import page_letters, script_of
from testimony.domain.reading_aloud import count_words
from testimony.domain.resolve import resolve
from testimony.domain.sentence_runs import passages_of, pieces_of
from tests.builders import make_event, make_source, make_statistic, make_testimony, paragraph

LONG = 100_000


def script(page, longest: int = LONG):
    return script_of(cut_as(page, FULL_VERSION), longest=longest)


def soup_of(made) -> BeautifulSoup:
    return BeautifulSoup(made.html, "html.parser")


def said_words(made) -> list[str]:
    """Without what is added for the eye."""
    soup = soup_of(made)
    for added in soup.select(".said, .minute"):
        added.decompose()
    return soup.get_text().split()


def rebuilt(html: str, longest: int = LONG) -> BeautifulSoup:
    soup = BeautifulSoup(f"<div>{html}</div>", "html.parser")
    for passage in passages_of(soup):
        passage.rebuild(soup, [], longest)
    return soup


def sentences_in(html: str) -> list[str]:
    return [" ".join(it.get_text().split()) for it in rebuilt(html).select(".sentence")]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>One. Two! Three?</p>", ["One.", "Two!", "Three?"]),
        (
            "<p>H.B. 1147 by Dr. Okafor passed. Good.</p>",
            ["H.B. 1147 by Dr. Okafor passed.", "Good."],
        ),
        ("<p>It is <b>bold. Still bold</b> and on.</p>", ["It is bold.", "Still bold and on."]),
        ("<ul><li>A one. B.<ul><li>Inner.</li></ul></li></ul>", ["A one.", "B.", "Inner."]),
        ("<p>نعم. هل هذا كاف؟ لا.</p>", ["نعم.", "هل هذا كاف؟", "لا."]),
        ("<p>  \n </p><p>Only.</p>", ["Only."]),
        ("<p>Line one<br>line two.</p>", ["Line one", "line two."]),
    ],
)
def test_each_sentence_is_one_run(html, found):
    assert sentences_in(html) == found


def test_markup_that_spans_sentences_is_opened_again():
    marked = rebuilt("<p>It is <b>bold. Still bold</b> and on.</p>").select("b")
    assert [it.get_text() for it in marked] == ["bold.", "Still bold"]


def test_a_sentence_too_long_for_a_page_is_divided_where_the_voice_rests():
    text = "First part here, second part there; third part anywhere without any rest at all"
    pieces = [text[start:end] for start, end in pieces_of(text, 0, len(text), 34)]
    assert "".join(pieces) == text
    assert pieces[0] == "First part here, "
    assert max(map(len, pieces)) <= 34


@pytest.mark.django_db
class TestScript:
    def page(self, *body, **fields):
        return make_testimony(body=[*body], salutation="Chair Alvarez and members:", **fields)

    def test_it_holds_every_word_that_is_said_and_no_footnote(self):
        statistic = make_statistic("of workers", "47.3", unit="percent", source=make_source())
        page = self.page(
            paragraph(
                '<p>We support it.<embed embedtype="note" text="Nobody says this"/> Thanks.</p>'
            ),
            ("heading", "Why"),
            ("statistic", {"statistic": statistic, "emphasis": ""}),
            ("quote", {"text": "I work. I wait.", "attribution": "A nurse"}),
            ("ask", RichText("<p>Vote <b>yes</b>.</p>")),
        )
        made = script(page)
        expected = " ".join([page.salutation, resolve(page).spoken_text]).split()
        assert said_words(made) == expected
        assert "Nobody" not in made.html

    def test_numbers_bills_and_names_are_written_as_they_are_said_once(self):
        Person.objects.create(name="Ada Nguyen", pronunciation="AY-da WIN")
        page = self.page(
            paragraph(
                "<p>HB 1147 costs $1.25 million for 1,250 people, 47.3% more than in 2019.</p>"
            ),
            paragraph("<p>Ada Nguyen wrote HB 1147 for 12 towns.</p>"),
        )
        made = script(page)
        assert [it.get_text() for it in soup_of(made).select(".said")] == [
            "[H B eleven forty-seven]",
            "[one point two five million dollars]",
            "[one thousand two hundred fifty]",
            "[forty-seven point three percent]",
            "[AY-da WIN]",
        ]
        assert made.names == (("Ada Nguyen", "AY-da WIN"),)

    def test_a_figure_is_said_as_its_author_wrote(self):
        statistic = make_statistic("of workers", "27", unit="percent", spoken="about one in four")
        page = self.page(("statistic", {"statistic": statistic, "emphasis": ""}))
        assert [it.get_text() for it in soup_of(script(page)).select(".said")] == [
            "[about one in four]"
        ]

    def test_nothing_is_put_into_words_in_a_language_that_nobody_checked(self):
        page = self.page(paragraph("<p>HB 1147 costs 47.3% more.</p>"), language="so")
        assert soup_of(script(page)).select(".said") == []

    @pytest.mark.parametrize("rate", [90, 130, 200])
    def test_minutes_stand_at_the_word_that_is_said_then(self, rate):
        speaker = Person.objects.create(name="Ada", words_per_minute=rate)
        text = "".join(f"<p>{'word ' * 16}end. {'other ' * 9}end.</p>" for _ in range(30))
        page = self.page(paragraph(text), speaker=speaker)
        marks = {}
        made = soup_of(script(page))
        for mark in made.select(".minute"):
            before = "".join(str(it) for it in mark.find_all_previous(string=True)[::-1])
            words = count_words(re.sub(r"\d+:\d\d", "", before))
            minutes, seconds = map(int, mark.get_text().split(":"))
            marks[minutes * 60 + seconds] = words
        total = count_words(" ".join(said_words(script(page)))) * 60 / rate
        step = 30 if total <= 210 else 60
        assert list(marks) == list(range(step, int(total) + 1, step))
        assert all(abs(words - second * rate / 60) <= 1 for second, words in marks.items())

    def test_the_limit_is_marked_where_it_falls(self):
        event = make_event(speaking_limit_seconds=60)
        page = self.page(paragraph(f"<p>{'word ' * 200}.</p>"), event=event)
        assert [it.get_text() for it in soup_of(script(page)).select(".minute--limit")] == [
            "Limit 1:00"
        ]

    def test_consecutive_interpretation_halves_the_words_of_a_minute(self, monkeypatch):
        from events.domain.limits import SpeakingLimit
        from testimony.domain.cuts import cut, measure

        page = self.page(paragraph(f"<p>{'word ' * 300}.</p>"))
        alone = cut(measure(page, SpeakingLimit()))
        doubled = cut(measure(page, SpeakingLimit(interpretation="consecutive")))
        marks = [
            len(soup_of(script_of(version, longest=LONG)).select(".minute"))
            for version in (alone, doubled)
        ]
        assert marks == [4, 4]  # by half minutes, and by whole ones of twice the time

    def test_long_sentences_are_counted_and_lose_nothing(self):
        page = self.page(paragraph(f"<p>{'word, ' * 200}end. Short.</p>"))
        made = script(page, longest=300)
        assert made.divided == 1
        assert said_words(made) == [*page.salutation.split(), *["word,"] * 200, "end.", "Short."]
        assert max(len(it.get_text()) for it in soup_of(made).select(".sentence")) <= 300 + 12

    def test_an_empty_text_has_an_empty_script(self):
        page = make_testimony(body=[("heading", "")], salutation="")
        assert strip_tags(script(page).html).strip() == ""


def test_more_letters_fit_smaller_type_and_longer_paper():
    letters = [page_letters(size, PrintChoices().sheet) for size in (16, 20, 24)]
    assert letters == sorted(letters, reverse=True)
    assert page_letters(24, PrintChoices(paper="a4").sheet) > 250


def test_the_splitter_agrees_with_the_one_that_gives_advice():
    text = "Dr. Okafor spoke. H.B. 12 passed!"
    assert [text[one.start : one.end] for one in sentences(text)] == sentences_in(f"<p>{text}</p>")
