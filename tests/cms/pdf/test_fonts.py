"""The font folder: static, complete, deterministic, made once."""

from __future__ import annotations

import io
import re
import threading
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import CommandError, call_command
from fontTools.ttLib import TTFont

from cms.pdf import font_failures, font_recipe, fonts
from cms.pdf.font_faces import FACES
from cms.pdf.font_failures import FontsFailed
from cms.pdf.fonts_finder import FontFinder


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.stem)
def test_each_print_font_is_static_and_goes_by_its_family_and_weight(face):
    font = TTFont(io.BytesIO(fonts.font_files()[f"{face.stem}.ttf"].read_bytes()))
    names = font["name"]
    assert "fvar" not in font
    assert (names.getDebugName(16) or names.getDebugName(1)) == face.family
    assert (names.getDebugName(17) or names.getDebugName(2)) == face.style_name
    assert font["OS/2"].usWeightClass == face.weight
    assert bool(font["OS/2"].fsSelection & 1) == face.italic
    assert bool(font["head"].macStyle & 2) == face.italic


LATIN_SAMPLE = "aéñ“”—–…ễướđŁş†‰€"
ARABIC_SAMPLE = "شهادة، العامة؟ ٢٠٢٦ پچگی"
BOXES_SAMPLE = "─│┌┐└┘├┤┬┴┼═║█░"
SAMPLES = {"amiri": ARABIC_SAMPLE, "source-code-pro": LATIN_SAMPLE + BOXES_SAMPLE}


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.stem)
def test_the_web_font_holds_what_its_family_is_for_and_stays_small(face):
    path = fonts.web_folder() / f"{face.stem}.woff2"
    known = TTFont(io.BytesIO(path.read_bytes())).getBestCmap()
    wanted = SAMPLES.get(face.slug, LATIN_SAMPLE)
    assert [c for c in wanted if ord(c) not in known] == []
    assert path.stat().st_size < (150_000 if face.only else 60_000)


def test_every_letter_of_the_monospaced_family_is_equally_wide():
    font = TTFont(io.BytesIO(fonts.font_files()["source-code-pro-400.ttf"].read_bytes()))
    cmap, metrics = font.getBestCmap(), font["hmtx"]
    assert {metrics[cmap[ord(c)]][0] for c in LATIN_SAMPLE + BOXES_SAMPLE} == {600}


@pytest.mark.parametrize("stem", ["public-sans-600", "amiri-700"])
def test_making_a_style_again_gives_the_same_bytes(tmp_path, stem):
    font_recipe.build(next(face for face in FACES if face.stem == stem), tmp_path)
    again = (tmp_path / f"{stem}.ttf").read_bytes()
    assert again == fonts.font_files()[f"{stem}.ttf"].read_bytes()
    web = (tmp_path / f"{stem}.woff2").read_bytes()
    assert web == (fonts.web_folder() / f"{stem}.woff2").read_bytes()


def test_the_digest_changes_with_the_recipe(monkeypatch):
    before = fonts.font_digest()
    fonts.font_digest.cache_clear()
    monkeypatch.setattr(font_recipe, "RECIPE_VERSION", "another")
    after = fonts.font_digest()
    fonts.font_digest.cache_clear()
    assert before != after
    assert re.fullmatch(r"[0-9a-f]{16}", after)


@pytest.fixture
def fake_build(monkeypatch, settings, tmp_path):
    """Font making without fontTools, in an empty data folder; counts how often it ran."""
    settings.ROSTRUM_DATA = tmp_path
    runs: list[Path] = []

    def build(folder: Path, progress: fonts.Progress) -> None:
        runs.append(folder)
        for number, face in enumerate(FACES, 1):
            (folder / f"{face.stem}.ttf").write_bytes(b"ttf")
            (folder / f"{face.stem}.woff2").write_bytes(b"woff2")
            progress(number, len(FACES), face.stem)

    monkeypatch.setattr(fonts, "_build_all", build)
    return runs


