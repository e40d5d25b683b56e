"""The PDF itself: pictures as they are, text that comes back, the same bytes, and what PDF/A asks."""

from __future__ import annotations

import io
import unicodedata
from pathlib import Path
from xml.etree import ElementTree as Xml

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFont

from hotich.errors import InputError
from hotich.export.documents.blank_font import blank_font
from hotich.export.documents.colour import srgb_profile
from hotich.export.documents.pdf import write_pdf
from hotich.export.documents.sheets import DocumentFacts, PlacedPicture, PlacedText, Sheet
from tests.export.documents.conftest import output_of
from tests.ground.test_shipped_files import accented_letters

FACTS = DocumentFacts("Khai sinh số 05/2017, quyển số 01/2017", "2026-01-31T23:59:58.123456+00:00")
LETTERS = accented_letters() + "abcdeghiklmnopqrstuvxy" + "ABCDEGHIKLMNOPQRSTUVXY" + "0123456789'/.,"
XMP = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}


def jpeg(colour: tuple[int, int, int] = (240, 230, 210), size: tuple[int, int] = (300, 200)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG", quality=80, progressive=True)
    return out.getvalue()


def text(content: str, top: float, left: float = 20.0, width: float = 120.0) -> PlacedText:
    right, bottom = left + width, top + 8.0
    return PlacedText(content, ((left, top), (right, top), (right, bottom), (left, bottom)))


def sheet(*contents: str) -> Sheet:
    texts = tuple(text(content, 20.0 + 12.0 * row) for row, content in enumerate(contents))
    return Sheet(210.0, 297.0, (PlacedPicture(jpeg(), 0.0, 0.0, 210.0, 297.0),), texts)


def written(*sheets: Sheet, text_layer: bool = True, pdf_a: bool = False) -> bytes:
    return write_pdf(sheets, FACTS, text_layer=text_layer, pdf_a=pdf_a)


def rows_of(letters: str, length: int = 20) -> list[str]:
    return [letters[at : at + length] for at in range(0, len(letters), length)]


def test_every_letter_comes_back_through_poppler(tmp_path: Path) -> None:
    rows = [*rows_of(accented_letters()), "Y Moan Êban – H'Hen Niê, 12/03/1984"]
    (tmp_path / "a.pdf").write_bytes(written(sheet(*rows)))
    out = output_of("pdftotext", "-layout", tmp_path / "a.pdf", "-")
    assert [line.strip() for line in out.splitlines() if line.strip()] == rows


def test_every_letter_comes_back_through_pdfium() -> None:
    rows = rows_of(accented_letters())
    document = pypdfium2.PdfDocument(written(sheet(*rows)))
    found = document[0].get_textpage()
    told = found.get_text_range()
    for row in rows:
        assert row in told
        search = found.search(row)
        assert search.get_next() is not None
        search.close()
    found.close()
    document.close()


def test_letters_typed_in_parts_are_kept_composed() -> None:
    document = pypdfium2.PdfDocument(written(sheet(unicodedata.normalize("NFD", "Nguyễn Thị Hường"))))
    page = document[0].get_textpage()
    assert "Nguyễn Thị Hường" in page.get_text_range()
    page.close()
    document.close()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(LETTERS, min_size=1, max_size=12), min_size=1, max_size=6))
def test_any_words_come_back(words: list[str]) -> None:
    document = pypdfium2.PdfDocument(written(sheet(" ".join(words))))
    page = document[0].get_textpage()
    assert page.get_text_range().split() == words
    page.close()
    document.close()


def test_a_zone_without_width_keeps_its_text() -> None:
    document = pypdfium2.PdfDocument(written(Sheet(100.0, 50.0, (), (text("Êban", 10.0, 20.0, 0.0),))))
    page = document[0].get_textpage()
    assert page.get_text_range().strip() == "Êban"
    page.close()
    document.close()


def test_letters_that_xml_cannot_hold_do_not_break_the_title() -> None:
    data = write_pdf([sheet()], DocumentFacts("Số <05> & \x0bkhác"), text_layer=False, pdf_a=True)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        packet = pdf.Root.Metadata.read_bytes().decode()
    told = Xml.fromstring(packet.split("?>", 1)[1].rsplit("<?", 1)[0])
    assert told.findtext(".//dc:title/rdf:Alt/rdf:li", namespaces=XMP) == "Số <05> & khác"


