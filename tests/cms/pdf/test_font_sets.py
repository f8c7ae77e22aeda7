"""Pairs of fonts beside the first: made when wanted, beside the requests, whole or not at all."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from cms.models import Theme
from cms.pdf import engine, font_failures, font_sets, fonts
from cms.pdf.font_faces import ALL_FACES, SETS
from cms.pdf.font_failures import FontsFailed
from cms.views import specimen


@pytest.fixture
def fake_build(monkeypatch, settings, tmp_path):
    """The real folders and locks with empty files in place of fonts."""
    settings.ROSTRUM_DATA = tmp_path
    runs: list[str] = []

    def build(faces, folder: Path, progress: fonts.Progress) -> None:
        runs.append(faces[0].slug)
        for number, face in enumerate(faces, 1):
            (folder / f"{face.stem}.ttf").write_bytes(b"ttf")
            (folder / f"{face.stem}.woff2").write_bytes(b"woff2")
            progress(number, len(faces), face.stem)

    monkeypatch.setattr(fonts, "build_faces", build)
    return runs


def test_no_two_styles_share_a_file():
    assert len({face.stem for face in ALL_FACES}) == len(ALL_FACES)


def test_the_first_pair_is_always_ready(fake_build):
    assert font_sets.is_ready("public")
    assert not font_sets.is_ready("plex")


def test_several_that_want_a_set_make_it_once(fake_build):
    threads = [threading.Thread(target=font_sets.ensure, args=("plex",)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert fake_build == ["ibm-plex-sans"]
    assert font_sets.progress_of("plex") == (8, 8)


def test_a_set_that_fails_leaves_nothing_and_is_tried_again_after_a_pause(
    fake_build, monkeypatch, settings, rf
):
    def fail(*args) -> None:
        raise RuntimeError("the disk is full")

    whole = fonts.build_faces
    monkeypatch.setattr(fonts, "build_faces", fail)
    with pytest.raises(FontsFailed):
        font_sets.ensure("humanist")
    mark = font_sets.set_folder("humanist").name
    left = {path.name for path in (Path(settings.ROSTRUM_DATA) / "fonts").iterdir()}
    assert left == {".lock-humanist", f".failed-{mark}"}
    assert not font_sets.begin("humanist")
    answer = specimen._fonts_in_the_making(rf.get("/"), "humanist")
    assert answer.status_code == 503
    assert "The next try is in 1 minute." in answer.content.decode()
    monkeypatch.setattr(fonts, "build_faces", whole)
    monkeypatch.setattr(font_failures, "FIRST_PAUSE", 0)
    assert font_sets.ensure("humanist").is_dir()


def test_who_begins_a_set_does_not_wait_for_it(fake_build, monkeypatch):
    finish = threading.Event()
    whole = fonts.build_faces

    def slowly(*args) -> None:
        finish.wait(10)
        whole(*args)

    monkeypatch.setattr(fonts, "build_faces", slowly)
    assert font_sets.begin("plex")
    assert font_sets.progress_of("plex") == (0, 8)
    finish.set()
    for thread in threading.enumerate():
        if thread.name == "fonts-plex":
            thread.join(10)
    assert font_sets.is_ready("plex")
    assert not font_sets.begin("plex")


def test_the_print_engine_reads_the_sets_that_are_there(fake_build, tmp_path):
    font_sets.ensure("plex")
    folder = font_sets.set_folder("plex") / "print"
    (tmp_path / "fonts" / fonts.font_digest() / "print").mkdir(parents=True)
    assert f"<dir>{folder}</dir>" in fonts.fontconfig_xml(tmp_path, font_sets.ready_folders())


def test_the_key_of_a_pdf_names_every_set_made_or_not(fake_build):
    before = engine.identity(engine.RenderOptions(), engine.stylesheet_manifest())["font_sets"]
    font_sets.ensure("plex")
    after = engine.identity(engine.RenderOptions(), engine.stylesheet_manifest())["font_sets"]
    assert before == after == {slug: font_sets.set_digest(slug) for slug in SETS}


def test_browsers_get_the_fonts_of_a_set_and_nothing_else(fake_build, client, db):
    font_sets.ensure("plex")
    digest = font_sets.set_digest("plex")
    good = reverse("font_file", args=["plex", digest, "ibm-plex-sans-400.woff2"])
    response = client.get(good)
    assert (response.getvalue(), response["Content-Type"]) == (b"woff2", "font/woff2")
    wrong = [
        ("plex", "0" * 16, "ibm-plex-sans-400.woff2"),
        ("plex", digest, "ibm-plex-sans-400.ttf"),
        ("plex", digest, "fonts.conf"),
        ("humanist", font_sets.set_digest("humanist"), "literata-400.woff2"),
        ("public", digest, "ibm-plex-sans-400.woff2"),
    ]
    assert [client.get(reverse("font_file", args=args)).status_code for args in wrong] == [404] * 5
    css = client.get(reverse("trial_css"), {"font_pair": "plex"}).content.decode()
    assert css.count("@font-face") == 8
    assert good in css


def test_prepare_fonts_makes_the_chosen_pairs_too(fake_build, db, monkeypatch, capsys):
    monkeypatch.setattr(fonts, "ensure_fonts", lambda progress=None: Path("base"))
    Theme.objects.create(name="Housing", font_pair="humanist")
    call_command("prepare_fonts")
    assert font_sets.is_ready("humanist")
    assert not font_sets.is_ready("plex")
    assert f"Made the fonts in {font_sets.set_folder('humanist')}" in capsys.readouterr().out
