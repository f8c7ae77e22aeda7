"""Where Word documents and plain text are offered and served: to the public, to staff, to a speaker."""

from __future__ import annotations

import io
import zipfile

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from lxml import etree

from cms.models import PageTwin, Person
from cms.pdf.twins import service
from cms.pdf.twins.registry import CONTENT_TYPES
from events.models import Body, Presentation, PresentationMaterial
from testimony.domain.readiness import judge_pages
from testimony.domain.twins import note_twins
from testimony.models import TestimonyPage
from testimony.views.print_menu import header_buttons
from tests.builders import make_event, make_fact_sheet, make_testimony, make_user, publish
from tests.testimony.test_body_rules import store
from tests.word_checks import Word

pytestmark = pytest.mark.django_db


@pytest.fixture
def commons() -> Body:
    """Takes Word documents only, and no logos."""
    return Body.objects.create(
        name="Commons committee", accepted_formats=["docx", "odt"], no_branding=True
    )


def files(answer) -> list[tuple[str, str, str]]:
    """Label, name and remark of what a print menu offers for handing in, in its order."""
    found = BeautifulSoup(answer.content, "html.parser").select(".print-menu__files li")
    return [
        (
            it.a.find(string=True, recursive=False),
            it.bdi.get_text(),
            "".join(remark.get_text() for remark in it.select(".print-menu__remark")),
        )
        for it in found
    ]


def test_visitors_find_both_beside_the_pdf_with_their_sizes(client):
    page = make_testimony(slug="leave")
    url = page.get_url()

    def links() -> list[str]:
        soup = BeautifulSoup(client.get(url).content, "html.parser")
        return [it.get_text() for it in soup.select(".download a")][3:]

    assert links() == ["Word", "Plain text"]
    word, text = client.get(f"{url}docx/"), client.get(f"{url}txt/")
    assert Word(word.content).document.paragraphs[1].text == "Testimony on HB 1147"
    assert "Thank you for hearing me.\n" in text.content.decode()
    assert {ending: it["Content-Type"] for ending, it in (("docx", word), ("txt", text))} == (
        CONTENT_TYPES
    )
    assert [it["Content-Disposition"] for it in (word, text)] == [
        'attachment; filename="leave.docx"',
        'inline; filename="leave.txt"',
    ]
    note_twins(page)
    sizes = dict(PageTwin.objects.values_list("ending", "size"))
    assert sizes == {"docx": len(word.content), "txt": len(text.content)}
    store(page, pages=1, size=1000)
    assert links() == [
        f"Word ({filesizeformat(sizes['docx'])})",
        f"Plain text ({filesizeformat(sizes['txt'])})",
    ]


def test_caches_ask_again_and_search_engines_are_led_to_the_page(client):
    page = make_fact_sheet(slug="who")
    address = f"{page.get_url()}docx/"
    first = client.get(address)
    assert (first["Cache-Control"], first["X-Robots-Tag"]) == ("public, no-cache", "noindex")
    assert first["Link"] == f'<{page.get_full_url()}>; rel="canonical"'
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = client.head(address)
    assert (head.status_code, head["Content-Length"], head.content) == (
        200,
        str(len(first.content)),
        b"",
    )


def test_what_is_not_public_has_none(client):
    page = make_testimony(live=False, slug="hidden")
    assert [client.get(f"{page.get_url()}{it}/").status_code for it in CONTENT_TYPES] == [404, 404]
    client.force_login(make_user("guest", group="Speakers"))
    url = reverse("testimony:draft_twin", args=[page.pk, "docx"])
    assert client.get(url).status_code == 302


def test_a_failure_is_told_in_words_on_the_page_and_to_staff(client, monkeypatch):
    page = make_testimony()
    monkeypatch.setattr(service.fidelity, "lost", lambda *_texts: "words")
    public = client.get(f"{page.get_url()}docx/")
    client.force_login(make_user())
    staff = client.get(reverse("testimony:draft_twin", args=[page.pk, "docx"]))
    assert [public.status_code, staff.status_code] == [503, 503]
    assert "The file cannot be made just now." in public.content.decode()
    assert "Some words would be missing from the file." in staff.content.decode()


def test_staff_get_the_newest_draft_marked_and_named_as_one(client):
    page = make_testimony(slug="leave")
    client.force_login(make_user())
    url = reverse("testimony:draft_twin", args=[page.pk, "docx"])
    assert client.get(url)["Content-Disposition"] == 'attachment; filename="leave.docx"'
    page.title = "Newer title"
    page.save_revision()
    answer = client.get(url)
    assert answer["Content-Disposition"] == 'attachment; filename="DRAFT-leave.docx"'
    assert answer["Cache-Control"].startswith("private, no-store")
    word = Word(answer.content)
    assert (word.text("header2"), word.document.core_properties.title) == ("DRAFT", "Newer title")
    assert client.get(f"{url}?paper=foolscap").status_code == 400
    wrong = [reverse("testimony:draft_twin", args=[page.pk, it]) for it in ("odt", "pdf")]
    assert [client.get(it).status_code for it in wrong] == [404, 404]


