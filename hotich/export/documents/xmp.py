"""What a document says of itself in XMP (ISO 16684-1), and that it keeps to PDF/A-2b (ISO 19005-2) where it does."""

from __future__ import annotations

from xml.sax.saxutils import escape

import hotich
from hotich.export.documents.sheets import DocumentFacts
from hotich.export.documents.xml_text import lawful

PRODUCER = f"HoTich {hotich.__version__}"


def xmp_packet(facts: DocumentFacts, pdf_a: bool) -> bytes:
    """The packet in UTF-8."""
    time = _told(facts.at)
    times = f"<xmp:CreateDate>{time}</xmp:CreateDate><xmp:ModifyDate>{time}</xmp:ModifyDate>" if time else ""
    kept = "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" if pdf_a else ""
    words = f"<pdf:Keywords>{_told(facts.keywords)}</pdf:Keywords>" if facts.keywords else ""
    title = f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{_told(facts.title)}</rdf:li></rdf:Alt></dc:title>'
    body = (
        f"<dc:format>application/pdf</dc:format>{title}{times}{kept}{words}"
        f"<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool><pdf:Producer>{PRODUCER}</pdf:Producer>"
    )
    return _PACKET.format(body=body).encode("utf-8")


def _told(text: str) -> str:
    return escape(lawful(text))


def pdf_date(at: str) -> str:
    """An ISO 8601 time in UTC as PDF writes it (ISO 32000-1, 7.9.4): D:20260131235959Z."""
    digits = "".join(letter for letter in at[:19] if letter.isdecimal())
    return f"D:{digits}Z"


_PACKET = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" \
xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">{body}</rdf:Description>\
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
