"""Which models print, and how. Upper packages register their kinds in `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Model

from cms.pdf.choices import ALL_CHOICES, USUAL, PrintChoices

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise


@dataclass(frozen=True)
class PdfAttachment:
    """A file inside the PDF: what a document's charts and records hold as data."""

    name: str
    body: bytes
    mime: str
    description: str
    relationship: str = "Data"


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
    choices: PrintChoices = USUAL
    variant: str = "pdf/ua-1"  # or "pdf/ua-2", or "archive": PDF/A-3a and PDF/UA-1 in one
    attachments: tuple[PdfAttachment, ...] = ()


class PdfKind:
    """Turns an object into a document. One subclass for each paper that a model has."""

    name: str = ""
    label: StrOrPromise = ""
    about: StrOrPromise = ""  # what it is for, beside its name in menus
    template: str = ""
    versions: tuple[str, ...] = ()  # names of spoken versions, for what is read out
    takes: frozenset[str] = ALL_CHOICES - {"type_size"}  # what may be chosen for this paper
    usual_type_size: int = 0  # points, where `takes` has the type's size

    def document(
        self,
        obj: Any,
        *,
        draft: bool = False,
        version: str = "",
        choices: PrintChoices = USUAL,
    ) -> PdfDocument:
        """What to print. `obj` may be the live object or one built from a revision.

        Without `version` it is the paper that is handed in. Raises UnknownVersion for one it does not have.
        """
        raise NotImplementedError

    def made_of(
        self,
        context: Mapping[str, Any],
        *,
        title: str,
        stem: str,
        language: str = "",
        draft: bool,
        choices: PrintChoices,
    ) -> PdfDocument:
        """The document of this kind that reads `context`; `stem` is the middle of its file's name. Without a
        `language` it is in that of the site."""
        prefix = "DRAFT-" if draft else ""
        return PdfDocument(
            kind=self.name,
            template=self.template,
            context=context,
            title=title,
            language=language or site_language(),
            filename=f"{prefix}{stem}{choices.suffix()}.pdf",
            draft=draft,
            choices=choices,
        )

    def suits(self, obj: Any) -> bool:
        """Whether there is anything of `obj` to print on this paper."""
        return True

    def takes_for(self, obj: Any) -> frozenset[str]:
        """Those of `takes` that are open for `obj`: whom it is for may have settled some."""
        return self.takes

    def versions_for(self, obj: Any) -> tuple[str, ...]:
        """Names of the versions that are prepared of `obj`: what addresses may ask for."""
        return self.versions

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

    def published(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        """`payload` as it is given to everybody, inside the PDF of a record: without keys of our database."""
        return dict(payload)

    def data_files(self, obj: Any) -> tuple[PdfAttachment, ...]:
        """Figures behind the pictures, one file for each: embedded in the PDF of a record."""
        return ()


def site_language() -> str:
    """Of papers that are about no document in a language of its own."""
    return settings.LANGUAGE_CODE.partition("-")[0]


_kinds: dict[type[Model], PdfKind] = {}
_papers: dict[type[Model], list[PdfKind]] = {}


class UnknownVersion(ValueError):
    """Asked for a version that this kind of document does not have."""


class DuplicateKind(ValueError):
    """A model or a kind name was registered twice."""


def register_kind(model: type[Model], kind: PdfKind | type[PdfKind]) -> PdfKind:
    """Make `model` printable: the paper one gets when one asks for its PDF."""
    if model in _kinds:
        raise DuplicateKind(f"{model.__name__} is already printed by {_kinds[model].name!r}.")
    instance = _checked(kind)
    _kinds[model] = instance
    return instance


def register_paper(model: type[Model], kind: PdfKind | type[PdfKind]) -> PdfKind:
    """Another paper of `model`: asked for by its name."""
    instance = _checked(kind)
    _papers.setdefault(model, []).append(instance)
    return instance


def kinds_for(obj: Model | type[Model]) -> list[PdfKind]:
    """Every paper of `obj`, the main one first; of an object, those that suit it."""
    model = obj if isinstance(obj, type) else type(obj)
    found = [_kinds[ancestor] for ancestor in model.__mro__ if ancestor in _kinds][:1]
    for ancestor in model.__mro__:
        found += _papers.get(ancestor, [])
    return [kind for kind in found if isinstance(obj, type) or kind.suits(obj)]


def kind_for(obj: Model | type[Model], name: str = "") -> PdfKind | None:
    """The kind that prints `obj`, looked up through its base classes; None if it does not print.

    With a `name` it is the paper of that name, if `obj` has one.
    """
    if name:
        return next((kind for kind in kinds_for(obj) if kind.name == name), None)
    model = obj if isinstance(obj, type) else type(obj)
    return next((_kinds[ancestor] for ancestor in model.__mro__ if ancestor in _kinds), None)


def registered_kinds() -> dict[type[Model], PdfKind]:
    """A copy of the register of main papers, for lists and exports."""
    return dict(_kinds)


def _checked(kind: PdfKind | type[PdfKind]) -> PdfKind:
    instance = kind() if isinstance(kind, type) else kind
    if not instance.name:
        raise ValueError(f"{type(instance).__name__} has no name.")
    known = [*_kinds.values(), *(paper for papers in _papers.values() for paper in papers)]
    if any(other.name == instance.name for other in known):
        raise DuplicateKind(f"A PDF kind named {instance.name!r} is already registered.")
    return instance
