"""What a packet says about itself: title, language, and whether it is accessible as a whole."""

from __future__ import annotations

from xml.sax.saxutils import escape

from pikepdf import Dictionary, Name, Pdf, String

PRODUCER = "Rostrum"
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
{claim}<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
{author}<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def describe(pdf: Pdf, *, title: str, language: str, author: str, accessible: bool) -> None:
    """No clock and no names of users: the same parts make the same bytes."""
    root = pdf.Root
    root.Lang = String(language)
    # Marked holds for the whole file; pages from outside make the tags incomplete, which readers should know.
    root.MarkInfo = (
        Dictionary(Marked=True) if accessible else Dictionary(Marked=True, Suspects=True)
    )
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.Metadata = pdf.make_stream(
        _xmp(title, language, author, accessible).encode(),
        {"/Type": Name.Metadata, "/Subtype": Name.XML},
    )
    about = Dictionary(Title=String(title), Producer=String(PRODUCER))
    if author:
        about.Author = String(author)
    pdf.trailer.Info = pdf.make_indirect(about)


def _xmp(title: str, language: str, author: str, accessible: bool) -> str:
    by = f"<dc:creator><rdf:Seq><rdf:li>{escape(author)}</rdf:li></rdf:Seq></dc:creator>\n"
    return XMP.format(
        claim="<pdfuaid:part>1</pdfuaid:part>\n" if accessible else "",
        title=escape(title),
        author=by if author else "",
        language=escape(language),
        producer=PRODUCER,
    )
