"""Nothing that is not public reaches an anonymous visitor, by any address.

`seed_world` hides a unique word (canary) in every text field that nobody may see. These tests read every public surface
as an anonymous visitor and look for the canaries.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.db import connection, transaction
from django.test import Client
from pypdf import PdfReader

from cms.models import ArchiveEntry, CreditedImage
from events.models import Record
from testimony.seed.canaries import Planted
from testimony.seed.world import World, attachment

LINK = re.compile(r"""(?:href|src|action)=["']([^"'#]+)""")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """The seeded world, built once for this module and rolled back after it."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            world = World(seed=7)
            world.build()
            yield world
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)
            connection.close()


@pytest.fixture
def anonymous() -> Client:
    return Client(raise_request_exception=True)


def words_of(response) -> str:
    """Everything a visitor can read in a response: headers, markup, the text of a PDF."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    if response.get("Content-Type", "").startswith("application/pdf"):
        reader = PdfReader(io.BytesIO(body))
        pages = "\n".join(page.extract_text() for page in reader.pages)
        return f"{headers}\n{reader.metadata}\n{pages}"
    return f"{headers}\n{body.decode('utf-8', 'replace')}"


def canaries(world: World) -> dict[str, str]:
    return {
        word: f"{item.model} {item.state} {name}"
        for item in world.planted
        for name, word in item.canaries.items()
    }


def leaks(world: World, text: str, *, but: str = "") -> list[str]:
    lowered = text.lower()
    return [
        where for word, where in canaries(world).items() if word != but and word.lower() in lowered
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


def test_world_holds_every_state_and_many_canaries(world):
    states = {(item.model.rpartition(".")[2], item.state) for item in world.planted}
    assert len([state for model, state in states if model == "TestimonyPage"]) == 11
    assert len([state for model, state in states if model == "TalkingPoint"]) == 7
    assert len(canaries(world)) == sum(len(item.canaries) for item in world.planted)
    assert len(canaries(world)) > 250


def test_no_canary_on_any_page_that_links_lead_to(world, anonymous):
    found = {address: leaks(world, text) for address, text in crawl(anonymous).items()}
    assert {address: words for address, words in found.items() if words} == {}
    assert len(found) > 15
    assert any(address.endswith("/pdf/") for address in found)


def test_archive_lists_exactly_what_is_public(world):
    expected = {
        item.pk
        for item in world.planted
        if item.public and item.model in {"testimony.TestimonyPage", "testimony.FactSheetPage"}
    }
    assert (
        set(ArchiveEntry.objects.values_list("page_id", flat=True))
        - {item.pk for item in world.planted if item.state == "past-expiry"}
        == expected
    )


def test_addresses_of_what_is_not_public_answer_404_and_tell_nothing(world, anonymous):
    for item in world.planted:
        if item.public:
            continue
        for address in filter(None, [item.url, item.pdf_url, *item.files]):
            response = anonymous.get(address)
            # A page for signed-in readers leads to the sign-in form instead.
            expected = (
                {302} if item.state == "login-private" and address == item.url else {404, 302}
            )
            assert response.status_code in expected, (item.model, item.state, address)
            assert leaks(world, words_of(response), but=item.canaries.get("slug", "")) == []


def test_files_of_drafts_are_not_served(world, anonymous):
    files = [address for item in world.planted for address in item.files if item.canaries]
    assert len(files) > 20
    assert {anonymous.get(address).status_code for address in files} == {404}


def test_picture_of_a_public_page_is_served(world, anonymous):
    image = CreditedImage.objects.filter(title="Public image-title").first()
    assert anonymous.get(image.get_rendition("width-400").url).status_code == 200
    assert anonymous.get(image.file.url).status_code == 404


def test_document_nobody_published_is_not_served(world, anonymous):
    document = attachment("seed-minutes", world.canaries.word())
    assert anonymous.get(document.url).status_code == 404


def test_searching_for_a_canary_answers_as_for_any_unknown_word(world, anonymous):
    def answer(word: str) -> str:
        return words_of(anonymous.get("/archive/", {"q": word})).replace(word, "…")

    unknown = answer("zqunknownwordxyzab")
    differing = [where for word, where in canaries(world).items() if answer(word) != unknown]
    assert differing == []


def test_records_are_as_public_as_their_page(world, anonymous):
    statuses = {
        record.page.live: anonymous.get(record.get_absolute_url()).status_code
        for record in Record.objects.select_related("page")
    }
    assert statuses == {True: 200, False: 404}


def test_signed_in_page_shows_its_words_to_staff_only(world, anonymous):
    def private(item: Planted) -> bool:
        return item.state == "login-private" and item.model == "testimony.TestimonyPage"

    item = next(filter(private, world.planted))
    assert anonymous.get(item.url).status_code == 302
    staff = Client()
    staff.force_login(world.author)
    assert item.canaries["title"] in words_of(staff.get(item.url))
