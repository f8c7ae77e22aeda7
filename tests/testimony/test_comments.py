"""Public comments: begun from a docket, answered by its questions, counted and copied for the portal."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.enums import GroupName
from cms.models import Organization, Person
from cms.pdf.registry import kind_for
from events.enums import EventKind
from events.models import Body, Event, Vehicle, VehicleQuestion
from testimony.domain.comments import answers_to, comment_opening
from testimony.domain.naming import names_bill, states_position
from testimony.domain.new_comment import start_comment
from testimony.domain.portal_text import characters, portal_text
from testimony.domain.readiness import judge
from testimony.models import TestimonyPage
from tests.builders import embed, make_source, make_statistic, make_testimony, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return make_user("author")


@pytest.fixture
def docket() -> Vehicle:
    agency = Body.objects.create(name="Agency for Leave", timezone="America/New_York")
    vehicle = Vehicle.objects.create(
        kind="rule",
        identifier="AFL-2026-0042",
        docket_id="AFL-2026-0042",
        rin="0938-AV33",
        fr_citation="91 FR 12345",
        title="Leave rules",
        document_name="Notice of proposed rulemaking on paid leave",
        version="As proposed",
        position="support_if_amended",
        body=agency,
        comment_closes_at=dt.datetime(2026, 12, 5, 4, 59, tzinfo=dt.UTC),
    )
    for order, (number, text) in enumerate(
        [("1", "Who is covered?"), ("2.a", "What does it cost?")]
    ):
        VehicleQuestion.objects.create(vehicle=vehicle, number=number, text=text, sort_order=order)
    return vehicle


def words(page: TestimonyPage) -> list[tuple[str, str]]:
    return [(it.block_type, str(it.value)) for it in page.body]


def test_a_comment_starts_with_everything_that_the_docket_knows(author, docket):
    event = Event.objects.create(
        kind=EventKind.COMMENT_PERIOD, title="Comments", vehicle=docket, body=docket.body
    )

    page = start_comment(docket, user=author)

    assert (page.event, page.vehicle, page.position) == (event, docket, "support_if_amended")
    assert (page.document_kind, page.salutation, page.live) == ("public_comment", "", False)
    assert page.title == "Comment on AFL-2026-0042: Notice of proposed rulemaking on paid leave"
    assert [it for it in words(page) if it[0] == "heading"] == [
        ("heading", "Question 1: Who is covered?"),
        ("heading", "Question 2.a: What does it cost?"),
    ]
    opening = comment_opening(page, "en")
    assert opening == (
        "We submit this comment on Notice of proposed rulemaking on paid leave (Docket ID AFL-2026-0042, "
        "RIN 0938-AV33, 91 FR 12345). We support it, provided that it is amended."
    )
    assert opening in words(page)[0][1]
    assert start_comment(docket, user=author) == page  # a second click


@pytest.mark.parametrize("position", ["support", "neutral", "concerns", "oppose"])
def test_the_opening_names_docket_and_side_as_the_checks_ask(author, docket, position):
    docket.position = position
    organization = Organization.objects.create(name="Larkmoor County Health Department")
    speaker = Person.objects.create(name="Ada Obi", organization=organization)
    page = TestimonyPage(vehicle=docket, position=position, speaker=speaker)

    opening = comment_opening(page, "en")

    assert opening.startswith("Larkmoor County Health Department submits this comment")
    assert names_bill(page, opening) and states_position(page, opening)


def judged(page) -> dict[str, tuple[str, str]]:
    return {it.name: (str(it.state), it.words) for it in judge(page).results}


def test_the_checks_of_a_comment_speak_of_docket_and_period_and_not_of_a_hearing(docket):
    comment = TestimonyPage(document_kind="public_comment")
    asked = {it.name: (str(it.label), it.words) for it in judge(comment).results}
    assert [asked[name] for name in ("event", "identifier", "speaker")] == [
        ("Comment period", "Choose the comment period."),
        ("Docket", "Name the docket: agencies file comments by its number."),
        ("Who comments, for whom", "Choose who signs the comment."),
    ]
    comment.vehicle = docket
    assert judged(comment)["position"] == ("missing", "Choose the position.")
    comment.position = "support"
    words = "Name the docket and your side in the first sixty words."
    assert judged(comment)["position"] == ("missing", words)
    comment.event = Event(kind=EventKind.COMMENT_PERIOD, title="Comments")
    words = "It is not known yet until when comments are taken."
    assert judged(comment)["event"] == ("advice", words)


def test_a_question_without_an_answer_is_missing_and_one_without_a_heading_is_advice(
    author, docket
):
    page = start_comment(docket, user=author)
    assert judged(page)["event"] == ("ok", "")
    assert judged(page)["questions"] == (
        "missing",
        "Question 1 has no answer yet. Write it, or take its heading out.",
    )

    page.body = [
        ("heading", "1. Whom it covers, in our words"),
        ("paragraph", RichText("<p>Everybody.</p>")),
    ]
    assert judged(page)["questions"] == ("advice", "Not answered: question 2.a of the agency.")

    page.body.append(("heading", "Q 2.a"))
    page.body.append(("ask", RichText("<p>Fund it.</p>")))
    assert judged(page)["questions"] == ("ok", "")


@pytest.mark.parametrize(
    ("number", "heading", "is_own"),
    [
        ("1", "Question 1: Who?", True),
        ("1", "1. Who?", True),
        ("1", "(1) Who?", True),
        ("1.", "Pregunta 1: ¿Quién?", True),
        ("1", "Câu hỏi 1: Ai?", True),
        ("1", "Su'aal 1: Yaa?", True),
        ("1", "问题 1：谁？", True),
        ("1", "السؤال 1: من؟", True),
        ("1", "Question 1.a: Who?", False),
        ("1", "Question 11: Who?", False),
        ("1.a", "Question 1.A: Who?", True),
        ("II", "Question II", True),
        ("1", "What 1 worker said", False),
        ("1", "", False),
    ],
)
def test_headings_are_recognised_by_their_number(number, heading, is_own):
    if heading.startswith("What"):
        heading = "What a worker said 1"
    assert answers_to(VehicleQuestion(number=number, text="Who?"), heading) is is_own


def test_the_text_for_the_portal_is_exactly_what_the_page_says(docket):
    source = make_source("Survey of leave")
    statistic = make_statistic("of workers have leave", "27", source=source)
    page = make_testimony(
        "Comment",
        [
            ("heading", "Question 1: Who?"),
            ("paragraph", f"<p>Only {embed(statistic)} do.</p><p>Two &amp; three 😀</p>"),
            ("paragraph", "<ul><li>One</li><li>Two</li></ul>"),
        ],
        vehicle=docket,
        document_kind="public_comment",
    )
    page.salutation = ""

    text = portal_text(page)

    figure, rest = text.split("\n\n", 2)[1], text.split("\n\n")
    assert rest[0] == "Question 1: Who?"
    assert figure.startswith("Only 27") and figure.endswith("[1] do.")
    assert rest[2:4] == ["Two & three 😀", "- One\n- Two"]
    assert rest[4].startswith("Sources and notes\n[1] ") and "Survey of leave" in rest[4]
    assert characters("a😀\nb") == 5  # as a browser counts


def test_the_meter_counts_what_would_be_pasted_and_the_body_says_how_much_fits(
    client, author, docket
):
    page = start_comment(docket, user=author)
    client.force_login(author)

    def measured(text: str) -> dict:
        form = {
            "title": page.title,
            "slug": page.slug,
            "language": "en",
            "document_kind": "public_comment",
            "vehicle": docket.pk,
            "body": streamfield([("paragraph", rich_text(f"<p>{text}</p>"))]),
            "comments": inline_formset([]),
        }
        address = reverse("testimony:meter", args=[page.pk])
        return client.post(address, nested_form_data(form)).json()

    assert measured("x" * 4_990)["portal"] == {
        "characters": 4_990,
        "limit": 5_000,
        "over_by": 0,
        "label": "4,990 of 5,000 characters",
    }
    docket.body.portal_characters = 1_000
    docket.body.save()
    answer = measured("x" * 1_200)
    assert answer["portal"]["label"] == "1,200 of 1,000 characters, 200 too many"
    box = next(it for it in answer["readiness"]["results"] if it["name"] == "box")
    assert (box["state"], "200 too many" in box["words"]) == ("advice", True)


def test_testimony_has_no_box(client, author):
    page = make_testimony(live=False, user=author)
    page.owner = author
    page.save()
    client.force_login(author)

    assert client.get(reverse("testimony:portal_text", args=[page.pk])).status_code == 404


def test_the_copy_view_holds_the_exact_text_of_the_newest_draft(client, author, docket):
    page = start_comment(docket, user=author)
    page.body = [("paragraph", RichText("<p>Newest &lt;words&gt;.</p>"))]
    page.save_revision(user=author)
    client.force_login(author)
    address = reverse("testimony:portal_text", args=[page.pk])

    response = client.get(address)

    assert response.context["text"] == "Newest <words>."
    assert ">Newest &lt;words&gt;.</textarea>" in response.content.decode()
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert address in edit and "Box of the portal" in edit
    client.force_login(make_user("speaker", GroupName.SPEAKERS))
    assert client.get(address).status_code == 302


def test_a_comment_is_begun_from_the_docket_and_from_its_comment_period(client, author, docket):
    event = Event.objects.create(kind=EventKind.COMMENT_PERIOD, title="Comments", vehicle=docket)
    client.force_login(author)
    room = client.get(reverse("events:room", args=[event.pk])).content.decode()
    address = reverse("testimony:new_comment_in", args=[event.pk])
    assert address in room and reverse("testimony:new", args=[event.pk]) not in room
    from_docket = reverse("testimony:new_comment", args=[docket.pk])
    edit = reverse("wagtailsnippets_events_vehicle:edit", args=[docket.pk])
    assert from_docket in client.get(edit).content.decode()
    shown = client.get(from_docket).content.decode()
    assert "Dec. 4, 2026, 11:59 p.m. EST" in shown and "Docket ID AFL-2026-0042" in shown
    assert TestimonyPage.objects.count() == 0

    response = client.post(address)

    page = TestimonyPage.objects.get()
    assert response.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert (page.event, page.vehicle) == (event, docket)


def test_the_page_of_a_comment_period_lists_what_was_written_for_it(client, author, docket):
    event = Event.objects.create(
        kind=EventKind.COMMENT_PERIOD, title="Comments on leave", vehicle=docket, body=docket.body
    )
    client.force_login(author)
    room = reverse("events:room", args=[event.pk])
    assert "No comment has been started yet." in client.get(room).text

    page = make_testimony(event=event)

    text = client.get(room).text
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in text
    count = len(judge(page).missing)
    assert (count > 1, f"<summary><strong>{count} missing</strong>" in text) == (True, True)
    assert "Nobody is on the list yet." not in text


def test_a_comment_period_without_a_docket_asks_for_it(client, author):
    event = Event.objects.create(kind=EventKind.COMMENT_PERIOD, title="Comments")
    client.force_login(author)
    address = reverse("testimony:new_comment_in", args=[event.pk])

    response = client.post(address)

    assert "names no docket yet" in response.content.decode()
    assert TestimonyPage.objects.count() == 0


def test_identifiers_stand_on_the_page(client, docket):
    page = make_testimony("Comment", vehicle=docket, document_kind="public_comment")

    shown = client.get(page.url).content.decode()

    assert [it in shown for it in ("0938-AV33", "91 FR 12345", "11:59 p.m. EST")] == [True] * 3


def test_nobody_is_asked_what_a_comment_leaves_out_when_time_is_short(client, author, docket):
    comment, said = start_comment(docket, user=author), make_testimony(live=False)
    client.force_login(author)
    shown = {
        page.pk: client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
        for page in (comment, said)
    }

    assert ["data-cuts" in text for text in shown.values()] == [False, True]
    assert len(comment.preview_modes) < len(said.preview_modes)
    assert [kind_for(page, "podium") is None for page in (comment, said)] == [True, False]


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_no_comment_is_begun_for_a_period_that_is_off(client, author, docket, status):
    event = Event.objects.create(
        kind=EventKind.COMMENT_PERIOD, title="Comments", vehicle=docket, status=status
    )
    client.force_login(author)
    address = reverse("testimony:new_comment_in", args=[event.pk])
    assert "Start the comment" not in client.get(address).text

    response = client.post(address, follow=True)

    assert "nothing is written, confirmed, filed or sent for it" in response.text
    assert TestimonyPage.objects.count() == 0


def test_the_page_that_starts_a_comment_leads_back_to_where_its_button_stands(
    client, author, docket
):
    client.force_login(author)
    shown = client.get(reverse("testimony:new_comment", args=[docket.pk]))

    edit = reverse("wagtailsnippets_events_vehicle:edit", args=[docket.pk])
    crumbs = [crumb["label"] for crumb in shown.context["breadcrumbs_items"]]
    assert crumbs == ["Home", "Bills & rules", docket.identifier, "New public comment"]
    assert shown.context["back_url"] == edit


@pytest.mark.parametrize(
    ("days", "fields", "judged"),
    [(5, {}, True), (-60, {}, False), (5, {"source_key": "old-1"}, False)],
    ids=["open", "closed", "imported"],
)
def test_nobody_asks_what_a_comment_lacks_once_it_cannot_be_handed_in(
    client, author, docket, days, fields, judged
):
    closes = timezone.now() + dt.timedelta(days=days)
    event = Event.objects.create(
        kind=EventKind.COMMENT_PERIOD, title="Comments", vehicle=docket, starts_at=closes
    )
    make_testimony(event=event, **fields)
    client.force_login(author)

    shown = client.get(reverse("events:room", args=[event.pk]))
    [(_page, readiness)] = shown.context["comments"]
    assert (readiness is not None) is judged
