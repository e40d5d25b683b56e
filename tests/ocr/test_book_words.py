"""The words that the cover of a book makes likely, and how fields of a kind are read."""

import tomllib
from importlib.resources import files

import pytest

from hotich.forms.formspec import FieldKind
from hotich.ocr.book_words import local_words
from hotich.ocr.kinds import kind_reading

START = ("^", "^")


def test_the_own_commune_is_likelier_than_one_of_the_district_and_that_than_another():
    words = local_words(FieldKind.PLACE, "UBND xã Hoài Thịnh, huyện Hoài Nhơn, tỉnh Nghĩa Bình", 1986)
    own, near, far = (words.share_of(START, word) for word in ("hoài", "tam", "xuyên"))
    assert own > near > far


def test_the_province_is_that_of_the_time():
    then = local_words(FieldKind.PLACE, "UBND xã Hoài Thịnh, huyện Hoài Nhơn, tỉnh Nghĩa Bình", 1986)
    later = local_words(FieldKind.PLACE, "UBND xã Hoài Mỹ, huyện Hoài Nhơn, tỉnh Bình Định", 2012)
    assert then.counts[("nghĩa", "bình")] > later.counts[("nghĩa", "bình")]
    assert ("nam", "ninh") in then.counts and ("nam", "ninh") not in later.counts


def test_short_forms_are_known():
    words = local_words(FieldKind.PLACE, "UBND xã Lùng Sán, huyện Bắc Hà, tỉnh Lào Cai", 2004)
    assert words.share_of(("^", "x"), ".") > 0.1
    assert words.capital_share("x") < 0.2


@pytest.mark.parametrize("place", ["", "   ", "UBND "])
def test_a_cover_without_a_place_tells_nothing(place):
    assert local_words(FieldKind.PLACE, place, 1990) is None


def test_every_kind_of_the_table_is_one():
    told = tomllib.loads((files("hotich.ocr") / "kinds.toml").read_text(encoding="utf-8"))
    assert set(told) <= {kind.value for kind in FieldKind}


def test_names_hold_no_figures_and_numbers_no_letters():
    name, number = kind_reading(FieldKind.PERSON_NAME), kind_reading(FieldKind.PAGE_NUMBER)
    assert name.allows("ỷ") and name.allows("'") and not name.allows("1")
    assert number.allows("7") and not number.allows("a")


def test_rare_names_are_expected_more_than_rare_words():
    assert kind_reading(FieldKind.PERSON_NAME).weights.escape > kind_reading(FieldKind.PLACE).weights.escape


def test_notes_know_their_phrases_without_a_place():
    words = local_words(FieldKind.NOTE, "", 0)
    assert words.counts[("qđ", "-", "ub")] > 0
    assert local_words(FieldKind.DATE, "UBND xã Lùng Sán, huyện Bắc Hà, tỉnh Lào Cai", 2004) is None
