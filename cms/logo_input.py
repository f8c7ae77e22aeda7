"""The input of a logo's drawing: a file is chosen, its cleaned text is what the form keeps. A leaf module."""

from __future__ import annotations

import base64
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cms.logos import MAX_BYTES, clean_svg


def data_url(drawing: str) -> str:
    """The drawing as the address of a picture: nothing in a picture can act."""
    return f"data:image/svg+xml;base64,{base64.b64encode(drawing.encode()).decode('ascii')}"


class DrawingInput(forms.Widget):
    """A file input, and the text of the present drawing in a hidden field, which the live preview can send too."""

    template_name = "cms/admin/drawing_input.html"
    needs_multipart_form = True

    class Media:
        js = ("rostrum/js/drawing-input.js",)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        try:
            picture = data_url(clean_svg(value)) if value else ""
        except forms.ValidationError:  # what was refused is not shown either
            picture = ""
        context["widget"].update(
            {"file": f"{name}-file", "clear": f"{name}-clear", "picture": picture}
        )
        return context

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        # Django's form renderer knows its own templates only.
        return render_to_string(self.template_name, self.get_context(name, value, attrs))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        if data.get(f"{name}-clear"):
            return ""
        uploaded = (files or {}).get(f"{name}-file")
        if uploaded is None:
            return data.get(name) or ""
        # One byte more than allowed is enough to refuse it; other bytes than UTF-8 are refused later.
        return uploaded.read(MAX_BYTES + 1).decode("utf-8", "surrogateescape")

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and f"{name}-file" not in (files or {})


class DrawingFormField(forms.CharField):
    widget = DrawingInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "strip": False, "widget": DrawingInput})

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return clean_svg(text.encode("utf-8", "surrogateescape")) if text.strip() else ""


HELP = _("An SVG file stays sharp on paper; it takes the place of the picture above.")
