"""The engine's HTML parser compiles each pattern once, and reads the same with it."""

from __future__ import annotations

from tinyhtml5 import inputstream, parse

from cms.pdf import html_patterns

HTML = "<p class=\"a-b\" title='c'>x &amp; <b>y</b> ]]> — <!-- z --></p><style>p { color: red }</style>"


def test_the_tree_is_the_same_and_nothing_is_compiled_twice(monkeypatch):
    def read() -> list[tuple]:
        return [(e.tag, dict(e.attrib), e.text, e.tail) for e in parse(HTML).iter()]

    monkeypatch.setattr(inputstream, "characters_until_regex", {})
    before = read()
    html_patterns.mend()
    after = read()
    known = dict(inputstream.characters_until_regex)

    assert (read(), after) == (before, before)
    assert inputstream.characters_until_regex == known
