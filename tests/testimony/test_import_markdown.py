"""Markdown becomes blocks and loses nothing on the way."""

from __future__ import annotations

import html

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from testimony.enums import DOCUMENT_FEATURES
from testimony.importers.markdown import MAX_NESTING, convert
from tests.testimony.import_words import WORD, block_text, letters, rich_text, spoken_source

PIECES = st.sampled_from(
    [
        *(
            "word",
            "Two words",
            "1.",
            "2.",
            "3)",
            "10. ",
            "- ",
            "* ",
            "+ ",
            "> ",
            "# ",
            "### ",
            "```",
        ),
        *(
            "~~~",
            "~~~text",
            "    ",
            "\t",
            "\n",
            "\n\n",
            "\r\n",
            "  \n",
            "\\\n",
            "**",
            "*",
            "_",
            "`",
        ),
        *(
            "[^1]",
            "[^1]: ",
            "[^note]",
            '[a](http://b.c/d "e")',
            "![f](https://g.h)",
            "[i]: http://j.k",
        ),
        *(
            "<b>",
            "</p>",
            "<!-- x -->",
            "<http://l.m>",
            "<n@o.p>",
            "&amp;",
            "&",
            "<",
            ">",
            "|",
            "|-|-|",
        ),
        *(
            "[",
            "](",
            ")",
            "===",
            "---",
            "***",
            "\\",
            "\f",
            "\x00",
            "\u2028",
            "é",
            "字",
            "١٢",
            "ß",
            '"',
            "'",
        ),
    ]
)
MARKDOWN = st.lists(PIECES | st.text(max_size=4), max_size=40).map("".join)


def shown(text: str) -> list[tuple[str, str]]:
    """Types and values of the blocks, without the editor's keys."""
    parts = []
    for block in convert(text).blocks:
        value = block["value"]
        while " data-block-key=" in value:
            start = value.index(" data-block-key=")
            value = value[:start] + value[value.index(">", start) :]
        parts.append((block["type"], value))
    return parts


def test_prose_becomes_one_paragraph_block_with_the_editors_own_tags() -> None:
    text = "First *line*\nand **more**.\n\n- one\n- two\n\n> quoted"
    assert shown(text) == [
        (
            "paragraph",
            "<p>First <i>line</i> and <b>more</b>.</p><ul><li>one</li><li>two</li></ul>"
            "<blockquote>quoted</blockquote>",
        )
    ]


def test_long_prose_is_cut_into_blocks_of_four_paragraphs() -> None:
    text = "\n\n".join(f"p{number}" for number in range(1, 7))
    assert shown(text) == [
        ("paragraph", "<p>p1</p><p>p2</p><p>p3</p><p>p4</p>"),
        ("paragraph", "<p>p5</p><p>p6</p>"),
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("## A\n\n### B\n\n## C", ["heading A", "subheading B", "heading C"]),
        ("### A\n\n#### B", ["heading A", "subheading B"]),
        ("#### A\n\n## B\n\n##### C", ["heading A", "heading B", "subheading C"]),
        ("A\n=\n\nB\n-", ["heading A", "subheading B"]),
        ("## A *b* `c`\n\n##", ["heading A b c"]),
    ],
)
def test_headings_skip_no_level(source: str, expected: list[str]) -> None:
    assert [" ".join(block) for block in shown(source)] == expected


def test_fences_and_tables_keep_their_columns() -> None:
    text = "```\na   b\n 1  2\n```\n\n| x | y |\n|---|---|\n| 3 | 4 |\n\n    indented"
    assert shown(text) == [
        ("preformatted", "a   b\n 1  2"),
        ("preformatted", "| x | y |\n|---|---|\n| 3 | 4 |"),
        ("preformatted", "indented"),
    ]


def test_notes_stand_where_they_are_referred_to() -> None:
    text = 'Rates fell.[^1] Again.[^a]\n\n[^1]: A *"short"* note & [more](https://a.b).\n\n[^a]: Long.\n\n    - item'
    assert shown(text) == [
        (
            "paragraph",
            '<p>Rates fell.<embed embedtype="note" text="A &quot;short&quot; note &amp; more (https://a.b)."/>'
            ' Again.<embed embedtype="note" text="Long. item"/></p>',
        )
    ]


def test_a_note_of_a_heading_stands_in_the_next_paragraph() -> None:
    assert shown("## Head[^1]\n\nText.\n\n[^1]: Why.") == [
        ("heading", "Head"),
        ("paragraph", '<p>Text.<embed embedtype="note" text="Why."/></p>'),
    ]


def test_notes_without_a_reference_close_the_document_and_references_without_a_note_stay() -> None:
    text = "Said so.[^3]\n\n[^1]: Unused.\n\n[^2]: Second.\n\n[^2]: Doubled."
    assert shown(f"{text}\n\nEnd.[^2]\n\n## Last[^x]\n\n[^x]: Held.") == [
        ("paragraph", '<p>Said so.[^3]</p><p>End.<embed embedtype="note" text="Second."/></p>'),
        ("heading", "Last"),
        ("paragraph", "<p><b>Notes</b></p><p>[1] Unused.</p><p>[2] Doubled.</p><p>Held.</p>"),
    ]


