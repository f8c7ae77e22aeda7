"""Which models print, and how. Upper packages register their kinds in `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model


@dataclass(frozen=True)
class PdfDocument:
    """One document to print: a template and everything the template needs."""

    kind: str
    template: str
    context: Mapping[str, Any] = field(hash=False)
    title: str
    language: str
    filename: str
    draft: bool = False


class PdfKind:
    """Turns an object into a document. One subclass for each printable model."""

    name: str = ""
    label: str = ""
    versions: tuple[str, ...] = ()  # names of spoken versions, for what is read out

    def document(self, obj: Any, *, draft: bool = False, version: str = "") -> PdfDocument:
        """What to print. `obj` may be the live object or one built from a revision.

        Without `version` it is the paper that is handed in. Raises UnknownVersion for one it does not have.
        """
        raise NotImplementedError

    def version_label(self, version: str) -> str:
        """What people call one of `versions`."""
        raise UnknownVersion(version)

    def read_out(self, obj: Any, version: str) -> dict[str, Any]:
        """What was said in one of `versions`, as plain data for records."""
        raise UnknownVersion(version)

    def text(self, obj: Any) -> str:
        """The words of the document, without layout."""
        raise NotImplementedError

    def payload(self, obj: Any) -> dict[str, Any]:
        """The resolved content as plain data, for records."""
        raise NotImplementedError


_kinds: dict[type[Model], PdfKind] = {}


class UnknownVersion(ValueError):
    """Asked for a version that this kind of document does not have."""


class DuplicateKind(ValueError):
    """A model or a kind name was registered twice."""


def register_kind(model: type[Model], kind: PdfKind | type[PdfKind]) -> PdfKind:
    """Make `model` printable."""
    instance = kind() if isinstance(kind, type) else kind
    if not instance.name:
        raise ValueError(f"{type(instance).__name__} has no name.")
    if model in _kinds:
        raise DuplicateKind(f"{model.__name__} is already printed by {_kinds[model].name!r}.")
    if any(known.name == instance.name for known in _kinds.values()):
        raise DuplicateKind(f"A PDF kind named {instance.name!r} is already registered.")
    _kinds[model] = instance
    return instance


def kind_for(obj: Model | type[Model]) -> PdfKind | None:
    """The kind that prints `obj`, looked up through its base classes; None if it does not print."""
    model = obj if isinstance(obj, type) else type(obj)
    for ancestor in model.__mro__:
        if ancestor in _kinds:
            return _kinds[ancestor]
    return None


def registered_kinds() -> dict[type[Model], PdfKind]:
    """A copy of the register, for lists and exports."""
    return dict(_kinds)
