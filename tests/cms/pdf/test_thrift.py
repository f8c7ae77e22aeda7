"""The engine that is spared work prints what it printed before."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.conf import settings

from cms.pdf import fonts, thrift

# Whatever is spared: variables, floats beside lines, drawings with labels at both sides, notes, tables, justified text.
PRINTED = """
import hashlib
import sys
from weasyprint import CSS, HTML
from cms.pdf import thrift

if sys.argv[1] == "spared":
    thrift.mend()
    thrift.keep_lines("")
label = '<text x="50" y="9" font-size="8" text-anchor="{}">Label</text>'
labels = "".join(map(label.format, ("start", "middle", "end")))
words = "<p>Recommendations of the administration, <b>stressed</b> and <a href='/x'>linked</a>. </p>" * 9
html = f'''<html lang="en" style="--face: sans-serif; --ink: #123456"><style>
p {{ font: 300 9pt/1.4 var(--face), serif; color: var(--ink); padding-inline-start: 2%; hyphens: auto }}
.left {{ float: inline-start; width: 3em; clear: both }} .even {{ text-align: justify }}
.note {{ float: footnote }} :dir(rtl) p {{ margin: calc(1% + 2px) }} td {{ border: thin solid }}</style><body>
<div class="left">Beside</div>{words}<div class="left" style="margin-bottom: -5em">Over<br>it</div>{words * 4}<div class="even" style="--ink: red">{words}</div>
<p>Said<span class="note">A note.</span></p><table><tr><th>A<td>1 <u>2</u></table><pre>a  b</pre>
<svg id="drawing" viewBox="0 0 99 20" width="200"><g id="inner">{labels}</g>
<path stroke="red" d="M0 0.5h7m3 0h2m-12 1h1m2 0h3"/></svg>
<div dir="rtl" lang="ar"><p>\u0634\u0647\u0627\u062f\u0629 12</p></div></body></html>'''
document = HTML(string=html, base_url="https://example.org")
if sys.argv[1] == "spared":
    thrift.without_drawings(document)
print(hashlib.sha256(document.write_pdf(pdf_variant="pdf/ua-1")).hexdigest())
"""


def test_this_engine_is_built_as_the_module_expects():
    assert thrift.expectations() == []


def test_another_engine_is_refused(monkeypatch):
    import weasyprint
    from weasyprint import svg
    from weasyprint.svg import utils as svg_utils
    from weasyprint.text.line_break import Layout

    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    monkeypatch.delattr(Layout, "deactivate")
    monkeypatch.setattr(Layout, "setup", lambda layout: None)
    monkeypatch.setattr(svg_utils, "size", lambda string: 0)
    monkeypatch.delitem(svg.TAGS, "path")
    words = [
        "WeasyPrint is 71.0, written for 70.x",
        "Layout.setup takes other arguments",
        "Layout.deactivate is gone",
        "weasyprint.svg.utils.size takes other arguments",
        "weasyprint.svg.TAGS has no path",
    ]
    assert thrift.expectations() == words
    with pytest.raises(thrift.EngineChanged, match="deactivate is gone"):
        thrift.mend()


@pytest.mark.parametrize(
    ("margins", "is_above"), [((0, 0, 0, 0), True), ((0, 2, 9, 2), True), ((0, 0, 0, -1), False)]
)
def test_a_float_with_a_negative_margin_may_be_in_the_way(margins, is_above):
    names = ("margin_top", "margin_right", "margin_bottom", "margin_left")
    shape = SimpleNamespace(
        position_y=0, margin_height=lambda: 10, **dict(zip(names, margins, strict=True))
    )
    assert thrift._is_above(shape, 20) is is_above


def test_what_is_printed_is_the_same_byte_by_byte(tmp_path):
    configuration = tmp_path / "fonts.conf"
    configuration.write_text(fonts.fontconfig_xml(tmp_path / "cache"))

    def printed(how: str) -> str:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", PRINTED, how],
            cwd=settings.BASE_DIR,
            env={
                "PATH": "/usr/bin:/bin",
                "FONTCONFIG_FILE": str(configuration),
                "HOME": str(tmp_path),
            },
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        return done.stdout

    before = printed("plain")
    assert (len(before), before) == (65, printed("spared"))
