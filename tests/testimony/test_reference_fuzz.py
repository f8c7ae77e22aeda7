"""Made inputs in the three formats: whatever is pasted, it is read or refused, never an error.

`ROSTRUM_FUZZ=5000` makes more of them than the ordinary run does.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from testimony.domain.citations import cite
from testimony.importers.references import bibtex, csl_json, ris
from testimony.importers.references.entries import Entry, NotReadable, problems_of, source_of
from testimony.importers.references.reading import read

EXAMPLES = int(os.environ.get("ROSTRUM_FUZZ", "100"))
many = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WORDS = st.text(max_size=30)
SIGNS = st.text("{}\"\\@,=#%$~ \n-'()éx1", max_size=30)
VALUE = st.one_of(
    WORDS, SIGNS, st.sampled_from(["{\\'e}", "a and b", "2020-13-40", "\\frac{", "1--2"])
)
BIB_FIELDS = st.sampled_from(
    ["title", "author", "editor", "year", "month", "date", "doi", "url", "pages", "number", "x y"]
)


@st.composite
def bibtex_texts(draw) -> str:
    blocks = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["article", "book", "misc", "string", "comment", "Thesis", "é"]),
                VALUE,
                st.lists(st.tuples(BIB_FIELDS, VALUE, st.sampled_from(["{}", '""', "  "]))),
                st.sampled_from(["}", "", "}}", "\n}"]),
            ),
            max_size=4,
        )
    )
    made = [
        f"@{kind}{{{key}, " + ", ".join(f"{n}={q[0]}{v}{q[1]}" for n, v, q in fields) + end
        for kind, key, fields, end in blocks
    ]
    return "\n".join([draw(WORDS), *made])


RIS_TAGS = st.sampled_from(
    ["TY", "ER", "TI", "AU", "A1", "PY", "DA", "Y2", "UR", "DO", "SP", "EP", "IS", "KW", "N1", "XX"]
)
RIS_LINE = st.tuples(RIS_TAGS, st.sampled_from(["  - ", " - ", "  -", "- "]), VALUE).map("".join)
ris_texts = st.lists(st.one_of(RIS_LINE, RIS_LINE, WORDS), max_size=25).map(
    lambda lines: "TY  - JOUR\n" + "\n".join(lines) + "\nER  - "
)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), WORDS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3)),
    max_leaves=6,
)
KEYS = st.sampled_from([*csl_json.TEXTS, *csl_json.NAMES, *csl_json.DATES, "id", "custom"])
PARTS = st.fixed_dictionaries({"date-parts": st.lists(st.lists(JSON, max_size=4), max_size=2)})
NAMES = st.lists(st.dictionaries(st.sampled_from(["family", "given", "literal"]), JSON), max_size=3)
csl_entries = st.lists(
    st.dictionaries(KEYS, st.one_of(JSON, PARTS, NAMES, WORDS), max_size=9), max_size=4
)
csl_texts = st.tuples(csl_entries.map(json.dumps), st.sampled_from(["", "]", ",", "x"])).map(
    "".join
)


def settle(entries: list[Entry]) -> None:
    """Each entry becomes a source, which is cited, or a problem, which has words."""
    for entry in entries:
        assert entry.line >= 1
        if entry.problem:
            continue
        try:
            source = source_of(entry.item)
        except ValidationError as error:
            said = problems_of(error)
        else:
            said = source.title and cite(source, style="nlm-citation-sequence")
        assert said


@pytest.mark.parametrize(
    ("reader", "texts"),
    [(bibtex.read, bibtex_texts()), (ris.read, ris_texts), (csl_json.read, csl_texts)],
    ids=["BibTeX", "RIS", "CSL-JSON"],
)
def test_made_entries_are_read_or_refused(reader, texts, caplog):
    @many
    @given(texts)
    def run(text):
        with suppress(NotReadable):
            settle(list(reader(text)))
        with suppress(NotReadable):
            settle(read(text)[1])

    run()
    assert caplog.records == []  # no style failed on them
