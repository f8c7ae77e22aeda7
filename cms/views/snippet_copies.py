"""Copies of snippets are sent to the address of a new one. Sent to their own, Wagtail writes to the original."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest


def keep_original(request: HttpRequest, model: type[Model]) -> None:
    """For `before_create_snippet`. Without it whoever may add and view could change what is locked or in force."""
    match = request.resolver_match
    if request.method == "POST" and match is not None and match.url_name == "copy":
        raise PermissionDenied
