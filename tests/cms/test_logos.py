"""Logos as SVG: whatever acts, reaches out or never ends is taken out or refused; what is drawn stays."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from cms import logos
from cms.logo_input import DrawingFormField, DrawingInput, data_url
from cms.logos import clean_svg

NAMES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
DRAWN = '<path d="M0 0h9v9z" fill="#123456"/>'


def drawing(inside: str, attributes: str = 'viewBox="0 0 10 10"') -> str:
    return f"<svg {NAMES} {attributes}>{inside}</svg>"


LAUGHS = "".join(f'<g id="l{n}">' + f'<use href="#l{n + 1}"/>' * 10 + "</g>" for n in range(9))
CIRCLE = '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'
DEEP = "<g>" * 60 + DRAWN + "</g>" * 60

DISARMED = {
    "script": "<script>alert(1)</script>",
    "script with its address": '<script href="https://evil.example/x.js"/>',
    "script by another name": '<svg:script xmlns:svg="http://www.w3.org/2000/svg">a()</svg:script>',
    "click handler": '<rect width="5" height="5" onclick="alert(1)"/>',
    "handler on the root": '<g onload="alert(1)"/>',
    "handler in odd letters": '<rect OnLoad="alert(1)"/>',
    "foreign object": '<foreignObject><div xmlns="http://www.w3.org/1999/xhtml">x</div></foreignObject>',
    "frame": '<iframe xmlns="http://www.w3.org/1999/xhtml" src="https://evil.example"/>',
    "picture from elsewhere": '<image href="https://evil.example/p.png" width="9" height="9"/>',
    "picture by the old name": '<image xlink:href="https://evil.example/p.png"/>',
    "picture as data": '<image href="data:image/png;base64,AAAA"/>',
    "drawing as data": '<image href="data:image/svg+xml;base64,PHN2Zy8+"/>',
    "file of the server": '<image href="file:///etc/passwd"/>',
    "part of another file": '<use href="https://evil.example/x.svg#a"/>',
    "part of a file of ours": '<use href="/media/secret.svg#a"/>',
    "link": '<a href="https://evil.example">x</a>',
    "link to script": '<a xlink:href="javascript:alert(1)"><text>x</text></a>',
    "link to script, disguised": '<a href="java&#9;script:alert(1)"><text>x</text></a>',
    "style from elsewhere": '<style>@import "https://evil.example/x.css";</style>',
    "font from elsewhere": "<style>@font-face{font-family:x;src:url(https://evil.example)}</style>",
    "address in a style": '<rect style="fill:url(https://evil.example/#x)"/>',
    "address in an attribute": '<rect fill="url(https://evil.example/#x)"/>',
    "address in a filter": '<rect filter="url(//evil.example/f.svg#x)"/>',
    "escaped address in a style": r"<style>rect{fill:u\72l(https://evil.example)}</style>",
    "filter that loads": '<filter id="f"><feImage href="https://evil.example/p.png"/></filter>',
    "animation of an address": '<a><animate attributeName="href" to="javascript:alert(1)"/></a>',
    "set of a handler": '<set attributeName="onmouseover" to="alert(1)"/>',
    "base of addresses": '<g xml:base="https://evil.example/"/>',
    "video": '<video xmlns="http://www.w3.org/1999/xhtml" src="https://evil.example"/>',
    "comment with script": "<!-- <script>alert(1)</script> -->",
    "text that ends a style": "<style><![CDATA[</style><script>alert(1)</script>]]></style>",
}
FORBIDDEN = re.compile(
    r"script|alert|evil|on\w+=|foreignobject|iframe|<image|<a[ >]|animate|<set|file:|data:|@import|@font-face"
    r"|/media|feimage|base=|<video|\\",
    re.IGNORECASE,
)
REFUSED = {
    "billion laughs of entities": '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    + drawing("<text>&b;</text>"),
    "entity that reads a file": '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    + drawing("<text>&x;</text>"),
    "document type from elsewhere": '<!DOCTYPE svg SYSTEM "https://evil.example/x.dtd">'
    + drawing(DRAWN),
    "billion laughs of parts": drawing(LAUGHS + f'<g id="l9">{DRAWN}</g>'),
    "parts in a circle": drawing(CIRCLE),
    "parts in the fills of parts": drawing(
        "".join(
            f'<pattern id="p{n}">' + f'<rect fill="url(#p{n + 1})"/>' * 10 + "</pattern>"
            for n in range(8)
        )
        + f'<pattern id="p8">{DRAWN}</pattern>'
    ),
    "too deep": drawing(DEEP),
    "too many parts": drawing("<path d='M0 0'/>" * 6000),
    "too large": drawing(f'<path d="M{"0 " * logos.MAX_BYTES}"/>'),
    "stylesheet instruction": '<?xml-stylesheet href="https://evil.example/x.css"?>'
    + drawing(DRAWN),
    "program instruction": "<?php system('id') ?>" + drawing(DRAWN),
    "no SVG": "<html><body>x</body></html>",
    "no XML": "GIF89a",
    "cut short": drawing(DRAWN)[:-9],
    "another encoding": drawing(DRAWN).encode("utf-16"),
    "bytes that are no text": b"\xff\xfe\xfd",
    "zero bytes": drawing(DRAWN).encode() + b"\x00",
    "nothing drawn": drawing("<g/>"),
    "without a size": f"<svg {NAMES}>{DRAWN}</svg>",
    "without a namespace": f'<svg viewBox="0 0 9 9">{DRAWN}</svg>',
}


@pytest.mark.parametrize("inside", DISARMED.values(), ids=DISARMED.keys())
def test_what_acts_or_reaches_out_is_taken_out_and_the_drawing_stays(inside):
    cleaned = clean_svg(drawing(inside + DRAWN))

    assert FORBIDDEN.findall(cleaned) == []
    assert "#123456" in cleaned


@pytest.mark.parametrize("hostile", REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_a_logo_is_refused_in_words(hostile):
    with pytest.raises(ValidationError, match="cannot be used as a logo"):
        clean_svg(hostile)


def test_an_honest_logo_keeps_its_shapes_styles_and_gradients():
    honest = drawing(
        '<title>Health</title><defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/>'
        '</linearGradient></defs><style>.a{fill:#654321}</style><g transform="scale(2)">'
        '<path class="a" d="M0 0h9z"/><rect width="4" height="4" fill="url(#g)"/>'
        '<use href="#mark"/><circle id="mark" r="3" style="fill-opacity:.5"/></g>'
    )
    cleaned = clean_svg(honest)

    kept = ["<title>Health</title>", ".a{fill:#654321}", 'fill="url(#g)"', 'href="#mark"']
    kept += ['transform="scale(2)"', 'style="fill-opacity:.5"', 'stop-color="#fff"']
    assert [part for part in kept if part not in cleaned] == []


def test_cleaning_what_is_clean_changes_nothing():
    once = clean_svg(drawing(DRAWN + "<text>A &amp; B</text>"))
    assert clean_svg(once) == once


def test_a_drawing_with_a_size_only_gets_a_view_box():
    assert 'viewBox="0 0 120 40"' in clean_svg(drawing(DRAWN, 'width="120px" height="40"'))


def test_the_form_reads_a_file_a_text_or_nothing():
    file = SimpleUploadedFile("logo.svg", drawing(DRAWN).encode(), "image/svg+xml")
    widget, field = DrawingInput(), DrawingFormField(required=False)
    from_file = widget.value_from_datadict({"logo": "old"}, {"logo-file": file}, "logo")
    assert field.clean(from_file) == clean_svg(drawing(DRAWN))
    assert widget.value_from_datadict({"logo": "old"}, {}, "logo") == "old"
    assert widget.value_from_datadict({"logo": "old", "logo-clear": "on"}, {}, "logo") == ""
    assert field.clean("  ") == ""


def test_the_form_refuses_a_file_of_other_bytes():
    file = SimpleUploadedFile("logo.svg", b"\x89PNG\r\n\xff", "image/svg+xml")
    text = DrawingInput().value_from_datadict({}, {"logo-file": file}, "logo")
    with pytest.raises(ValidationError, match="cannot be used as a logo"):
        DrawingFormField(required=False).clean(text)


def test_the_form_shows_the_present_drawing_as_a_picture_and_no_refused_one():
    cleaned = clean_svg(drawing(DRAWN))
    assert data_url(cleaned) in DrawingInput().render("logo", cleaned)
    assert "data:" not in DrawingInput().render("logo", "<html>")
