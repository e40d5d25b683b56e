"""PDFs of scans: the scanner's own picture where there is nothing else, a drawing of the page elsewhere."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from hotich.imaging.files import read_sources
from hotich.imaging.pdf import RENDER_PIXEL_CAP, draw_page
from hotich.imaging.rasters import decode

A4 = (595.0, 842.0)


def scan(width: int = 310, height: int = 438, kind: str = "JPEG", shade: int = 200) -> bytes:
    pixels = np.full((height, width, 3), shade, np.uint8)
    pixels[: height // 4, : width // 4] = (220, 20, 20)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, kind, **({"quality": 90} if kind == "JPEG" else {}))
    return out.getvalue()


def add_page(
    book: pikepdf.Pdf, picture: bytes, filter_name: str = "/DCTDecode", *, more: str = "", turn: int = 0
) -> None:
    with Image.open(io.BytesIO(picture)) as opened:
        width, height = opened.size
    page = book.add_blank_page(page_size=A4)
    image = pikepdf.Stream(book, picture)
    named = {"Type": "XObject", "Subtype": "Image", "ColorSpace": "DeviceRGB", "Filter": filter_name[1:]}
    for key, name in named.items():
        image[f"/{key}"] = pikepdf.Name(f"/{name}")
    image.Width, image.Height, image.BitsPerComponent = width, height, 8
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
    page.obj.Contents = pikepdf.Stream(book, f"q {A4[0]} 0 0 {A4[1]} 0 0 cm /Im0 Do Q {more}".encode())
    if turn:
        page.obj.Rotate = turn


def saved(book: pikepdf.Pdf, path: Path, **options: object) -> Path:
    book.save(path, **options)
    book.close()
    return path


@pytest.mark.parametrize(
    ("kind", "filter_name", "media_type"),
    [("JPEG", "/DCTDecode", "image/jpeg"), ("JPEG2000", "/JPXDecode", "image/jp2")],
)
def test_a_page_that_is_one_picture_gives_that_picture_unchanged(
    tmp_path: Path, kind: str, filter_name: str, media_type: str
) -> None:
    pictures = [scan(kind=kind, shade=shade) for shade in (150, 200)]
    book = pikepdf.new()
    for picture in pictures:
        add_page(book, picture, filter_name)
    result = read_sources(saved(book, tmp_path / "sổ.pdf"))
    assert result.problems == ()
    assert [page.original for page in result.pages] == pictures
    assert [page.source.frame for page in result.pages] == [0, 1]
    assert result.pages[0].source.media_type == media_type
    assert result.pages[0].source.dpi == pytest.approx(310 / (595 / 72), abs=0.01)
    assert decode(result.pages[1].original, result.pages[1].source.frame).shape == (438, 310, 3)


def test_a_turned_page_keeps_its_picture_and_tells_the_turn(tmp_path: Path) -> None:
    picture = scan()
    book = pikepdf.new()
    add_page(book, picture, turn=90)
    (page,) = read_sources(saved(book, tmp_path / "xoay.pdf")).pages
    assert page.original == picture
    assert page.source.exif_turn == 90


def test_unseen_text_under_the_picture_changes_nothing(tmp_path: Path) -> None:
    picture = scan()
    book = pikepdf.new()
    add_page(book, picture, more="BT 3 Tr (Khai sinh) Tj ET")
    (page,) = read_sources(saved(book, tmp_path / "ocr.pdf")).pages
    assert page.original == picture


@pytest.mark.parametrize(
    "more", ["BT /F1 12 Tf (Khai sinh) Tj ET", "1 0 0 rg 50 50 200 200 re f", "q 90 0 0 90 20 20 cm /Im0 Do Q"]
)
def test_a_page_with_more_on_it_is_drawn(tmp_path: Path, more: str) -> None:
    book = pikepdf.new()
    add_page(book, scan(), more=more)
    (page,) = read_sources(saved(book, tmp_path / "thêm.pdf")).pages
    assert page.source.media_type == "image/png"
    drawn = decode(page.original, page.source.frame)
    assert (page.source.width, page.source.height) == (drawn.shape[1], drawn.shape[0])
    assert drawn[20, 20].argmax() == 2, "the picture's red corner is drawn upright"
    assert page.source.dpi == pytest.approx(drawn.shape[0] / (842 / 72), rel=0.01)


def test_a_mirrored_picture_is_drawn_as_a_reader_sees_it(tmp_path: Path) -> None:
    book = pikepdf.new()
    add_page(book, scan())
    book.pages[0].obj.Contents = pikepdf.Stream(book, f"q -{A4[0]} 0 0 {A4[1]} {A4[0]} 0 cm /Im0 Do Q".encode())
    (page,) = read_sources(saved(book, tmp_path / "gương.pdf")).pages
    drawn = decode(page.original, 0)
    assert page.source.media_type == "image/png"
    assert drawn[20, -20].argmax() == 2


def test_a_losslessly_packed_scan_is_drawn_at_its_own_resolution(tmp_path: Path) -> None:
    out = io.BytesIO()
    grey = Image.fromarray(np.tile(np.arange(0, 250, dtype=np.uint8), (2339, 7))[:, :1654])
    grey.save(out, "PDF", resolution=200)
    path = tmp_path / "trang xám.pdf"
    path.write_bytes(out.getvalue())
    (page,) = read_sources(path).pages
    assert page.source.width == pytest.approx(1654, abs=2)


def test_a_locked_pdf_is_told(tmp_path: Path) -> None:
    book = pikepdf.new()
    add_page(book, scan())
    path = saved(book, tmp_path / "khóa.pdf", encryption=pikepdf.Encryption(owner="chủ", user="mật khẩu"))
    (problem,) = read_sources(path).problems
    assert problem.key == "input-encrypted"


def test_a_pdf_locked_only_against_printing_is_read(tmp_path: Path) -> None:
    book = pikepdf.new()
    add_page(book, scan())
    path = saved(book, tmp_path / "hạn chế.pdf", encryption=pikepdf.Encryption(owner="chủ", user=""))
    assert len(read_sources(path).pages) == 1


def test_a_pdf_without_pages_is_told(tmp_path: Path) -> None:
    (problem,) = read_sources(saved(pikepdf.new(), tmp_path / "không trang.pdf")).problems
    assert problem.key == "input-no-pages"


def test_a_damaged_pdf_is_told(tmp_path: Path) -> None:
    path = tmp_path / "hỏng.pdf"
    path.write_bytes(b"%PDF-1.7\n" + b"\x93" * 500)
    (problem,) = read_sources(path).problems
    assert problem.key == "input-corrupt"
    assert problem.facts["file"] == "hỏng.pdf"


def test_a_page_with_a_broken_picture_does_not_stop_the_book(tmp_path: Path) -> None:
    book = pikepdf.new()
    add_page(book, scan(shade=120))
    add_page(book, scan())
    add_page(book, scan(shade=180))
    book.pages[1].obj.Resources.XObject.Im0.write(scan()[:600], filter=pikepdf.Name.DCTDecode)
    result = read_sources(saved(book, tmp_path / "ba trang.pdf"))
    assert {0, 2} <= {page.source.frame for page in result.pages}
    assert [problem.facts["page"] for problem in result.problems] == ["2"]


def test_a_page_of_five_metres_is_drawn_within_the_cap(tmp_path: Path) -> None:
    book = pikepdf.new()
    book.add_blank_page(page_size=(14_400, 14_400))
    path = saved(book, tmp_path / "khổng lồ.pdf")
    drawn, dpi = draw_page(path.read_bytes(), 0, 300.0)
    assert drawn.shape[0] * drawn.shape[1] <= RENDER_PIXEL_CAP * 1.01
    assert dpi < 40
