"""What each environment variable may hold, and the words for what it may not."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from cms.settings import env


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://testimony.example.org", "https://testimony.example.org"),
        ("https://Testimony.example.org:443/", "https://testimony.example.org"),
        ("http://127.0.0.1:8010", "http://127.0.0.1:8010"),
        ("http://localhost:80", "http://localhost"),
        ("", "http://fallback.example"),
    ],
)
def test_an_address_is_scheme_host_and_perhaps_a_port(monkeypatch, written, address):
    monkeypatch.setenv("ROSTRUM_BASE_URL", written)

    assert env.base_url("http://fallback.example") == address


@pytest.mark.parametrize(
    "written",
    [
        "testimony.example.org",
        "//testimony.example.org",
        "ftp://testimony.example.org",
        "https://",
        "https://*",
        "https://testimony.example.org/archive",
        "https://testimony.example.org?a=1",
        "https://ann:secret@testimony.example.org",
        "https://testimony.example.org:8443",
        "http://testimony.example.org:443",
        "http://testimony.example.org:99999",
        "http://testimony.example.org:x",
        "http://two words",
    ],
)
def test_other_addresses_are_refused_with_an_example(monkeypatch, written):
    monkeypatch.setenv("ROSTRUM_BASE_URL", written)

    with pytest.raises(ImproperlyConfigured) as refusal:
        env.base_url("http://fallback.example")
    assert str(refusal.value) == (
        f"ROSTRUM_BASE_URL is '{written}'. Write https:// or http:// and the site's host name, with nothing "
        "after it (only http may name a port, other than 443): https://testimony.example.org"
    )


@pytest.mark.parametrize("written", ["mysql://a:b@c/d", "oracle://a:b@c/d", "nonsense"])
def test_a_foreign_database_is_refused_before_its_driver_is_asked_for(
    monkeypatch, tmp_path, written
):
    monkeypatch.setenv("DATABASE_URL", written)

    with pytest.raises(ImproperlyConfigured, match="names a database that is not supported"):
        env.database(tmp_path / "rostrum.sqlite3")


@pytest.mark.parametrize(
    ("written", "in_memory"),
    [
        ("sqlite://:memory:", True),
        ("sqlite://", True),
        ("sqlite:////srv/rostrum.sqlite3", False),
        ("postgres://rostrum@db/memory", False),
    ],
)
def test_a_database_in_memory_is_known(monkeypatch, tmp_path, written, in_memory):
    monkeypatch.setenv("DATABASE_URL", written)

    assert env.is_in_memory(env.database(tmp_path / "rostrum.sqlite3")) is in_memory


@pytest.mark.parametrize(
    ("name", "written", "least"),
    [
        ("ROSTRUM_PDF_WALL_SECONDS", "0", 1),
        ("ROSTRUM_PDF_CPU_SECONDS", "fast", 1),
        ("ROSTRUM_PDF_MEMORY_MB", "-1", 128),
        ("ROSTRUM_PDF_PATIENCE_SECONDS", "0.5", 0),
    ],
)
def test_limits_of_a_pdf_are_whole_numbers_that_leave_room(monkeypatch, name, written, least):
    monkeypatch.setenv(name, written)

    with pytest.raises(ImproperlyConfigured) as refusal:
        env.pdf_limits()
    beginning = f"{name} is '{written}'. Write a whole number of at least {least}, or leave it out"
    assert str(refusal.value).startswith(beginning)


def test_browsers_are_told_of_this_host_alone_unless_the_owner_of_the_domain_says_more(monkeypatch):
    assert env.hsts() == (63_072_000, False)

    monkeypatch.setenv("ROSTRUM_HSTS_SUBDOMAINS", "1")
    monkeypatch.setenv("ROSTRUM_HSTS_SECONDS", "3600")
    assert env.hsts() == (3600, True)
