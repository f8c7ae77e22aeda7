"""The documentation names what exists, and what it names exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.source_tree import PACKAGES, ROOT

DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
# Pictures are taken from the running demonstration, after the words are written.
PICTURES = re.compile(r"\.(?:png|svg|webp)$")


def documentation() -> str:
    return "\n".join(path.read_text() for path in DOCUMENTS)


def own_commands() -> list[str]:
    found = [path for app in PACKAGES for path in ROOT.glob(f"{app}/management/commands/*.py")]
    return sorted(path.stem for path in found if path.stem != "__init__")


def environment_variables() -> list[str]:
    source = (ROOT / "cms/settings/env.py").read_text()
    return sorted(set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source)))


def own_settings() -> list[str]:
    return sorted(name for name in dir(settings) if name.startswith("ROSTRUM_"))


def heading_anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def links(path: Path) -> list[str]:
    found = re.findall(r"\]\(([^)\s]+)\)", path.read_text())
    return [link for link in found if not link.startswith(("https://", "http://", "mailto:"))]


def test_the_lists_below_are_not_empty():
    assert "load_demo" in own_commands()
    assert "DATABASE_URL" in environment_variables()
    assert "ROSTRUM_DATA" in own_settings()


def test_every_command_is_documented():
    text = documentation()

    assert [name for name in own_commands() if f"manage.py {name}" not in text] == []


def test_every_documented_command_exists():
    documented = set(re.findall(r"manage\.py (\w+)", documentation()))
    others = {
        *("check", "collectstatic", "createsuperuser", "db_worker", "makemigrations", "migrate"),
        *("publish_scheduled", "update_index"),
    }

    assert documented - others - set(own_commands()) == set()


@pytest.mark.parametrize("names", [environment_variables, own_settings], ids=lambda f: f.__name__)
def test_every_setting_is_in_the_guide_to_settings(names):
    text = (ROOT / "docs/settings.md").read_text()

    assert [name for name in names() if f"`{name}`" not in text] == []


def test_every_variable_of_the_guide_is_read():
    text = (ROOT / "docs/settings.md").read_text()
    table = text.split("## Environment variables")[1].split("##")[0]
    documented = set(re.findall(r"^\| `([A-Z_]+)`", table, re.MULTILINE))

    assert documented == {*environment_variables(), "DJANGO_SETTINGS_MODULE"}


def test_only_the_settings_read_the_environment():
    readers = [
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        if re.search(r"os\.environ(?!\.setdefault\(\"DJANGO_SETTINGS_MODULE\")", path.read_text())
        and "env" not in path.stem
    ]

    assert readers == []


def test_every_dependency_has_its_line_in_the_decisions():
    project = (ROOT / "pyproject.toml").read_text()
    names = set(re.findall(r'^  "([A-Za-z0-9-]+)(?:\[\w+\])?[<>=]', project, re.MULTILINE))
    names |= set(re.findall(r'^  "(fontpkg-[a-z0-9-]+)"', project, re.MULTILINE))
    text = (ROOT / "docs/decisions.md").read_text().lower()
    grouped = {"pytest-django": "-django", "pytest-xdist": "-xdist"}
    grouped |= {"pytest-randomly": "-randomly"}

    assert len(names) > 25
    assert [name for name in sorted(names) if grouped.get(name, name.lower()) not in text] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path):
    broken = []
    for link in links(path):
        target, _, anchor = link.partition("#")
        file = (path.parent / target).resolve() if target else path
        if PICTURES.search(link):
            continue
        headings = re.findall(r"^#+ (.+)$", file.read_text(), re.MULTILINE) if file.exists() else []
        if not file.exists() or (anchor and anchor not in map(heading_anchor, headings)):
            broken.append(link)

    assert broken == []


def test_the_readme_opens_with_whom_it_is_for_a_picture_and_two_commands():
    text = (ROOT / "README.md").read_text()
    places = [text.find(part) for part in ("**For people", "![", "$ bin/demo", "$ bin/test")]

    assert -1 not in places
    assert places == sorted(places)
    assert places[-1] < len(text) / 2


def test_commands_of_the_readme_are_executable():
    named = set(re.findall(r"\b(bin/\w+)", (ROOT / "README.md").read_text())) - {"bin/python"}

    assert named == {"bin/demo", "bin/test"}
    assert [name for name in named if not (ROOT / name).stat().st_mode & 0o111] == []


def test_the_changelog_has_a_place_for_what_comes_next():
    assert "\n## Unreleased\n" in (ROOT / "CHANGELOG.md").read_text()


def test_the_licence_is_the_one_that_is_declared():
    assert 'license = "BSD-3-Clause"' in (ROOT / "pyproject.toml").read_text()
    assert (ROOT / "LICENSE").read_text().startswith("BSD 3-Clause License\n")
