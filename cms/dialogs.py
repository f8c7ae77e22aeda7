"""What Wagtail's choosers are about, told from their views before they answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from wagtail.admin.views.generic import chooser

from cms.models import CreditedImage

DIALOGS = (
    chooser.BaseChooseView,
    chooser.ChosenViewMixin,
    chooser.ChosenMultipleViewMixin,
    chooser.CreateViewMixin,
)


def listed_by(view: Callable) -> type[Model] | None:
    """What a chooser's view shows; None for other views, and for images and documents, which ask by themselves."""
    if not issubclass(getattr(view, "view_class", object), DIALOGS):
        return None
    model = getattr(view, "view_initkwargs", {}).get("model")
    return model if isinstance(model, type) and model is not CreditedImage else None


def begins_nothing(view: Callable) -> bool:
    """Wagtail gives each of its dialogs an address for new items, also those that have no form for them."""
    kind: Any = getattr(view, "view_class", object)
    if not issubclass(kind, chooser.CreateViewMixin):
        return False
    if kind.get_creation_form_class is not chooser.CreationFormMixin.get_creation_form_class:
        return False  # images and documents bring a form of their own
    form = kind(**getattr(view, "view_initkwargs", {}))
    return form.get_creation_form_class() is None
