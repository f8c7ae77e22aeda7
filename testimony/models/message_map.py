"""Message maps: for one issue, the narrative, what is said of it, and what proves that."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from cms.models import Issue
from testimony.enums import SHORT_FEATURES
from testimony.models.library_item import LibraryItem, LibraryQuerySet
from testimony.models.source import Source
from testimony.models.statistic import Statistic
from testimony.models.talking_point import TalkingPoint


class MessageMapManager(models.Manager.from_queryset(LibraryQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> LibraryQuerySet:
        """With the issue, which is a map's name: lists would ask for it row by row."""
        return super().get_queryset().select_related("issue")


class MessageMap(LibraryItem):
    """One issue's message house: the narrative is its roof, key messages are its pillars, proofs stand beneath."""

    # PROTECT: an issue is retired or merged, never deleted while something is said of it.
    issue = models.OneToOneField(
        Issue, verbose_name=_("issue"), on_delete=models.PROTECT, related_name="message_map"
    )
    narrative = RichTextField(
        _("narrative"),
        blank=True,
        features=SHORT_FEATURES,
        help_text=_("The roof of the house: in a few sentences, what people should remember."),
    )
    audience_note = models.TextField(
        _("audience note"),
        blank=True,
        help_text=_("Whom you speak to and what they care about. Staff only, never published."),
    )

    objects = MessageMapManager()

    class Meta:
        verbose_name = _("message map")
        verbose_name_plural = _("message maps")
        ordering = ["issue__name"]

    def __str__(self) -> str:
        return gettext("Message map: %(issue)s") % {"issue": self.issue}

    def get_preview_template(self, request, mode_name) -> str:
        return "testimony/previews/message_map.html"

    def get_preview_context(self, request, mode_name) -> dict:
        # upward: Wagtail asks a model for its preview, the domain knows what a map says
        from testimony.domain.message_house import read_house

        return {**super().get_preview_context(request, mode_name), "house": read_house(self)}


class KeyMessage(ClusterableModel, Orderable):
    """A pillar. Whether it is proved is worked out whenever it is shown, never stored: proofs come and go."""

    message_map = ParentalKey(MessageMap, related_name="messages", on_delete=models.CASCADE)
    text = models.CharField(
        _("message"), max_length=255, help_text=_("One sentence, as you would say it.")
    )
    is_releasable = models.BooleanField(
        _("may be released"),
        default=False,
        help_text=_("Shown on the public page of the issue, once the map is published."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("key message")
        verbose_name_plural = _("key messages")

    def __str__(self) -> str:
        return self.text


class SupportingPoint(Orderable):
    """A talking point that carries a key message. What its text cites is proof of the message too."""

    message = ParentalKey(KeyMessage, related_name="points", on_delete=models.CASCADE)
    # CASCADE: with PROTECT a revision that names a deleted item could be neither edited nor published.
    point = models.ForeignKey(
        TalkingPoint,
        verbose_name=_("talking point"),
        on_delete=models.CASCADE,
        related_name="supported_messages",
    )

    class Meta(Orderable.Meta):
        verbose_name = _("supporting point")
        verbose_name_plural = _("supporting points")

    def __str__(self) -> str:
        return str(self.point)


class Proof(Orderable):
    """What proves a key message: one item of the library. Each kind of proof is a column of its own."""

    KINDS = ("statistic", "source")

    message = ParentalKey(KeyMessage, related_name="proofs", on_delete=models.CASCADE)
    statistic = models.ForeignKey(
        Statistic,
        verbose_name=_("statistic"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="proved_messages",
    )
    source = models.ForeignKey(
        Source,
        verbose_name=_("source"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="proved_messages",
    )

    class Meta(Orderable.Meta):
        verbose_name = _("proof")
        verbose_name_plural = _("proofs")

    def __str__(self) -> str:
        return str(self.item or "")

    @property
    def item(self) -> Statistic | Source | None:
        return self.statistic or self.source

    def clean(self) -> None:
        super().clean()
        chosen = [kind for kind in self.KINDS if getattr(self, f"{kind}_id")]
        if len(chosen) > 1:
            words = _("One proof is one thing. Add another proof for the source.")
            raise ValidationError({"source": words})
        if not chosen:
            raise ValidationError({"statistic": _("Choose a statistic, or a source below.")})
