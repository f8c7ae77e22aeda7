"""No document reaches the network or a file that is not its own."""

from __future__ import annotations

import base64
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from django.conf import settings

from cms.pdf import service, text
from cms.pdf.errors import PdfError, PdfTooLarge

DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="

# {http} stands for the canary's address, {file} for a file holding a secret.
VECTORS = {
    "image": '<img alt="x" src="{http}/img">',
    "image set": '<img alt="x" srcset="{http}/set 1x" src="{http}/src">',
    "linked stylesheet": '<link rel="stylesheet" href="{http}/a.css">',
    "imported stylesheet": "<style>@import url({http}/b.css);</style>",
    "font": "<style>@font-face{{font-family:X;src:url({http}/f.ttf)}} p{{font-family:X}}</style>",
    "background": '<p style="background:url({http}/bg)">x</p>',
    "generated content": "<style>p::before{{content:url({http}/content)}}</style><p>x</p>",
    "list marker": '<ul style="list-style-image:url({http}/list)"><li>x</li></ul>',
    "border": '<p style="border:1px solid;border-image:url({http}/border) 1">x</p>',
    "page background": "<style>@page{{background:url({http}/page)}}</style>",
    "margin box": "<style>@page{{@top-left{{content:url({http}/margin)}}}}</style>",
    "svg image": '<svg width="9" height="9"><image href="{http}/svg" width="9" height="9"/></svg>',
    "svg use": '<svg width="9" height="9"><use href="{http}/use.svg#a"/></svg>',
    "object": '<object data="{http}/object"></object>',
    "embed": '<embed src="{http}/embed">',
    "attachment": '<link rel="attachment" href="{http}/attachment">',
    "attached link": '<a rel="attachment" href="{http}/alink">x</a>',
    "base address": '<base href="{http}/"><img alt="x" src="relative">',
    "protocol-relative": '<base href="http://x/"><img alt="x" src="{http_bare}/pr">',
    "file image": '<img alt="x" src="file://{file}">',
    "file attachment": '<link rel="attachment" href="file://{file}">',
    "file in svg": '<svg width="9" height="9"><image href="file://{file}" width="9" height="9"/></svg>',
    "file stylesheet": '<link rel="stylesheet" href="file://{file}">',
    "file font": "<style>@font-face{{font-family:X;src:url(file://{file})}} p{{font-family:X}}</style>",
    "file content": "<style>p::before{{content:url(file://{file})}}</style><p>x</p>",
    "static file outside": '<img alt="x" src="asset://static/../../settings/base.py">',
    "svg in a data address": '<img alt="x" src="data:image/svg+xml,<svg xmlns=\'http://www.w3.org/2000/svg\'><image href=\'{http}/inner\'/></svg>">',
}  # fmt: skip


@pytest.mark.parametrize("name", VECTORS)
def test_nothing_is_fetched_and_nothing_leaks(name, canary, tmp_path, pdf):
    secret = tmp_path / "secret.css"
    secret.write_text("p::after { content: 'CANARY-IN-A-FILE' } /* CANARY-IN-A-FILE */")
    values = {"http": canary.url, "http_bare": canary.url.removeprefix("http:"), "file": secret}
    printed = pdf(f"<h1>Still here</h1>{VECTORS[name].format(**values)}<p>End</p>").pdf
    assert "Still here" in text.extract_text(printed)
    assert b"CANARY-IN-A-FILE" not in printed
    assert "CANARY-IN-A-FILE" not in text.extract_text(printed)
    assert b"/EmbeddedFile" not in printed
    assert canary.paths == []


REFUSED_WHOLE = {
    "colour profile": "<style>@color-profile --x{{src:url({http}/icc)}}</style>",
}


@pytest.mark.parametrize("name", REFUSED_WHOLE)
def test_these_refuse_the_whole_document(name, canary, pdf):
    with pytest.raises(PdfError):
        pdf(REFUSED_WHOLE[name].format(http=canary.url))
    assert canary.paths == []


def test_a_refused_picture_is_reported(pdf, canary):
    result = pdf(f'<p>Text</p><img alt="x" src="{canary.url}/x.png">')
    assert len(result.warnings) == 1
    assert "Failed to load image" in result.warnings[0]


def test_too_many_pictures_end_the_document(page):
    dot = base64.b64decode(DOT)
    # Bytes after its end make the same dot another picture each time.
    addresses = (base64.b64encode(dot + bytes(number)).decode() for number in range(401))
    html = page("".join(f'<img alt="x" src="data:image/png;base64,{a}">' for a in addresses))
    with pytest.raises(PdfTooLarge, match="larger files"):
        service.render_html(html)


CONFINED = """
import os, socket, subprocess, sys, tempfile
from cms.pdf import limits
allowed, denied, scratch = sys.argv[1:4]
limits.limit_files()
limits.confine([allowed], limits.code_folders(), scratch)
def attempt(name, action):
    try:
        action()
    except PermissionError:
        print(name, "refused")
    else:
        print(name, "done")
attempt("allowed file", lambda: open(allowed).close())
attempt("other file", lambda: open(denied).close())
attempt("write to allowed", lambda: os.open(denied, os.O_WRONLY))
attempt("scratch file", lambda: open(os.path.join(scratch, "x"), "w").close())
attempt("remove scratch file", lambda: os.remove(os.path.join(scratch, "x")))
attempt("remove other file", lambda: os.remove(denied))
attempt("project file", lambda: open(os.path.join(sys.argv[4], "manage.py")).close())
attempt("import", lambda: __import__("colorsys"))
attempt("socket", lambda: socket.socket())
attempt("process", lambda: subprocess.Popen(["true"]))
attempt("shell", lambda: os.system("true"))
attempt("fork", os.fork)
"""


def test_the_second_fence_holds_against_code_itself(tmp_path):
    allowed, denied, scratch = tmp_path / "allowed", tmp_path / "denied", tmp_path / "scratch"
    allowed.write_text("x")
    denied.write_text("x")
    scratch.mkdir()
    root = Path(settings.BASE_DIR)
    done = subprocess.run(
        [sys.executable, "-P", "-c", CONFINED, allowed, denied, scratch, root],
        env={"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == [
        "allowed file done",
        "other file refused",
        "write to allowed refused",
        "scratch file done",
        "remove scratch file done",
        "remove other file refused",
        "project file refused",
        "import done",
        "socket refused",
        "process refused",
        "shell refused",
        "fork refused",
    ]
    assert denied.read_text() == "x"


def test_a_decompression_bomb_is_left_out_and_not_unpacked(pdf):
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))
        )

    side = 12_000  # 144 million pixels in 20 KB
    rows = zlib.compress(b"\0" * (side // 8 + 1) * side, 9)
    header = struct.pack("!IIBBBBB", side, side, 1, 0, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    address = f"data:image/png;base64,{base64.b64encode(png).decode()}"
    result = pdf(f'<p>Text</p><img alt="x" src="{address}">')
    assert result.pages == 1
    assert len(result.warnings) == 1
    assert "Failed to load image" in result.warnings[0]
