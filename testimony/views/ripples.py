"""What changed under a document: the panel on the home page, and the page where somebody looks and decides."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from cms.permissions import reviews_pages
from events.views import posted
from testimony.domain import ripples
from testimony.domain.differences import differences, places
from testimony.enums import RippleState
from testimony.models import RippleReview

SHOWN = 6  # on the home page; the list has them all
KEEP, ADJUST = "keep", "adjust"


class ChangedUnderYouPanel(Component):
    """Documents of the person that read differently since a shared item changed. Reviewers see those of nobody."""

    name = "changed_under_you"
    order = 105
    template_name = "testimony/admin/changed_under_you.html"

    class Media:
        css = {"all": ["testimony/css/admin.css"]}

    def get_context_data(self, parent_context) -> dict:
        user = parent_context["request"].user
        reviews = ripples.reviews_of(user, unowned=reviews_pages(user))
        total = reviews.count()
        shown = list(reviews.select_related("page", "adjusting_by")[:SHOWN])
        return {"reviews": shown, "total": total, "more": total - len(shown)}


def review(request: HttpRequest, review_id: int) -> HttpResponse:
    """GET shows the difference; POST says what is to become of the document."""
    found = get_object_or_404(
        RippleReview.objects.select_related(
            "page", "before", "after", "cleared_by", "adjusting_by"
        ),
        pk=review_id,
    )
    may_clear = ripples.may_clear(found, request.user)
    if not may_clear:
        raise PermissionDenied
    if request.method == "POST":
        return _decide(request, found)
    page = found.page.specific
    item = found.item
    context = {
        "review": found,
        "page": page,
        "item": item,
        "item_url": _edit_url(item),
        "differences": differences(found.before, found.after) if item else None,
        "places": places(page, item) if item else [],
        "is_open": found.state == RippleState.OPEN,
        "header_title": _("A shared item changed"),
        "header_icon": "rotate",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("testimony:ripples"), "label": _("Changes to look at")},
            {"url": "", "label": _("A shared item changed")},
        ],
    }
    return TemplateResponse(request, "testimony/admin/ripple_review.html", context)


def _decide(request: HttpRequest, found: RippleReview) -> HttpResponseRedirect:
    try:
        if request.POST.get("decision") == ADJUST:
            ripples.begin_adjusting(found, user=request.user)
            return redirect("wagtailadmin_pages:edit", found.page_id)
        ripples.keep(found, user=request.user, note=posted.words(request, "note"))
    except ripples.ReviewRefused as error:
        messages.error(request, str(error))
        return redirect(found.url)
    messages.success(
        request,
        _("“%(page)s” stays as it now reads.") % {"page": found.page.get_admin_display_title()},
    )
    return redirect(_next(request, found.page))


def _next(request: HttpRequest, page: Page) -> str:
    """The next one that waits, else home."""
    waiting = ripples.reviews_of(request.user, unowned=reviews_pages(request.user)).first()
    return waiting.url if waiting else reverse("wagtailadmin_home")


def _edit_url(item) -> str:
    return reverse(item.snippet_viewset.get_url_name("edit"), args=[item.pk]) if item else ""
