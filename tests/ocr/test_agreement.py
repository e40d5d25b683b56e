"""Fields that say the same tell one another."""

import msgspec
import pytest

from hotich.forms.loader import load_catalogue
from hotich.ocr.agreement import agreed
from hotich.values import Alternative, Reading, RecordType

BIRTH = load_catalogue().records[RecordType.BIRTH]


def reading(field_id, text, confidence=0.9, others=(), normal=None, ditto=False):
    ways = tuple(Alternative(other, other, share) for other, share in others)
    said = text if normal is None else normal
    return Reading(field_id, text, said, confidence, "another", "1", "ink", ways, ditto)


def page(*readings):
    return [{one.field_id: one} for one in readings]


def test_a_signer_read_well_elsewhere_mends_a_doubtful_one():
    doubtful = reading("nguoiKy", "Thạch Hoi", 0.5, [("Thạch Hol", 0.4)])
    sure = reading("nguoiKy", "Thạch Hol", 0.95)
    (mended,), (kept,) = (made.values() for made in agreed(page(doubtful, sure), BIRTH, 2003))
    assert (mended.text, mended.normal, mended.reason) == ("Thạch Hol", "Thạch Hol", "said-elsewhere")
    assert "Thạch Hoi" in [way.text for way in mended.alternatives]
    assert kept.text == "Thạch Hol" and kept.confidence > 0.95


def test_what_the_ink_does_not_offer_is_never_taken_over():
    other = reading("nguoiKy", "Nguyễn Văn Tâm", 0.6, [("Nguyễn Văn Tám", 0.2)])
    made = agreed(page(other, reading("nguoiKy", "Thạch Hol", 0.99)), BIRTH, 2003)
    assert made[0]["nguoiKy"].text == "Nguyễn Văn Tâm"


def test_children_of_two_entries_are_not_thought_the_same():
    one = reading("nksHoTen", "Nguyễn Văn Vũ", 0.5, [("Nguyễn Văn Dũ", 0.4)])
    assert agreed(page(one, reading("nksHoTen", "Nguyễn Văn Dũ", 0.99)), BIRTH, 1984)[0]["nksHoTen"] == one


def test_the_declarant_may_be_the_father():
    record = {
        "nycHoTen": reading("nycHoTen", "Trần Đình Bồng", 0.5, [("Trần Đình Bổng", 0.4)]),
        "chaHoTen": reading("chaHoTen", "Trần Đình Bổng", 0.9),
    }
    assert agreed([record], BIRTH, 1984)[0]["nycHoTen"].text == "Trần Đình Bổng"


@pytest.mark.parametrize(("sure", "text"), [(True, "05/03/1978"), (False, "06/03/1978")])
def test_words_decide_between_figures(sure, text):
    words = "Ngày năm tháng ba năm một nghìn chín trăm bảy mươi tám"
    figures = [("05/03/1978", 0.3)] if sure else []
    record = {
        "nksNgaySinh": reading("nksNgaySinh", "06/03/1978", 0.6, figures),
        "nksNgaySinhBangChu": reading("nksNgaySinhBangChu", words, 0.9),
    }
    made = agreed([record], BIRTH, 1978)[0]["nksNgaySinh"]
    assert made.text == text
    assert made.reason == ("words-and-figures" if sure else "ink")


def test_probabilities_stay_probabilities():
    doubtful = reading("nguoiKy", "Thạch Hoi", 0.5, [("Thạch Hol", 0.4), ("Thạch Hot", 0.3)])
    made = agreed(page(doubtful, doubtful, reading("nguoiKy", "Thạch Hol", 1.0)), BIRTH, 2003)
    for readings in made:
        one = readings["nguoiKy"]
        assert one.confidence + sum(way.probability for way in one.alternatives) <= 1.001


def test_a_ditto_mark_follows_what_stands_above():
    above = reading("nguoiKy", "Thạch Hoi", 0.5, [("Thạch Hol", 0.4)])
    mark = reading("nguoiKy", "nt", 0.9, normal="Thạch Hoi", ditto=True)
    said = reading("nguoiKy", "nt", 0.9, normal="Thạch Hôl", ditto=True)
    made = agreed(page(above, mark, reading("nguoiKy", "Thạch Hol", 0.95)), BIRTH, 2003)
    assert made[1]["nguoiKy"].normal == "Thạch Hol"
    made = agreed(page(above, said, reading("nguoiKy", "Thạch Hol", 0.95)), BIRTH, 2003)
    assert made[1]["nguoiKy"].normal == "Thạch Hôl"


def test_a_ditto_mark_is_no_surer_than_what_stands_above():
    above, mark = reading("nguoiKy", "Thạch Hoi", 0.5), reading("nguoiKy", "nt", 0.98, normal="Thạch Hoi", ditto=True)
    assert agreed(page(above, mark, mark), BIRTH, 2003)[2]["nguoiKy"].confidence == 0.5


def test_a_way_taken_from_elsewhere_is_like_no_record_and_the_one_before_keeps_its_own():
    doubtful = msgspec.structs.replace(reading("nguoiKy", "Thạch Hoi", 0.5, [("Thạch Hol", 0.4)]), about="bản ghi 3")
    mended = agreed(page(doubtful, reading("nguoiKy", "Thạch Hol", 0.95)), BIRTH, 2003)[0]["nguoiKy"]
    assert (mended.text, mended.about) == ("Thạch Hol", "")
    assert next(way.about for way in mended.alternatives if way.text == "Thạch Hoi") == "bản ghi 3"
