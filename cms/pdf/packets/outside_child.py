"""Takes the pages out of a PDF that was made elsewhere, in a process that may cost little and dies afterwards.

Run as `python -m cms.pdf.packets.outside_child`: a PDF on standard input; on standard output a line of JSON and the
cleaned PDF. What acts (scripts, forms, embedded files, actions) stays behind; what is seen goes through.
"""

from __future__ import annotations

import io
import json
import os
import sys
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, String

from cms.pdf import limits

MOST_PAGES = 400
CPU_SECONDS = 20
WALL_SECONDS = 40
MEMORY_MB = 700
ALLOWED_LINKS = ("http://", "https://", "mailto:")
KEPT = (Name.MediaBox, Name.CropBox, Name.TrimBox, Name.BleedBox, Name.Rotate, Name.UserUnit)


class Refused(Exception):
    """The name of a reason that `cms.pdf.packets.outside` has words for."""


def cleaned(data: bytes) -> tuple[bytes, int]:
    """The pages as a new PDF, and how many they are."""
    try:
        source = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError as error:
        raise Refused("password") from error
    except pikepdf.PdfError as error:
        raise Refused("broken") from error
    with source, pikepdf.new() as target:
        _check(source)
        try:
            source.generate_appearance_streams()
            source.flatten_annotations("print")  # what is filled into a form is seen, so it stays
            for page in source.pages:
                target.pages.append(_seen(target, page))
        except (pikepdf.PdfError, RuntimeError, ValueError) as error:
            raise Refused("broken") from error
        out = io.BytesIO()
        target.save(out, deterministic_id=True)
        return out.getvalue(), len(target.pages)


def _check(source: Pdf) -> None:
    count = len(source.pages)
    if count == 0:
        raise Refused("empty")
    if count > MOST_PAGES:
        raise Refused("pages")
    form = source.Root.get(Name.AcroForm)
    if form is not None and Name.XFA in form:
        raise Refused("xfa")
    layers = source.Root.get(Name.OCProperties)
    # Layers are a matter of the whole file: in another file the hidden ones would show.
    usual = layers.get(Name.D) if layers is not None else None
    if usual is not None and len(usual.get(Name.OFF, [])):
        raise Refused("layers")


def _seen(target: Pdf, page: Page) -> Page:
    """The page as one closed drawing, so that whatever it leaves undone ends with it."""
    drawing = target.copy_foreign(page.as_form_xobject(handle_transformations=False))
    for name in (Name.StructParents, Name.StructParent, Name.PieceInfo, Name.Metadata):
        if name in drawing:
            del drawing[name]
    clean = Dictionary(
        Type=Name.Page,
        Resources=target.make_indirect(Dictionary(XObject=Dictionary(Outside=drawing))),
        Contents=target.make_stream(b"/Outside Do\n"),
    )
    for name in KEPT:
        value = page.obj.get(name)
        if value is not None:
            clean[name] = _numbers(value)
    links = [link for link in map(_link, page.obj.get(Name.Annots, [])) if link is not None]
    if links:
        clean.Annots = Array([target.make_indirect(link) for link in links])
    return Page(target.make_indirect(clean))


def _numbers(value: Any) -> Any:
    return Array([float(side) for side in value]) if isinstance(value, Array) else int(value)


def _link(annotation: Object) -> Dictionary | None:
    """Links to web pages and mail addresses; anything else an annotation can do is left out."""
    action = annotation.get(Name.A)
    if annotation.get(Name.Subtype) != Name.Link or not isinstance(action, Dictionary):
        return None
    address = str(action.get(Name.URI, ""))
    if action.get(Name.S) != Name.URI or not address.lower().startswith(ALLOWED_LINKS):
        return None
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=_numbers(annotation.Rect),
        Border=Array([0, 0, 0]),
        Contents=String(address),
        A=Dictionary(Type=Name.Action, S=Name.URI, URI=String(address)),
    )


def main() -> None:
    data = sys.stdin.buffer.read()
    limits.stop_after(CPU_SECONDS, WALL_SECONDS, lambda *_: os._exit(3))
    limits.limit_memory(MEMORY_MB)
    limits.limit_files()
    try:
        body, pages = cleaned(data)
        answer: dict[str, Any] = {"pages": pages}
    except Refused as refused:
        body, answer = b"", {"refused": str(refused)}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + body)


if __name__ == "__main__":
    main()
