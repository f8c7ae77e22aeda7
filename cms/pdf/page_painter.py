"""Draws the pages of one PDF. Runs without Django in a process of its own: pixels out of a file that documents of
anybody went into are computed where nothing else can be reached.

`python -m cms.pdf.page_painter FOLDER WIDTH MOST_PAGES`, the PDF on standard input.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from cms.pdf import limits

CPU_SECONDS = 20
MEMORY_MB = 600
COLORS = 256  # text and flat colours: a third of the bytes of full colour


def paint(pdf: bytes, folder: Path, width: int, most: int) -> list[tuple[int, int]]:
    """Write `1.png`, `2.png` … and return their sizes."""
    import PIL.Image
    import pypdfium2

    sizes = []
    document = pypdfium2.PdfDocument(pdf)
    for number in range(min(len(document), most)):
        page = document[number]
        bitmap = page.render(scale=width / page.get_width())
        picture = bitmap.to_pil().convert("RGB").quantize(COLORS, PIL.Image.Quantize.FASTOCTREE)
        picture.save(folder / f"{number + 1}.png", "PNG")
        sizes.append(picture.size)
        page.close()
    document.close()
    return sizes


def main() -> None:
    folder, width, most = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    pdf = sys.stdin.buffer.read()
    # Loaded before the fence closes: the library's own files are then in memory.
    import PIL.Image
    import pypdfium2.raw  # noqa: F401

    PIL.Image.init()
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    limits.limit_memory(MEMORY_MB)
    limits.limit_files()
    limits.confine([], limits.code_folders(), str(folder))
    sizes = paint(pdf, folder, width, most)
    (folder / "pages.json").write_text(json.dumps(sizes))


if __name__ == "__main__":
    main()
