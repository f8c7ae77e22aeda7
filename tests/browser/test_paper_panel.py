"""The paper beside the text, and the specimen beside the colours: both follow what is typed, before it is saved."""

from __future__ import annotations

import io
import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader
from wagtail.models import Site

from cms.enums import GroupName
from cms.models import Branding
from tests.builders import make_testimony, make_user, paragraph

WAIT = 60_000
MISSED = 3000  # Wagtail may miss a change that is made while a preview loads; people go on typing
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def open_preview(page):
    page.get_by_role("button", name="Toggle preview").click()
    return page.frame_locator("iframe[title='Preview'][src]:not(.w-preview__proxy)")


def test_an_author_types_pauses_and_sees_the_pages_that_the_download_has(
    page, login, assert_accessible
):
    author = make_user("author")
    draft = make_testimony(live=False, user=author, body=[paragraph("<p>Short.</p>")])
    login(page, "author")
    page.goto(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    paper = open_preview(page)
    page.wait_for_timeout(MISSED)
    page.get_by_label("Preview mode").select_option("pdf")
    box = paper.locator("main:not(.is-updating) [data-page-count]")
    expect(box).to_have_attribute("data-page-count", "1", timeout=WAIT)
    first = paper.get_by_role("img", name="Page 1 as it prints").get_attribute("src")

    title = page.get_by_placeholder("Page title*")
    page.wait_for_timeout(MISSED)
    title.fill("Testimony on the other bill")
    expect(paper.locator(".is-updating")).to_be_visible(timeout=WAIT)
    expect(title).to_be_focused()  # nothing takes the keyboard away
    expect(paper.get_by_role("img", name="Page 1 as it prints")).not_to_have_attribute(
        "src", first, timeout=WAIT
    )
    expect(box).to_be_visible(timeout=WAIT)
    pictures = paper.get_by_role("img", name=re.compile("as it prints"))
    assert pictures.first.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1000

    address = paper.get_by_role("link", name="Open the PDF").get_attribute("href")
    pdf = PdfReader(io.BytesIO(page.request.get(address).body()))
    assert len(pdf.pages) == int(box.get_attribute("data-page-count")) == pictures.count()
    text = pdf.pages[0].extract_text()
    assert "Testimony on the other bill" in text
    assert "Draft" in text
    page.goto(reverse("wagtailadmin_pages:preview_on_edit", args=[draft.pk]) + "?mode=pdf")
    expect(page.get_by_role("img", name="Page 1 as it prints")).to_be_visible(timeout=WAIT)
    assert_accessible(page)


def test_the_specimen_follows_the_colours_and_names_a_faint_one(page, login, assert_accessible):
    make_user("admin", GroupName.ADMINISTRATORS)
    branding = Branding.for_site(Site.objects.get(is_default_site=True))
    login(page, "admin")
    page.goto(reverse("wagtailsettings:edit", args=["cms", "branding", branding.site_id]))
    specimen = open_preview(page)
    expect(specimen.get_by_role("img", name="Page 1 as it prints")).to_be_visible(timeout=WAIT)
    name = specimen.locator(".masthead__name")
    for colour in ("#5b2a6d", "#5b2a6e"):
        page.wait_for_timeout(MISSED)
        page.get_by_label("Primary color").fill(colour)
        page.keyboard.press("Tab")
    expect(name).to_have_css("color", "rgb(91, 42, 110)", timeout=WAIT)
    expect(specimen.get_by_role("img", name="Page 1 as it prints")).to_be_visible(timeout=WAIT)

    alone = page.context.new_page()
    alone.goto(
        reverse("wagtailsettings:preview_on_edit", args=["cms", "branding", branding.site_id])
    )
    expect(alone.get_by_role("img", name="Page 1 as it prints")).to_be_visible(timeout=WAIT)
    assert_accessible(alone)
    alone.close()

    page.get_by_label("Accent color").fill("#e0b000")
    page.keyboard.press("Tab")
    expect(specimen.get_by_text("too faint").first).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The accent color on white has a contrast of")).to_be_visible(
        timeout=WAIT
    )
    branding.refresh_from_db()
    assert branding.primary_color == "#1b4965"
