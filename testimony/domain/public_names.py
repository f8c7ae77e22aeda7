"""What a record says of the library inside its PDF, which goes to everybody: names that readers know, and identifiers
that stay the same, instead of the keys of our database.

The copy that is kept beside the PDF has the keys: it is searched by them.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings

from testimony.models import Source, Statistic, TalkingPoint

HOW = ("follows", "pinned", "adapted")
KINDS = {  # the same in every language: the file is for programs
    Source._meta.label_lower: "source",
    Statistic._meta.label_lower: "statistic",
    TalkingPoint._meta.label_lower: "talking point",
}


def public_payload(payload: Mapping[str, Any]) -> dict[str, Any]:
    """`payload` as `PdfKind.payload` made it, for readers."""
    return {
        **payload,
        "figures": [_figure(figure) for figure in payload.get("figures", ())],
        "library": named_library(payload.get("library", ())),
    }


def named_library(noted: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What `uses.note` noted. The title that staff gave a talking point is no public name."""
    entries = list(noted)
    names = _names(entries)
    return [
        {
            "kind": KINDS.get(entry["item"][0], ""),
            "id": identifier(*entry["item"]),
            "name": names.get(tuple(entry["item"]), ""),
            "through": entry["through"] and identifier(*entry["through"]),
            **dict(zip(HOW, entry["how"], strict=False)),
        }
        for entry in entries
    ]


def identifier(label: str, pk: int) -> str:
    """The same for the same item in every record of this site, and for no other site's."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{settings.ROSTRUM_BASE_URL}/{label}/{pk}").urn


def _figure(figure: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": identifier(Statistic._meta.label_lower, figure["statistic"]),
        "display": figure["display"],
        "label": figure["label"],
        "pinned": figure["pinned"],
    }


def _names(entries: Iterable[Mapping[str, Any]]) -> dict[tuple[str, int], str]:
    """Of what is published: a figure is called as it is printed, a source by its title."""
    found: dict[tuple[str, int], str] = {}
    wanted = [tuple(entry["item"]) for entry in entries]
    for model, field in ((Statistic, "label"), (Source, "title")):
        label = model._meta.label_lower
        keys = [pk for named, pk in wanted if named == label]
        rows = model.objects.filter(pk__in=keys, live=True).values_list("pk", field)
        found |= {(label, pk): name for pk, name in rows}
    return found
