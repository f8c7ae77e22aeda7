"""Issues, people and organizations in the admin. The search boxes look for parts of words in plain columns."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, UpdatedAtColumn
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import (
    EditView,
    IndexView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from cms.choosers import IssueChooserViewSet
from cms.models import Issue, Organization, Person, Theme
from cms.permissions import works_on_pages


def merge_button(issue: Issue, user) -> Button | None:
    """ "Merge into…", for those who may change issues and while there is something to merge."""
    if issue.merged_into_id or not user.has_perm("cms.change_issue"):
        return None
    url = reverse("cms_merge_issue", args=[issue.pk])
    return Button(_("Merge into…"), url=url, icon_name="redirect", priority=25)


def issue_menu(issue: Issue, user) -> list[Button]:
    """What this person may do with an issue beside editing it."""
    return [button for button in (print_button(issue, user), merge_button(issue, user)) if button]


def print_button(issue: Issue, user) -> Button | None:
    """For those who work with documents."""
    if not works_on_pages(user):
        return None
    url = reverse("printing:issue", args=[issue.pk])
    return Button(_("Print its documents…"), url=url, icon_name="download", priority=20)


class IssueIndexView(IndexView):
    def get_delete_url(self, instance) -> None:
        """Issues are retired or merged: old revisions name them."""
        return None


class IssueEditView(EditView):
    def get_delete_url(self) -> None:
        return None

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, *issue_menu(self.object, self.request.user)]


class IssueFilterSet(WagtailFilterSet):
    is_active = django_filters.ChoiceFilter(
        label=_("Offered to authors"),
        choices=[(True, _("Yes")), (False, _("No, retired"))],
        empty_label=_("All"),
    )

    class Meta:
        model = Issue
        fields = ["is_active"]


class IssueViewSet(SnippetViewSet):
    model = Issue
    icon = "tag"
    menu_label = _("Issues")
    menu_name = "issues"
    menu_order = 240
    add_to_admin_menu = True
    index_view_class = IssueIndexView
    edit_view_class = IssueEditView
    copy_view_enabled = False
    list_display = [
        "name",
        Column("description", label=_("Description")),
        BooleanColumn("is_active", label=_("Offered"), sort_key="is_active"),
        Column(
            "merged_into", label=_("Merged into"), accessor=lambda issue: issue.merged_into or ""
        ),
        UpdatedAtColumn(),
    ]
    list_export = ["name", "slug", "description", "synonyms", "is_active", "merged_into"]
    export_filename = "issues"
    filterset_class = IssueFilterSet
    search_fields = ("name", "description", "synonyms")
    chooser_viewset_class = IssueChooserViewSet
    search_backend_name = None
    list_per_page = 50

    def get_queryset(self, request) -> QuerySet:
        return Issue.objects.select_related("merged_into")


class PersonViewSet(SnippetViewSet):
    model = Person
    icon = "user"
    menu_label = _("People")
    list_display = [
        "sort_name",
        Column("role_title", label=_("Role"), sort_key="role_title"),
        Column("organization", label=_("Organization"), sort_key="organization__name"),
        BooleanColumn("has_account", label=_("Account"), accessor=lambda p: p.user_id is not None),
    ]
    list_filter = ["organization"]
    # Telephone and notes stay where they are: an export travels by e-mail.
    list_export = ["name", "sort_name", "role_title", "organization", "email"]
    export_filename = "people"
    search_fields = ("name", "role_title", "organization__name")
    search_backend_name = None
    list_per_page = 50
    inspect_view_enabled = True

    def get_queryset(self, request) -> QuerySet:
        return Person.objects.select_related("organization")


class OrganizationViewSet(SnippetViewSet):
    model = Organization
    icon = "group"
    menu_label = _("Organizations")
    list_display = [
        "name",
        "acronym",
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("url", label=_("Website")),
    ]
    list_filter = ["kind"]
    list_export = ["name", "acronym", "kind", "url"]
    export_filename = "organizations"
    search_fields = ("name", "acronym")
    search_backend_name = None
    list_per_page = 50


class ThemeViewSet(SnippetViewSet):
    """Beside the branding in the settings: both say how documents look."""

    model = Theme
    icon = "view"
    menu_label = _("Themes")
    menu_name = "themes"
    add_to_settings_menu = True
    copy_view_enabled = True
    list_display = [
        "name",
        Column("organization_name", label=_("In the letterhead")),
        Column("get_font_pair_display", label=_("Fonts")),
    ]
    search_fields = ("name", "organization_name")
    search_backend_name = None
    list_per_page = 50


class PeopleGroup(SnippetViewSetGroup):
    items = (PersonViewSet, OrganizationViewSet)
    menu_label = _("People")
    menu_name = "people"
    menu_icon = "group"
    menu_order = 250
