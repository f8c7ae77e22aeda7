"""The files of a document that can be handed in: what whoever is handed it takes stands first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from cms.pdf.twins.registry import LABELS, twins_of

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise


@dataclass(frozen=True)
class FileOffer:
    """`is_taken` is None where nothing is known of those it is for."""

    ending: str
    label: StrOrPromise
    name: str
    url: str
    is_taken: bool | None
    remark: str
    is_draft: bool = False


def files_of(obj: Any, url_of: Callable[[str], str], *, draft: bool) -> list[FileOffer]:
    """PDF and twins of `obj`; none of what has no twins."""
    twins = twins_of(obj)
    if twins is None:
        return []
    receiver = twins.receiver(obj)
    offers = []
    for ending, label in LABELS.items():
        is_taken, remark = None, ""
        if receiver is not None and receiver.takes:
            is_taken = not receiver.refuses(ending)
            words = _("%(body)s takes this.") if is_taken else _("Not taken by %(body)s.")
            remark = words % {"body": receiver.name}
        name = twins.file_name(obj, ending, draft=draft)
        offers.append(FileOffer(ending, label, name, url_of(ending), is_taken, remark, draft))
    return sorted(offers, key=lambda offer: offer.is_taken is False)