def test_what_the_body_takes_stands_first_and_the_rest_is_said_not_to_be_taken(client, commons):
    page = make_testimony(event=make_event(body=commons), slug="leave")
    user = make_user()
    client.force_login(user)
    menu = reverse("testimony:print", args=[page.pk])
    assert files(client.get(menu)) == [
        ("Word", "leave.docx", "Commons committee takes this."),
        ("PDF", "leave.pdf", "Not taken by Commons committee."),
        ("Plain text", "leave.txt", "Not taken by Commons committee."),
    ]
    assert 'name="branding" id="testimony-branding"' not in client.get(menu).content.decode()
    buttons = sorted(header_buttons(page, user), key=lambda button: button.priority)
    assert [it.label for it in buttons] == [
        "Word, as Commons committee takes it",
        "Print PDF",
        "More ways to print",
    ]
    commons.accepted_formats = ["pdf"]
    commons.file_name_pattern = "{bill:04}_{position}"
    commons.save()
    publish(page, vehicle=page.event.vehicle)
    assert files(client.get(menu)) == [
        ("PDF", "HB1147_Support.pdf", "Commons committee takes this."),
        ("Word", "HB1147_Support.docx", "Not taken by Commons committee."),
        ("Plain text", "HB1147_Support.txt", "Not taken by Commons committee."),
    ]


def test_without_a_body_no_file_is_recommended(client):
    page = make_fact_sheet(slug="who", live=False)
    client.force_login(make_user())
    assert files(client.get(reverse("testimony:print", args=[page.pk]))) == [
        ("PDF", "DRAFT-who.pdf", ""),
        ("Word", "DRAFT-who.docx", ""),
        ("Plain text", "DRAFT-who.txt", ""),
    ]


def test_a_speaker_takes_the_word_document_from_the_room_and_nobody_elses(client, commons):
    user, other = make_user("ann", group="Speakers"), make_user("bob", group="Speakers")
    event = make_event(body=commons)
    page = make_testimony(slug="leave", live=False, event=event)
    speaker = Person.objects.create(name="Ada", user=user)
    presentation = Presentation.objects.create(event=event, speaker=speaker)
    PresentationMaterial.objects.create(presentation=presentation, page=page)
    url = f"/admin/events/presentations/{presentation.pk}/documents/{page.pk}/docx/"
    client.force_login(other)
    assert client.get(url).status_code == 404
    client.force_login(user)
    answer = client.get(url)
    assert answer["Content-Disposition"] == 'attachment; filename="DRAFT-leave.docx"'
    sheet = make_fact_sheet(slug="who")
    PresentationMaterial.objects.create(presentation=presentation, page=sheet)
    beside = client.get(url.replace(f"/{page.pk}/", f"/{sheet.pk}/"))
    assert beside["Content-Disposition"] == 'attachment; filename="who-plain.docx"'
    assert client.get(f"{url}?paper=x").status_code == 400
    assert client.get(url.replace("docx", "odt")).status_code == 404
    room = client.get(reverse("events:appearances")).content.decode()
    assert room.index(f'href="{url}"') < room.index("PDF, marked as draft")
    assert url in client.get(url.replace("docx", "print")).content.decode()


@pytest.mark.parametrize(("size", "state"), [(19_999_999, "ok"), (20_000_000, "missing")])
def test_the_size_that_counts_is_that_of_the_word_document(commons, size, state):
    commons.size_limit_mb = 20
    commons.save()
    page = make_testimony(event=make_event(body=commons))
    PageTwin.objects.create(page_id=page.pk, ending="docx", size=size)
    judged = judge_pages([page.page_ptr], filed=True)[page.pk]
    assert [it.state for it in judged.results if it.name == "paper"] == [state]


@pytest.mark.parametrize("ending", CONTENT_TYPES)
def test_all_are_exported_as_they_are_served(client, ending, tmp_path):
    page = make_testimony(slug="leave")
    make_testimony("Hidden", live=False)
    said = []
    for _time in range(2):
        out = io.StringIO()
        call_command(
            "export_pdf", "--all", "-o", tmp_path, "--format", ending, "--jobs", "1", stdout=out
        )
        said.append(out.getvalue())
    assert ["1        0          0" in said[0], "0        1          0" in said[1]] == [
        True,
        True,
    ], said
    assert [it.name for it in tmp_path.iterdir()] == [f"leave.{ending}"]
    served = client.get(f"{TestimonyPage.objects.get(pk=page.pk).get_url()}{ending}/").content
    assert (tmp_path / f"leave.{ending}").read_bytes() == served


def test_one_file_of_all_is_a_pdf(tmp_path):
    with pytest.raises(CommandError, match="name a folder"):
        call_command("export_pdf", "--all", "--zip", tmp_path / "a.zip", "--format", "txt")


def test_a_title_with_what_no_xml_can_hold_makes_a_whole_file(client):
    page = make_testimony("Testimony\x0bon HB 1", slug="vertical")
    found = client.get(f"{page.get_url()}docx/")
    core = zipfile.ZipFile(io.BytesIO(found.content)).read("docProps/core.xml")
    assert "Testimony on HB 1" in etree.fromstring(core).xpath("string()")
