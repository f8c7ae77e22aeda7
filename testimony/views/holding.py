"""Switching a reference in place: follow the library, pin, adapt; and what a pin and the library say apart."""

from __future__ import annotations

import json

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Revision

from testimony.domain.differences import difference
from testimony.domain.pinning import CARE, PinRefused, settle
from testimony.domain.ripples import changed_fields
from testimony.domain.standing import says, standing
from testimony.enums import SHORT_FEATURES, ReferenceMode
from testimony.models import Pin, Source, Statistic, TalkingPoint, built
from testimony.permissions import works_on_documents
from testimony.richtext import reference_cache
from testimony.richtext_editor import entity_data

HELD = {"statistic": Statistic, "source": Source, "talking_point": TalkingPoint}


@require_POST
def hold(request: HttpRequest) -> JsonResponse:
    """`kind`, `id` and `mode` posted; answers with the pin, what the editor says of it, and for a wording of
    one's own the words to start from. 404: not published; 409: refused, with the reason."""
    if not works_on_documents(request.user):
        raise PermissionDenied
    model, mode = HELD.get(request.POST.get("kind", "")), request.POST.get("mode")
    pk = request.POST.get("id", "")
    if model is None or mode not in ReferenceMode.values or not pk.isdecimal() or len(pk) > 18:
        return JsonResponse({"error": _("That did not work. Try again.")}, status=400)
    item = model.objects.live().filter(pk=pk).first()
    if item is None:
        error = _("No longer published: nothing is printed here.")
        return JsonResponse({"error": error}, status=404)
    try:
        pin = settle(item, mode, None)
    except PinRefused as refused:
        return JsonResponse({"error": str(refused)}, status=409)
    return JsonResponse(_answer(item, mode, pin))


def _answer(item, mode: str, pin: int | None) -> dict:
    with reference_cache() as references:
        references.load_pins([pin])
        if isinstance(item, TalkingPoint):
            references.load_texts([item.text])
        said = standing(references, item, mode, item, pin)
        answer = {"pin": pin, "standing": {**said, "says": says(references, item, mode, pin)}}
        if isinstance(item, TalkingPoint):
            if mode == ReferenceMode.ADAPTED:
                converter = ContentstateConverter(features=SHORT_FEATURES)
                answer["text"] = json.loads(converter.from_database_format(item.text))
        else:
            answer["entity"] = entity_data(type(item), item.pk, pin)
    return answer


class PinDifferenceView(WagtailAdminTemplateMixin, TemplateView):
    """What the pin holds beside what the public reads today, of the item and of all that it showed."""

    template_name = "testimony/admin/pin_difference.html"
    page_title = gettext_lazy("Kept wording and the library today")
    header_icon = "thumbtack"

    def dispatch(self, request, *args, **kwargs):
        if not works_on_documents(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs) -> dict:
        pin = get_object_or_404(Pin.objects.select_related("revision"), pk=self.kwargs["pin_id"])
        held = [pin.revision, *Revision.objects.filter(pinned_parts__pin=pin).order_by("pk")]
        items = [_differences(revision) for revision in held]
        return super().get_context_data(
            pin=pin, items=[item for item in items if item["fields"] or item["withdrawn"]], **kwargs
        )


def _differences(revision: Revision) -> dict:
    """`fields` that read differently; `withdrawn` when there is nothing to compare with."""
    held = built(revision)
    living = type(held)._default_manager.filter(pk=held.pk, live=True).first()
    if living is None:
        return {"title": revision.object_str, "withdrawn": True, "fields": []}
    changed = [name for name in changed_fields(held, living) if name not in CARE]
    fields = [difference(held, living, name) for name in changed]
    return {"title": str(living), "withdrawn": False, "fields": fields}
