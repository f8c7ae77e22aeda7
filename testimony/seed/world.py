"""Builds the world: one object of every content model in every state."""

from __future__ import annotations

import io
import random
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.utils import timezone
from wagtail.models import Page
from wagtail.rich_text import RichText

from cms.enums import GroupName
from cms.models import (
    ArchivePage,
    Attachment,
    CreditedImage,
    HomePage,
    Issue,
    Organization,
    Person,
    StandardPage,
    Theme,
    User,
)
from events.domain.presentations import add_presentation, confirm, deliver
from events.enums import Stance
from events.models import Body, Event, Presentation, Vehicle
from testimony.domain.adapting import derive
from testimony.domain.pinning import pin_current
from testimony.enums import AdaptationKind, ReferenceMode
from testimony.models import (
    DismissedHint,
    FactSheetPage,
    MessageMap,
    PreferredTerm,
    Source,
    Statistic,
    TalkingPoint,
    TestimonyPage,
)
from testimony.seed.agendas import plant_agendas
from testimony.seed.canaries import Canaries, Planted
from testimony.seed.events import plant_events
from testimony.seed.message_maps import write_map
from testimony.seed.states import LIBRARY_STATES, PAGE_STATES, Staff, bring_into
from testimony.seed.themes import addresses, make_theme


