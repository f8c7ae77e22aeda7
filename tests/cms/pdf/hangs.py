"""Small documents that take a layout engine without limits minutes, hours or all memory."""

from __future__ import annotations

from collections.abc import Callable


def nested(opening: str, depth: int, inner: str = "x", closing: str = "</div>") -> str:
    return opening * depth + inner + closing * depth


def drawing(body: str) -> str:
    return f'<svg viewBox="0 0 9 9" width="9" height="9"><title>t</title>{body}</svg>'


def used(levels: int) -> str:
    steps = (f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, levels))
    return drawing('<g id="a0"><rect width="1" height="1"/></g>' + "".join(steps))


def doubled_variables(count: int) -> str:
    steps = "".join(f"--v{n}:var(--v{n - 1}) var(--v{n - 1});" for n in range(1, count))
    return f"<style>p{{--v0:xxxx;{steps}font-family:var(--v{count - 1})}}</style><p>x</p>"


# Measured: each of these ran for more than the usual limit, or out of memory or stack.
MEASURED: dict[str, Callable[[], str]] = {
    "nested flex": lambda: nested('<div style="display:flex">', 14),
    "nested columns": lambda: nested('<div style="columns:2">', 5, "x " * 5),
    "nested grid": lambda: nested('<div style="display:grid">', 18),
    "doubled variables": lambda: doubled_variables(27),
    "a tiny page": lambda: "<style>@page{size:12px;margin:0}</style>" + "word " * 4000,
    "nested use": lambda: used(8),
    "a long selector": lambda: (
        f"<style>{'div ' * 40}p b{{color:red}}</style>" + nested("<div>", 300, "<p>x</p>")
    ),
    "a table of 50,000 cells": lambda: (
        "<table>" + ("<tr>" + "<td>1</td>" * 10 + "</tr>") * 5000 + "</table>"
    ),
    "3,000 notes": lambda: '<p>x<span style="float:footnote">n</span></p>' * 3000,
    "20,000 placed boxes": lambda: '<i style="position:absolute;top:1px">x</i>' * 20_000,
    "a paragraph of a megabyte": lambda: f"<p>{'word ' * 200_000}</p>",
    "a word of two megabytes": lambda: f"<p>{'w' * 2_000_000}</p>",
    "800 nested boxes": lambda: nested("<div>", 800),
}
OURS: dict[str, Callable[[], str]] = {
    "a cell over a billion columns": lambda: (
        '<table><tr><td colspan="1000000000">x</td></tr></table>'
    ),
    "nested inline flex": lambda: nested('<i style="display:inline-flex">', 14, closing="</i>"),
    "nested inline grid": lambda: nested('<i style="display:inline-grid">', 18, closing="</i>"),
    "two million tracks": lambda: (
        '<div style="display:grid;grid-template-columns:repeat(2000000,1fr)"><p>x</p></div>'
    ),
    "a mark at each of a million points": lambda: drawing(
        '<marker id="m"><path d="M0 0L1 1"/></marker>'
        f'<path marker-mid="url(#m)" d="M0 0{" L1 1" * 1_000_000}"/>'
    ),
    "20,000 floats": lambda: '<i style="float:left">x</i>' * 20_000,
    "50,000 pages": lambda: '<p style="break-after:page">x</p>' * 50_000,
    "counters that never settle": lambda: (
        "<style>a::after{content:target-counter(attr(href),page)}</style>"
        + "".join(f'<p id="t{n}"><a href="#t{n + 1}">x</a></p>' for n in range(8000))
    ),
    "half a million rules": lambda: (
        "<style>" + "p~p~b{color:red}" * 500_000 + "</style>" + "<p>x</p>" * 300
    ),
    "floats around floats": lambda: '<p style="float:left;width:1px">x</p>' * 20_000,
}
