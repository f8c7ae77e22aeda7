"""The checklist of a witness: what the body asks for, and the files."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from events.domain.errors import PresentationRefused
from events.domain.witness import asks_disclosure, checklist, disclose, disclosure_of
from events.forms import DisclosureForm
from events.views.presentations import ConfirmationView


class WitnessView(ConfirmationView):
    page_title = gettext_lazy("Witness disclosure")
    template_name = "events/admin/witness.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = disclosure_of(self.presentation)
        initial = {
            "cv": given.cv,
            "disclosure_table": given.disclosure_table,
            "made_public_on": given.made_public_on,
        }
        user = self.request.user
        form = kwargs.get("form") or DisclosureForm(initial=initial, user=user)
        return {
            **super().get_context_data(**kwargs),
            "form": form,
            "asks": asks_disclosure(self.presentation.event),
            "checklist": checklist(self.presentation),
            "post_url": reverse("events:presentation_witness", args=[self.presentation.pk]),
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        given = disclosure_of(self.presentation)
        kept = {"cv": given.cv, "disclosure_table": given.disclosure_table}
        form = DisclosureForm(request.POST, initial=kept, user=request.user)
        if form.is_valid():
            try:
                disclose(self.presentation, user=request.user, **form.cleaned_data)
            except PresentationRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                words = _("The disclosure of %(speaker)s is kept.")
                messages.success(request, words % {"speaker": self.presentation.speaker})
                return self.back()
        return self.render_to_response(self.get_context_data(form=form))
