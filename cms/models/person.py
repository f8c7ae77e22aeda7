"""People who speak, sign or answer the telephone."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from cms.enums import SPOKEN_BY_ROSTRUM
from cms.models.organization import Organization


class Person(index.Indexed, models.Model):
    """A speaker, signer or contact. Telephone, e-mail and notes are never on public pages
    unless a document names the person as its contact."""

    name = models.CharField(
        _("name"), max_length=255, help_text=_("As it is printed and read out.")
    )
    sort_name = models.CharField(
        _("sort name"), max_length=255, blank=True, help_text=_("For example: Okafor, Ada.")
    )
    honorific = models.CharField(_("honorific"), max_length=32, blank=True)
    pronunciation = models.CharField(
        _("pronunciation"),
        max_length=255,
        blank=True,
        help_text=_("How to say the name, for example: AH-dah oh-KAH-for."),
    )
    role_title = models.CharField(_("role"), max_length=255, blank=True)
    words_per_minute = models.PositiveSmallIntegerField(
        _("words a minute"),
        null=True,
        blank=True,
        validators=[MinValueValidator(60), MaxValueValidator(260)],
        help_text=_("How fast they speak. Left empty, 130: calm public speaking."),
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="people",
    )
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(
        _("language"),
        max_length=8,
        choices=[(it.value, it.label) for it in SPOKEN_BY_ROSTRUM],
        blank=True,
        help_text=_(
            "In which the personal link and e-mail about a change are written to them. Empty: that of their account, "
            "else the site's."
        ),
    )
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    bio = models.TextField(_("biography"), blank=True)
    notes = models.TextField(_("notes for staff"), blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="person",
        help_text=_("Speakers with an account see their own appearances."),
    )
    user.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]  # Wagtail's own switch

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("sort_name")]),
        FieldRowPanel(
            [
                FieldPanel("honorific"),
                FieldPanel("pronunciation"),
                FieldPanel("words_per_minute"),
            ]
        ),
        FieldRowPanel([FieldPanel("role_title"), FieldPanel("organization")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
                FieldRowPanel([FieldPanel("language"), FieldPanel("user")]),
            ],
            heading=_("Contact and account"),
        ),
        FieldPanel("bio"),
        FieldPanel("notes"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("role_title"),
    ]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_name", "name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.sort_name = self.sort_name or self.default_sort_name()
        super().save(*args, **kwargs)

    def default_sort_name(self) -> str:
        """ "Ada Okafor" becomes "Okafor, Ada"; a suffix such as Jr. or M.D. stays behind the name."""
        main, _comma, suffix = self.name.partition(",")
        first, _space, last = main.strip().rpartition(" ")
        ordered = f"{last}, {first}" if first else last
        return f"{ordered},{suffix}" if suffix else ordered
