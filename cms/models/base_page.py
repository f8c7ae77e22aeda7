"""What every page of the site shares."""

from __future__ import annotations

from django.http import Http404
from django.utils import timezone
from wagtail.models import Page


class BasePage(Page):
    """Abstract. Asks the public gate before anything is served, since Wagtail itself goes on serving
    a page between its expiry and the next run of `publish_scheduled`."""

    show_in_menus_default = False

    class Meta:
        abstract = True

    def serve(self, request, *args, **kwargs):
        if not getattr(request, "is_preview", False) and self.is_past_expiry():
            raise Http404
        return super().serve(request, *args, **kwargs)

    def is_past_expiry(self) -> bool:
        return self.expire_at is not None and self.expire_at <= timezone.now()
