"""Merging issues, and refusing to delete one that is used."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from cms.domain.issue_holders import issue_columns, tagging_models
from cms.domain.issues import merge_issue, what_moves
from cms.forms import MergeIssueForm
from cms.models import ArchivePage, Issue, User


def merge_issue_view(request: HttpRequest, issue_id: int) -> HttpResponse:
    """Asks which issue takes over, shows what that moves, then merges. Raises PermissionDenied."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm("cms.change_issue"):
        raise PermissionDenied
    issue = get_object_or_404(Issue, pk=issue_id, merged_into__isnull=True)
    listing = Issue.snippet_viewset.get_url_name("list")
    data = request.POST if request.method == "POST" else request.GET
    form = MergeIssueForm(data if "into" in data else None, issue=issue)
    context = {"issue": issue, "form": form, "uses": uses_of(issue), "listing": listing}
    if form.is_valid():
        into = form.cleaned_data["into"]
        if request.method == "POST":
            try:
                merge_issue(issue, into, user=user, seen=request.POST.get("seen", ""))
            except ValidationError as error:
                context["refused"] = error.messages
            else:
                words = {"old": issue.name, "new": into.name}
                messages.success(request, _("“%(old)s” is merged into “%(new)s”.") % words)
                return redirect(listing)
        context |= {"into": into, "moves": what_moves(issue, into), "archive": archive_address()}
    return TemplateResponse(request, "cms/admin/merge_issue.html", context)


def uses_of(issue: Issue) -> int:
    """How many things name it, and issues merged into it."""
    tagged = sum(model.objects.filter(tag=issue).count() for model in tagging_models())
    held = sum(
        column.model._base_manager.filter(**{column.name: issue}).count()
        for column in issue_columns()
    )
    return tagged + held + issue.merged_issues.count()


def archive_address() -> str:
    """Where the public archive stands; "" while there is none."""
    archive = ArchivePage.objects.live().order_by("path").first()
    return (archive.get_url() or "") if archive else ""


def refuse_used_issues(request: HttpRequest, instances: list) -> HttpResponse | None:
    """Keeps an issue that something is tagged with; it can be retired or merged."""
    used = [item.name for item in instances if isinstance(item, Issue) and uses_of(item)]
    if not used:
        return None
    messages.error(
        request,
        _("%(issues)s cannot be deleted, because it is used. Retire it or merge it into another.")
        % {"issues": ", ".join(used)},
    )
    return redirect(Issue.snippet_viewset.get_url_name("list"))


def open_archive(request: HttpRequest) -> HttpResponse:
    """From the menu to the public archive, wherever it stands."""
    return redirect(archive_address() or "wagtailadmin_home")
