"""The panel "Wording" beside the editor, and the list of what authors answered to its hints."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from events.views import posted
from testimony.domain.wording import Wording, bring_back, dismiss, wording_of, wording_of_point
from testimony.models import DismissedHint, DocumentPage, TalkingPoint
from testimony.permissions import archive_page, may_add_documents
from testimony.views.meter import NEW, fill

POINT = "talking-point"
KIND_OF = {**{model: kind for kind, model in NEW.items()}, TalkingPoint: POINT}
WHY_FIXED = gettext_lazy("Once the draft is saved, a hint can be dismissed with a reason.")


class WordingPanel(BaseSidePanel):
    """Empty until its script asks for the hints on what stands in the form."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Toggle wording")
        icon_name = "pilcrow"

    class Media:
        js = ["testimony/js/wording.js"]
        css = {"all": ["testimony/css/wording.css"]}

    name = "wording"
    title = gettext_lazy("Wording")
    template_name = "testimony/admin/wording_panel.html"
    order = 450

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        item = self.object
        saved = "wording" if isinstance(item, DocumentPage) else "wording_point"
        if item.pk:
            url = reverse(f"testimony:{saved}", args=[item.pk])
        else:
            url = reverse("testimony:wording_new", args=[KIND_OF[type(item)]])
        # The editor saves what is new by itself, and then it can keep answers to hints.
        saved_url = reverse(f"testimony:{saved}", args=[0])
        context = super().get_context_data(parent_context)
        return {**context, "url": url, "saved_url": saved_url}


class WithWording:
    """View mixin of editors. What they save by themselves leaves the panel alone: it would close what is open in it."""

    def get_side_panels(self) -> Any:
        view: Any = self
        panels = super().get_side_panels()  # type: ignore[misc]  # Wagtail's view stands behind
        if not view.expects_json_response and not getattr(view, "hydrate_create_view", False):
            written = getattr(view, "page", None) or getattr(view, "object", None)
            panels.append(WordingPanel(written or view.form.instance, view.request))
        return panels


@require_POST
def wording(request: HttpRequest, page_id: int) -> HttpResponse:
    """Hints on the posted edit form, saved or not. `dismiss` and `reason`, or `back`, answer one of them."""
    stored = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(stored, DocumentPage):
        raise Http404
    if not stored.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    page = stored.get_latest_revision_as_object()
    fill(page, request, stored.get_parent())
    error = answer(request, page)
    found = wording_of(page)
    return TemplateResponse(request, "testimony/admin/wording_hints.html", context(found, error))


@require_POST
def wording_point(request: HttpRequest, point_id: int) -> HttpResponse:
    """As `wording`, of a talking point."""
    stored = get_object_or_404(TalkingPoint, pk=point_id)
    policy = policy_registry.get_by_type(TalkingPoint)
    if not policy.user_has_permission_for_instance(request.user, "change", stored):
        raise PermissionDenied
    point = fill_point(stored, request)
    error = answer(request, point)
    found = wording_of_point(point)
    return TemplateResponse(request, "testimony/admin/wording_hints.html", context(found, error))


def fill_point(point: TalkingPoint, request: HttpRequest) -> TalkingPoint:
    """The words of the posted form; the rest says nothing."""
    text = TalkingPoint._meta.get_field("text").formfield().widget
    point.title = request.POST.get("title", "")
    point.text = text.value_from_datadict(request.POST, {}, "text") or ""
    return point


@require_POST
def wording_new(request: HttpRequest, kind: str) -> HttpResponse:
    """Hints on the posted form of what was never saved. No row keeps answers."""
    if kind == POINT:
        policy = policy_registry.get_by_type(TalkingPoint)
        if not policy.user_has_any_permission(request.user, ["add", "change"]):
            raise PermissionDenied
        found = wording_of_point(fill_point(TalkingPoint(), request))
    elif kind in NEW:
        if not may_add_documents(request.user):
            raise PermissionDenied
        page = NEW[kind]()
        fill(page, request, archive_page())
        found = wording_of(page)
    else:
        raise Http404
    values = {**context(found, ""), "why_fixed": WHY_FIXED}
    return TemplateResponse(request, "testimony/admin/wording_hints.html", values)


def answer(request: HttpRequest, item: DocumentPage | TalkingPoint) -> str:
    """Do what is asked; returns what went wrong, in words."""
    reason = " ".join(posted.words(request, "reason").split())
    if key := request.POST.get("dismiss"):
        if not reason:
            return _("Say why the hint does not fit here.")
        if dismiss(item, key, reason, user=request.user) is None:
            return _("The sentence has changed meanwhile.")
    elif key := request.POST.get("back"):
        bring_back(item, key)
    return ""


def context(found: Wording, error: str) -> dict[str, Any]:
    reasons = (
        _("It is a name or a title"),
        _("The law or the bill says it so"),
        _("The people themselves say it so"),
        _("Everybody who hears this knows it"),
    )
    return {"wording": found, "error": error, "reasons": reasons}


class DismissedHintList(ReportView):
    """Of documents and talking points that the person finds in the admin: a term that is dismissed often deserves
    another look."""

    model = DismissedHint
    page_title = gettext_lazy("Dismissed hints")
    header_icon = "pilcrow"
    index_url_name = "testimony:dismissed_hints"
    index_results_url_name = "testimony:dismissed_hints_results"
    permission_required = "view"
    is_searchable = True
    search_fields = ["sentence", "hint", "reason"]
    search_backend_name = None
    list_export = ["holder", "sentence", "hint", "reason", "user", "dismissed_at"]
    export_headings = {"holder": gettext_lazy("Where")}
    export_filename = "dismissed-hints"
    columns = [
        TitleColumn(
            "holder", label=gettext_lazy("Where"), get_url=lambda hint: edit_url(hint.holder)
        ),
        Column("sentence", label=gettext_lazy("Sentence")),
        Column("hint", label=gettext_lazy("Hint")),
        Column("reason", label=gettext_lazy("Why it does not fit")),
        Column("user", label=gettext_lazy("Who"), accessor=lambda hint: hint.user or ""),
        DateColumn("dismissed_at", label=gettext_lazy("When")),
    ]

    @property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(DismissedHint)

    def get_base_queryset(self) -> QuerySet[DismissedHint]:
        pages = policy_registry.get_by_type(Page).explorable_instances(self.request.user)
        seen = Q(page__in=pages.order_by().values("pk"))
        policy = policy_registry.get_by_type(TalkingPoint)
        if policy.user_has_any_permission(self.request.user, ["add", "change", "view"]):
            seen |= Q(point__isnull=False)
        return DismissedHint.objects.filter(seen).select_related("page", "point", "user")

    def get_filtered_queryset(self) -> QuerySet[DismissedHint]:
        return self.get_queryset()


def edit_url(item: Any) -> str:
    return AdminURLFinder().get_edit_url(item) or ""


def menu_item() -> MenuItem:
    """For `register_reports_menu_item`."""
    return MenuItem(
        gettext_lazy("Dismissed hints"),
        reverse_lazy("testimony:dismissed_hints"),
        name="dismissed-hints",
        icon_name="pilcrow",
        order=920,
    )
