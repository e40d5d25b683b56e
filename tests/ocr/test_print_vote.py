"""The vote among several readings of the same print."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotich.forms.formspec import FieldKind
from hotich.ocr.print_vote import Heard, Word, voted
from hotich.ocr.suggest import calibrated
from hotich.ocr.tesserocr_engine import TesserocrEngine, contested
from tests.ocr.drawn_crops import crop


def heard(*lines: str, sure: float = 0.9) -> Heard:
    return Heard(tuple(tuple((word, sure) for word in line.split()) for line in lines))


def test_one_reading_is_the_vote_with_the_backing_of_its_least_sure_word() -> None:
    vote = voted([Heard(((("Lò", 0.9), ("Văn", 0.6)),))])
    assert (vote.text, vote.others) == ("Lò Văn", ())
    assert vote.backing == pytest.approx(0.6)


def test_each_word_goes_to_the_majority_even_where_no_reading_has_the_whole_text() -> None:
    vote = voted([heard("Tố Thị Hoa"), heard("Tổ Thi Hoa"), heard("Tổ Thị Hóa")])
    assert vote.text == "Tổ Thị Hoa"
    assert vote.backing == pytest.approx(0.6)
    assert dict(vote.others) == pytest.approx({"Tố Thị Hoa": 0.3, "Tổ Thi Hoa": 0.3, "Tổ Thị Hóa": 0.3})


def test_one_sure_reading_outweighs_two_that_are_very_unsure() -> None:
    vote = voted([heard("Sỉnh", sure=0.95), heard("Sinh", sure=0.3), heard("Sinh", sure=0.4)])
    assert vote.text == "Sỉnh"


def test_no_syllable_loses_against_a_syllable_that_is_nearly_as_well_backed() -> None:
    assert voted([heard("MẴẪN"), heard("MẴN")]).text == "MẴN"


def test_what_all_read_stays_although_it_is_no_vietnamese_syllable() -> None:
    assert voted([heard("Y MLÔ ÊBUR")] * 3).text == "Y MLÔ ÊBUR"


def test_no_syllable_that_two_of_three_are_sure_of_stays() -> None:
    assert voted([heard("MLÔ"), heard("MLÔ"), heard("MÔ")]).text == "MLÔ"


def test_words_run_together_in_one_reading_are_parted_as_most_part_them() -> None:
    assert voted([heard("Y THỚMLÔ"), heard("Y THỚ MLÔ"), heard("Y THỚ MLÔ")]).text == "Y THỚ MLÔ"


def test_a_word_that_one_reading_missed_does_not_move_the_others() -> None:
    vote = voted([heard("xã Ba Trại Hạ"), heard("xã Trại Hạ"), heard("xã Ba Trại Hạ")])
    assert vote.text == "xã Ba Trại Hạ"
    assert vote.backing == pytest.approx(0.6)


def test_lines_are_kept() -> None:
    assert voted([heard("Thôn Bảy", "xã Hạ"), heard("Thôn Bẩy", "xã Hạ"), heard("Thôn Bảy xã Hạ")]).text == (
        "Thôn Bảy\nxã Hạ"
    )


def test_nothing_read_is_no_text_and_no_backing() -> None:
    vote = voted([Heard(()), Heard(())])
    assert (vote.text, vote.backing, vote.others) == ("", 0.0, ())


WORDS = st.tuples(st.sampled_from("Lê Lẻ Lễ Văn Vân 1983 1988 thôn THỚMLÔ ,".split()), st.floats(0.0, 1.0))
LINES = st.lists(st.lists(WORDS, min_size=1, max_size=4).map(tuple), max_size=2).map(tuple)


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES.map(Heard), min_size=1, max_size=4))
def test_only_words_that_were_read_win_and_backings_are_shares(readings: list[Heard]) -> None:
    vote = voted(readings)
    assert set(vote.text.split()) <= {word for reading in readings for word, _ in reading.words}
    assert all(0.0 <= share <= 1.0 + 1e-9 for share in (vote.backing, *(share for _, share in vote.others)))
    assert all(text != vote.text for text, _ in vote.others)


@settings(max_examples=30, deadline=None)
@given(LINES.map(Heard))
def test_readings_that_agree_win_whole(reading: Heard) -> None:
    assert voted([reading] * 3).text == reading.text


def test_a_disputed_text_is_less_believed_than_one_all_agree_on_but_not_given_up() -> None:
    disputed: list[Word] = [("SẺNG", 0.9), ("SẺNG", 0.9), ("SẼNG", 0.9)]
    some, all_of_them = (
        calibrated(contested(voted([Heard(((word,),)) for word in words]).backing))
        for words in (disputed, [("SẺNG", 0.93)] * 3)
    )
    assert 0.4 < some < 0.7 < 0.9 < all_of_them


NAMES = ("BÙI VĂN ỂN", "THẠCH THỊ MẬN", "HUỲNH THỊ KỶ", "Suy tim", "06/08/1983")


@pytest.mark.parametrize("name", NAMES)
def test_print_is_read_with_its_marks(name: str) -> None:
    (reading,) = TesserocrEngine().read([crop(name, FieldKind.PERSON_NAME)])
    assert reading.text == name
    assert calibrated(reading.confidence) > 0.3


def test_the_same_crop_is_read_once_and_told_under_the_name_it_is_asked_by() -> None:
    engine = TesserocrEngine()
    one = crop("BÙI VĂN SẺNG")
    first, again = engine.read([one, replace(one, field_id="meHoTen")])
    assert (first.field_id, again.field_id) == ("nksHoTen", "meHoTen")
    assert replace(again, field_id="nksHoTen") == first
    assert engine.read([replace(one, kind=FieldKind.PAGE_NUMBER)])[0].text != first.text
