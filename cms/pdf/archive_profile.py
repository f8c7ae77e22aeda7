"""What kind of PDF a file claims to be, what it says of itself, and what is attached to it.

Used in the render process alone. `archive` is PDF/A-3a and PDF/UA-1 in one file: the engine knows one claim a file,
so the second is added to the finished metadata. `pdf/ua-2` also wants destinations to be elements, not pages.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pydyf

from cms.pdf import tags

ARCHIVE, UA_2 = "archive", "pdf/ua-2"
_ENGINE_VARIANTS = {ARCHIVE: "pdf/a-3a"}
# Attached files carry a date by law of the format; the same record must give the same bytes at any time.
FIXED_DATE = dt.datetime(2020, 1, 1)  # the engine writes it as UTC
_UA_CLAIM = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about=""><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about=""><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of PDF/UA the file conforms to</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""


@dataclass(frozen=True)
class Attached:
    """A file to embed."""

    name: str
    mime: str
    description: str
    relationship: str
    body: bytes


def engine_variant(variant: str) -> str:
    """What to ask of the engine."""
    return _ENGINE_VARIANTS.get(variant, variant)


def _allow_only(metadata: Any) -> None:
    """Leave of a `weasyprint.document.DocumentMetadata` what a file may say of itself."""
    metadata.authors = metadata.authors[:1]  # the organisation
    metadata.generator = metadata.created = metadata.modified = None
    metadata.custom, metadata.attachments, metadata.xmp_metadata = {}, [], []


def attachments(files: Sequence[Attached], fetcher: Any) -> list[Any]:
    """The files as the engine wants them: readers look them up by name, so in order of names."""
    from weasyprint import Attachment

    return [
        Attachment(
            file_obj=io.BytesIO(file.body),
            url_fetcher=fetcher,
            name=file.name,
            description=file.description,
            created=FIXED_DATE,
            modified=FIXED_DATE,
            relationship=file.relationship,
        )
        for file in sorted(files, key=lambda file: file.name)
    ]


def write(
    laid_out: Any, variant: str, files: Sequence[Attached], options: Mapping[str, Any]
) -> bytes:
    """The file of a laid-out document, tagged and finished."""
    _allow_only(laid_out.metadata)
    with tags.planned(laid_out, version_2=variant == UA_2) as tagging:
        return laid_out.write_pdf(finisher=_finisher(variant, files, tagging), **options)


def _finisher(
    variant: str, files: Sequence[Attached], tagging: tags.Tagging
) -> Callable[[Any, Any], None]:
    """What is left to do when the engine has the whole file together."""

    def finish(_document: Any, pdf: Any) -> None:
        if files:
            _describe_files(pdf, {file.name: file for file in files})
        if variant == ARCHIVE:
            _claim_both(pdf)
            _never_smooth(pdf)
        elif variant == UA_2:
            _lead_to_elements(pdf, tagging)

    return finish


def _claim_both(pdf: Any) -> None:
    metadata = _object(pdf, pdf.catalog["Metadata"])
    (content,) = metadata.stream
    if content.count(b"</rdf:RDF>") != 1:
        raise ValueError("The metadata of the engine are not one RDF description any more.")
    metadata.stream = [content.replace(b"</rdf:RDF>", _UA_CLAIM)]
    metadata.compress = False  # archives look for the claim without opening the file


def _never_smooth(pdf: Any) -> None:
    """An archived picture is shown as its pixels are."""
    for item in pdf.objects:
        extra = getattr(item, "extra", None)
        if extra and "Interpolate" in extra:
            extra["Interpolate"] = "false"


def _describe_files(pdf: Any, files: Mapping[str, Attached]) -> None:
    """Each file is listed once, says what it is for and of what type it is."""
    listed = pydyf.Array()
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("Type") == "/Filespec":
            file = files[item["UF"].string]
            item["AFRelationship"] = f"/{file.relationship}"
            stream = _object(pdf, item["EF"]["F"])
            stream.extra["Subtype"] = f"/{file.mime.replace('/', '#2f')}"
            listed.append(_reference(item))
    pdf.catalog["AF"] = listed


def _lead_to_elements(pdf: Any, tagging: tags.Tagging) -> None:
    """PDF/UA-2: bookmarks and links lead to an element of the structure."""
    named = pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", [])
    for name, place in zip(named[::2], named[1::2], strict=True):
        place[0] = tagging.element_at(name.string)
    headings = tagging.headings()
    marks = [item for item in pdf.objects if isinstance(item, dict) and "Title" in item]
    for mark in marks:
        if isinstance(mark.get("Dest"), list):
            fits = headings and headings[0][0] == _squeezed(mark["Title"].string)
            mark["Dest"][0] = headings.pop(0)[1] if fits else tagging.element_at("")


def _reference(item: Any) -> bytes:
    return item.reference


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _squeezed(text: str) -> str:
    return " ".join(text.split())
