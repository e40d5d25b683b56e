"""The shipped recogniser of handwriting, on drawn lines and on fields of the sample pages."""

import hashlib
import json
import pickle
import shutil
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np
import pytest
from rapidfuzz.distance import Levenshtein

from hotich.errors import EngineError
from hotich.forms.formspec import FieldKind, Ink
from hotich.ocr.engine import Crop, checked, recogniser
from hotich.ocr.handwriting_engine import CARD, MODEL_FOLDER, HandwritingEngine, load_card
from hotich.ocr.kinds import kind_reading
from hotich.text import nfc
from tests.ocr.drawn_crops import PAPER, crop
from tests.ocr.test_handwriting_crops import block

SAMPLES = Path(__file__).parents[2] / "sample_scans"
DPI = 200.0


@pytest.fixture(scope="module")
def engine():
    return HandwritingEngine()


def test_files_are_those_that_the_card_names():
    card = load_card()
    for name, sha256 in ((card.weights, card.weights_sha256), (card.words, card.words_sha256)):
        assert hashlib.sha256((MODEL_FOLDER / name).read_bytes()).hexdigest() == sha256


def test_model_ships_with_its_papers_and_is_small():
    told = (MODEL_FOLDER / "CARD.md").read_text(encoding="utf-8") + (MODEL_FOLDER / "NOTICE").read_text(
        encoding="utf-8"
    )
    for name in (
        "HTR-United/lectaurep-repertoires",
        "HTR-United/CREMMA-AN-TestamentsDePoilus",
        "CC BY 4.0",
        "PP-OCRv6",
    ):
        assert name in told
    assert "Apache License" in (MODEL_FOLDER / "LICENSE").read_text(encoding="utf-8")
    assert sum(file.stat().st_size for file in MODEL_FOLDER.iterdir()) < 15_000_000


def test_alphabet_is_whole():
    letters = load_card().letters
    accented = {
        nfc(base + tone) for base in "aăâeêioôơuưy" for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    } - set("aeiouy")
    lower = accented | {"đ"}
    assert len(lower) == 67
    assert lower | {letter.upper() for letter in lower} <= set(letters)
    assert set("0123456789/-.,:;()'\"") <= set(letters)
    assert len(set(letters)) == len(letters)


def test_it_is_known_by_its_name():
    engine = recogniser("hotich-hand")
    assert engine.name == "hotich-hand"
    assert engine.version == load_card().version


@pytest.mark.parametrize("text", ["Nguyễn Thị Hường", "Trần Văn Đức", "xã Yên Trạch, huyện Ý Yên"])
def test_a_drawn_line_is_read(engine, text):
    (reading,) = engine.read([crop(text)])
    assert Levenshtein.normalized_similarity(reading.text, text) >= 0.85
    assert unicodedata.is_normalized("NFC", reading.text)


def test_empty_crops_and_order(engine):
    blank = Crop("blank", FieldKind.TEXT, Ink.HAND, np.full((60, 300), PAPER, np.uint8), DPI)
    readings = checked(engine).read([crop("Lê Văn Tám"), blank, crop("1984")])
    assert [reading.field_id for reading in readings] == ["nksHoTen", "blank", "nksHoTen"]
    assert readings[1].text == ""
    assert readings[1].confidence == 1.0
    assert readings[0].text != readings[2].text


def test_lines_of_a_cell_are_parted(engine):
    picture = block("Thôn Đoài, xã Yên Trạch", "huyện Ý Yên")
    (reading,) = engine.read([Crop("place", FieldKind.PLACE, Ink.HAND, picture, DPI)])
    upper, lower = reading.text.split("\n")
    assert "Yên" in lower
    assert len(upper) > len(lower)


@pytest.mark.parametrize("kind", [kind for kind in FieldKind if kind_reading(kind).only])
def test_only_lawful_letters_in_fields_of_figures(engine, kind):
    (reading,) = engine.read([crop("Nguyễn 123 Hoa", kind)])
    assert set(reading.text) <= set(kind_reading(kind).only)


def test_readings_carry_letters_and_other_ways(engine):
    (reading,) = engine.read([crop("Đặng Thị Thuỷ")])
    assert reading.is_calibrated
    assert 0.0 <= reading.confidence + sum(share for _, share in reading.ways) <= 1.0 + 1e-6
    assert reading.text not in {text for text, _ in reading.ways}
    if reading.symbols:
        assert "".join(symbol.text for symbol in reading.symbols) == "".join(reading.text.split())


def test_readings_and_crops_travel_between_processes(engine):
    line = crop("Phạm Văn Hai")
    (reading,) = engine.read([pickle.loads(pickle.dumps(line))])
    assert pickle.loads(pickle.dumps(reading)) == reading


def test_threads_read_alike(engine):
    crops = [crop(text) for text in ("Vũ Đình Quý", "12/3/1984", "Làm ruộng")]
    alone = engine.read(crops)
    with ThreadPoolExecutor(3) as pool:
        assert all(readings == alone for readings in pool.map(engine.read, [crops] * 3))


@pytest.mark.parametrize("file", [CARD, "weights", "words"])
@pytest.mark.parametrize("harm", ["missing", "cut short", "one byte wrong"])
def test_a_damaged_model_is_told(tmp_path, file, harm):
    folder = tmp_path / "mô hình"
    shutil.copytree(MODEL_FOLDER, folder)
    path = folder / (file if file == CARD else getattr(load_card(), file))
    content = path.read_bytes()
    if harm == "missing":
        path.unlink()
    elif harm == "cut short":
        path.write_bytes(content[: len(content) // 2])
    else:
        path.write_bytes(b"\xff" + content[1:])
    with pytest.raises(EngineError):
        HandwritingEngine(folder).read([crop("Lê Văn Tám")])


def hand_fields(book, most):
    """(text as written, its crop) of fields that stand in one line of the first page of a sample book."""
    truth = json.loads((SAMPLES / book / "truth.json").read_text(encoding="utf-8"))
    name = truth["entries"][0]["file"]
    page = cv2.imdecode(np.fromfile(SAMPLES / book / name, np.uint8), cv2.IMREAD_COLOR)
    # Red shows stamps least.
    grey = page[:, :, 2]
    for entry in truth["entries"]:
        for field in entry["fields"].values():
            if (
                entry["file"] != name
                or field["ink"] != "hand"
                or field["state"] != "value"
                or len(field["written"]) > 25
            ):
                continue
            corners = np.array(field["box"], np.float64)
            left, top = np.floor(corners.min(axis=0)).astype(int) - 4
            right, bottom = np.ceil(corners.max(axis=0)).astype(int) + 4
            yield field["written"], grey[max(0, top) : bottom, max(0, left) : right]
            most -= 1
            if most == 0:
                return


def test_sample_hands_are_read(engine):
    """The sample page is drawn with a typeface of the training; what it shows is that the whole way works."""
    fields = list(hand_fields("ks-1984-yen-trach", 40))
    assert len(fields) == 40
    crops = [Crop("field", FieldKind.TEXT, Ink.HAND, picture, DPI) for _, picture in fields]
    read = [nfc(reading.text.replace("\n", " ")) for reading in engine.read(crops)]
    wrong = sum(Levenshtein.distance(nfc(written), text) for (written, _), text in zip(fields, read, strict=True))
    assert wrong / sum(len(written) for written, _ in fields) < 0.15
