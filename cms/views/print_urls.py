"""Addresses in the admin that belong to no list or form of one model: /admin/print/…"""

from __future__ import annotations

from django.urls import path

from cms.views import print_jobs, print_new

app_name = "printing"

urlpatterns = [
    path("", print_jobs.JobListView.as_view(), name="list"),
    path("issues/<int:pk>/", print_new.PrintIssueView.as_view(), name="issue"),
    path("kinds/<slug:name>/", print_new.PrintKindView.as_view(), name="kind"),
    path("<uuid:pk>/", print_jobs.JobView.as_view(), name="job"),
    path("<uuid:pk>/progress/", print_jobs.progress, name="progress"),
    path("<uuid:pk>/file/", print_jobs.download, name="download"),
    path("<uuid:pk>/<slug:verb>/", print_jobs.decide, name="decide"),
]
