"""Counts of words and what they tell a beam."""

import pytest

from hotich.ocr.handwriting_engine import MODEL_FOLDER, load_card
from hotich.ocr.language import (
    Language,
    Weights,
    WordCounts,
    counted,
    read_counts,
    tokens,
    write_counts,
)


@pytest.fixture(scope="module")
def shipped():
    return Language(WordCounts(read_counts(MODEL_FOLDER / load_card().words)))


def test_words_are_small_letters_and_figures_are_one_word():
    assert list(tokens("Xã Ea H'leo, số 27A")) == ["xã", "ea", "h'leo", ",", "số", "0"]


def test_counts_come_back_from_their_file(tmp_path):
    counts = counted([("xã Tân Lập", 2), ("Tân Lập", 1)])
    write_counts(counts, tmp_path / "words.gz")
    assert read_counts(tmp_path / "words.gz") == counts
    assert counts[("tân", "lập")] == 3
    assert counts[("xã", "tân", "lập")] == 2


def test_same_counts_make_the_same_file(tmp_path):
    for name in ("one", "other"):
        write_counts(counted([("thôn Đoài", 1)]), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


@pytest.mark.parametrize(
    ("likely", "unlikely"),
    [
        ("Huyện Ý Yên", "Huyện Ý Yến"),
        ("TP Hồ Chí Minh", "TP Hổ Chi Minh"),
        ("Nguyễn Thị Hoa", "Nguyển Thị Hoa"),
        ("ngày mười lăm", "ngày mười lâm"),
        ("Tân Bình", "tân bình"),
        ("Hà Nội, Việt Nam", "Hà Nội , Việt Nam"),
    ],
)
def test_what_registers_say_weighs_more(shipped, likely, unlikely):
    assert shipped.weight_of(likely) > shipped.weight_of(unlikely)


def test_an_unknown_syllable_is_dearer_than_a_known_and_cheaper_than_no_syllable(shipped):
    before = ("nguyễn", "thị")
    known, syllable, none = (shipped.log_share(before, word) for word in ("hoa", "khuỵu", "xzqw"))
    assert known > syllable > none


def test_who_expects_unknown_words_finds_them_likelier(shipped):
    open_minded = Language(shipped.words, Weights(escape=0.3))
    before = ("nguyễn", "thị")
    assert open_minded.log_share(before, "khuỵu") > shipped.log_share(before, "khuỵu")
    assert open_minded.log_share(before, "hoa") < shipped.log_share(before, "hoa")


def test_the_words_of_a_book_are_heard(shipped):
    local = WordCounts(counted([("xã Gung Sré Tây, huyện Di Linh", 5)]))
    there = Language(shipped.words, shipped.weights, local)
    assert there.weight_of("Gung Sré Tây") > shipped.weight_of("Gung Sré Tây")
    assert there.weight_of("xã Gung Sré Tây") > there.weight_of("xã Gung Trẻ Tây")


def test_a_letter_beside_figures_makes_a_number_and_two_make_none():
    assert list(tokens("27A K11 Ho1")) == ["0", "0", "ho1"]


def test_a_file_that_holds_no_counts_is_refused(tmp_path):
    (tmp_path / "words.gz").write_bytes(b"no gzip")
    with pytest.raises(OSError):
        read_counts(tmp_path / "words.gz")
