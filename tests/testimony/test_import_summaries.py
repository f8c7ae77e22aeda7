"""The first sentences of a text."""

from __future__ import annotations

import pytest

from testimony.importers.summaries import summary


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("Short and whole.", 40, "Short and whole."),
        ("One here. Two here. Three is too long for it.", 25, "One here. Two here."),
        ("Mr. Chairman, I am Dr. Lee of the U.S. Senate. More follows.", 50, "Mr. Chairman, I am Dr. Lee of the U.S. Senate."),
        ("J. Doe spoke. “Why?” Nobody knew the answer then.", 22, "J. Doe spoke. “Why?”"),
        ("A sentence that never seems to come to any end at all", 24, "A sentence that never…"),
        ("Unbrokenwordofmanyletters", 10, "Unbrokenw…"),
        ("It cost 3.5 million. Then more was spent on it.", 30, "It cost 3.5 million."),
        ("", 10, ""),
    ],
)  # fmt: skip
def test_whole_sentences_that_fit(text: str, limit: int, expected: str) -> None:
    assert summary(text, limit) == expected
