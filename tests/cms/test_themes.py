"""Looks: pairs that cannot be read are refused by name, and the pairs are those that the stylesheets print."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Site

from cms import themes
from cms.logos import clean_svg
from cms.models import Branding, Theme
from cms.pdf import font_sets
from cms.pdf.identity import drawings_folder, identity_of, printed_logo
from tests.builders import make_testimony, make_user

STYLES = Path(themes.__file__).parent / "static" / "rostrum" / "css"
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


@pytest.fixture
def branding(db) -> Branding:
    return Branding.for_site(Site.objects.get(is_default_site=True))


def names(look) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        look.clean()
    errors = refused.value.error_dict.values()
    return [error.params["pair"] for field in errors for error in field if error.code == "contrast"]


def test_the_colours_of_the_design_are_readable_everywhere():
    assert themes.failures({"primary_color": "#1b4965", "accent_color": "#a63d1a"}) == {}


def test_a_faint_colour_is_refused_with_every_pair_that_fails(branding):
    branding.primary_color = "#7a9fb5"
    assert names(branding) == [
        "White text on the primary color",
        "The primary color on tinted boxes",
        "The primary color on marked words",
        "White text on the primary color, printed in gray",
    ]


def test_a_colour_may_fail_on_tinted_boxes_alone(branding):
    branding.accent_color = "#757575"  # 4.6 to 1 on white
    assert names(branding) == ["The accent color on tinted boxes"]


def test_a_bright_colour_may_fail_in_grey_alone():
    (failed,) = themes.failures({"accent_color": "#d8005c"}).get("accent_color", []) or [None]
    assert failed is None
    grey = {result.color for result in themes.measured({"accent_color": "#d8005c"})}
    assert grey == {"#d8005c", themes.grey_of("#d8005c")}


def test_the_contrast_that_is_said_never_reads_as_enough():
    (pair,) = [pair for pair in themes.PAIRS if str(pair.name) == "The accent color on white"]
    assert themes.Measured(pair, 4.49, "#777777").shown_ratio == "4.4"


def test_a_theme_is_judged_by_the_colours_it_has(db):
    Theme(name="Plain").clean()
    assert names(Theme(name="Faint", accent_color="#e0b000"))[0] == "The accent color on white"


def test_the_specimen_may_show_what_cannot_be_saved(branding):
    branding.accent_color, branding.is_trial = "#eeeeee", True
    branding.clean()
    branding.is_trial = False
    assert names(branding)


@pytest.mark.parametrize("value", ["red", "#12345", "#gggggg"])
def test_what_is_no_colour_is_refused(branding, value):
    branding.primary_color = value
    with pytest.raises(ValidationError, match="six digits"):
        branding.clean()


def grounds() -> set[tuple[str, str]]:
    """Lettering and ground of each rule of ours that names both of them and one of the two colours."""
    found = set()
    for path in STYLES.rglob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
        for _selector, body in RULE.findall(text):
            ink = re.search(r"(?<![-\w])color:\s*var\(--([\w-]+)\)", body)
            ground = re.search(r"background(?:-color)?:\s*var\(--([\w-]+)\)", body)
            if ink and ground and {ink[1], ground[1]} & {"primary", "accent"}:
                found.add((ink[1], ground[1]))
    return found


def test_every_pair_of_the_stylesheets_is_measured():
    assert grounds() == {("on-primary", "primary")}
    tokens = (STYLES / "tokens.css").read_text()
    known = dict(re.findall(r"--(\w[\w-]*): (#[0-9a-f]{6});", tokens))
    measured_on = {pair.ground for pair in themes.PAIRS}
    # What links and headings can stand on: each ground that is not reserved for words of ours.
    assert measured_on == {known["paper"], known["wash"], known["mark"]}
    assert known["on-primary"] == themes.PAPER


def test_both_faces_of_a_pair_are_named_alike_in_stylesheet_and_code():
    tokens = (STYLES / "tokens.css").read_text()
    named = dict(re.findall(r'\.pair-(\w+) \{[^}]*--display-face: "([^"]+)"', tokens))
    assert named == {pair.value: face for pair, face in themes.DISPLAY_FACES.items()}


def test_a_theme_says_what_it_says_and_the_site_the_rest(branding):
    branding.organization_name, branding.tagline = "Larkmoor County", "Healthy homes"
    branding.contact_name, branding.contact_email = "Ann", "ann@example.org"
    theme = Theme(organization_name="Housing", primary_color="#5b2a6e", contact_phone="555-0100")
    look = identity_of(branding, theme)

    assert (look.organization_name, look.tagline) == ("Housing", "")
    assert (look.primary_color, look.accent_color) == ("#5b2a6e", branding.accent_color)
    assert (look.contact_name, look.contact_email, look.contact_phone) == ("", "", "555-0100")


def test_a_pair_that_is_not_made_yet_begins_and_the_first_one_stands_for_it(branding, monkeypatch):
    begun: list[str] = []
    monkeypatch.setattr(font_sets, "is_ready", lambda slug: False)
    monkeypatch.setattr(font_sets, "begin", begun.append)
    branding.font_pair = "plex"

    assert identity_of(branding).font_pair == "public"
    assert begun == ["plex"]


def test_a_drawing_is_cleaned_before_it_is_stored_by_whatever_way(branding):
    branding.logo_drawing = LOGO.replace("<path", "<script>a()</script><path")
    branding.save()
    branding.refresh_from_db()
    assert branding.logo_drawing == clean_svg(LOGO)


def test_paper_names_the_drawing_by_its_content(branding, settings, tmp_path):
    settings.ROSTRUM_DATA = tmp_path
    branding.logo_drawing = clean_svg(LOGO)
    logo = printed_logo(identity_of(branding))
    assert logo.address == f"asset://logo/{branding.logo_digest}.svg"
    assert (drawings_folder() / f"{branding.logo_digest}.svg").read_text() == clean_svg(LOGO)


def test_the_logo_of_the_site_is_served_as_a_picture_that_cannot_act(client, branding):
    branding.logo_drawing = LOGO
    branding.save()
    response = client.get(reverse("logo_drawing", args=[branding.logo_digest]))
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Content-Security-Policy"].endswith("sandbox")
    assert response.content.decode() == clean_svg(LOGO)
    assert client.get(reverse("logo_drawing", args=["0" * 32])).status_code == 404
    assert reverse("logo_drawing", args=[branding.logo_digest]) in client.get("/").content.decode()


def test_a_trial_stylesheet_takes_colours_and_nothing_else(client, db):
    address = reverse("trial_css")
    given = {"primary_color": "#123456", "accent_color": "red}*{x:y", "font_pair": "../x"}
    assert client.get(address, given).content.decode() == ":root { --primary: #123456; }\n"


def test_a_theme_has_a_stylesheet_for_its_documents_alone(client, db):
    theme = Theme.objects.create(name="Housing", primary_color="#5b2a6e")
    make_testimony(theme=theme)
    response = client.get(reverse("theme_css", args=[theme.pk]))
    assert response.content.decode() == ".themed { --primary: #5b2a6e; }\n"
    assert client.get(reverse("theme_css", args=[theme.pk + 1])).status_code == 404


def test_the_colours_of_a_theme_that_only_drafts_have_are_for_staff(client, db):
    theme = Theme.objects.create(name="Secret plan", primary_color="#5b2a6e")
    make_testimony(theme=theme, live=False)
    address = reverse("theme_css", args=[theme.pk])
    assert client.get(address).status_code == 404
    client.force_login(make_user())
    response = client.get(address)
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
