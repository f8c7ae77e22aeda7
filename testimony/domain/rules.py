"""The rules of readiness: one small test for each thing a committee, a reader or a printer needs.

A test answers None when all is well. Sentences say what to do, not what is wrong with the person.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.pdf.resolution import SHARP_DPI
from events.enums import EventKind
from testimony.domain.body_rules import counted_position, format_of_body, paper_of_body
from testimony.domain.comments import is_comment
from testimony.domain.findings import Finding, advice
from testimony.domain.naming import names_bill, names_person, states_position
from testimony.domain.openings import stance_sentence
from testimony.domain.paper import missing_pictures, print_dpi, too_long
from testimony.domain.position_rules import answered, authorised, fits_box, newest_version
from testimony.domain.readings import Reading, image_key, words_of
from testimony.domain.references import Reference
from testimony.enums import CheckState, DocumentKind
from testimony.models import DocumentPage, FactSheetPage, Source, TalkingPoint, TestimonyPage
from testimony.models.readiness import needs_issue

SPOKEN, WRITTEN, SHEET = "spoken", "written", "fact-sheet"
TESTIMONY = frozenset({SPOKEN, WRITTEN})
EVERYTHING = frozenset({SPOKEN, WRITTEN, SHEET})
NOT_READ_OUT = frozenset({DocumentKind.STATEMENT_FOR_THE_RECORD})
# Where what is said is filed under a bill.
BY_BILL = frozenset(
    {EventKind.HEARING, EventKind.AGENCY_MEETING, EventKind.COMMENT_PERIOD, EventKind.FLOOR}
)
APPROVAL = "approval"  # the rule that asks for it
EVIDENCE = ("talking_point", "statistic", "chart", "table", "quote")


@dataclass(frozen=True)
class Rule:
    name: str
    label: str | Promise
    kinds: frozenset[str]
    test: Callable[[Reading], Finding | None]
    of_comment: str | Promise = ""  # what it is called of a comment, which nobody says in a hearing

    def label_for(self, page: DocumentPage) -> str | Promise:
        return self.of_comment if self.of_comment and is_comment(page) else self.label


def kind_of(page: DocumentPage) -> str:
    """By what it is judged: read out, handed in only, or a fact sheet."""
    if isinstance(page, FactSheetPage):
        return SHEET
    assert isinstance(page, TestimonyPage)
    return WRITTEN if is_comment(page) or page.document_kind in NOT_READ_OUT else SPOKEN


def _event(reading: Reading) -> Finding | None:
    event, comment = reading.page.event, is_comment(reading.page)
    if event is None and reading.page.vehicle and comment:
        return None  # a docket takes comments without a hearing
    if event is None:
        return Finding(
            _("Choose the comment period.") if comment else _("Choose the hearing or event."),
            "event",
        )
    if event.starts_at is None and comment:
        return advice(_("It is not known yet until when comments are taken."), "event")
    if event.starts_at is None:
        return advice(_("The date of the hearing is not known yet."), "event")
    return None


def _by_bill(reading: Reading) -> bool:
    event = reading.page.event
    return bool(reading.page.vehicle) or event is None or event.kind in BY_BILL


def _bill(reading: Reading) -> Finding | None:
    vehicle = reading.page.vehicle
    if (vehicle and vehicle.identifier.strip()) or not _by_bill(reading):
        return None
    if is_comment(reading.page):
        return Finding(_("Name the docket: agencies file comments by its number."), "vehicle")
    return Finding(_("Name the bill: committees file testimony by its number."), "vehicle")


def _position(reading: Reading) -> Finding | None:
    page = reading.page
    if not page.vehicle:
        return None
    comment = is_comment(page)
    if not page.position:
        words = _("Choose the position.") if comment else _("Choose the position on the bill.")
        return Finding(words, "position")
    sentence = stance_sentence(page)
    if sentence and sentence in reading.first_paragraph:
        return None
    named = names_bill(page, reading.opening)
    if named and states_position(page, reading.opening):
        return None
    if comment:
        words = _("Name the docket and your side in the first sixty words.")
    else:
        words = _("Say the bill and your side of it in the first sixty words.")
    return Finding(words, _opening_field(reading))


def _speaker(reading: Reading) -> Finding | None:
    page = reading.page
    if page.speaker is None:
        comment = is_comment(page)
        words = _("Choose who signs the comment.") if comment else _("Choose who speaks.")
        return Finding(words, "speaker")
    if kind_of(page) == WRITTEN:
        return None  # the signature says it
    if not names_person(page.speaker.name, reading.opening):
        words = _("Say in the opening who speaks: %(name)s.") % {"name": page.speaker.name}
        return Finding(words, _opening_field(reading))
    organization = page.speaker.organization
    if organization and not _names_organization(reading):
        words = _("Say in the opening for whom they speak: %(name)s.")
        return advice(words % {"name": organization.name}, _opening_field(reading))
    return None


def _names_organization(reading: Reading) -> bool:
    organization = reading.page.speaker.organization
    said = reading.opening.casefold()
    beginnings = [" ".join(organization.name.split()[:2]), organization.acronym]
    return any(it and it.casefold() in said for it in beginnings)


def _opening_field(reading: Reading) -> str:
    paragraphs = reading.of_kind("paragraph")
    return paragraphs[0]["id"] if paragraphs else "body"


def _why(reading: Reading) -> Finding | None:
    if reading.of_kind(*EVIDENCE) or reading.figures:
        return None
    return Finding(_("Give a reason that can be checked: a talking point or a figure."), "body")


def _issues(reading: Reading) -> Finding | None:
    if reading.has_issues or reading.page.is_imported:
        return None
    return Finding(needs_issue(), "issues")


def _ask(reading: Reading) -> Finding | None:
    if any(words_of(block["value"]) for block in reading.of_kind("ask")):
        return None
    return Finding(_("Say what the body should do, in a block “The ask”."), "body")


def _sheet_ask(reading: Reading) -> Finding | None:
    if words_of(reading.page.ask):
        return None
    return Finding(_("Say what should be done."), "ask")


def _message(reading: Reading) -> Finding | None:
    if reading.page.headline.strip():
        return None
    return Finding(_("Write the main message: what the reader should remember."), "headline")


def _key_figure(reading: Reading) -> Finding | None:
    if reading.page.key_figure is not None:
        return None
    return Finding(_("Choose the key figure."), "key_figure")


def _contact(reading: Reading) -> Finding | None:
    person, branding = reading.page.contact, reading.branding
    reachable = (person.email or person.phone) if person else ""
    if reachable or branding.contact_email or branding.contact_phone:
        return None
    return Finding(_("Choose a contact who has an e-mail address or a telephone."), "contact")


def _sources(reading: Reading) -> Finding | None:
    for reference, figure in reading.figures:
        if figure.source is None:
            words = _("“%(figure)s” has no source.") % {"figure": figure}
            return Finding(words, _place(reference))
    for block in reading.of_kind("chart"):
        if not (block["value"] or {}).get("source"):
            words = _("The chart “%(title)s” has no source.")
            return Finding(words % {"title": (block["value"] or {}).get("title", "")}, block["id"])
    return None


def _fresh(reading: Reading) -> Finding | None:
    today = timezone.localdate()
    for reference, figure in reading.figures:
        if figure.review_by and figure.review_by < today:
            words = _("“%(figure)s” was to be reviewed by %(day)s. Have it checked first.")
            day = formats.date_format(figure.review_by, "DATE_FORMAT")
            return Finding(words % {"figure": figure, "day": day}, _place(reference))
    for reference in reading.references:
        item = reading.item(reference)
        if isinstance(item, TalkingPoint) and item.review_by and item.review_by < today:
            words = _("The talking point “%(title)s” was to be reviewed by %(day)s.")
            day = formats.date_format(item.review_by, "DATE_FORMAT")
            return advice(words % {"title": item.title, "day": day}, _place(reference))
    return None


def _gaps(reading: Reading) -> Finding | None:
    for reference in reading.references:
        item = reading.item(reference)
        if item is None:
            words = _("Something that stood in this place was deleted from the library.")
            return Finding(words, _place(reference))
        if not item.live:
            words = _("“%(item)s” is not published, so it is left out.") % {"item": item}
            state = CheckState.ADVICE if isinstance(item, Source) else CheckState.MISSING
            return Finding(words, _place(reference), state)
    return None


def _pictures(reading: Reading) -> Finding | None:
    blurred = None
    for block in reading.of_kind("image"):
        image = reading.images.get(image_key(block["value"]) or 0)
        if image is None:
            return Finding(_("A picture that stood here was deleted."), block["id"])
        if block["id"] in missing_pictures(reading.paper):
            words = _("The file of the picture “%(title)s” is gone: its description is printed.")
            return Finding(words % {"title": image.title}, block["id"])
        placed = block["value"]["image"]
        own = placed if isinstance(placed, dict) else {}
        described = own.get("alt_text") or own.get("decorative") or image.description
        if not described:
            words = _("Describe the picture “%(title)s” for those who cannot see it.")
            return Finding(words % {"title": image.title}, block["id"])
        dpi = print_dpi(reading.paper, block["id"], image.width, image.height)
        if dpi < SHARP_DPI and blurred is None:
            words = _(
                "The picture “%(title)s” prints at %(dpi)d dpi; %(sharp)d and more look sharp."
            )
            said = {"title": image.title, "dpi": dpi, "sharp": SHARP_DPI}
            blurred = advice(words % said, block["id"])
    return blurred


def _length(reading: Reading) -> Finding | None:
    """Of a fact sheet. Of words that nobody has seen on paper yet, what was there before is told as such."""
    found = too_long(reading.page, reading.paper)
    if found is None and not reading.unmeasured:
        return None
    if found is None:
        words = _("Changed since it was last printed. Open the preview “PDF” to measure it.")
        return advice(words, "body")
    if not reading.other_words:
        return Finding(found.words, found.field)
    words = _("When it was last printed: %(words)s Open the preview “PDF” to measure it now.")
    return advice(words % {"words": found.words}, found.field)


def _time(reading: Reading) -> Finding | None:
    meter = reading.meter
    if meter is None or not meter.over_by:
        return None
    if reading.fitting is not None and not reading.fitting.over_by:
        words = _("%(label)s. The version cut to the limit fits: %(fits)s.")
        said = {"label": meter.label, "fits": reading.fitting.label}
        return advice(words % said, "body")
    words = _("%(label)s. Shorten it, or mark blocks that may go when time is short.")
    return Finding(words % {"label": meter.label}, "body")


def _approved(reading: Reading) -> Finding | None:
    """Nothing is handed in that nobody else let pass."""
    approval = reading.approval
    if approval.state == CheckState.OK:
        return None
    return Finding(approval.words, "", approval.state)


def _place(reference: Reference) -> str:
    """A block's id, else the name of the field."""
    return reference.path.rpartition(".")[2]


