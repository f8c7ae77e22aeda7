"""The yardstick of the benchmark: the same document, rendered without the pipeline's means."""

from __future__ import annotations

import re

from cms.pdf import assets, bare, engine
from cms.pdf.font_faces import FACES


def test_the_standalone_document_names_no_asset_address(page):
    html = page("<h1>T</h1><style>p{background:url(asset://static/rostrum/css/tokens.css)}</style>")
    css = engine.stylesheet_manifest()
    whole = bare.standalone_html(html, css, assets.collect(assets.urls_in_html(html)))
    assert re.findall(r"asset://static/rostrum/css/tokens\.css", whole) == []
    assert whole.count("@font-face") == len(FACES)
    assert "@page" in whole.split("</head>")[0]


def test_each_render_reports_its_processor_time(page):
    with bare.BareEngine(page("<p>Text</p>")) as limit:
        times = [limit.seconds(), limit.seconds()]
    assert all(0 < seconds < 60 for seconds in times)
