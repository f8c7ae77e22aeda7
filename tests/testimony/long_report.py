"""A report of forty pages in six chapters, made of our own blocks, with notes that lead from one chapter to another."""

from __future__ import annotations

from testimony.models import TestimonyPage
from tests.builders import make_source, make_testimony, paragraph

CHAPTERS = 6
TITLE = "Heat at work: a report"
SENTENCES = (
    "Heat is the weather that harms the most people and is noticed the least.",
    "Those who work outdoors, live alone or cannot cool their homes are hurt first.",
    "Shade, water and a place to rest cost little and can be ready before the next summer.",
    "Inspectors found crews of {number} who had no shade at the hour when they needed it.",
)


def make_report(*, paragraphs: int = 16, language: str = "en", **fields) -> TestimonyPage:
    shared = make_source("Survey of every county", publisher="Department of Health")
    body = [("paragraph", paragraph("<p>What this report is about, in a few words.</p>")[1])]
    for number in range(1, CHAPTERS + 1):
        body += chapter(number, paragraphs, shared.pk)
    fields = {"title": TITLE, "slug": "heat-at-work", "language": language, **fields}
    return make_testimony(body=body, **fields)


def chapter(number: int, paragraphs: int, source: int) -> list[tuple[str, object]]:
    blocks = [("heading", f"Chapter {number}: the county of number {number}")]
    for step in range(paragraphs):
        words = " ".join(SENTENCES * 3).format(number=100 * number + step)
        if not step % 6:
            words += f'<embed embedtype="note" text="Note {step} of chapter {number}."/>'
        if step == 3:
            words += f'<embed embedtype="source" id="{source}"/>'
        blocks.append(paragraph(f"<p>{words}</p>"))
    blocks.insert(8, ("subheading", f"What the inspectors of county {number} saw"))
    blocks.insert(12, ("table", table(number)))
    return blocks


def edit(page: TestimonyPage, number: int) -> None:
    """One sentence more in a chapter, which has as many pages as before; nothing is saved."""
    heads = [at for at, block in enumerate(page.body) if block.block_type == "heading"]
    block = page.body[heads[number - 1] + 2]
    words = " ".join(SENTENCES * 3).format(number=number)
    block.value = paragraph(f"<p>This sentence is new. {words}</p>")[1]


def table(number: int) -> object:
    block = TestimonyPage(title="T").body.stream_block.child_blocks["table"]
    columns = [{"type": "text", "heading": "Place"}]
    columns += [{"type": "number", "heading": year} for year in ("2024", "2025")]
    rows = [{"values": [f"Town {row}", str(10 * number + row), str(row)]} for row in range(6)]
    return block.to_python(
        {"columns": columns, "rows": rows, "caption": f"Days of county {number}"}
    )
