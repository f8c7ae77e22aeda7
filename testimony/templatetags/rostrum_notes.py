"""Template tags of the document blocks: what of the library they print, and its footnotes."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString
from wagtail.blocks import StructValue
from wagtail.templatetags.wagtailcore_tags import richtext

from testimony.domain.citations import cite
from testimony.enums import ReferenceMode
from testimony.models import Source, Statistic
from testimony.richtext import placeholder, reference_cache, within

register = template.Library()


@register.simple_tag
def source_note(source) -> SafeString | str:
    """Placeholder of a footnote that cites `source`; `testimony.domain.notes` numbers it."""
    return placeholder(source) if source else ""


@register.simple_tag
def citation(source: Source) -> SafeString:
    """`source` as a note cites it."""
    return cite(source)


@register.simple_tag
def placed_words(value: StructValue) -> SafeString | None:
    """The words of a placed talking point: the library's, those of its pin, or the document's own.

    None when there is nothing to print: deleted, not published, or the pin is of something else.
    """
    point = value.get("point")
    if point is None or not point.live:
        return None
    mode = value.get("mode")
    if mode == ReferenceMode.ADAPTED:
        return richtext(value.get("adapted") or "")
    if mode != ReferenceMode.PINNED:
        return richtext(point.text)
    with reference_cache(value) as references:
        pinned = references.pinned(point, value.get("pin"))
        if pinned is None:
            return None
        with within(pinned):
            return richtext(pinned.item.text)


@register.simple_tag
def placed_question(value: StructValue) -> str:
    """What is asked, where a placed talking point is a question and its words the answer; else ""."""
    point = value.get("point")
    if point is not None and value.get("mode") == ReferenceMode.PINNED:
        with reference_cache(value) as references:
            pinned = references.pinned(point, value.get("pin"))
            point = pinned.item if pinned else None
    return point.title if point is not None and point.is_question else ""


@register.simple_tag
def placed_statistic(value: StructValue) -> Statistic | None:
    """The figure that a block prints: the library's or that of its pin. None when there is nothing to print."""
    item = value.get("statistic")
    if item is None or not item.live:
        return None
    if value.get("mode") == ReferenceMode.PINNED:
        with reference_cache(value) as references:
            # Without a pin there is nothing that could be shown as pinned: 0 is no pin's key.
            item = references.statistic(item.pk, value.get("pin") or 0)
    return shown(item) if item is not None and item.display else None


@register.simple_tag
def shown(item: Statistic) -> Statistic:
    """Note that the figure of `item` is printed here."""
    with reference_cache() as references:
        references.shown.append(item)
    return item
