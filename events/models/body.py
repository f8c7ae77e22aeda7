"""Decision-making bodies. Their rules differ and change, so they are data."""

from __future__ import annotations

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable
from wagtail.search import index

from cms.validators import validate_timezone
from events.enums import FileFormat, Stance
from events.validators import validate_file_name_pattern, validate_jurisdiction


class Body(index.Indexed, ClusterableModel):
    """A legislature's committee, a council, a board, an agency."""

    name = models.CharField(_("name"), max_length=255, unique=True)
    short_name = models.CharField(_("short name"), max_length=120, blank=True)
    parent_name = models.CharField(
        _("part of"), max_length=255, blank=True, help_text=_("For example: State Senate.")
    )
    jurisdiction = models.CharField(_("jurisdiction"), max_length=120, blank=True)
    chair_name = models.CharField(_("name of the chair"), max_length=255, blank=True)
    chair_title = models.CharField(
        _("form of address"),
        max_length=64,
        default="Chair",
        help_text=_("Not gendered by default."),
    )
    salutation = models.CharField(
        _("salutation"),
        max_length=255,
        blank=True,
        help_text=_("Leave empty for: Chair X and members of the committee."),
    )
    address = models.TextField(_("address"), blank=True)
    timezone = models.CharField(
        _("time zone"), max_length=64, default="America/New_York", validators=[validate_timezone]
    )
    speaking_limit_seconds = models.PositiveIntegerField(_("speaking limit"), null=True, blank=True)
    interpreter_factor = models.DecimalField(
        _("limit with an interpreter"),
        max_digits=2,
        decimal_places=1,
        default=Decimal(1),
        validators=[MinValueValidator(1), MaxValueValidator(4)],
        help_text=_(
            "How many times the limit a speaker gets whose words are interpreted sentence by sentence. "
            "1: no more than others. Local bodies in California: 2."
        ),
    )
    url = models.URLField(_("website"), blank=True)

    jurisdiction_code = models.CharField(
        _("calendar of holidays"),
        max_length=8,
        blank=True,
        validators=[validate_jurisdiction],
        help_text=_("Country and state, such as US-CA: business days are counted by its holidays."),
    )
    file_name_pattern = models.CharField(
        _("names of files"),
        max_length=200,
        blank=True,
        validators=[validate_file_name_pattern],
        help_text=_(
            "For example {bill:04}_{organization}_{position}_{name}. There is also {date}; :04 fills the bill’s "
            "number up with zeros. Leave empty to name files after their titles."
        ),
    )
    accepted_formats = models.JSONField(_("files it takes"), default=list, blank=True)
    no_branding = models.BooleanField(
        _("files without logo and colors"),
        default=False,
        help_text=_(
            "For bodies that ask for plain documents. Our name and address stay on top; the logo goes."
        ),
    )
    page_limit = models.PositiveSmallIntegerField(
        _("most pages"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    size_limit_mb = models.DecimalField(
        _("largest file, in MB"),
        max_digits=6,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.1"))],
    )
    copies_required = models.PositiveSmallIntegerField(
        _("paper copies to bring"), null=True, blank=True
    )
    asks_disclosure = models.BooleanField(
        _("asks witnesses for a CV and a disclosure form"), default=False
    )
    portal_url = models.URLField(_("where to sign up and hand in"), blank=True)
    portal_characters = models.PositiveIntegerField(
        _("characters that its comment box takes"),
        default=5_000,
        validators=[MinValueValidator(100)],
        help_text=_("Regulations.gov takes 5,000."),
    )
    accommodation = models.TextField(
        _("how to ask for an interpreter or another accommodation"),
        blank=True,
        help_text=_("By when belongs to the deadline rules: it is counted for each hearing."),
    )
    rules_note = models.TextField(
        _("what else it asks"),
        blank=True,
        help_text=_("Rules that fit no field. The public reads them on the pages of its hearings."),
    )
    source_url = models.URLField(_("where these rules are published"), max_length=500, blank=True)
    last_checked = models.DateField(_("last checked"), null=True, blank=True)

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("short_name"),
    ]

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def salutation_line(self) -> str:
        """How testimony opens, after the custom of legislative committees."""
        if self.salutation:
            return self.salutation
        chair = " ".join(part for part in (self.chair_title, self.chair_name) if part)
        return _("%(chair)s and members of the committee:") % {"chair": chair or _("Chair")}

    def label_of(self, stance: str) -> BodyPosition | None:
        """The body's own word for one of our positions. Reads all of them at once, so prefetch in lists."""
        return next((it for it in self.position_labels.all() if it.stance == stance), None)

    @property
    def formats(self) -> list[FileFormat]:
        """Kinds of files it takes; empty when its rules do not say."""
        return [FileFormat(it) for it in self.accepted_formats if it in FileFormat.values]

    @property
    def takes_pdf(self) -> bool:
        """Also where its rules do not say. A PDF is what is printed on paper."""
        return not self.formats or bool({FileFormat.PDF, FileFormat.PAPER} & set(self.formats))

    @property
    def wants_word(self) -> bool:
        """A Word document is what is handed in, since it takes no PDF."""
        return not self.takes_pdf and FileFormat.WORD in self.formats


class BodyPosition(Orderable):
    """What a body calls one of our positions, or that it counts for nothing there."""

    body = ParentalKey(Body, on_delete=models.CASCADE, related_name="position_labels")
    stance = models.CharField(_("our position"), max_length=24, choices=Stance.choices)
    label = models.CharField(
        _("its word for it"), max_length=80, blank=True, help_text=_("For example: Pro.")
    )
    is_discarded = models.BooleanField(
        _("it counts this as no position"),
        default=False,
        help_text=_("Who writes is warned, and can choose another one."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("word for a position")
        verbose_name_plural = _("words for positions")
        constraints = [
            models.UniqueConstraint(
                fields=["body", "stance"],
                name="events_body_position_once",
                violation_error_message=_("This position stands here twice."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_stance_display()} – {self.label}"

    def clean(self) -> None:
        super().clean()
        if not self.label.strip() and not self.is_discarded:
            raise ValidationError({"label": _("Give its word, or tick that it does not count.")})
