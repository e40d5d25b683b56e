"""The files of others that the program ships: unchanged, complete, and working."""

import hashlib
import re
import unicodedata
from pathlib import Path

import pytest
import tesserocr
from PIL import Image, ImageDraw, ImageFont
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QImage, QPainter, QRawFont

import hotich

PACKAGE = Path(hotich.__file__).parent
TESSDATA = PACKAGE / "ocr" / "tessdata"
FONTS = PACKAGE / "fonts"
FONT_FILES = ("BeVietnamPro-Regular.ttf", "BeVietnamPro-Bold.ttf")

TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
VOWELS = "aăâeêioôơuưy"


def accented_letters() -> str:
    """The 134 letters of Vietnamese that plain Latin lacks, composed."""
    toned = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES}
    lower = [*sorted(toned - set("aeiouy")), "đ"]
    return "".join(lower) + "".join(lower).upper()


def named_hashes(notice: Path) -> set[str]:
    return set(re.findall(r"\b[0-9a-f]{64}\b", notice.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "path", [TESSDATA / "vie.traineddata", *(FONTS / name for name in FONT_FILES)], ids=lambda path: path.name
)
def test_file_is_the_one_its_notice_names(path):
    assert hashlib.sha256(path.read_bytes()).hexdigest() in named_hashes(path.parent / "NOTICE")


def test_licences_lie_beside_the_files():
    assert "Apache License" in (TESSDATA / "LICENSE").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("sentence", ["Họ và tên: Nguyễn Thị Hường", "Sinh ngày 25 tháng 3 năm 1978"])
def test_model_reads_a_printed_line(sentence):
    picture = Image.new("L", (900, 80), 255)
    font = ImageFont.truetype(str(FONTS / FONT_FILES[0]), 40)
    ImageDraw.Draw(picture).text((20, 12), sentence, font=font, fill=0)
    # Tesseract wants the slash at the end of the folder.
    with tesserocr.PyTessBaseAPI(path=f"{TESSDATA}/", lang="vie", psm=tesserocr.PSM.SINGLE_LINE) as engine:
        engine.SetImage(picture)
        assert unicodedata.normalize("NFC", engine.GetUTF8Text().strip()) == sentence


def drawn(text: str, family: str) -> QImage:
    picture = QImage(600, 400, QImage.Format.Format_Grayscale8)
    picture.fill(255)
    with QPainter(picture) as painter:
        painter.setFont(QFont(family, 14))
        painter.drawText(picture.rect(), Qt.TextFlag.TextWrapAnywhere, text)
    return picture


@pytest.mark.parametrize("name", FONT_FILES)
def test_font_has_every_vietnamese_letter(qapp, name):
    letters = accented_letters()
    assert len(letters) == len(set(letters)) == 134
    font = QRawFont(str(FONTS / name), 16)
    needed = letters + unicodedata.normalize("NFD", letters) + "“”‘’–…•ABCXYZabcxyz0123456789/-.,:;()%"
    assert {letter for letter in needed if font.glyphIndexesForString(letter) in ([], [0])} == set()
    # Proof that an absent letter would be seen.
    assert font.glyphIndexesForString("漢") == [0]


@pytest.fixture
def shipped_family(qapp):
    numbers = [QFontDatabase.addApplicationFont(str(FONTS / name)) for name in FONT_FILES]
    yield {family for number in numbers for family in QFontDatabase.applicationFontFamilies(number)}
    for number in numbers:
        QFontDatabase.removeApplicationFont(number)


def test_font_is_found_by_its_name(shipped_family):
    assert shipped_family == {"Be Vietnam Pro"}
    assert {"Regular", "Bold"} <= set(QFontDatabase.styles("Be Vietnam Pro"))


def test_font_draws_composed_and_decomposed_letters_alike(shipped_family):
    letters = accented_letters()
    composed = drawn(letters, "Be Vietnam Pro")
    assert drawn(unicodedata.normalize("NFD", letters), "Be Vietnam Pro") == composed
    assert drawn(letters.lower(), "Be Vietnam Pro") != composed