RULES: tuple[Rule, ...] = (
    Rule("event", gettext_lazy("Hearing"), TESTIMONY, _event, gettext_lazy("Comment period")),
    Rule("identifier", gettext_lazy("Bill number"), TESTIMONY, _bill, gettext_lazy("Docket")),
    Rule(
        "speaker",
        gettext_lazy("Who speaks, for whom"),
        TESTIMONY,
        _speaker,
        gettext_lazy("Who comments, for whom"),
    ),
    Rule("position", gettext_lazy("Position in the opening"), TESTIMONY, _position),
    Rule("authority", gettext_lazy("Authority for the position"), TESTIMONY, authorised),
    Rule("version", gettext_lazy("Newest version"), EVERYTHING, newest_version),
    Rule("questions", gettext_lazy("Questions of the agency"), frozenset({WRITTEN}), answered),
    Rule("box", gettext_lazy("Box of the portal"), frozenset({WRITTEN}), fits_box),
    Rule("message", gettext_lazy("Main message"), frozenset({SHEET}), _message),
    Rule("key_figure", gettext_lazy("Key figure"), frozenset({SHEET}), _key_figure),
    Rule("why", gettext_lazy("Why"), TESTIMONY, _why),
    Rule("ask", gettext_lazy("The ask"), TESTIMONY, _ask),
    Rule("ask", gettext_lazy("The ask"), frozenset({SHEET}), _sheet_ask),
    Rule("issues", gettext_lazy("Issues"), EVERYTHING, _issues),
    Rule("contact", gettext_lazy("Contact"), EVERYTHING, _contact),
    Rule("sources", gettext_lazy("Sources"), EVERYTHING, _sources),
    Rule("fresh", gettext_lazy("Figures up to date"), EVERYTHING, _fresh),
    Rule("gaps", gettext_lazy("Nothing left out"), EVERYTHING, _gaps),
    Rule("length", gettext_lazy("Length on paper"), frozenset({SHEET}), _length),
    Rule("pictures", gettext_lazy("Pictures"), EVERYTHING, _pictures),
    Rule("time", gettext_lazy("Speaking time"), frozenset({SPOKEN}), _time),
    Rule("counts", gettext_lazy("Position counts there"), TESTIMONY, counted_position),
    Rule("paper", gettext_lazy("Pages and size the body takes"), TESTIMONY, paper_of_body),
    Rule("format", gettext_lazy("Kind of file the body takes"), TESTIMONY, format_of_body),
    Rule(APPROVAL, gettext_lazy("Approval"), EVERYTHING, _approved),
)
