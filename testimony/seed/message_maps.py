"""What the maps of the seed world say: of every map, what anybody may read and what is kept back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from testimony.models import KeyMessage, MessageMap, Proof, SupportingPoint

Word = Callable[[str, bool], str]  # (field, kept back even when the map is published)


def write_map(message_map: MessageMap, word: Word, library: Mapping[tuple[str, str], Any]) -> None:
    """Released and proved, not released, and released without a published proof."""
    message_map.narrative = f"<p>{word('narrative', False)}</p>"
    message_map.audience_note = word("audience_note", True)
    message_map.messages.set(
        [
            _message(word("message", False), library, "live"),
            _message(word("kept_back", True), library, "live", released=False),
            _message(word("hollow", True), library, "unpublished"),
            KeyMessage(text=word("without_proof", True), is_releasable=True),
        ]
    )


def _message(
    text: str, library: Mapping[tuple[str, str], Any], proved_by: str, *, released: bool = True
) -> KeyMessage:
    """Carried and proved by items of one state, and by a draft beside them."""
    message = KeyMessage(text=text, is_releasable=released)
    message.points.set([SupportingPoint(point=library["TalkingPoint", proved_by])])
    statistics = [library["Statistic", state] for state in (proved_by, "never-published")]
    message.proofs.set([Proof(statistic=statistic) for statistic in statistics])
    return message
