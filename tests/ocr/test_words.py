"""Printed words of a whole page, by the real engine."""

import unicodedata
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from hotich.errors import EngineError
from hotich.messages import explain
from hotich.ocr import words
from hotich.ocr.words import find_words

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"


def printed_page(scale: float = 1.0) -> np.ndarray:
    page = Image.new("RGB", (round(1240 * scale), round(1754 * scale)), (236, 226, 205))
    pen = ImageDraw.Draw(page)
    font = ImageFont.truetype(FONT, round(24 * scale))
    for row, text in enumerate(("Họ, chữ đệm, tên:", "Ngày, tháng, năm sinh:", "Giới tính:", "Nơi thường trú:")):
        pen.text((150 * scale, (300 + 90 * row) * scale), text, font=font, fill=(50, 45, 40))
    return np.ascontiguousarray(np.asarray(page)[..., ::-1])


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_labels_are_found_where_they_stand_whatever_the_resolution(scale: float) -> None:
    found = find_words(printed_page(scale), 150.0 * scale)
    assert [word.text for word in found][:4] == ["Họ,", "chữ", "đệm,", "tên:"]
    assert {"Ngày,", "tháng,", "Giới", "thường", "trú:"} <= {word.text for word in found}
    first = found[0]
    assert first.left / scale == pytest.approx(150, abs=6)
    assert 295 < first.top / scale < first.bottom / scale < 340
    assert all(0.2 <= word.confidence <= 1.0 for word in found)
    assert all(unicodedata.is_normalized("NFC", word.text) for word in found)


def test_shade_and_a_grey_picture() -> None:
    shade = np.linspace(0.4, 1.0, 1240)[None, :]
    grey = (printed_page().mean(axis=2) * shade).astype(np.uint8)
    assert {"Họ,", "chữ", "thường"} <= {word.text for word in find_words(grey, 150.0)}


def test_an_empty_page_has_no_words() -> None:
    assert find_words(np.full((800, 600, 3), 235, np.uint8), 100.0) == ()


def test_a_missing_model_is_an_engine_error_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "MODEL_FOLDER", tmp_path)
    with pytest.raises(EngineError) as caught:
        find_words(printed_page(), 150.0)
    assert caught.value.key == "reading-words-failed"
    assert "bốn góc" in explain(caught.value)
