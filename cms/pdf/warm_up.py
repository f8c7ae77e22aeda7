"""What the render process prints before it takes the first document. Each child inherits what was prepared for it.

Touches what a document would otherwise pay for, one after the other in its own process: each font, tables, pictures, notes,
the rules of the stylesheets with their variables, charts and codes, and the hyphenation patterns, which load only when a
word does not fit: hence the narrow paragraphs.
"""

from __future__ import annotations

FACES = """<!doctype html><html lang="en"><head><title>Warm-up</title><style>
p { hyphens: auto; width: 2em } .n { float: footnote } .g { display: grid; grid-template-columns: 1fr 1fr }
.f { display: flex }</style></head><body><h1>Heading <em>one</em></h1><p>Administration
<b>bold</b> <i>italic</i> <span style="font-weight:600">strong</span><span class="n">A note with a
<a href="https://example.org/">link</a>.</span></p>
<p style="font-family:'Public Sans'">Plain <b>bold</b> <i>italic</i>
<span style="font-weight:600">strong</span></p>
<p style="font-family:'Source Serif 4'">Plain <b>bold</b> <i>italic</i>
<span style="font-weight:600">strong</span> Nguyễn ñ — “x” 1234567890</p>
<pre style="font-family:'Source Code Pro'">─ 1</pre>
<p lang="ar" dir="rtl" style="font-family:'Amiri'">شهادة <b>عامة</b></p>
<p lang="es">Administración del condado responsable</p><ul><li>item</li></ul><ol><li>item</li></ol>
<table><caption>Table</caption><thead><tr><th scope="col">A</th></tr></thead>
<tbody><tr><td>1</td></tr></tbody></table><div class="g"><p>a</p><p>b</p></div>
<div class="f"><p>a</p><p>b</p></div><figure><svg viewBox="0 0 10 10" width="10"><title>t</title>
<g transform="translate(1 1)"><rect width="5" height="5" fill="#123456"/><path d="M0 0L5 5"/>
<text x="1" y="9" font-size="3">x</text></g></svg><figcaption>f</figcaption></figure>
<img alt="dot" src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==">
</body></html>"""

_CHART = """<figure class="chart"><figcaption class="chart__caption"><span class="chart__title">Days</span>
<span class="chart__unit">Days</span></figcaption><svg class="chart__drawing" color="#a63d1a" direction="ltr"
font-family="Public Sans,sans-serif" viewBox="0 -4 520 120"><title>A rise.</title>
<text fill="#1d2125" font-size="14" font-weight="400" text-anchor="start" x="0" y="16">2019</text>
<rect fill="currentColor" height="22" width="419" x="48" y="0"/><line stroke="#1d2125" x1="48" x2="48" y1="0" y2="90"/>
<path d="M19 34 L115 86 L211 56" fill="none" stroke="currentColor" stroke-width="2.5"/>
<circle cx="19" cy="34" fill="currentColor" r="4"/>
<text fill="#1d2125" font-size="14" font-weight="600" text-anchor="middle" x="60" y="50">31</text>
<text fill="#525a62" font-size="14" text-anchor="end" x="500" y="50">2024</text></svg></figure>"""
_NOTE = """<span class="footnote" id="note-{0}">Department of Health. (2024). <i>Report {0}</i>.
<a href="https://example.org/{0}">https://example.org/{0}</a></span>"""
_WORDS = """<div class="block block--paragraph"><p>Heat is the weather that harms the most people and is <b>noticed</b> the
least{note}. Shade, water and a <i>place</i> to rest cost <a href="https://example.org/">little</a>
and can be ready before the next summer, as the administration of the county said in its recommendations.</p></div>"""
_TABLE = """<div class="block block--table"><table class="data"><caption>Days</caption><thead><tr><th scope="col">Where</th>
<th scope="col" class="number">2023</th></tr></thead><tbody><tr><th scope="row">County</th><td class="number">17</td></tr>
</tbody></table></div>"""
_CODE = """<div class="colophon"><div class="colophon__code"><svg class="qr" viewBox="0 0 99 99"><title>Code</title>
<path transform="scale(3)" stroke="#000" class="qrline" d="M0 0.5h7m1 0h1m2 0h5m-17 1h1m5 0h1"/></svg></div>
<p><strong>Contact</strong><br>Office<br><a href="mailto:office@example.org">office@example.org</a></p>
<p><strong>On the web</strong><br><a href="https://example.org/">example.org</a></p></div>"""
_HEADS = """<div class="running-head">Heat</div><div class="running-foot">Office</div><div class="folio">Page
<span class="page-number"></span> of <span class="page-count"></span></div>"""
_HEADING = """<div class="block block--heading"><h2>{}</h2></div>"""


def _document(kind: str, top: str) -> str:
    """Two pages of a paper as our templates print it."""
    words = [_WORDS.format(note=_NOTE.format(number)) for number in (2, 3, 4)]
    quote = '<blockquote class="quote"><p>Words.</p></blockquote><ul><li><p>One</p></li><li>Two</li></ul>'
    parts = [
        _HEADING.format("First"),
        *words,
        _CHART,
        quote,
        _HEADING.format("Second"),
        _TABLE,
        *words[:1],
        _CHART,
    ]
    return (
        '<!DOCTYPE html><html lang="en" dir="ltr" class="pair-public"><head><title>Warm-up</title>'
        "<style>html:root { --primary: #1b4965; --accent: #a63d1a }</style></head>"
        f'<body class="sheet sheet--{kind}">{_HEADS}{top}<div class="words">{"".join(parts)}</div>{_CODE}</body></html>'
    )


_FACT_SHEET = f"""<div class="flag"><p class="flag__name">Office</p><p class="flag__kind">Fact sheet<br>2026</p></div>
<p class="topic">Heat</p><h1>Heat harms those who can least avoid it</h1><div class="top"><div class="top__figure">
<p class="key-figure"><strong class="key-figure__value">31%</strong> <span class="key-figure__label">more
days{_NOTE.format(1)}</span></p></div><div class="top__ask"><h2>What we ask</h2><p>Fund <b>it</b>.</p></div></div>"""
_TESTIMONY = f"""<div class="letterhead"><div class="letterhead__words"><p class="letterhead__name">Office</p>
<p class="letterhead__lines">Line</p></div><p class="letterhead__address">Street</p></div><h1>Testimony</h1>
<p class="statement">In support{_NOTE.format(1)}</p><div class="facts"><div class="addressee">Committee</div>
<table class="particulars"><tr><th scope="row">Bill</th><td>HB 1</td></tr></table></div>
<p class="salutation">Members:</p>"""
DOCUMENTS = (FACES, _document("fact-sheet", _FACT_SHEET), _document("testimony", _TESTIMONY))
