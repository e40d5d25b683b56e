"""Writing the PDF of a record: JPEGs as they are, text behind them, the same bytes for the same content."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from hotich.errors import InputError
from hotich.export.documents.blank_font import ADVANCE, ASCENT, DESCENT, NAME, UNITS, blank_font
from hotich.export.documents.colour import NAME as COLOUR
from hotich.export.documents.colour import srgb_profile
from hotich.export.documents.sheets import DocumentFacts, PlacedPicture, Sheet
from hotich.export.documents.text_layer import POINTS_PER_MM, letters_of, text_commands, to_unicode
from hotich.export.documents.xmp import PRODUCER, pdf_date, xmp_packet
from hotich.export.jpeg import jpeg_size

if TYPE_CHECKING:
    import pikepdf

VERSION = "1.7"
"""Of PDF; PDF/A-2 stands on it."""

_FONT = "T"


def write_pdf(sheets: Sequence[Sheet], facts: DocumentFacts, *, text_layer: bool, pdf_a: bool) -> bytes:
    """The document. The same sheets and facts give the same bytes.

    Raises InputError `pdf-picture-unfit` for a picture that is no JPEG.
    """
    import pikepdf

    pdf = pikepdf.new()
    letters = letters_of(sheets) if text_layer and any(sheet.texts for sheet in sheets) else ()
    font = _font(pdf, letters) if letters else None
    for sheet in sheets:
        _add_page(pdf, sheet, letters, font)
    _tell(pdf, facts, pdf_a)
    out = io.BytesIO()
    pdf.save(
        out,
        force_version=VERSION,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
    return out.getvalue()


def _add_page(pdf: pikepdf.Pdf, sheet: Sheet, letters: Sequence[str], font: pikepdf.Object | None) -> None:
    import pikepdf

    pictures = {f"/P{number}": _picture(pdf, placed) for number, placed in enumerate(sheet.pictures, start=1)}
    resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(pictures))
    commands = b"".join(
        _drawn(name, placed, sheet.height) for name, placed in zip(pictures, sheet.pictures, strict=True)
    )
    if font is not None:
        resources.Font = pikepdf.Dictionary({f"/{_FONT}": font})
        commands += text_commands(sheet, letters, _FONT)
    width, height = (round(side * POINTS_PER_MM, 2) for side in (sheet.width, sheet.height))
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, width, height],
        Resources=resources,
        Contents=pikepdf.Stream(pdf, commands),
    )
    pdf.pages.append(pikepdf.Page(page))


def _picture(pdf: pikepdf.Pdf, placed: PlacedPicture) -> pikepdf.Object:
    """The JPEG as it is, in the colours that its own header names."""
    import pikepdf

    size = jpeg_size(placed.jpeg)
    if size is None:
        raise InputError("pdf-picture-unfit")
    stream = pikepdf.Stream(pdf, placed.jpeg)
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height = size.width, size.height
    stream.ColorSpace, stream.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
    stream.Filter = pikepdf.Name.DCTDecode
    return stream


def _drawn(name: str, placed: PlacedPicture, sheet_height: float) -> bytes:
    sides = (placed.width, placed.height, placed.left, sheet_height - placed.top - placed.height)
    width, height, x, y = (f"{side * POINTS_PER_MM:.2f}" for side in sides)
    return f"q {width} 0 0 {height} {x} {y} cm {name} Do Q\n".encode("ascii")


def _font(pdf: pikepdf.Pdf, letters: Sequence[str]) -> pikepdf.Object:
    """The font without ink, in which letter n of the text has number n and every number the empty glyph."""
    import pikepdf

    program = pikepdf.Stream(pdf, blank_font())
    program.Length1 = len(blank_font())
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor,
        FontName=pikepdf.Name(f"/{NAME}"),
        Flags=4,
        FontBBox=[0, DESCENT, ADVANCE, ASCENT],
        ItalicAngle=0,
        Ascent=ASCENT,
        Descent=DESCENT,
        CapHeight=ASCENT,
        StemV=80,
        FontFile2=program,
    )
    glyphs = b"\0\0" + b"\0\1" * len(letters)
    system = pikepdf.Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0)
    below = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=pikepdf.Name(f"/{NAME}"),
        CIDSystemInfo=system,
        CIDToGIDMap=pikepdf.Stream(pdf, glyphs),
        DW=ADVANCE * 1000 // UNITS,
        FontDescriptor=pdf.make_indirect(descriptor),
    )
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type0,
        BaseFont=pikepdf.Name(f"/{NAME}"),
        Encoding=pikepdf.Name("/Identity-H"),
        DescendantFonts=[pdf.make_indirect(below)],
        ToUnicode=pikepdf.Stream(pdf, to_unicode(letters)),
    )
    return pdf.make_indirect(font)


def _tell(pdf: pikepdf.Pdf, facts: DocumentFacts, pdf_a: bool) -> None:
    """Title, time and language; for PDF/A also the colours that the pictures are meant in."""
    import pikepdf

    root, info = pdf.Root, pdf.docinfo
    info["/Title"], info["/Producer"], info["/Creator"] = facts.title, PRODUCER, PRODUCER
    if facts.keywords:
        info["/Keywords"] = facts.keywords
    if facts.at:
        info["/CreationDate"] = info["/ModDate"] = pdf_date(facts.at)
    root.Lang = pikepdf.String("vi-VN")
    root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    packet = pikepdf.Stream(pdf, xmp_packet(facts, pdf_a))
    packet.Type, packet.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
    root.Metadata = pdf.make_indirect(packet)
    if pdf_a:
        profile = pikepdf.Stream(pdf, srgb_profile())
        profile.N = 3
        intent = pikepdf.Dictionary(
            Type=pikepdf.Name.OutputIntent,
            S=pikepdf.Name("/GTS_PDFA1"),
            OutputConditionIdentifier=pikepdf.String(COLOUR),
            Info=pikepdf.String(COLOUR),
            DestOutputProfile=profile,
        )
        root.OutputIntents = [pdf.make_indirect(intent)]
