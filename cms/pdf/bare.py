"""The bare limit the pipeline is measured against: plain `HTML(string).write_pdf()`, same document.

Runs in a process of its own, so that measuring does not bring WeasyPrint into a web process.
"""

from __future__ import annotations

import json
import posixpath
import re
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cms.pdf.assets import Manifest

_IMPORT = re.compile(r"""@import\s+["']([^"']+)["'];""")


def standalone_html(html: str, css: Manifest, assets: Manifest) -> str:
    """The document with its stylesheets written into it and its files named by path."""
    from cms.pdf import engine, fonts  # apps: the process of `main` below has no Django

    folder = fonts.web_folder()
    sheets = [fonts.font_face_css(f"{folder.as_uri()}/{{stem}}.woff2")]
    for url in engine.stylesheet_roots():
        sheets.append(_inlined(url, css))
    style = "<style>" + "\n".join(sheets) + "</style>"
    whole = html.replace("</head>", f"{style}</head>", 1) if "</head>" in html else style + html
    for url, asset in sorted(assets.assets.items(), key=lambda item: -len(item[0])):
        if asset.path:
            whole = whole.replace(url, Path(asset.path).as_uri())
    return whole


def _inlined(url: str, css: Manifest) -> str:
    """A stylesheet with those that it imports written in their place."""
    sheet = Path(css.assets[url].path).read_text(encoding="utf-8")
    return _IMPORT.sub(lambda match: _inlined(f"{posixpath.dirname(url)}/{match[1]}", css), sheet)


class BareEngine:
    """Renders one document again and again without any of our means; reports CPU seconds."""

    def __init__(self, html: str) -> None:
        root = Path(__file__).resolve().parents[2]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "cms.pdf.bare"],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._ask(html)  # the first render pays for imports and is not a measure

    def seconds(self) -> float:
        """CPU seconds of one more render."""
        return self._ask(None)

    def _ask(self, html: str | None) -> float:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(html) + "\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def __enter__(self) -> BareEngine:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate()


def main() -> None:
    """Each line of standard input is one render: a JSON string sets the document, null repeats it."""
    from weasyprint import HTML

    html = ""
    for line in sys.stdin:
        html = json.loads(line) or html
        before = time.process_time()
        HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")
        sys.stdout.write(f"{time.process_time() - before:.6f}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