def test_html_is_shown_as_text_and_only_web_mail_and_telephone_become_links() -> None:
    text = "<script>alert(1)</script> [a](javascript:x) [b](https://b.c/?d=1&e=2) <f@g.h> ![i](http://j.k)"
    assert shown(text) == [
        (
            "paragraph",
            "<p>&lt;script&gt;alert(1)&lt;/script&gt; [a](javascript:x) "
            '<a href="https://b.c/?d=1&amp;e=2">b</a> <a href="mailto:f@g.h">f@g.h</a> '
            '<a href="http://j.k">i</a></p>',
        )
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("3. a\n4. b", "<p>3. a</p><p>4. b</p>"),
        ("2010. A year.", "<p>2010. A year.</p>"),
        ("1. a\n1. b", "<p>1. a</p><p>1. b</p>"),
        ("1. a\n2. b\n\n1) c", "<ol><li>a</li><li>b</li></ol><p>1) c</p>"),
        ("- a\n  - b\n  - c\n- d", "<ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul>"),
        ("1. a\n   - b\n2. c", "<p>1. a</p><ul><li>b</li></ul><p>2. c</p>"),
        ("1. a\n2. b\n   1. c", "<ol><li>a</li><li>b<ol><li>c</li></ol></li></ol>"),
        ("- a\n\n  4. b", "<ul><li>a<ul><li>4. b</li></ul></li></ul>"),
        ("- a\n\n  more\n\n  > said", "<ul><li>a<br/>more<br/>said</li></ul>"),
        ("- a\n  1. b\n\n  then", "<ul><li>a<ol><li>b<br/>then</li></ol></li></ul>"),
        ("-\n- a", "<ul><li>a</li></ul>"),
    ],
)
def test_lists_keep_their_order_and_the_numbers_that_were_written(
    source: str, expected: str
) -> None:
    assert shown(source) == [("paragraph", expected)]


def test_a_transcripts_remarks_and_fractions_stay_as_they_are() -> None:
    text = "*[Graphic omitted in the official text]*\n\nnearly 1\\1/2\\ times [Chart 3]."
    assert shown(text) == [
        (
            "paragraph",
            "<p><i>[Graphic omitted in the official text]</i></p><p>nearly 1\\1/2\\ times [Chart 3].</p>",
        )
    ]


def test_quotations_nested_beyond_the_parsers_depth_are_taken_line_by_line() -> None:
    text = f"{'> ' * (MAX_NESTING + 5)}deep\n\nnext"
    assert shown(text) == [("paragraph", f"<p>{'&gt; ' * (MAX_NESTING + 5)}deep</p><p>next</p>")]


def test_the_same_text_gives_the_same_blocks_and_another_name_gives_other_ids() -> None:
    assert convert("a\n\n## b", name="x") == convert("a\n\n## b", name="x")
    ids = [block["id"] for name in "xy" for block in convert("a\n\n## b", name=name).blocks]
    assert len(set(ids)) == 4


def test_the_opening_is_the_first_paragraph_in_plain_words() -> None:
    text = "## Head\n\n- item\n\nGood *morning*.[^1]\n\nMore.\n\n[^1]: Note."
    assert convert(text).opening == "Good morning."


@settings(max_examples=400, deadline=None)
@given(MARKDOWN | st.text(max_size=200))
@example("[a]: http://b.c 'title words'\n\n[a]")
@example("1. a\n\n   2. b\n1. c")
@example("[^1]: [^2]: inner[^1]\n[^1]: again")
@example("- ```\n  code\n")
@example("![f](https://g.h)![f](https://g.h)")
@example("[![f](http://g.h)](http://i.j)[](http://k.l 'm')")
@example("[a[^1]](http://b.c)\n\n[^1]: d")
def test_no_letter_of_any_text_is_lost(text: str) -> None:
    source, made = spoken_source(text), block_text(convert(text).blocks)
    assert letters(source) - letters(made) == {}
    joined = " ".join(WORD.findall(made))
    assert [word for word in WORD.findall(source) if word not in joined] == []


@settings(max_examples=150, deadline=None)
@given(MARKDOWN)
def test_opening_and_saving_in_the_editor_changes_no_word(text: str) -> None:
    converter = ContentstateConverter(DOCUMENT_FEATURES)
    for block in convert(text).blocks:
        if block["type"] == "paragraph":
            saved = converter.to_database_format(converter.from_database_format(block["value"]))
            assert letters(rich_text(saved)) == letters(rich_text(block["value"]))


def test_opening_and_saving_ordinary_prose_in_the_editor_changes_nothing() -> None:
    text = 'A **b *c* d** [e *f*](https://g.h)[^1] "i" \'j\' & <k>.\\\nl\n\n1. m\n2. n\n   - o\n\n> p\n\n[^1]: q\'s "r"'
    converter = ContentstateConverter(DOCUMENT_FEATURES)
    [block] = convert(text).blocks
    assert (
        converter.to_database_format(converter.from_database_format(block["value"]))
        == block["value"]
    )
    assert html.escape('q\'s "r"') in block["value"]
