"""The small dialog in which an author writes a footnote."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from wagtail.admin.modal_workflow import render_modal_workflow

from testimony.forms import NoteForm


def choose_note(request: HttpRequest) -> JsonResponse:
    """GET shows the form (`text`: the footnote as it is); POST answers with the footnote."""
    if request.method == "POST":
        form = NoteForm(request.POST)
        if form.is_valid():
            return render_modal_workflow(
                request, None, json_data={"step": "chosen", "result": form.cleaned_data}
            )
    else:
        form = NoteForm(initial={"text": request.GET.get("text", "")})
    return render_modal_workflow(
        request,
        "testimony/admin/note_chooser.html",
        None,
        {"form": form, "action": reverse("testimony:choose_note")},
        json_data={"step": "note"},
    )
