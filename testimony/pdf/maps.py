"""Message maps on paper: the whole map for staff, and the card that speakers carry."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.pdf.choices import USUAL, PrintChoices
from cms.pdf.errors import PdfRenderError
from cms.pdf.registry import PdfDocument, PdfKind, site_language
from testimony.domain.comments import is_comment
from testimony.domain.message_house import House, Pillar, read_house
from testimony.domain.pocket_card import card_of, map_of
from testimony.domain.resolve import plain_text
from testimony.models import MessageMap, TestimonyPage
from testimony.pdf.card_layout import panels_for
from testimony.pdf.documents import letterhead


class MessageMapPdf(PdfKind):
    """The whole map for staff, what is not released included. What it holds says whether it is a draft."""

    name = "message-map"
    label = _("Message map")
    about = _("The whole map on its side, for staff.")
    template = "testimony/print/message_map.html"

    def document(
        self,
        obj: MessageMap,
        *,
        draft: bool = False,
        version: str = "",
        choices: PrintChoices = USUAL,
    ) -> PdfDocument:
        choices = choices.limited_to(self.takes)
        with translation.override(site_language()):
            house = read_house(obj)
            title = str(obj)
            draft = draft or house.is_draft
            context = {
                **letterhead(draft=draft, choices=choices),
                "house": house,
                "rows": side_by_side(house),
            }
        stem = f"message-map-{obj.issue.slug}"
        return self.made_of(context, title=title, stem=stem, draft=draft, choices=choices)

    def text(self, obj: MessageMap) -> str:
        house = read_house(obj)
        parts: list[str] = [house.narrative]
        for pillar in house.pillars:
            parts += [pillar.text, *(point.title for point in pillar.points)]
            parts += [proof.html for proof in pillar.proofs]
        parts += [obj.audience_note, *(note.html for note in house.notes)]
        return "\n".join(plain_text(part, without=".note-ref") for part in parts if part)

    def payload(self, obj: MessageMap) -> dict[str, Any]:
        return {"title": str(obj), "text": self.text(obj)}


def side_by_side(house: House) -> list[tuple[Pillar, ...]]:
    """Pillars in rows of three at most, none alone in its row where it can be helped."""
    pillars = house.pillars
    width = 2 if len(pillars) in {2, 4} else 3
    return [pillars[start : start + width] for start in range(0, len(pillars), width)]


class PocketCardPdf(PdfKind):
    """One sheet that folds to a card. It is for the bearer, but nothing on it needs to be hidden."""

    name = "pocket-card"
    label = _("Pocket card")
    about = _("Three messages, five proofs and likely questions on one sheet that folds to a card.")
    template = "testimony/print/pocket_card.html"
    takes = frozenset({"paper", "colour", "branded", "marks"})

    def document(
        self,
        obj: MessageMap,
        *,
        draft: bool = False,
        version: str = "",
        choices: PrintChoices = USUAL,
    ) -> PdfDocument:
        # Only what is published is read, so the card is never a draft, whatever is at hand.
        return self.card(obj, site_language(), choices)

    def card(self, message_map: MessageMap, language: str, choices: PrintChoices) -> PdfDocument:
        choices = choices.limited_to(self.takes)
        with translation.override(language):
            card = card_of(message_map)
            title = gettext("Pocket card: %(issue)s") % {"issue": message_map.issue}
            context = {
                **letterhead(draft=False, choices=choices),
                "card": card,
                "panels": panels_for(card, choices.sheet),
            }
        return self.made_of(
            context,
            title=title,
            stem=f"pocket-card-{message_map.issue.slug}",
            language=language,
            draft=False,
            choices=choices,
        )

    def text(self, obj: MessageMap) -> str:
        return card_of(obj).text

    def payload(self, obj: MessageMap) -> dict[str, Any]:
        return {"title": str(obj), "text": self.text(obj)}


class TestimonyCardPdf(PocketCardPdf):
    """The card of a testimony's issue, its headings in the language of the testimony."""

    __test__ = False
    name = "testimony-pocket-card"

    def suits(self, obj: TestimonyPage) -> bool:
        return not is_comment(obj) and map_of(obj) is not None

    def document(
        self,
        obj: TestimonyPage,
        *,
        draft: bool = False,
        version: str = "",
        choices: PrintChoices = USUAL,
    ) -> PdfDocument:
        return self.card(_own_map(obj), obj.language, choices)

    def text(self, obj: TestimonyPage) -> str:
        return card_of(_own_map(obj)).text

    def payload(self, obj: TestimonyPage) -> dict[str, Any]:
        return {"title": str(_own_map(obj)), "text": self.text(obj)}


def _own_map(page: TestimonyPage) -> MessageMap:
    found = map_of(page)
    if found is None:
        raise PdfRenderError(gettext("None of its issues has a published message map."))
    return found