class World:
    """`build()` fills an empty database; `planted` says what was hidden where."""

    def __init__(self, seed: int) -> None:
        self.canaries = Canaries(seed)
        self.random = random.Random(seed)  # noqa: S311  (reproducible, not secret)
        self.planted: list[Planted] = []
        self.library: dict[tuple[str, str], Source | Statistic | TalkingPoint] = {}

    def build(self) -> list[Planted]:
        self._people()
        self._event()
        self._theme("unused")
        self.draft_theme = self._theme("worn-by-drafts")  # every text that is not public has it
        for model in (Source, Statistic, TalkingPoint):
            for state in LIBRARY_STATES:
                self._library_item(model, state)
        self._naming_everything()
        self._pins()
        for state in LIBRARY_STATES:
            self._message_map(state)
        for model in (StandardPage, TestimonyPage, FactSheetPage):
            for state in PAGE_STATES:
                self._page(model, state)
        for state in ("live", "never-published"):
            self._delivered(state)
        self._delivered_as_draft()
        self._adapted()
        self._wording()
        self.planted += plant_agendas(self.canaries.word, self.issue)
        return self.planted

    # Nouns with private fields ------------------------------------------------------------

    def _people(self) -> None:
        self.author = self._account("seed-author", GroupName.AUTHORS)
        self.approver = self._account("seed-approver", GroupName.APPROVERS)
        administrator = self._account("seed-administrator", GroupName.ADMINISTRATORS)
        self.staff = Staff(self.author, self.approver, administrator)
        organization = Organization.objects.create(name="Seed Clinic")
        secret = {name: self.canaries.word() for name in ("bio", "notes", "pronunciation")}
        email, phone = self.canaries.word(), self.canaries.word()
        self.speaker = Person.objects.create(
            name="Sam Seed",
            role_title="Director",
            organization=organization,
            email=f"{email}@seed.example",
            phone=phone,
            **secret,
        )
        self._note(self.speaker, "reference", True, {**secret, "email": email, "phone": phone})

    def _account(self, username: str, group: str) -> User:
        user = User.objects.create_user(username)  # no password: nobody can sign in with it
        user.groups.add(Group.objects.get(name=group))
        return user

    def _event(self) -> None:
        body = Body.objects.create(name="Seed Committee", timezone="America/Chicago")
        self.vehicle = Vehicle.objects.create(
            identifier="HB 4321", title="Seed Act", position=Stance.SUPPORT, body=body
        )
        notes = self.canaries.word()
        self.event = Event.objects.create(
            title="Seed hearing",
            body=body,
            vehicle=self.vehicle,
            starts_at=timezone.now(),
            timezone="America/Chicago",
            notes=notes,
        )
        self._note(self.event, "reference", True, {"notes": notes})
        plant_events(self.canaries, self._note, body)
        self.issue = Issue.objects.active().order_by("slug")[0]

    def _theme(self, state: str) -> Theme:
        hidden: dict[str, str] = {}
        logo = self._image(True, hidden)
        theme = make_theme(lambda name: self._word(name, True, hidden), logo)
        planted = self._note(theme, state, False, hidden)
        planted.files = addresses(theme, logo)
        return theme

    # Library ------------------------------------------------------------------------------

    def _library_item(self, model, state: str) -> None:
        obj = model.objects.create(live=False, **{self._name_field(model): "Seed"})
        hidden: dict[str, str] = {}
        bring_into(
            obj, state, lambda item, secret: self._write_item(item, secret, hidden), self.staff
        )
        self.library[model.__name__, state] = obj
        self._note(obj, state, LIBRARY_STATES[state], hidden)

    @staticmethod
    def _name_field(model) -> str:
        return "label" if model is Statistic else "title"

    def _write_item(self, item, secret: bool, hidden: dict[str, str]) -> None:
        fields = {
            Source: ("title", "author", "publisher", "container", "place", "note"),
            Statistic: ("label", "population", "place", "period", "spoken"),
            TalkingPoint: ("title", "text"),
        }[type(item)]
        self._fill(item, fields, secret, hidden)
        if isinstance(item, Statistic):
            item.value = Decimal(self.random.randrange(1, 99))
            item.source = self.library["Source", "live"]
        if isinstance(item, TalkingPoint):
            item.text = f"<p>{item.text}</p>"

    def _naming_everything(self) -> None:
        """A live talking point whose text names statistics and sources that nobody may see."""
        embeds = "".join(
            f'<embed embedtype="{model.lower()}" id="{item.pk}"/>'
            for (model, _state), item in self.library.items()
            if model != "TalkingPoint"
        )
        point = TalkingPoint.objects.create(title="Names all", text=f"<p>Figures: {embeds}</p>")
        self.library["TalkingPoint", "naming-all"] = point

    def _pins(self) -> None:
        """Pins of what was published once: half of it was withdrawn since. And words of our own, adapted from a
        point that was withdrawn."""
        self.pins = {}
        for (model, state), item in self.library.items():
            if state in {"live", "live-with-newer-draft", "unpublished", "expired"}:
                rows = type(item).objects.filter(pk=item.pk)
                public = LIBRARY_STATES[state]
                rows.update(live=True)
                self.pins[model, state] = pin_current(item)
                rows.update(live=public)
        withdrawn = self.library["TalkingPoint", "unpublished"]
        word = self.canaries.word()
        for planted in self.planted:
            if (planted.model, planted.pk) == (withdrawn._meta.label, withdrawn.pk):
                planted.canaries["adapted"] = word
        self.adapted = {
            "point": withdrawn,
            "mode": ReferenceMode.ADAPTED,
            "pin": self.pins["TalkingPoint", "unpublished"].pk,
            "adapted": f"<p>{word}</p>",
        }

    def _pinned_blocks(self) -> list[tuple[str, object]]:
        found: list[tuple[str, object]] = [("talking_point", self.adapted)]
        for (model, state), pin in self.pins.items():
            item, held = self.library[model, state], {"mode": ReferenceMode.PINNED, "pin": pin.pk}
            if model == "TalkingPoint":
                found.append(("talking_point", {"point": item, **held}))
                continue
            if model == "Statistic":
                found.append(("statistic", {"statistic": item, **held}))
            embed = f'<embed embedtype="{model.lower()}" id="{item.pk}" pin="{pin.pk}"/>'
            found.append(("paragraph", RichText(f"<p>Pinned {embed}</p>")))
        return found

    # Message maps -------------------------------------------------------------------------

    def _message_map(self, state: str) -> None:
        issue = Issue.objects.create(name=f"Seed issue {state}", slug=f"seed-issue-{state}")
        obj = MessageMap.objects.create(live=False, issue=issue)
        hidden: dict[str, str] = {}
        bring_into(
            obj, state, lambda item, secret: self._write_map(item, secret, hidden), self.staff
        )
        self._note(obj, state, LIBRARY_STATES[state], hidden)

    def _write_map(self, item, secret: bool, hidden: dict[str, str]) -> None:
        write_map(item, lambda name, keep: self._word(name, secret or keep, hidden), self.library)

    # Pages --------------------------------------------------------------------------------

    def _page(self, model, state: str) -> None:
        page, hidden = self._new_page(model, state)
        write = lambda item, secret: self._write_page(item, secret, hidden)  # noqa: E731
        bring_into(page, state, write, self.staff)
        self._note_page(page, state, PAGE_STATES[state], hidden)

    def _new_page(self, model, state: str, mark: str = "") -> tuple[Page, dict[str, str]]:
        """An empty draft. The address of what was never public is a canary too."""
        hidden: dict[str, str] = {}
        slug = f"seed-{model._meta.model_name}-{state}{mark}"
        if not PAGE_STATES[state]:
            hidden["slug"] = self.canaries.word()
            slug = f"{slug}-{hidden['slug']}"
        parent = HomePage.objects.get() if model is StandardPage else ArchivePage.objects.get()
        page = model(title="Seed", slug=slug, live=False)
        parent.add_child(instance=page)
        return page, hidden

    def _write_page(self, page, secret: bool, hidden: dict[str, str]) -> None:
        fields = ["title", "search_description", "seo_title"]
        if isinstance(page, StandardPage):
            fields += ["introduction", "body"]
        else:
            fields += ["summary"]
            page.date = timezone.localdate()
            page.contact = None
            page.theme = self.draft_theme if secret else None
            page.issues.set([self.issue])
            page.body = self._body(secret, hidden)
        if isinstance(page, TestimonyPage):
            fields += ["salutation", "speaker_role", "source_publisher", "licence"]
            page.event, page.vehicle, page.speaker = self.event, self.vehicle, self.speaker
            page.position = Stance.SUPPORT
        if isinstance(page, FactSheetPage):
            fields += ["headline", "ask"]
            page.key_figure = self.library["Statistic", "unpublished"]
        self._fill(page, fields, secret, hidden)

    def _body(self, secret: bool, hidden: dict[str, str]) -> list[tuple[str, object]]:
        """Every reference there is, and a picture; the words are canaries when `secret`."""
        word = self._word("body", secret, hidden)
        blocks: list[tuple[str, object]] = [("paragraph", self._paragraph(word))]
        for (model, _state), item in self.library.items():
            if model == "TalkingPoint":
                blocks.append(("talking_point", item))
            if model == "Statistic":
                blocks.append(("statistic", {"statistic": item, "emphasis": ""}))
        blocks += self._pinned_blocks()
        picture = {"image": self._image(secret, hidden), "decorative": False}
        picture["alt_text"] = self._word("alt", secret, hidden)
        blocks.append(("image", {"image": picture, "caption": self._word("cap", secret, hidden)}))
        return blocks

    @staticmethod
    def _paragraph(word: str):
        return RichText(f"<p>{word}</p>")

    def _image(self, secret: bool, hidden: dict[str, str]) -> CreditedImage:
        from PIL import Image  # lazy: Pillow is slow to import and most commands draw nothing

        shade = tuple(self.random.randrange(256) for _ in range(3))
        buffer = io.BytesIO()
        Image.new("RGB", (800, 600), shade).save(buffer, "PNG")
        name = self._word("image-file", secret, hidden)
        image = CreditedImage(
            title=self._word("image-title", secret, hidden),
            description=self._word("image-description", secret, hidden),
            credit=self._word("image-credit", secret, hidden),
            file=ImageFile(io.BytesIO(buffer.getvalue()), name=f"{name}.png"),
            uploaded_by_user=self.author,
        )
        image.save()
        return image

    # Records ------------------------------------------------------------------------------

    def _delivered(self, state: str) -> None:
        """Delivered testimony: its record is as public as its page, no more."""
        page, hidden = self._new_page(TestimonyPage, state, "-delivered")
        write = lambda item, secret: self._write_page(item, secret, hidden)  # noqa: E731
        bring_into(page, state, write, self.staff)
        self._deliver(page)
        self._note_page(page, f"delivered-{state}", PAGE_STATES[state], hidden)

    def _delivered_as_draft(self) -> None:
        """Delivered as a draft and published with other words: the draft's record stays where it was."""
        page, hidden = self._new_page(TestimonyPage, "live", "-delivered-as-draft")
        write = lambda item, secret: self._write_page(item, secret, hidden)  # noqa: E731
        bring_into(page, "never-published", write, self.staff)
        self._deliver(page)
        bring_into(page, "live", write, self.staff)
        self._note_page(page, "delivered-as-draft", True, hidden)

    def _adapted(self) -> None:
        """A version whose original has a newer draft; for whom it is stands in its address too."""
        original = next(
            item for item in self.planted
            if (item.model, item.state) == ("testimony.TestimonyPage", "live-with-newer-draft")
        )  # fmt: skip
        hidden = {"slug": self.canaries.word()}
        version: Any = derive(
            TestimonyPage.objects.get(pk=original.pk),
            kind=AdaptationKind.LOCAL,
            for_whom=hidden["slug"],
            user=self.author,
        )
        self._write_page(version, True, hidden)
        version.save_revision(user=self.author)
        self._note_page(version, "adapted", False, hidden)

    def _deliver(self, page: TestimonyPage) -> None:
        presentation: Presentation = add_presentation(
            self.event, self.speaker, pages=[page], user=self.approver
        )
        confirm(presentation, user=self.approver)
        deliver(presentation, user=self.approver)

    def _wording(self) -> None:
        """A preferred term and the answer to a hint: advice among staff, on public words."""
        page = next(item for item in self.planted if item.model == "testimony.TestimonyPage")
        names = ("avoid", "prefer", "why", "asked_by_name")
        secret = {name: self.canaries.word() for name in names}
        self._note(PreferredTerm.objects.create(**secret), "reference", True, secret)
        secret = {name: self.canaries.word() for name in ("sentence", "hint", "reason")}
        answer = DismissedHint.objects.create(
            page_id=page.pk, key="0" * 64, user=self.author, **secret
        )
        self._note(answer, "reference", True, secret)

    # Helpers ------------------------------------------------------------------------------

    def _fill(self, obj, fields, secret: bool, hidden: dict[str, str]) -> None:
        for name in fields:
            setattr(obj, name, self._word(name, secret, hidden))

    def _word(self, name: str, secret: bool, hidden: dict[str, str]) -> str:
        if not secret:
            return f"Public {name}".replace("_", " ")
        hidden[name] = self.canaries.word()
        return hidden[name]

    def _note(self, obj, state: str, public: bool, hidden: dict[str, str]) -> Planted:
        planted = Planted(obj._meta.label, obj.pk, state, public, canaries=dict(hidden))
        self.planted.append(planted)
        return planted

    def _note_page(self, page: Page, state: str, public: bool, hidden: dict[str, str]) -> None:
        planted = self._note(page, state, public, hidden)
        planted.url = page.get_url() or ""
        if hasattr(page, "language"):
            planted.pdf_url = f"{planted.url}pdf/"
        images = CreditedImage.objects.filter(title__in=hidden.values())
        planted.files = [image.file.url for image in images]
        planted.files += [image.get_rendition("width-400").url for image in images]
        for record in page.delivered_records.all():
            planted.files += [record.url, record.pdf_url]


def attachment(title: str, words: str) -> Attachment:
    """A text file of the document library."""
    document = Attachment(title=title)
    document.file.save(f"{title}.txt", ContentFile(words.encode()), save=True)
    return document