def test_several_starting_at_once_make_the_fonts_once(fake_build):
    folders: list[Path] = []
    threads = [
        threading.Thread(target=lambda: folders.append(fonts.ensure_fonts())) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(fake_build) == 1
    assert folders == [fonts.fonts_folder()] * 4


@pytest.fixture
def failing(fake_build, monkeypatch) -> list[Path]:
    """Every attempt fails half-way."""
    tried: list[Path] = []

    def fail(folder: Path, progress: fonts.Progress) -> None:
        tried.append(folder)
        (folder / "half.ttf").write_bytes(b"half")
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(fonts, "_build_all", fail)
    return tried


def test_a_failed_attempt_leaves_nothing_but_its_mark(failing, settings):
    with pytest.raises(FontsFailed, match=r"The next try is in 1 minute\."):
        fonts.ensure_fonts()
    left = {path.name for path in (Path(settings.ROSTRUM_DATA) / "fonts").iterdir()}
    assert left == {".lock", f".failed-{fonts.font_digest()}"}
    assert not fonts.fonts_ready()


def test_after_a_failure_there_is_a_pause_that_grows(failing, monkeypatch):
    clock = [1000.0]
    monkeypatch.setattr("cms.pdf.font_failures.time.time", lambda: clock[0])
    pauses = []
    for _attempt in range(9):
        with pytest.raises(FontsFailed):
            fonts.ensure_fonts()
        pauses.append(font_failures.pause(fonts.fonts_folder()))
        clock[0] += pauses[-1] - 1
        with pytest.raises(FontsFailed):
            fonts.ensure_fonts()  # not begun: the pause is not over
        clock[0] += 1
    assert pauses == [60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]
    assert len(failing) == 9


def test_prepare_fonts_waits_for_no_pause_and_says_why_it_failed(failing, fake_build, db):
    for _attempt in range(2):
        with pytest.raises(CommandError, match="could not be made: the disk is full"):
            call_command("prepare_fonts")
    assert len(failing) == 2


def test_pages_are_shown_without_fonts_that_cannot_be_made(failing):
    assert FontFinder().find("rostrum/fonts/public-sans-400.woff2") == []


def test_prepare_fonts_shows_each_style_and_then_has_nothing_to_do(fake_build, capsys, db):
    call_command("prepare_fonts")
    first = capsys.readouterr().out
    call_command("prepare_fonts")
    second = capsys.readouterr().out
    assert first.count(f"/{len(FACES)} ") == len(FACES)
    assert first.strip().endswith(f"Made the fonts in {fonts.fonts_folder()}")
    assert second == f"Fonts are ready in {fonts.fonts_folder()}\n"


def test_a_style_that_fails_says_why(tmp_path):
    with pytest.raises(RuntimeError, match="KeyError: 'no-such-style'"):
        fonts._build("no-such-style", tmp_path)


def test_the_finder_serves_the_fonts_and_their_stylesheet():
    css = finders.find("rostrum/fonts/fonts.css")
    text = Path(css).read_text(encoding="utf-8")
    assert re.findall(r'url\("([^"]+)"\)', text) == [f"{face.stem}.woff2" for face in FACES]
    assert finders.find("rostrum/fonts/public-sans-400.woff2") == str(
        fonts.web_folder() / "public-sans-400.woff2"
    )


@pytest.mark.parametrize(
    "path",
    ["rostrum/fonts/../print/public-sans-400.ttf", "rostrum/fonts/fonts.conf", "fonts.css", ""],
)
def test_the_finder_serves_nothing_else(path):
    assert FontFinder().find(path) == []
    assert FontFinder().find(path, find_all=True) == []


def test_collectstatic_gets_every_web_font():
    listed = {(storage.prefix, name) for name, storage in FontFinder().list([])}
    expected = {f"{face.stem}.woff2" for face in FACES} | {"fonts.css"}
    assert listed == {("rostrum/fonts", name) for name in expected}
    for name, storage in FontFinder().list([]):
        assert storage.exists(name)


def test_browsers_fetch_the_arabic_family_for_arabic_letters_only():
    rules = fonts.font_face_css().split("@font-face")[1:]
    limited = [rule for rule in rules if "unicode-range" in rule]
    assert len(rules) == len(FACES)
    assert [re.search(r'family: "([^"]+)"', rule)[1] for rule in limited] == [
        "Amiri",
        "Amiri",
    ]
    assert "unicode-range: U+0600-06FF, U+0750-077F, " in limited[0]


def test_the_folder_is_named_by_the_digest():
    assert fonts.ensure_fonts().name == fonts.font_digest()
