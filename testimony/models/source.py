"""Sources: where a figure or a claim comes from."""

from __future__ import annotations

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from cms.panels import SchedulePanel
from testimony.csl import SourceKind, names_line
from testimony.models.library_item import LibraryItem

DOI_ADDRESSES = ("https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/")


class Source(LibraryItem):
    """One publication. Placed by reference, printed as a footnote in the style of the settings.

    Most are four fields: title, who published it, date, address. The rest follows CSL-JSON, which is what
    reference managers exchange; `testimony.domain.csl_items` maps one to the other.
    """

    title = models.CharField(_("title"), max_length=500)
    publisher = models.CharField(_("who published it"), max_length=255, blank=True)
    published = models.CharField(
        _("published"),
        max_length=32,
        blank=True,
        help_text=_("Year, month or day: 2021, May 2023, May 4, 2023."),
    )
    url = models.URLField(
        _("web address"), max_length=500, blank=True, validators=[URLValidator(["http", "https"])]
    )
    kind = models.CharField(
        _("kind"), max_length=30, choices=SourceKind.choices, default=SourceKind.REPORT
    )
    author = models.TextField(
        _("authors"),
        blank=True,
        max_length=2000,
        help_text=_(
            "One a line. A person as Surname, First name. An institution as it is called, in quotation "
            "marks if its name has a comma. Leave empty if the publisher is the author."
        ),
    )
    editors = models.TextField(
        _("editors"), blank=True, max_length=2000, help_text=_("One a line, as authors.")
    )
    container = models.CharField(
        _("appeared in"),
        max_length=500,
        blank=True,
        help_text=_("Journal, newspaper, book or website that it is a part of."),
    )
    volume = models.CharField(_("volume"), max_length=40, blank=True)
    issue = models.CharField(_("number of the issue"), max_length=40, blank=True)
    pages = models.CharField(_("pages"), max_length=60, blank=True)
    number = models.CharField(_("number of the report or bill"), max_length=80, blank=True)
    edition = models.CharField(_("edition"), max_length=40, blank=True)
    place = models.CharField(_("place of publication"), max_length=255, blank=True)
    doi = models.CharField("DOI", max_length=255, blank=True)
    isbn = models.CharField("ISBN", max_length=40, blank=True)
    language = models.CharField(
        _("language"), max_length=12, blank=True, help_text=_("Two letters, for example es.")
    )
    retrieved_on = models.DateField(_("retrieved on"), null=True, blank=True)
    note = models.CharField(
        _("table or page"), max_length=255, blank=True, help_text=_("For example: table 3, p. 12.")
    )

    panels = [
        FieldPanel("title", required_on_save=True),
        FieldRowPanel([FieldPanel("publisher"), FieldPanel("published")]),
        FieldPanel("url"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("note")]),
                FieldPanel("author"),
                FieldPanel("container"),
                FieldRowPanel([FieldPanel("volume"), FieldPanel("issue"), FieldPanel("pages")]),
                FieldRowPanel([FieldPanel("number"), FieldPanel("edition"), FieldPanel("place")]),
                FieldRowPanel([FieldPanel("doi"), FieldPanel("isbn"), FieldPanel("language")]),
                FieldPanel("retrieved_on"),
                FieldPanel("editors"),
            ],
            heading=_("More for the citation"),
            classname="collapsed",
        ),
        *LibraryItem.care_panels,
        SchedulePanel(),
    ]
    search_fields = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.SearchField("author"),
        index.SearchField("publisher"),
        index.SearchField("container"),
        index.FilterField("live"),
    ]

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    @property
    def authors_line(self) -> str:
        """Authors in one line, for lists."""
        return names_line(self.author)

    def clean(self) -> None:
        """Keep a DOI as its number, however it was pasted."""
        super().clean()
        doi = self.doi.strip()
        for address in (*DOI_ADDRESSES, "doi:", "DOI:"):
            doi = doi.removeprefix(address).strip()
        self.doi = doi

    def get_preview_template(self, request, mode_name) -> str:
        return "testimony/previews/source.html"