def test_text_stands_where_its_writing_does() -> None:
    """Every letter of a word lies in its zone; a long text is pressed together, a short one not drawn out."""
    shown = Sheet(210.0, 297.0, (), (text("Bà Rịa – Vũng Tàu " * 4, 100.0, 50.0, 60.0), text("Ý", 200.0)))
    document = pypdfium2.PdfDocument(written(shown))
    page = document[0].get_textpage()
    boxes = [page.get_charbox(at) for at in range(page.count_chars())]
    letters = page.get_text_range()
    page.close()
    document.close()
    points = 72 / 25.4
    long = [box for box, letter in zip(boxes, letters, strict=False) if letter not in " \r\nÝ" and box[3] > 500]
    assert len(long) > 40
    assert min(box[0] for box in long) >= 50 * points - 1 and max(box[2] for box in long) <= 110 * points + 1
    assert min(box[1] for box in long) >= (297 - 108) * points - 2
    assert max(box[3] for box in long) <= (297 - 100) * points + 2


def test_nothing_of_the_text_is_painted() -> None:
    white = Sheet(100.0, 50.0, (), (text("Nguyễn Thị Hường", 10.0, 5.0, 80.0),))
    document = pypdfium2.PdfDocument(written(white))
    assert document[0].render(scale=2).to_numpy().min() == 255
    document.close()


def test_pictures_go_in_as_they_are(tmp_path: Path) -> None:
    data = jpeg((10, 200, 30))
    two = Sheet(100.0, 100.0, (PlacedPicture(data, 0, 0, 50, 40), PlacedPicture(jpeg(), 0, 50, 50, 40)))
    (tmp_path / "a.pdf").write_bytes(written(two))
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        kept = {name: image.read_raw_bytes() for name, image in pdf.pages[0].Resources.XObject.items()}
    assert kept == {"/P1": data, "/P2": jpeg()}
    listed = output_of("pdfimages", "-list", tmp_path / "a.pdf").splitlines()[2:]
    assert [line.split()[8] for line in listed] == ["jpeg", "jpeg"]


def test_a_picture_stands_where_it_was_put() -> None:
    red = PlacedPicture(jpeg((255, 0, 0)), 50.0, 20.0, 30.0, 10.0)
    document = pypdfium2.PdfDocument(written(Sheet(100.0, 50.0, (red,))))
    pixels = document[0].render(scale=10 * 25.4 / 72).to_numpy()
    document.close()
    assert pixels.shape[:2] == (500, 1000)
    rows, columns = (pixels[..., :3].min(axis=2) < 128).nonzero()
    assert (rows.min(), rows.max()) == pytest.approx((200, 299), abs=2)
    assert (columns.min(), columns.max()) == pytest.approx((500, 799), abs=2)


def test_something_that_is_no_jpeg_is_refused() -> None:
    with pytest.raises(InputError, match="pdf-picture-unfit"):
        written(Sheet(100.0, 50.0, (PlacedPicture(b"\x89PNG", 0, 0, 10, 10),)))


@pytest.mark.parametrize("pdf_a", [False, True])
@pytest.mark.parametrize("text_layer", [False, True])
def test_programs_find_nothing_wrong(tmp_path: Path, text_layer: bool, pdf_a: bool) -> None:
    (tmp_path / "a.pdf").write_bytes(written(sheet("Lò Thị Mỷ"), sheet("Ê Đê"), text_layer=text_layer, pdf_a=pdf_a))
    assert "No syntax or stream encoding errors" in output_of("qpdf", "--check", tmp_path / "a.pdf")
    told = dict(line.split(":", 1) for line in output_of("pdfinfo", tmp_path / "a.pdf").splitlines())
    assert told["Title"].strip() == FACTS.title and told["Pages"].strip() == "2"
    assert float(told["PDF version"]) >= 1.5 and "A4" in told["Page size"]
    fonts = output_of("pdffonts", tmp_path / "a.pdf").splitlines()[2:]
    assert [line.split()[-5:-2] for line in fonts] == ([["yes", "no", "yes"]] if text_layer else [])


