from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.archive import projection, search
from cms.models import ArchiveEntry

# Letters of several scripts, marks, digits, quotes of every shape, and punctuation inside words.
CHARACTERS = st.sampled_from(
    "abcdeSHB019éßñŠĳΣсло健康\u0301\u00ad'’ʼ“”\"«»`-–—.,;:!?/\\()[]{}*&%$#@_^~|<>=+§½²"
)
WORDS = st.text(CHARACTERS, min_size=1, max_size=8)
TEXTS = st.lists(WORDS, min_size=3, max_size=40)


@pytest.mark.django_db
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data(), words=TEXTS)
def test_any_phrase_of_a_text_is_found_in_quotation_marks(
    page_of_words, titles, data, words
) -> None:
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    page_of_words(" ".join(words))
    phrase = " ".join(words[first:last])
    found = titles(q=f'"{phrase}"')
    # A phrase without a word asks for nothing, which shows everything.
    assert found == ["Words"]


@pytest.fixture
def page_of_words(make_page):
    """Replaces the text of one page in the index."""
    page = make_page("", title="Words")

    def replace(text: str) -> None:
        ArchiveEntry.objects.filter(pk=page.pk).update(search_text=text)
        projection.write_search_rows([page.pk])

    return replace


@pytest.mark.parametrize(
    "query",
    ['"what is to be done"', "WHAT done", "resumé", "“don't wait”", "H.B. 1234", "hb1234", "1234", "leaves",
     '"to be done about HB 1234"'],
)  # fmt: skip
def test_a_document_is_found_by(make_page, titles, query) -> None:
    make_page("Something else entirely about housing and HB 99.", title="Other")
    make_page("What is to be done about HB 1234? A Résumé: don’t wait, leave.", title="This")
    assert titles(q=query) == ["This"]


@pytest.mark.parametrize(
    "query", ['"be what is"', "hb1235", "unheard", '"done what"', "what unheard"]
)
def test_a_document_is_not_found_by(make_page, titles, query) -> None:
    make_page("What is to be done about HB 1234?")
    assert titles(q=query) == []


def test_a_phrase_far_into_a_long_document_is_found(make_page, titles) -> None:
    # PostgreSQL keeps 256 positions of one word, and none after 16,383.
    text = "the " * 20_000 + "needle in the haystack of the law"
    make_page(text, title="Long")
    assert titles(q='"in the haystack of the law"') == ["Long"]


@pytest.mark.parametrize("field", ["vehicle", "body_name", "speaker", "keywords", "summary"])
def test_a_document_is_found_by_what_stands_around_its_text(make_page, titles, field) -> None:
    make_page("Text", title="Other")
    make_page("Text", title="This", **{field: "Quixotic"})
    assert titles(q="quixotic") == ["This"]


def test_a_document_is_found_by_its_kind_and_title(make_page, titles) -> None:
    make_page("Text", title="Clean water", kind="speech")
    make_page("Text", title="Other")
    assert titles(q="speech") == ["Clean water"]
    assert titles(q='"clean water"') == ["Clean water"]


def test_a_document_is_found_by_names_and_synonyms_of_its_issues(
    make_page, make_issue, titles
) -> None:
    issue = make_issue("Paid leave", synonyms="sick days\nPSL")
    make_page("Text", title="This", issues=[issue.pk])
    make_page("Text", title="Other")
    assert [titles(q=query) for query in ("paid leave", '"sick days"', "psl")] == [["This"]] * 3


def test_the_newest_come_first_unless_the_best_match_is_asked_for(make_page, titles) -> None:
    make_page(
        "Water is mentioned once among many other words of this text.",
        title="New",
        date="2024-05-01",
    )
    make_page("Water, water, water.", title="Water", date="2020-05-01")
    assert titles(q="water") == ["New", "Water"]
    assert titles(q="water", sort="relevance") == ["Water", "New"]


def test_a_search_within_an_issue_and_a_year_ranks_those_only(
    make_page, make_issue, titles
) -> None:
    issue = make_issue("Water")
    make_page("pipes", title="This", date="2024-05-01", issues=[issue.pk])
    make_page("pipes", title="Old", date="2023-05-01", issues=[issue.pk])
    make_page("pipes", title="Untagged", date="2024-05-01")
    for sort in ("newest", "relevance"):
        assert titles(q="pipes", issue="water", year="2024", sort=sort) == ["This"]


def test_two_hundred_terms_are_answered(make_page, titles) -> None:
    words = [chr(97 + a) + chr(97 + b) for a in range(20) for b in range(10)]
    make_page(" ".join(words), title="All")
    assert titles(q=" ".join(words)[:500]) == ["All"]


def test_pruning_forgets_rows_without_entry_and_no_other(make_page, titles) -> None:
    page = make_page("kept")
    search.write([(999_999, "orphan", "orphan")])
    search.prune()
    search.optimize()
    assert titles(q="kept") == [page.title]
    assert search.row_ids() == [page.pk]
