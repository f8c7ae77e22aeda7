"""Public addresses of events: records as pages and PDFs. `cms.urls` includes this at `records/`."""

from __future__ import annotations

from django.urls import re_path

from events.views.records import record_page, record_pdf

app_name = "records"

urlpatterns = [
    re_path(r"^(?P<pk>[0-9]{1,18})/(?P<digest>[0-9a-f]{12})/$", record_page, name="page"),
    re_path(r"^(?P<pk>[0-9]{1,18})/(?P<digest>[0-9a-f]{12})\.pdf$", record_pdf, name="pdf"),
]
