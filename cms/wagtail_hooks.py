"""Wires the ground floor into the admin. Decisions live in `dashboard`, `viewsets` and `views`."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import include, path
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.account import NameEmailSettingsPanel
from wagtail.snippets.models import register_snippet

from cms.dashboard import archive_menu_item, arrange_help, arrange_home, arrange_menu
from cms.domain.visibility import refuse_expired
from cms.image_operations import Grey
from cms.models import Issue
from cms.views import print_urls
from cms.views.account import NameForm, time_zone_panel
from cms.views.approval import approve_first, say_what_came_of_it, say_who_approves
from cms.views.issues import merge_issue_view, open_archive, refuse_used_issues
from cms.views.media import guard_document
from cms.views.paper import paper_page, paper_pdf
from cms.views.print_jobs import menu_item as print_jobs_item
from cms.views.print_new import PrintPages, PrintSnippets
from cms.views.snippet_copies import keep_original
from cms.viewsets import IssueViewSet, PeopleGroup, ThemeViewSet, issue_menu

register_snippet(IssueViewSet)
register_snippet(PeopleGroup)
register_snippet(ThemeViewSet)

hooks.register("construct_main_menu", arrange_menu)
hooks.register("construct_help_menu", arrange_help)
hooks.register("register_account_settings_panel", time_zone_panel)
NameEmailSettingsPanel.form_class = NameForm  # the hook adds panels, it takes none away
hooks.register("construct_homepage_panels", arrange_home)
hooks.register("register_admin_menu_item", archive_menu_item)
hooks.register("before_create_snippet", keep_original)
hooks.register("before_delete_snippet", refuse_used_issues)
hooks.register("before_serve_document", guard_document)
hooks.register("before_serve_page", refuse_expired)
for kind in ("page", "snippet"):
    hooks.register(f"before_edit_{kind}", say_who_approves)
    hooks.register(f"after_edit_{kind}", say_what_came_of_it)
    hooks.register(f"construct_{kind}_action_menu", approve_first)
hooks.register("register_bulk_action", PrintPages)
hooks.register("register_bulk_action", PrintSnippets)
hooks.register("register_reports_menu_item", print_jobs_item)


@hooks.register("register_image_operations")
def image_operations() -> list:
    return [("grey", Grey)]


@hooks.register("insert_global_admin_css")
def admin_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("rostrum/css/admin.css"))


@hooks.register("insert_editor_js")
def editor_scripts() -> SafeString:
    names = ("field-names", "enter-key")
    addresses = ((static(f"rostrum/js/{name}.js"),) for name in names)
    return format_html_join("\n", '<script src="{}"></script>', addresses)


@hooks.register("construct_homepage_summary_items", order=1000)
def no_summary(request, items: list) -> None:
    """Counts of pages, images and documents tell nobody what to do next."""
    items.clear()


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [
        path("archive/", open_archive, name="cms_open_archive"),
        path("paper/<str:key>/<int:number>.png", paper_page, name="cms_paper_page"),
        path("paper/<str:key>/draft.pdf", paper_pdf, name="cms_paper_pdf"),
        path("issues/<int:issue_id>/merge/", merge_issue_view, name="cms_merge_issue"),
        path("print/", include(print_urls)),
    ]


@hooks.register("register_snippet_listing_buttons")
def issue_buttons(snippet, user, next_url=None) -> list:
    return issue_menu(snippet, user) if isinstance(snippet, Issue) else []


@hooks.register("register_log_actions")
def issue_actions(actions) -> None:
    actions.register_action("cms.merge_issue", _("Merge issue"), _("Merged into another issue"))
