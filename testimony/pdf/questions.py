"""Questions and answers on what an event is about, for those who will be asked."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.rich_text import expand_db_html

from cms.pdf.choices import USUAL, PrintChoices
from cms.pdf.registry import PdfDocument, PdfKind, site_language
from events.models import Event
from testimony.domain.packet_parts import questions_for
from testimony.domain.resolve import plain_text
from testimony.models import TalkingPoint
from testimony.pdf.documents import letterhead
from testimony.richtext import reference_cache


def answered(points: list[TalkingPoint]) -> list[tuple[TalkingPoint, str]]:
    """Each question with the words of its answer, figures filled in."""
    with reference_cache(*(point.text for point in points)):
        return [
            (point, plain_text(expand_db_html(point.text), without=".rn, .note-ref"))
            for point in points
        ]


class QuestionsPdf(PdfKind):
    name = "questions"
    label = _("Questions and answers")
    about = _("What may be asked, and what we say.")
    template = "testimony/print/questions.html"

    def suits(self, obj: Event) -> bool:
        return questions_for(obj).exists()

    def document(
        self, obj: Event, *, draft: bool = False, version: str = "", choices: PrintChoices = USUAL
    ) -> PdfDocument:
        choices = choices.limited_to(self.takes)
        with translation.override(site_language()):
            context = {
                **letterhead(draft=draft, choices=choices),
                "event": obj,
                "questions": answered(self._points(obj)),
            }
            title = f"{self.label}: {obj.title}"
        stem = f"questions-{slugify(obj.title) or obj.pk}"
        return self.made_of(context, title=title, stem=stem, draft=draft, choices=choices)

    def _points(self, event: Event) -> list[TalkingPoint]:
        return list(questions_for(event).select_related("follow_up"))

    def text(self, obj: Event) -> str:
        return "\n".join(f"{point.title}\n{words}" for point, words in answered(self._points(obj)))

    def payload(self, obj: Event) -> dict[str, Any]:
        return {"title": str(obj), "text": self.text(obj)}
