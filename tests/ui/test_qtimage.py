"""Pictures between numpy and Qt."""

import gc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotich.ui.qtimage import to_pixels, to_qimage


@given(st.integers(1, 33), st.integers(1, 9), st.integers(0, 2**32 - 1))
def test_colours_survive_there_and_back_at_any_width(width, height, seed):
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    assert np.array_equal(to_pixels(to_qimage(pixels)), pixels)


@pytest.mark.parametrize("width", [1, 2, 3, 5, 15, 16, 17])
def test_grey_rows_are_not_shifted_by_padding(width):
    pixels = np.arange(width * 4, dtype=np.uint8).reshape(4, width)
    image = to_qimage(pixels)
    got = [[image.pixelColor(x, y).red() for x in range(width)] for y in range(4)]
    assert got == pixels.tolist()


def test_blue_is_blue():
    assert to_qimage(np.full((2, 2, 3), (255, 0, 0), np.uint8)).pixelColor(0, 0).blue() == 255


def test_the_picture_is_a_copy():
    pixels = np.zeros((4, 5, 3), np.uint8)
    image = to_qimage(pixels)
    pixels[:] = 255
    del pixels
    gc.collect()
    assert image.pixelColor(2, 2).red() == 0


def test_parts_of_a_larger_picture_are_taken_as_they_are():
    large = np.random.default_rng(1).integers(0, 256, (20, 20, 3), dtype=np.uint8)
    part = large[3:10, 2:9]
    assert np.array_equal(to_pixels(to_qimage(part)), part)


@pytest.mark.parametrize("wrong", [np.zeros((2, 2), np.float64), np.zeros((2, 2, 4), np.uint8), np.zeros(4, np.uint8)])
def test_anything_else_is_refused(wrong):
    with pytest.raises(ValueError, match="not a picture"):
        to_qimage(wrong)