def test_the_same_content_gives_the_same_bytes() -> None:
    shown = sheet("Nguyễn Thị Hường")
    assert written(shown, pdf_a=True) == written(shown, pdf_a=True)
    assert written(shown) != written(sheet("Nguyễn Thị Hương"))


def test_a_document_without_a_time_names_none() -> None:
    data = write_pdf([sheet()], DocumentFacts("Khai tử"), text_layer=False, pdf_a=False)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "/CreationDate" not in pdf.docinfo and b"CreateDate" not in pdf.Root.Metadata.read_bytes()


def test_the_font_is_whole() -> None:
    """Every table decodes and every sum fits; the letter that documents use is empty."""
    library = pytest.importorskip("fontTools.ttLib", reason="fonttools is not installed")
    font = library.TTFont(io.BytesIO(blank_font()), checkChecksums=2)
    tables = {tag: font[tag] for tag in ("head", "hhea", "hmtx", "maxp", "loca", "glyf", "cmap", "name", "post")}
    assert tables["maxp"].numGlyphs == 2 and tables["hmtx"]["space"] == (500, 0)
    assert tables["glyf"]["space"].numberOfContours == 0


def test_what_pdf_a_2b_asks(tmp_path: Path) -> None:
    """The rules of ISO 19005-2 that such a document could break, one by one."""
    data = written(sheet("Nguyễn Thị Hường"), pdf_a=True)
    assert data.startswith(b"%PDF-1.7\n%") and all(byte > 127 for byte in data[10:14])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        root = pdf.Root
        assert "/ID" in pdf.trailer and not pdf.is_encrypted
        for forbidden in ("/OpenAction", "/AA", "/AcroForm", "/Names", "/Perms", "/Requirements", "/OCProperties"):
            assert forbidden not in root
        (intent,) = root.OutputIntents
        assert intent.S == "/GTS_PDFA1" and intent.DestOutputProfile.N == 3
        assert intent.DestOutputProfile.read_bytes() == srgb_profile()
        packet = root.Metadata.read_bytes()
        assert "/Filter" not in root.Metadata or root.Metadata.Filter == "/FlateDecode"
        (image,) = (each for _, each in pdf.pages[0].Resources.XObject.items())
        assert image.ColorSpace == "/DeviceRGB" and image.BitsPerComponent == 8
        assert "/Interpolate" not in image and "/Alternates" not in image and "/OPI" not in image
        font = pdf.pages[0].Resources.Font.T
        below = font.DescendantFonts[0]
        assert font.Encoding == "/Identity-H" and str(below.CIDSystemInfo.Ordering) == "Identity"
        glyphs = below.CIDToGIDMap.read_bytes()
        program = ImageFont.truetype(io.BytesIO(below.FontDescriptor.FontFile2.read_bytes()), 1000)
        used = {int.from_bytes(glyphs[at : at + 2], "big") for at in range(2, len(glyphs), 2)}
        # No glyph for what is missing may be shown, and widths are those of the program.
        assert used == {1} and program.getlength(" ") == below.DW
        assert below.FontDescriptor.FontName == font.BaseFont == below.BaseFont
        info = pdf.docinfo
    told = Xml.fromstring(packet.decode().split("?>", 1)[1].rsplit("<?", 1)[0])
    assert told.findtext(".//pdfaid:part", namespaces=XMP) == "2"
    assert told.findtext(".//pdfaid:conformance", namespaces=XMP) == "B"
    assert told.findtext(".//dc:title/rdf:Alt/rdf:li", namespaces=XMP) == str(info["/Title"]) == FACTS.title
    assert told.findtext(".//xmp:CreateDate", namespaces=XMP) == FACTS.at
    assert str(info["/CreationDate"]) == "D:20260131235958Z"


def test_a_common_document_does_not_claim_pdf_a() -> None:
    with pikepdf.open(io.BytesIO(written(sheet()))) as pdf:
        assert "/OutputIntents" not in pdf.Root and b"<pdfaid:part>" not in pdf.Root.Metadata.read_bytes()
