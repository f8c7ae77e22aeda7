"""Pages of the ground floor: the front page, plain pages, the archive."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.models import Page

from cms.models.base_page import BasePage

ARCHIVED_DEPTH = 2  # the archive, then the document
NEW_HOME = "Home"  # as migration 0005_site calls it
RICH_TEXT_BASIC = ["bold", "italic", "link", "document-link", "ol", "ul", "h2", "h3"]


class HomePage(BasePage):
    """The front page: who speaks here, what was said last, which issues it was about."""

    introduction = RichTextField(_("introduction"), blank=True, features=RICH_TEXT_BASIC)

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.StandardPage", "cms.ArchivePage"]
    max_count = 1
    template = "cms/home_page.html"

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("home page")

    @property
    def is_unnamed(self) -> bool:
        """Whether its title is still the one that the installation gave it."""
        return self.title == NEW_HOME

    def route(self, request, path_components):
        """Find a document two levels down by its whole path, instead of level by level."""
        if len(path_components) == ARCHIVED_DEPTH:
            path = f"{self.url_path}{'/'.join(path_components)}/"
            found = Page.objects.descendant_of(self).filter(url_path=path).first()
            model = found.specific_class if found else None
            if model is not None and issubclass(model, BasePage):
                return model.for_serving().get(pk=found.pk).route(request, [])
        return super().route(request, path_components)

    def get_context(self, request, *args, **kwargs) -> dict:
        # upward: Wagtail asks a page for its context, the archive knows what stands there.
        from cms.archive.front_page import front_page_context

        return {**super().get_context(request, *args, **kwargs), **front_page_context(self)}


class StandardPage(BasePage):
    """A plain page of text: about, contact, accessibility."""

    introduction = models.TextField(_("introduction"), blank=True)
    body = RichTextField(_("text"), blank=True, features=RICH_TEXT_BASIC)

    parent_page_types = ["cms.HomePage", "cms.StandardPage"]
    subpage_types = ["cms.StandardPage"]
    template = "cms/standard_page.html"

    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), FieldPanel("body")]

    class Meta:
        verbose_name = _("plain page")


class ArchivePage(RoutablePageMixin, BasePage):
    """Everything that was said: lists, searches and filters what is public. Documents are its children."""

    introduction = models.TextField(_("introduction"), blank=True)

    # A document of that name would lose its own addresses to the pages of issues.
    reserved_slugs = frozenset({"issues"})
    parent_page_types = ["cms.HomePage"]
    # Document types belong to the upper apps, which add themselves by naming this page as parent.
    max_count = 1
    template = "cms/archive_page.html"

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("archive")

    def free_slug(self, base: str) -> str:
        """`base`, or with a number where a document has it already or none may have it."""
        taken = {
            *self.reserved_slugs,
            *self.get_children().values_list("slug", flat=True).filter(slug__startswith=base),
        }
        slug, number = base, 2
        while slug in taken:
            slug, number = f"{base}-{number}", number + 1
        return slug

    @path("")
    def archive(self, request):
        # upward: Wagtail asks a page to serve itself, the views know how.
        from cms.views.archive import archive_view

        return archive_view(request, self)

    @path("issues/<str:slug>/")
    def issue(self, request, slug: str):
        # upward: as above
        from cms.views.archive import issue_view

        return issue_view(request, self, slug)
