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
from testimony.models import Source, Statistic

JS = ["wagtailadmin/js/chooser-modal.js", "testimony/js/rich-text-references.js"]
CSS = {"all": ["testimony/css/admin.css"]}
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
}


class ReferenceElementHandler(InlineEntityElementHandler):
    """Reads `<embed embedtype="…"/>` as an immutable entity over its label."""

    mutability = "IMMUTABLE"

    def handle_starttag(self, name, attrs, state, contentstate) -> None:
        super().handle_starttag(name, attrs, state, contentstate)
        entity = contentstate.entity_map[state.current_entity_ranges[-1].key]
        state.current_block.text += entity.data["label"]
        state.leading_whitespace = KEEP_WHITESPACE


class StatisticElementHandler(ReferenceElementHandler):
    def get_attribute_data(self, attrs: Mapping[str, str]) -> dict[str, str]:
        pk = richtext.object_id(attrs)
        item = Statistic.objects.live().filter(pk=pk).first()
        return statistic_entity_data(item) if item else missing(attrs)


class SourceElementHandler(ReferenceElementHandler):
    def get_attribute_data(self, attrs: Mapping[str, str]) -> dict[str, str]:
        item = Source.objects.live().filter(pk=richtext.object_id(attrs)).first()
        return source_entity_data(item) if item else missing(attrs)


class NoteElementHandler(ReferenceElementHandler):
    def get_attribute_data(self, attrs: Mapping[str, str]) -> dict[str, str]:
        return {"text": attrs.get("text") or "", "label": str(LABELS["note"])}


def statistic_entity_data(item: Statistic) -> dict[str, str]:
    """What the editor keeps of a statistic; only the id is stored."""
    return {
        "id": str(item.pk),
        "label": item.display or str(LABELS["missing"]),
        "title": str(item),
        "url": edit_url(item),
    }


def source_entity_data(item: Source) -> dict[str, str]:
    return {
        "id": str(item.pk),
        "label": str(LABELS["source"]),
        "title": str(item),
        "url": edit_url(item),
    }


def edit_url(item: Statistic | Source) -> str:
    return reverse(item.snippet_viewset.get_url_name("edit"), args=[item.pk])


def missing(attrs: Mapping[str, str]) -> dict[str, str]:
    """Deleted or unpublished: the reference is kept, so that publishing the item brings it back."""
    return {
        "id": attrs.get("id") or "",
        "label": str(LABELS["missing"]),
        "title": str(LABELS["nothing"]),
    }


def store(embed_type: str, attribute: str):
    """Writes the entity; the label, which is its text in the editor, is dropped."""

    def element(props: Mapping[str, object]):
        value = props.get(attribute)
        if not value:
            return None
        return DOM.create_element("embed", {"embedtype": embed_type, attribute: str(value)})

    return element


def feature(entity: str, description, icon: str, attribute: str, chooser: str) -> EntityFeature:
    return EntityFeature(
        {
            "type": entity,
            "icon": icon,
            "description": description,
            # What pasting may keep; an entity without its id or text is dropped.
            "attributes": [attribute, "label", "title", "url"],
            "allowlist": {attribute: True},
            "chooserUrls": {"reference": reverse_lazy(chooser)},
        },
        js=JS,
        css=CSS,
    )


FEATURES = (
    (
        richtext.StatisticHandler,
        StatisticElementHandler("STATISTIC"),
        "id",
        _("Statistic"),
        "order-up",
        "wagtailsnippetchoosers_testimony_statistic:choose",
    ),
    (
        richtext.SourceHandler,
        SourceElementHandler("SOURCE"),
        "id",
        _("Source"),
        "openquote",
        "wagtailsnippetchoosers_testimony_source:choose",
    ),
    (
        richtext.NoteHandler,
        NoteElementHandler("NOTE"),
        "text",
        _("Footnote"),
        "comment-add",
        "testimony:choose_note",
    ),
)


def editor_strings() -> dict[str, object]:
    """What the editor's script says, in the language of the person who asks."""
    types = {
        element.entity_type: {"icon": icon, "description": str(description)}
        for _handler, element, _attribute, description, icon, _chooser in FEATURES
    }
    return {"labels": {name: str(text) for name, text in LABELS.items()}, "types": types}


def register_features(features) -> None:
    """Make `statistic`, `source` and `note` known to Wagtail's rich text."""
    for handler, element, attribute, description, icon, chooser in FEATURES:
        name, entity = handler.identifier, element.entity_type
        features.register_embed_type(handler)
        features.register_editor_plugin(
            "draftail", name, feature(entity, description, icon, attribute, chooser)
        )
        features.register_converter_rule(
            "contentstate",
            name,
            {
                "from_database_format": {f'embed[embedtype="{name}"]': element},
                "to_database_format": {"entity_decorators": {entity: store(name, attribute)}},
            },
        )
