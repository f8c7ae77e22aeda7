"""Nothing that is not public reaches an anonymous visitor, by any address.

`seed_world` hides a unique word (canary) in every text field that nobody may see. These tests read every public surface
as an anonymous visitor and look for the canaries.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

from django.core.management import CommandError, call_command
from django.http import QueryDict
from django.test import Client, TestCase
from pypdf import PdfReader

from cms.archive.filters import ArchiveFilter
from cms.models import ArchiveEntry, CreditedImage, Issue, User
from events.models import Record
from testimony.seed.canaries import Planted
from testimony.seed.world import attachment

LINK = re.compile(r"""(?:href|src|action)=["']([^"'#]+)""")


def words_of(response) -> str:
    """Everything a visitor can read in a response: headers, markup, the text of a PDF."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    for close in response._resource_closers:  # response.close() would close the connection as well
        close()
    # An ETag is a hash of what follows: it tells nothing, and differs wherever the words do.
    headers = "\n".join(f"{name}: {value}" for name, value in response.items() if name != "ETag")
    if response.get("Content-Type", "").startswith("application/pdf"):
        reader = PdfReader(io.BytesIO(body))
        pages = "\n".join(page.extract_text() for page in reader.pages)
        return f"{headers}\n{reader.metadata}\n{pages}"
    if "wordprocessingml" in response.get("Content-Type", ""):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            # Without tags: a word may be cut by them.
            parts = [
                re.sub(r"<[^>]*>", "", archive.read(it).decode("utf-8", "replace"))
                for it in archive.namelist()
            ]
        return "\n".join([headers, *parts])
    return f"{headers}\n{body.decode('utf-8', 'replace')}"


def status(response) -> int:
    words_of(response)  # read to the end, so that the file is closed
    return response.status_code


def canaries(planted: list[Planted]) -> dict[str, str]:
    return {
        word: f"{item.model} {item.state} {name}"
        for item in planted
        for name, word in item.canaries.items()
    }


def leaks(planted: list[Planted], text: str, *, but: str = "") -> list[str]:
    lowered = text.lower()
    return [
        where
        for word, where in canaries(planted).items()
        if word != but and word.lower() in lowered
    ]


def crawl(client: Client, start: str = "/") -> dict[str, str]:
    """Every address that links lead to from `start`, with what it says."""
    seen: dict[str, str] = {}
    queue = [start]
    while queue:
        address = queue.pop()
        if address in seen:
            continue
        response = client.get(address)
        seen[address] = words_of(response)
        if not response.get("Content-Type", "").startswith("text/html"):
            continue
        for link in LINK.findall(seen[address]):
            target = urldefrag(urljoin(f"http://testserver{address}", link.replace("&amp;", "&")))[
                0
            ]
            parts = urlsplit(target)
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            if parts.netloc == "testserver" and not path.startswith(("/static/", "/admin/")):
                queue.append(path)
    return seen


class LeakTests(TestCase):
    """The world is seeded once for the class, in a transaction that is rolled back after it."""

    @classmethod
    def setUpTestData(cls) -> None:
        output = io.StringIO()
        call_command("seed_world", "--seed", "7", "--json", stdout=output)
        cls.planted = [Planted(**item) for item in json.loads(output.getvalue())]

    def test_world_holds_every_state_and_many_canaries(self):
        states = {(item.model.rpartition(".")[2], item.state) for item in self.planted}
        assert len([state for model, state in states if model == "TestimonyPage"]) == 13
        assert len([state for model, state in states if model == "TalkingPoint"]) == 7
        assert len(canaries(self.planted)) == sum(len(item.canaries) for item in self.planted)
        assert len(canaries(self.planted)) > 250

    def test_no_canary_on_any_page_that_links_lead_to(self):
        found = {address: leaks(self.planted, text) for address, text in crawl(self.client).items()}
        assert {address: words for address, words in found.items() if words} == {}
        assert len(found) > 15
        for ending in ("pdf", "docx", "txt"):
            assert any(address.endswith(f"/{ending}/") for address in found), ending
        record = Record.objects.marked().get(is_draft=False)
        assert {record.url, record.pdf_url} <= set(found)

    def test_archive_lists_exactly_what_is_public(self):
        expected = {
            item.pk
            for item in self.planted
            if item.public and item.model in {"testimony.TestimonyPage", "testimony.FactSheetPage"}
        }
        assert (
            set(ArchiveEntry.objects.values_list("page_id", flat=True))
            - {item.pk for item in self.planted if item.state == "past-expiry"}
            == expected
        )

    def test_calendar_sitemap_and_pages_of_events_tell_of_public_events_only(self):
        hearing = next(item for item in self.planted if item.state == "open")
        for address in ("/events/", "/events/calendar.ics", "/sitemap.xml", hearing.url):
            text = words_of(self.client.get(address))
            assert leaks(self.planted, text) == [], address
            assert ("Seed open hearing" in text) is (address != "/sitemap.xml"), address
        assert len([it for it in self.planted if it.model == "events.Event"]) == 7

    def test_pages_of_issues_show_what_is_released_and_proved_and_no_more(self):
        pages = {
            issue.slug: words_of(self.client.get(f"/archive/issues/{issue.slug}/"))
            for issue in Issue.objects.filter(slug__startswith="seed-issue-")
        }
        assert {slug: leaks(self.planted, text) for slug, text in pages.items()} == {
            slug: [] for slug in pages
        }
        shown = {slug for slug, text in pages.items() if "Public narrative" in text}
        assert shown == {"seed-issue-live", "seed-issue-live-with-newer-draft"}
        assert {pages[slug].count("Public message") for slug in shown} == {1}
        assert len(pages) == 7

    def test_addresses_of_what_is_not_public_answer_404_and_tell_nothing(self):
        for item in self.planted:
            if item.public:
                continue
            twins = [item.pdf_url[:-4] + ending for ending in ("docx/", "txt/") if item.pdf_url]
            for address in filter(None, [item.url, item.pdf_url, *twins, *item.files]):
                response = self.client.get(address)
                # A page for signed-in readers leads to the sign-in form instead.
                signs_in = item.state == "login-private" and address not in item.files
                expected = 302 if signs_in else 404
                assert response.status_code == expected, (item.model, item.state, address)
                assert (
                    leaks(self.planted, words_of(response), but=item.canaries.get("slug", "")) == []
                )

    def test_files_of_drafts_are_not_served(self):
        files = [address for item in self.planted for address in item.files if item.canaries]
        assert len(files) > 20
        assert {self.client.get(address).status_code for address in files} == {404}

    def test_agendas_are_shown_once_they_are_adopted(self):
        agendas = {it.state: it for it in self.planted if it.model == "events.Agenda"}
        page = words_of(self.client.get(agendas["adopted"].url))
        shown = ("Public plank", "HB\u00a08765", "Public decision", "Public board")
        assert [it in page for it in shown] == [True] * 4
        hidden = {state: it for state, it in agendas.items() if not it.public}
        assert {state: status(self.client.get(it.url)) for state, it in hidden.items()} == {
            "draft": 404,
            "held-back": 404,
            "adopted-later": 404,
        }
        listed = words_of(self.client.get("/agendas/"))
        assert (agendas["adopted"].url in listed, leaks(self.planted, listed)) == (True, [])

    def test_picture_of_a_public_page_is_served(self):
        image = CreditedImage.objects.filter(title="Public image-title").first()
        response = self.client.get(image.get_rendition("width-400").url)
        assert response.status_code == 200
        assert len(words_of(response)) > 100
        assert self.client.get(image.file.url).status_code == 404

    def test_document_nobody_published_is_not_served(self):
        document = attachment("seed-minutes", "Words of a draft")
        assert self.client.get(document.url).status_code == 404

    def test_searching_for_a_canary_answers_as_for_any_unknown_word(self):
        def answer(word: str) -> str:
            return words_of(self.client.get("/archive/", {"q": word})).replace(word, "…")

        # Of each kind of object one word is asked as a visitor would; the rest only of the search beneath.
        asked = {where.split()[0]: word for word, where in canaries(self.planted).items()}
        unknown = answer("zqunknownwordabc")
        assert {model: word for model, word in asked.items() if answer(word) != unknown} == {}
        found = {
            where
            for word, where in canaries(self.planted).items()
            if ArchiveFilter.from_querydict(QueryDict(urlencode({"q": word}))).count()
        }
        assert found == set()

    def test_records_are_as_public_as_their_page(self):
        statuses = {
            (record.page.live, record.is_draft): (
                status(self.client.get(record.url)),
                status(self.client.get(record.pdf_url)),
            )
            for record in Record.objects.marked().select_related("page")
        }
        # A draft stays hidden when its page is published later.
        assert statuses == {
            (True, False): (200, 200),
            (False, True): (404, 404),
            (True, True): (404, 404),
        }

    def test_signed_in_page_shows_its_words_to_staff_only(self):
        def private(item: Planted) -> bool:
            return item.state == "login-private" and item.model == "testimony.TestimonyPage"

        item = next(filter(private, self.planted))
        assert self.client.get(item.url).status_code == 302
        staff = Client()
        staff.force_login(User.objects.get(username="seed-author"))
        assert item.canaries["title"] in words_of(staff.get(item.url))

    def test_seeding_a_database_that_is_in_use_is_refused(self):
        with self.assertRaisesMessage(CommandError, "not empty"):
            call_command("seed_world")
