"""Documents made at random from our own blocks: each is printed with every word, or refused by name.

`PDF_DOCUMENTS=5000` makes more of them than the ordinary run does.
"""

from __future__ import annotations

import os
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cms.pdf import service
from cms.pdf.errors import PdfBusy, PdfTextLost, PdfTimeout, PdfTooLarge
from cms.pdf.registry import kind_for
from testimony.models import DocumentPage
from tests.builders import make_fact_sheet, make_point, make_statistic, make_testimony

MOST = 0.9  # and more; a refusal is for the rare document that no paper holds
EXAMPLES = int(os.environ.get("PDF_DOCUMENTS", "25"))
many = settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=[Phase.generate],  # making a smaller case of a document takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
WORD = st.one_of(
    st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12),
    st.sampled_from([
        "Nguyễn", "Straße", "año", "tiền", "co-operation", "HB 1147", "95 °F", "1,234.5", "“so”", "—", "…",
        "شهادة", "العمال", "e\u0301", "ﬁne", "a\u00adb", "x\u200by", "\u2068z\u2069", "½", "§ 12(a)", "&lt;b&gt;", "<", "&",
        "https://example.org/a/very/long/address?with=arguments&and=more#" + "x" * 90, "W" * 140,
    ]),
)  # fmt: skip
LINE = st.lists(WORD, min_size=1, max_size=8).map(" ".join)
SHORT = LINE.map(lambda text: text[:80])
TEXT = st.lists(WORD, min_size=1, max_size=40).map(" ".join)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


@st.composite
def inline(draw, keys: dict[str, int]) -> str:
    words = escaped(draw(TEXT))
    return draw(
        st.sampled_from([
            words,
            f"<b>{words}</b>",
            f"<i>{words}</i> {words[:20]}",
            f'<a href="https://example.org/">{words}</a>',
            f"{words}<sup>2</sup><br/>{words[:9]}",
            f'{words}<embed embedtype="note" text="{words[:200]}"/>',
            f'<embed embedtype="statistic" id="{keys["statistic"]}"/> {words}',
            f'{words} <embed embedtype="source" id="{keys["source"]}"/>',
        ])
    )  # fmt: skip


@st.composite
def rich(draw, keys: dict[str, int]) -> str:
    parts = draw(st.lists(inline(keys), min_size=1, max_size=4))
    items = "".join(f"<li>{part}</li>" for part in parts)
    shapes = ["".join(f"<p>{part}</p>" for part in parts), f"<ul>{items}</ul>", f"<ol>{items}</ol>"]
    return draw(st.sampled_from(shapes))


NUMBER = st.decimals(-(10**6), 10**6, places=2).map(Decimal)


def chart() -> st.SearchStrategy[dict]:
    row = st.fixed_dictionaries({"label": SHORT, "value": NUMBER})
    return st.fixed_dictionaries(
        {
            "title": SHORT,
            "kind": st.sampled_from(["bar", "line"]),
            "unit": st.one_of(st.just(""), SHORT.map(lambda text: text[:60])),
            "rows": st.lists(row, min_size=2, max_size=12),
            "source": st.none(),
            "alt": LINE,
        }
    )


def table() -> st.SearchStrategy[dict]:
    def of(width: int) -> st.SearchStrategy[dict]:
        column = st.fixed_dictionaries({"type": st.just("text"), "heading": SHORT})
        row = st.fixed_dictionaries({"values": st.lists(LINE, min_size=width, max_size=width)})
        return st.fixed_dictionaries(
            {
                "columns": st.lists(column, min_size=width, max_size=width),
                "rows": st.lists(row, max_size=8),
                "caption": SHORT,
            }
        )

    return st.integers(1, 6).flatmap(of)


def block(keys: dict[str, int]) -> st.SearchStrategy[tuple]:
    values: dict[str, st.SearchStrategy] = {
        "heading": SHORT,
        "subheading": SHORT,
        "paragraph": rich(keys),
        "ask": rich(keys),
        "preformatted": st.lists(LINE, min_size=1, max_size=30).map("\n".join),
        "quote": st.fixed_dictionaries({"text": TEXT, "attribution": st.one_of(st.just(""), LINE)}),
        "statistic": st.fixed_dictionaries(
            {"statistic": st.just(keys["statistic"]), "emphasis": SHORT}
        ),
        "talking_point": st.fixed_dictionaries({"point": st.just(keys["point"])}),
        "chart": chart(),
        "table": table(),
    }
    pairs = [
        value.map(lambda value, name=name: {"type": name, "value": value})
        for name, value in values.items()
    ]
    return st.one_of(pairs)


@pytest.fixture
def keys(db) -> dict[str, int]:
    statistic, point = make_statistic(), make_point()
    for item in (statistic, point):
        item.save_revision().publish()
    return {"statistic": statistic.pk, "source": statistic.source.pk, "point": point.pk}


@pytest.fixture
def sheets(keys) -> list[DocumentPage]:
    return [make_testimony(body=[]), make_fact_sheet(body=[])]


def printed(page: DocumentPage, raw: list[dict]) -> str:
    """What becomes of it: printed, or the name of the refusal. An error without a name of its own is none."""
    field = page._meta.get_field("body")
    page.body = field.stream_block.to_python(raw)
    kind = kind_for(page)
    assert kind is not None
    document = kind.document(page, draft=True)
    try:
        result = service.render_html(service.document_html(document), language=document.language)
    except PdfTextLost as error:
        if not error.words:
            raise
        return f"lost: {error.words}"
    except (PdfTimeout, PdfTooLarge, PdfBusy) as error:
        return type(error).__name__
    assert result.pages > 0
    return "printed"


def test_documents_of_our_blocks_are_printed_with_every_word_or_refused_by_name(keys, sheets):
    outcomes: Counter[str] = Counter()

    @many
    @given(st.data())
    def check(data) -> None:
        page = data.draw(st.sampled_from(sheets))
        page.language = data.draw(st.sampled_from(["en", "es", "ar", "vi"]))
        outcomes[printed(page, data.draw(st.lists(block(keys), min_size=1, max_size=5)))] += 1

    check()
    assert outcomes.total() >= EXAMPLES
    assert outcomes["printed"] >= MOST * outcomes.total(), outcomes
