"""From a crop to its lines, and from a line to what the network takes."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from hotich.ocr.handwriting_crops import written_lines
from hotich.ocr.handwriting_lines import HEIGHT, STEP, WIDEST, network_input, network_width, trimmed
from tests.ocr.drawn_crops import FONT, INK, PAPER


def block(*lines, size=30, pitch=46, width=700):
    """Lines of print under one another."""
    picture = Image.new("L", (width, pitch * len(lines) + 20), PAPER)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(str(FONT), size)
    for number, text in enumerate(lines):
        draw.text((12, 10 + pitch * number), text, font=font, fill=INK)
    return np.asarray(picture, np.uint8)


@pytest.mark.parametrize(
    "lines",
    [
        ("Nguyễn Thị Hường",),
        ("1984",),
        ("Thôn Đoài, xã Yên Trạch", "huyện Ý Yên, tỉnh Hà Nam Ninh"),
        ("Thôn Sín Chải, xã Lùng Sán, huyện", "Bắc Hà"),
        ("Số 12 đường Trần Phú", "phường Tân Bình", "Hải Dương"),
    ],
    ids=len,
)
@pytest.mark.parametrize("dpi", [110.0, 200.0, 300.0])
def test_as_many_lines_as_were_written(lines, dpi):
    assert len(written_lines(block(*lines), dpi)) == len(lines)


def test_lines_come_from_above_and_keep_their_ink():
    upper, lower = written_lines(block("Thôn Đoài, xã Yên Trạch", "Ý Yên"), 200.0)
    assert upper.shape[1] > 2 * lower.shape[1]
    whole = block("Ý Yên")
    assert abs(int((lower < 128).sum()) - int((whole < 128).sum())) < 0.1 * (whole < 128).sum()


def test_marks_stay_with_their_letters():
    (alone,) = written_lines(block("Ẩn Ẵ Ộ"), 200.0)
    upper, _ = written_lines(block("Ẩn Ẵ Ộ", "Ẩn Ẵ Ộ"), 200.0)
    assert abs(alone.shape[0] - upper.shape[0]) <= 2


def test_an_empty_crop_has_no_lines():
    assert written_lines(np.full((60, 400), PAPER, np.uint8), 200.0) == ()


@pytest.mark.parametrize("shape", [(1, 1), (3, 900), (48, 10), (200, 7000), (64, 640)])
def test_every_shape_becomes_a_lawful_input(shape):
    line = np.full(shape, 200, np.uint8)
    ready = network_input(line)
    assert ready.shape == (1, 3, HEIGHT, network_width(shape))
    assert ready.shape[3] % STEP == 0
    assert ready.shape[3] <= WIDEST
    assert ready.dtype == np.float32
    assert np.all((ready >= -1.0) & (ready <= 1.0))


def test_trimming_takes_paper_and_keeps_ink():
    line = np.full((64, 600), PAPER, np.uint8)
    line[25:40, 200:400] = INK
    cut = trimmed(line)
    assert (cut < 128).sum() == (line < 128).sum()
    assert cut.shape[1] < 240


def test_a_line_without_contrast_is_left_whole():
    assert trimmed(np.full((20, 90), 77, np.uint8)).shape == (20, 90)
