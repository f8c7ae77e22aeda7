"""Finding the block that makes a document fail."""

from __future__ import annotations

import uuid

import pytest

from cms.pdf import assets, engine, faults
from cms.pdf.client import Job, Limits, Rendered
from cms.pdf.errors import PdfBusy, PdfRenderError, PdfTimeout

LIMITS = Limits(cpu=1, wall=10, memory=700)
HANG = '<div style="display:flex">' * 14 + "x" + "</div>" * 14


def block(body: str = "<p>Text</p>", name: str = "") -> tuple[str, str]:
    identifier = f"block-{name or uuid.uuid4()}"
    return identifier, f'<section id="{identifier}">{body}</section>'


def job_of(html: str) -> Job:
    return Job(html, "en", assets.Manifest({}))


@pytest.fixture
def css():
    return engine.stylesheet_manifest()


class FakeClient:
    """Fails whenever one of the bad blocks is printed, or more blocks than it can carry."""

    def __init__(self, bad: set[str], most: int = 10_000, *, busy: bool = False) -> None:
        self.bad, self.most, self.busy = bad, most, busy
        self.tried: list[list[str]] = []

    def render(self, job: Job, css: object, limits: Limits) -> Rendered:
        kept = list(job.keep_blocks or [])
        self.tried.append(kept)
        if self.busy:
            raise PdfBusy
        if self.bad & set(kept) or len(kept) > self.most or "frame" in self.bad:
            raise PdfTimeout
        return Rendered(b"", 1, (), 0.0)


@pytest.fixture
def search(monkeypatch):
    names = [f"block-{number}" for number in range(40)]
    html = "".join(f'<p id="{name}">x</p>' for name in names)

    def run(fake: FakeClient, hint: str | None = None) -> str | None:
        monkeypatch.setattr(faults, "client", lambda: fake)
        return faults.locate_fault(
            job_of(html), assets.Manifest({}), hint=hint, limits=Limits(15, 30, 700)
        )

    return run


@pytest.mark.parametrize("number", [0, 19, 20, 39])
def test_one_bad_block_among_forty_is_found_in_few_tries(search, number):
    fake = FakeClient({f"block-{number}"})
    assert search(fake) == f"block-{number}"
    assert len(fake.tried) <= faults.MAX_TRIES


def test_a_true_hint_is_confirmed_at_once(search):
    fake = FakeClient({"block-7"})
    assert search(fake, hint="block-7") == "block-7"
    assert fake.tried == [[], ["block-7"]]


def test_a_false_hint_is_not_believed(search):
    assert search(FakeClient({"block-7"}), hint="block-9") == "block-7"
    assert search(FakeClient({"block-7"}), hint="block-unknown") == "block-7"


def test_no_block_is_blamed_when_only_their_number_is_too_much(search):
    assert search(FakeClient(set(), most=25)) is None


def test_no_block_is_blamed_when_the_frame_of_the_document_fails(search):
    fake = FakeClient({"frame"})
    assert search(fake) is None
    assert fake.tried == [[]]


def test_the_search_gives_up_rather_than_keep_the_machine_busy(search, monkeypatch):
    monkeypatch.setattr(faults, "MAX_TRIES", 3)
    fake = FakeClient({"block-39"})
    assert search(fake) is None
    assert len(fake.tried) == 3
    monkeypatch.setattr(faults, "TOTAL_SECONDS", -1)
    assert search(FakeClient({"block-39"})) is None


def test_a_busy_machine_ends_the_search(search):
    fake = FakeClient(set(), busy=True)
    assert search(fake) is None
    assert len(fake.tried) == 1


def test_a_document_without_blocks_has_no_block_at_fault():
    assert faults.locate_fault(job_of("<p>x</p>"), assets.Manifest({}), limits=LIMITS) is None


def test_a_block_that_hangs_the_real_engine_is_found_with_and_without_a_hint(page, css):
    blocks = [block(), block(HANG, "bad"), block()]
    job = job_of(page("<h1>T</h1>" + "".join(html for _, html in blocks)))
    job = Job(job.html, "en", assets.collect(css.assets))
    assert faults.locate_fault(job, css, limits=LIMITS) == "block-bad"
    assert faults.locate_fault(job, css, hint="block-bad", limits=LIMITS) == "block-bad"


def test_the_engine_reports_the_block_it_was_busy_with(page, css):
    from cms.pdf.client import client

    html = page("<h1>T</h1>" + block()[1] + block(HANG, "bad")[1])
    job = Job(html, "en", assets.collect(css.assets))
    with pytest.raises(PdfRenderError) as caught:
        client().render(job, css, LIMITS)
    assert caught.value.block_id == "block-bad"
