"""Files by the hash of their input: written whole, found again, rendered once."""

from __future__ import annotations

import hashlib
import threading
import time
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage, storages

from cms.models import StoredPdf
from cms.pdf import store
from cms.pdf.client import Rendered

LABELS = {"kind": "test", "title": "Title", "filename": "title.pdf", "language": "en"}
KEY = "ab" * 32


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.ROSTRUM_DATA = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "pdf": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "pdf"},
        },
    }
    return tmp_path / "pdf"


def rendered(body: bytes = b"%PDF-1.7 body") -> Rendered:
    return Rendered(body, 3, ("a warning",), 0.1)


def refuse() -> Rendered:
    raise AssertionError("rendered again")


def test_a_key_does_not_depend_on_the_order_of_its_parts():
    assert store.content_key({"a": 1, "b": [2]}) == store.content_key({"b": [2], "a": 1})
    assert store.content_key({"a": 1}) != store.content_key({"a": 2})
    assert len(store.content_key({})) == 64


def test_bytes_are_stored_under_their_own_hash_with_a_row(db, own_storage):
    stored, new = store.get_or_render(KEY, LABELS, rendered)
    digest = hashlib.sha256(b"%PDF-1.7 body").hexdigest()
    assert new
    assert stored.path == f"{digest[:2]}/{digest[2:4]}/{digest}.pdf"
    assert (own_storage / stored.path).read_bytes() == b"%PDF-1.7 body"
    assert (stored.sha256, stored.size, stored.pages) == (digest, 13, 3)
    assert (stored.kind, stored.title, stored.filename) == ("test", "Title", "title.pdf")
    assert stored.warnings == ["a warning"]


def test_a_stored_file_is_found_and_not_rendered(db):
    first, _ = store.get_or_render(KEY, LABELS, rendered)
    second, new = store.get_or_render(KEY, LABELS, refuse)
    assert (second.pk, new) == (first.pk, False)


def test_finding_a_stored_file_takes_one_query(db, django_assert_num_queries):
    store.get_or_render(KEY, LABELS, rendered)
    with django_assert_num_queries(1):
        store.get_or_render(KEY, LABELS, refuse)


def test_a_new_title_changes_the_row_and_not_the_bytes(db):
    first, _ = store.get_or_render(KEY, LABELS, rendered)
    second, _ = store.get_or_render(KEY, {**LABELS, "filename": "renamed.pdf"}, refuse)
    assert (second.pk, second.filename, second.sha256) == (first.pk, "renamed.pdf", first.sha256)
    assert StoredPdf.objects.get().filename == "renamed.pdf"


def test_a_title_longer_than_its_column_is_cut(db):
    stored, _ = store.get_or_render(KEY, {**LABELS, "title": "x" * 400}, rendered)
    assert stored.title == "x" * 255
    again, _ = store.get_or_render(KEY, {**LABELS, "title": "x" * 400}, refuse)
    assert again.title == "x" * 255


@pytest.mark.parametrize("damage", ["lost", "cut"])
def test_a_lost_or_cut_file_is_rendered_again_into_the_same_row(db, own_storage, damage):
    first, _ = store.get_or_render(KEY, LABELS, rendered)
    path = own_storage / first.path
    path.unlink() if damage == "lost" else path.write_bytes(b"%PDF")
    assert store.find(KEY) is None
    second, new = store.get_or_render(KEY, LABELS, lambda: rendered(b"%PDF-1.7 other"))
    assert (second.pk, new) == (first.pk, True)
    assert StoredPdf.objects.get().sha256 == hashlib.sha256(b"%PDF-1.7 other").hexdigest()


def test_a_failed_write_leaves_no_file(own_storage, monkeypatch):
    def fail(source: str, target: Path) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(store.os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        store.write("cd" * 32, b"body")
    assert [path for path in own_storage.rglob("*") if path.is_file()] == []


def test_a_storage_without_paths_is_written_once(monkeypatch, tmp_path):
    class PathlessStorage(FileSystemStorage):
        saved = 0

        def path(self, name: str) -> str:
            raise NotImplementedError

        def exists(self, name: str) -> bool:
            return self.saved > 0

        def save(self, name, content, max_length=None) -> str:
            self.saved += 1
            return name

    pathless = PathlessStorage(tmp_path)
    monkeypatch.setattr(store, "storage", lambda: pathless)
    names = {store.write("ef" * 32, b"body") for _ in range(2)}
    assert names == {f"ef/ef/{'ef' * 32}.pdf"}
    assert pathless.saved == 1


@pytest.mark.django_db(transaction=True)
def test_two_requests_for_one_document_render_it_once():
    from django.db import connection

    renders: list[int] = []
    results: list[tuple[int, bool]] = []
    together = threading.Barrier(2)

    def slow() -> Rendered:
        renders.append(1)
        time.sleep(0.3)
        return rendered()

    def request() -> None:
        together.wait()
        stored, new = store.get_or_render(KEY, LABELS, slow)
        results.append((stored.pk, new))
        connection.close()

    threads = [threading.Thread(target=request) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(renders) == 1
    assert len({pk for pk, _ in results}) == 1
    assert sorted(new for _, new in results) == [False, True]


def test_the_storage_is_the_one_of_the_settings(own_storage):
    assert store.storage() is storages["pdf"]
    assert store.storage().path("x") == str(own_storage / "x")
