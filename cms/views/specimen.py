"""The live specimen of a look: the web page and the paper side by side, while colours and fonts are being chosen."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms import themes
from cms.charts import render_chart
from cms.enums import FontPair
from cms.logo_input import data_url
from cms.models import Branding, StoredPdf
from cms.models.look import Look
from cms.pdf import font_sets
from cms.pdf.errors import PdfError
from cms.pdf.identity import Identity, identity_of, letterhead
from cms.pdf.registry import PdfDocument
from cms.pdf.service import render as render_pdf
from cms.templatetags.rostrum_charts import PAPER
from cms.views.paper import PAGES_MODE, paper_pages


def specimen_view(request: HttpRequest, look: Look, mode: str) -> HttpResponse:
    """The specimen of a look that need not be saved; by the mode of the paper, its printed pages."""
    branding = look if isinstance(look, Branding) else Branding.for_request(request)
    theme = None if look is branding else look
    wanted = (theme and theme.font_pair) or branding.font_pair
    if mode == PAGES_MODE:
        if not font_sets.is_ready(wanted):
            return _fonts_in_the_making(request, wanted)

        def make() -> StoredPdf:
            return render_pdf(specimen_document(branding, theme))

        return paper_pages(request, make, _explain)
    identity = identity_of(branding, theme)
    context = {
        "identity": identity,
        "pair": wanted,
        "logo_url": _logo_url(identity),
        "css_url": f"{reverse('trial_css')}?{urlencode(_chosen(identity, wanted))}",
        "results": list(themes.measured(_colors(identity))),
        "mode": PAGES_MODE,
        "chart": specimen_chart(),
    }
    return render(request, "cms/paper/specimen.html", context)


def specimen_document(branding: Branding, theme: Look | None) -> PdfDocument:
    """One printed page with everything that a document may hold."""
    language = (get_language() or "en").partition("-")[0]
    context = letterhead(branding, draft=False, theme=theme)
    shown: Identity = context["branding"]
    face = themes.DISPLAY_FACES[FontPair(shown.font_pair)]
    context["chart"] = specimen_chart(color=shown.accent_color, face=face)
    context["page"] = {"title": _("Specimen"), "language": language}
    return PdfDocument(
        kind="specimen",
        template="cms/print/specimen.html",
        context=context,
        title=_("Specimen"),
        language=language,
        filename="specimen.pdf",
    )


def specimen_chart(**look: str) -> SafeString:
    """Three series: told apart in grey too. On the screen the stylesheet brings the colour."""
    rows = [
        (_("Larkmoor County"), [Decimal(54), Decimal(27), Decimal(19)]),
        (_("The state"), [Decimal(66), Decimal(22), Decimal(12)]),
    ]
    return render_chart(
        kind="stacked",
        title=_("Who owns, who rents"),
        rows=rows,
        series=[_("Own"), _("Rent"), _("Pay too much")],
        unit="%",
        alt=_("In Larkmoor County fewer people own their home than in the state."),
        language=get_language() or "en",
        size="paper" if look else "specimen",
        width=PAPER,
        **look,
    )


def _fonts_in_the_making(request: HttpRequest, pair: str) -> HttpResponse:
    failed = font_sets.failure(pair)
    if failed is not None:
        context: dict[str, Any] = {"reason": str(failed)}
        return render(request, "cms/paper/pages.html", context, status=503)
    font_sets.begin(pair)
    done, total = font_sets.progress_of(pair)
    context = {"fonts_wait": True, "done": done, "total": total}
    return render(request, "cms/paper/pages.html", context, status=202)


def _explain(error: PdfError) -> Mapping[str, Any]:
    return {}


def _colors(identity: Identity) -> dict[str, str]:
    return {themes.PRIMARY: identity.primary_color, themes.ACCENT: identity.accent_color}


def _chosen(identity: Identity, pair: str) -> dict[str, str]:
    return {**_colors(identity), "font_pair": pair}


def _logo_url(identity: Identity) -> str:
    if identity.logo_drawing:
        return data_url(identity.logo_drawing)
    if identity.logo is None:
        return ""
    return identity.logo.get_rendition("max-480x160|format-png").url
