"""Statistics, sources and footnotes in the rich-text editor: toolbar, `/` commands, storage.

In the editor a reference is one inline entity over a short label. The label is for the eye only: it is made
anew from the library each time the text is opened, and never stored.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from draftjs_exporter import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    KEEP_WHITESPACE,
    InlineEntityElementHandler,
)
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature

from testimony import richtext
from testimony.domain.standing import standing
from testimony.enums import ReferenceMode
from testimony.formats import written_as_text
from testimony.models import Source, Statistic

JS = [
    "wagtailadmin/js/chooser-modal.js",
    "testimony/js/holding.js",
    "testimony/js/rich-text-references.js",
]
CSS = {"all": ["testimony/css/admin.css", "testimony/css/references.css"]}
LABELS = {
    "edit": _("Edit"),
    "replace": _("Choose another"),
    "open": _("Open in the library"),
    "remove": _("Remove"),
    "source": _("source"),
    "note": _("note"),
    "missing": _("missing"),
    "nothing": _("No longer published: nothing is printed here."),
    "keys": _("Alt and Enter opens its actions."),
    "pin": _("Keep today’s wording"),
    "follow": _("Follow the library"),
    "seen": _("Seen: our wording stays"),
    "difference": _("See the difference"),
    "failed": _("That did not work. Try again."),
}


class ReferenceElementHandler(InlineEntityElementHandler):
    """Reads `<embed embedtype="…"/>` as an immutable entity over its label."""

    mutability = "IMMUTABLE"

    def handle_starttag(self, name, attrs, state, contentstate) -> None:
        super().handle_starttag(name, attrs, state, contentstate)
        entity = contentstate.entity_map[state.current_entity_ranges[-1].key]
        state.current_block.text += entity.data["label"]
        state.leading_whitespace = KEEP_WHITESPACE


class LibraryElementHandler(ReferenceElementHandler):
    def __init__(self, entity_type: str, model: type[Statistic] | type[Source]) -> None:
        super().__init__(entity_type)
        self.model = model

    def get_attribute_data(self, attrs: Mapping[str, str]) -> dict[str, str]:
        pk = richtext.object_id(attrs)
        if pk is None:
            return missing(attrs, str(LABELS["nothing"]))
        return entity_data(self.model, pk, richtext.pin_id(attrs)) or missing(
            attrs, str(LABELS["nothing"])
        )


class NoteElementHandler(ReferenceElementHandler):
    def get_attribute_data(self, attrs: Mapping[str, str]) -> dict[str, str]:
        return {"text": attrs.get("text") or "", "label": str(LABELS["note"])}


def entity_data(
    model: type[Statistic] | type[Source], pk: int, pin: int | None
) -> dict[str, str] | None:
    """What the editor keeps of a reference; only id and pin are stored. None when nothing may be printed."""
    with richtext.reference_cache() as references:
        read = references.statistic if model is Statistic else references.source
        item, living = read(pk, pin), read(pk)
        if living is None:
            return None
        mode = ReferenceMode.FOLLOW if pin is None else ReferenceMode.PINNED
        said = standing(references, living, mode, living, pin)
    with written_as_text():
        figure, title = item.display if isinstance(item, Statistic) else "", str(item or living)
    name = str(LABELS["source"]) if isinstance(item, Source) else figure
    return {
        "id": str(pk),
        "label": name or str(LABELS["missing"]),
        "title": title,
        "url": edit_url(living),
        "pin": "" if pin is None else str(pin),
        "standing": said["words"],
        "changed": "yes" if said["changed"] else "",
        "difference": said["url"],
    }


def chosen_entity_data(item: Statistic | Source) -> dict[str, str]:
    """Of an item that was chosen just now: it follows the library."""
    return entity_data(type(item), item.pk, None) or missing(
        {"id": str(item.pk)}, str(LABELS["nothing"])
    )


def edit_url(item: Statistic | Source) -> str:
    return reverse(item.snippet_viewset.get_url_name("edit"), args=[item.pk])


def missing(attrs: Mapping[str, str], words: str) -> dict[str, str]:
    """Deleted or unpublished: the reference is kept, so that publishing the item brings it back."""
    return {
        "id": attrs.get("id") or "",
        "pin": attrs.get("pin") or "",
        "label": str(LABELS["missing"]),
        "title": words,
        "standing": words,
    }


def store(embed_type: str, attributes: tuple[str, ...]):
    """Writes the entity; the label, which is its text in the editor, is dropped. The first attribute is needed,
    those that are empty are not written."""

    def element(props: Mapping[str, object]):
        values = {name: str(props[name]) for name in attributes if props.get(name)}
        if attributes[0] not in values:
            return None
        return DOM.create_element("embed", {"embedtype": embed_type, **values})

    return element


def feature(
    entity: str, description, icon: str, stored: tuple[str, ...], chooser: str
) -> EntityFeature:
    return EntityFeature(
        {
            "type": entity,
            "icon": icon,
            "description": description,
            # What pasting may keep; an entity without its id or text is dropped.
            "attributes": [*stored, "label", "title", "url", "standing", "changed", "difference"],
            "allowlist": {stored[0]: True},
            "chooserUrls": {"reference": reverse_lazy(chooser)},
        },
        js=JS,
        css=CSS,
    )


FEATURES = (
    (
        richtext.StatisticHandler,
        LibraryElementHandler("STATISTIC", Statistic),
        ("id", "pin"),
        _("Statistic in the line"),
        "order-up",
        "wagtailsnippetchoosers_testimony_statistic:choose",
    ),
    (
        richtext.SourceHandler,
        LibraryElementHandler("SOURCE", Source),
        ("id", "pin"),
        _("Source in the line"),
        "openquote",
        "wagtailsnippetchoosers_testimony_source:choose",
    ),
    (
        richtext.NoteHandler,
        NoteElementHandler("NOTE"),
        ("text",),
        _("Footnote"),
        "comment-add",
        "testimony:choose_note",
    ),
)


def editor_strings() -> dict[str, object]:
    """What the editor's script says, in the language of the person who asks."""
    types = {
        element.entity_type: {"icon": icon, "description": str(description)}
        for _handler, element, _stored, description, icon, _chooser in FEATURES
    }
    return {
        "labels": {name: str(text) for name, text in LABELS.items()},
        "types": types,
        "hold": reverse("testimony:hold"),
    }


def register_features(features) -> None:
    """Make `statistic`, `source` and `note` known to Wagtail's rich text."""
    for handler, element, stored, description, icon, chooser in FEATURES:
        name, entity = handler.identifier, element.entity_type
        features.register_embed_type(handler)
        features.register_editor_plugin(
            "draftail", name, feature(entity, description, icon, stored, chooser)
        )
        features.register_converter_rule(
            "contentstate",
            name,
            {
                "from_database_format": {f'embed[embedtype="{name}"]': element},
                "to_database_format": {"entity_decorators": {entity: store(name, stored)}},
            },
        )
