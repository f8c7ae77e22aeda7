"""The site's addresses and one more: the least that lists fifty deadlines in the admin."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import include, path
from wagtail.admin.auth import require_admin_access
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView

from events.models import Window
from events.views.deadlines import PER_PAGE


class BareList(IndexView):
    model = Window
    paginate_by = PER_PAGE
    columns = [Column("name", label="Deadline"), Column("event"), Column("closes_at")]
    page_title = "Deadlines"

    def get_queryset(self) -> QuerySet:
        return Window.objects.select_related("event").order_by("closes_at", "pk")


urlpatterns = [
    path("benchmark/bare-deadlines/", require_admin_access(BareList.as_view())),
    path("", include("cms.benchmark.urls")),
]
