"""Remembered texts found by the beginning of what is typed, without marks."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotich.matching.completion import ValueIndex
from hotich.text import ACCENTED, fold

TEXTS = [
    "Nguyễn Văn An",
    "Nguyễn Văn Ánh",
    "Nguyễn Thị Vân",
    "Đặng Văn Đồng",
    "thôn Đông, xã Tân Lập, huyện Vũ Thư",
    "H'Hen Niê",
]


def index_of(texts: list[str]) -> ValueIndex:
    made = ValueIndex()
    made.add_all(texts)
    return made


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ng v", "Nguyễn Văn Ánh"),
        ("nva", "Nguyễn Văn Ánh"),
        ("nguyen van an", "Nguyễn Văn Ánh"),
        ("nguyễn văn án", "Nguyễn Văn Ánh"),
        ("ntv", "Nguyễn Thị Vân"),
        ("dang", "Đặng Văn Đồng"),
        ("dvd", "Đặng Văn Đồng"),
        ("tan lap", "thôn Đông, xã Tân Lập, huyện Vũ Thư"),
        ("hhn", "H'Hen Niê"),
        ("h hen", "H'Hen Niê"),
    ],
)
def test_beginnings_and_first_letters_find_the_text(typed, first):
    assert index_of(TEXTS).find(typed)[0] == first


def test_other_words_find_nothing():
    index = index_of(TEXTS)
    assert index.find("zz") == [] and index.find("ng x") == []


def test_the_most_used_comes_first_and_lately_used_before_long_ago():
    index = index_of(["Lê A", "Lê B", "Lê B", "Lê C"])
    assert index.find("le") == ["Lê B", "Lê C", "Lê A"]
    for _ in range(2):
        index.add("Lê A")
    assert index.find("le")[0] == "Lê A"


def test_an_old_habit_gives_way_to_a_new_one():
    index = index_of(["Ký Cũ"] * 300 + [f"khác {number}" for number in range(2000)] + ["Ký Mới"] * 20)
    assert index.find("ky") == ["Ký Mới", "Ký Cũ"]


def test_a_forgotten_text_is_found_no_more_until_it_is_used_again():
    index = index_of(TEXTS)
    index.forget("Đặng Văn Đồng")
    assert "Đặng Văn Đồng" not in index.find("dang") + index.find("") + index.find("dvd") + index.find("van dong")
    index.add("Đặng Văn Đồng")
    assert index.find("dang") == ["Đặng Văn Đồng"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_letter_is_found_as_it_is_and_without_its_mark(form):
    for letter in ACCENTED:
        text = f"q{letter}m"
        index = index_of([text])
        assert index.find(unicodedata.normalize(form, text)) == index.find(fold(text)) == [text]


words = st.text(alphabet="abcdđeêôơ", min_size=1, max_size=4)
texts = st.lists(st.lists(words, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(texts, st.data())
def test_one_by_one_finds_what_all_at_once_finds(values, data):
    one = ValueIndex()
    for value in values:
        one.add(value)
    asked = fold(data.draw(st.sampled_from(values)))[: data.draw(st.integers(1, 6))]
    assert one.find(asked, 50) == index_of(values).find(asked, 50)


@settings(max_examples=60, deadline=None)
@given(texts, st.data())
def test_every_beginning_of_a_text_finds_it(values, data):
    wanted = data.draw(st.sampled_from(values))
    key = fold(wanted)
    index = index_of(values)
    assert wanted in index.find(key[: data.draw(st.integers(1, len(key)))], 50)
    assert wanted in index.find(" ".join(word[:1] for word in key.split()), 50)


def test_many_texts_with_one_beginning_are_searched_as_well(monkeypatch):
    """More texts than are looked at first: the rare one at the end is found all the same."""
    monkeypatch.setattr("hotich.matching.completion.LOOKED_AT_FIRST", 10)
    index = index_of(["Nguyễn Văn Út"] + [f"Nguyễn Thị {number}" for number in range(100) for _ in range(2)])
    assert index.find("ng v") == ["Nguyễn Văn Út"]
    assert index.find("nvu") == ["Nguyễn Văn Út"]
    assert index.find("van ut") == ["Nguyễn Văn Út"]
    assert len(index.find("nguyen", 8)) == 8
