"""What testimony and fact sheets have in common."""

from __future__ import annotations

import datetime as dt
import logging

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.search import index

from cms.aggregates import JsonPairs
from cms.enums import RIGHT_TO_LEFT, Language
from cms.models import BasePage, PageTwin, Person
from testimony.blocks import DocumentBody
from testimony.models.citation_setting import CitationSetting
from testimony.models.document_form import DocumentForm
from testimony.models.readiness import check_ready

logger = logging.getLogger(__name__)
SCHEDULED = "wagtail.publish.scheduled"  # how Wagtail's command names its log entry


class DocumentPage(RoutablePageMixin, BasePage):
    """Abstract. A document of the archive: it has a web page and a PDF of the same words."""

    language = models.CharField(
        _("language"), max_length=12, choices=Language.choices, default=Language.ENGLISH
    )
    date = models.DateField(
        _("date"), null=True, blank=True, help_text=_("Of the hearing, or of the document.")
    )
    summary = models.TextField(
        _("summary"), blank=True, help_text=_("One or two sentences for lists and search engines.")
    )
    body = StreamField(DocumentBody(), verbose_name=_("text"), blank=True)
    contact = models.ForeignKey(
        Person,
        verbose_name=_("contact"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Their name, e-mail and telephone are printed on the document."),
    )

    theme = models.ForeignKey(
        "cms.Theme",
        verbose_name=_("theme"),
        null=True,
        blank=True,
        # With PROTECT a draft that names a deleted theme could be neither opened nor published.
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The program whose letterhead, logo and colors it has; empty: the site's."),
    )

    base_form_class = DocumentForm
    # Fields besides the body that hold words of the document's own.
    own_texts: tuple[str, ...] = ()
    parent_page_types = ["cms.ArchivePage"]
    subpage_types: list[str] = []
    preview_modes = [("", _("Web page")), ("pdf", _("PDF"))]

    about_panel = MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("date"), FieldPanel("language")]),
            FieldPanel("issues", heading=_("Issues")),
            FieldPanel("summary"),
            FieldPanel("contact"),
            FieldPanel("theme"),
        ],
        heading=_("About this document"),
    )
    # The explorer searches titles; words of the body are found in the archive's own index.
    search_fields = [
        *BasePage.search_fields,
        index.FilterField("language"),
        index.FilterField("date"),
    ]

    class Meta:
        abstract = True

    # What the page and its print show of other rows; subclasses add theirs.
    shown_with: tuple[str, ...] = ("contact", "current_pdf__stored", "theme")

    @classmethod
    def for_serving(cls) -> models.QuerySet:
        tagged = cls._meta.get_field("issues").remote_field.through.objects
        pairs = (
            tagged.filter(content_object=models.OuterRef("pk"))
            .order_by()
            .values("content_object")
            .annotate(pairs=JsonPairs("tag__slug", "tag__name"))
            .values("pairs")
        )
        return cls.objects.select_related(*cls.shown_with).annotate(
            issue_pairs=models.Subquery(pairs),
            citation_style=CitationSetting.style_column(),
            twin_sizes=cls._twin_sizes(),
        )

    @staticmethod
    def _twin_sizes() -> models.Subquery:
        """Ends of files and their sizes, as they were last made of what is published."""
        made = PageTwin.objects.filter(page=models.OuterRef("pk"), is_draft=False).order_by()
        pairs = made.values("page").annotate(pairs=JsonPairs("ending", "size"))
        return models.Subquery(pairs.values("pairs"))

    # Filled in by `for_serving()`; otherwise asked once.
    @cached_property
    def citation_style(self) -> str:
        return CitationSetting.current_style()

    @property
    def effective_date(self) -> dt.date | None:
        """The day of the document wherever it is shown; subclasses know better than the field."""
        return self.date

    @property
    def is_imported(self) -> bool:
        return False

    def save(self, *args, **kwargs):
        # Every way of publishing ends here, also those that go round `publish()`.
        if self.live and not self._is_published_already():
            check_ready(self)
        return super().save(*args, **kwargs)

    def _is_published_already(self) -> bool:
        if self.pk is None:
            return False
        rows = type(self)._default_manager.filter(pk=self.pk, live=True)
        return rows.filter(live_revision_id=self.live_revision_id).exists()

    def publish(self, revision, *args, **kwargs):
        """Refuses with ValidationError what is not ready, also when it is to go live later.

        When its hour comes, nobody is there to be told: the schedule is cancelled and the rest goes on.
        """
        try:
            check_ready(revision.as_object())
        except ValidationError as error:
            if kwargs.get("log_action") != SCHEDULED:
                raise
            logger.error("Page %s is not published as scheduled: %s", self.pk, error)
            self.revisions.filter(pk=revision.pk).update(approved_go_live_at=None)
            return None
        return super().publish(revision, *args, **kwargs)

    @property
    def shown_issues(self) -> list[tuple[str, str]]:
        """Slug and name of each issue, by name. Reads nothing on a row of `for_serving()`."""
        if hasattr(self, "issue_pairs"):
            pairs = [(slug, name) for slug, name in self.issue_pairs or []]
        else:
            pairs = [(issue.slug, issue.name) for issue in self.issues.all()]
        return sorted(pairs, key=lambda pair: pair[1])

    @property
    def direction(self) -> str:
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    @path("")
    def web_page(self, request):
        # upward: Wagtail asks a page to serve itself, the views know how
        from testimony.views.documents import document_view

        return document_view(request, self)

    @path("pdf/")
    def pdf(self, request):
        from testimony.views.documents import pdf_view  # upward: as above

        return pdf_view(request, self)

    @path("docx/")
    def docx(self, request):
        return self._twin(request, "docx")

    @path("txt/")
    def txt(self, request):
        return self._twin(request, "txt")

    def _twin(self, request, ending):
        from testimony.views.twins import public_twin  # upward: as above

        return public_twin(request, self, ending)

    def serve_preview(self, request, mode_name):
        if mode_name.startswith("pdf"):
            from testimony.views.pdf_preview import preview_paper  # upward: as above

            return preview_paper(request, self, mode_name)
        return super().serve_preview(request, mode_name)
