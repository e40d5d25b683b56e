"""Which encoding a column is in: found for names as communes keyed them, left open where nothing proves it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotich.legacy_guess import TRIED, Decoded, decode, guess
from hotich.legacy_text import Encoding, from_unicode

NAMES = tuple(
    """Nguyễn Văn An, Trần Thị Bích, Lê Hoàng Yến, Phạm Đức Long, Đỗ Thị Hường, Vũ Minh Tuấn, Bùi Xuân Trường,
    Đặng Ngọc Ánh, Hồ Quang Hiếu, Ngô Thị Mỹ Duyên, Dương Quốc Bảo, Lý Thị Kiều, Phan Đình Phùng, Võ Tấn Đạt""".replace(
        "\n   ", ""
    ).split(", ")
)
PLACES = ("xã Tân Lập, huyện Mỹ Đức", "phường Bến Nghé", "thôn Đồng Dùng, xã Ngọc Sơn", "ấp Hòa Thạnh, thị xã Gò Công")


@pytest.mark.parametrize("encoding", TRIED)
@pytest.mark.parametrize("texts", [NAMES, PLACES, tuple(name.upper() for name in NAMES)])
def test_a_column_is_known_by_its_syllables(encoding, texts):
    found = guess(from_unicode(text, encoding) for text in texts)
    assert (found.encoding, found.sure) == (encoding, True)
    meant = [decode(from_unicode(text, encoding), found) for text in texts]
    assert [each.text.lower() for each in meant] == [text.lower() for text in texts]
    assert all(each.certain for each in meant)


@given(st.lists(st.sampled_from(NAMES), min_size=6, unique=True), st.sampled_from(TRIED))
def test_some_names_are_enough(names, encoding):
    assert guess(from_unicode(name, encoding) for name in names).encoding is encoding


def test_nothing_is_decoded_where_there_are_only_plain_letters():
    found = guess(["Nam", "01/2009", "", "Kinh"])
    assert (found.encoding, found.plain, found.sure) == (Encoding.UNICODE, True, True)


def test_what_reads_well_both_ways_stays_open_and_as_it_is():
    found = guess(["Lê Toán"])
    assert (found.encoding, found.sure) == (Encoding.UNICODE, False)
    assert decode("Lê Toán", found).text == "Lê Toán"


def test_names_of_other_peoples_are_not_decoded_away():
    names = ["H'Hen Niê", "Y Moan Êban", "Rơ Châm Pleih", "K'Brôih", "Nguyễn Văn An"]
    found = guess(names)
    assert found.encoding is Encoding.UNICODE
    assert [decode(name, found).text for name in names] == names


def test_a_column_that_mixes_is_told_and_doubtful_cells_are_not_certain():
    old = [from_unicode(name, Encoding.TCVN3) for name in NAMES]
    found = guess([*old, *NAMES])
    assert found.others and not found.sure
    ambiguous = "Lê Toàn"
    assert not decode(ambiguous, found).certain
    assert decode("Đỗ Thị Hường", found).text == "Đỗ Thị Hường"
    assert decode(from_unicode("Phạm Đức Long", Encoding.TCVN3), found).text == "Phạm Đức Long"


def test_two_old_encodings_in_one_column_are_told_apart_cell_by_cell():
    column = [from_unicode(name, each) for each in (Encoding.TCVN3, Encoding.VNI) for name in NAMES]
    found = guess(column)
    assert set(found.others) | {found.encoding} == {Encoding.TCVN3, Encoding.VNI}
    read = [decode(text, found) for text in column]
    assert all(each.text.lower() == name.lower() for each, name in zip(read, NAMES * 2, strict=True) if each.certain)
    assert sum(each.certain for each in read) > len(NAMES)


@given(st.lists(st.text(max_size=30), max_size=8))
def test_no_column_is_too_strange(texts):
    found = guess(texts)
    assert 0.0 <= found.share <= 1.0
    for text in texts:
        decode(text, found)


def test_a_cell_that_mixes_in_itself_is_not_certain():
    column = guess(from_unicode(name, Encoding.TCVN3) for name in NAMES)
    assert not decode("NguyÔn Văn §øc", column).certain
    assert decode("Nguyễn Văn Đức", column) == Decoded("Nguyễn Văn Đức")
