"""Which field a sentence of the importer means: the person and the thing it names, never another's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hotich.forms.formspec import FieldSpec
from hotich.forms.loader import load_catalogue
from hotich.incoming.fields_told import field_told
from hotich.incoming.person_words import called_in_labels, word_data
from hotich.incoming.refusals import read_pasted
from hotich.text import fold
from hotich.values import RecordType


@pytest.mark.parametrize(
    ("record_type", "message", "field_id"),
    [
        ("KS", "Họ, chữ đệm, tên người mẹ sai", "meHoTen"),
        ("KS", "Họ, chữ đệm, tên người mẹ", "meHoTen"),
        ("KS", "Họ, chữ đệm, tên người cha trống", "chaHoTen"),
        ("KS", "Họ tên người mẹ để trống", "meHoTen"),
        ("KS", "Họ và tên của cha không đúng", "chaHoTen"),
        ("KS", "Tên của bố sai", "chaHoTen"),
        ("KS", "Ngày sinh người cha không hợp lệ", "chaNgaySinh"),
        ("KS", "Ngày, tháng, năm sinh của người mẹ sai", "meNgaySinh"),
        ("KS", "Dân tộc người mẹ sai", "meDanToc"),
        ("KS", "Quốc tịch người cha sai", "chaQuocTich"),
        ("KS", "số giấy tờ tùy thân của người cha", "chaSoGiayToTuyThan"),
        ("KS", "Số giấy tờ tuỳ thân của người cha", "chaSoGiayToTuyThan"),
        ("KS", "Loại giấy tờ tùy thân của cha sai", "chaLoaiGiayToTuyThan"),
        ("KS", "Số giấy tờ của người mẹ sai", "meSoGiayToTuyThan"),
        ("KS", "Số CCCD của người đi khai thiếu", "nycSoGiayToTuyThan"),
        ("KS", "Mẹ: ngày sinh sai", "meNgaySinh"),
        ("KS", "nksNgaySinh: phải sau meNgaySinh", "nksNgaySinh"),
        ("KS", "Ngày sinh mẹ: phải trước ngày đăng ký", "meNgaySinh"),
        ("KS", "ho ten bo sai", "chaHoTen"),
        ("KS", "Dân tộc của trẻ sai", "nksDanToc"),
        ("KS", "Họ tên người ký để trống", "nguoiKy"),
        ("KS", "Họ tên bỏ trống", "nksHoTen"),
        ("KS", "Cán bộ hộ tịch bỏ trống", "nguoiThucHien"),
        ("KS", "Địa chỉ nơi cư trú của mẹ sai", "meNoiCuTru"),
        ("KS", "Họ tên mẹ “Trần Thị Cha” sai", "meHoTen"),
        ("KS", "Quan hệ của người đi khai với mẹ sai", "nycQuanHe"),
        ("KH", "Ngày sinh của người vợ sai", "voNgaySinh"),
        ("KH", "Họ tên bên nam sai", "chongHoTen"),
        ("KH", "Họ tên nữ sai", "voHoTen"),
        ("KT", "Nơi cư trú cuối cùng của người chết sai", "nktNoiCuTru"),
        ("KT", "Họ tên người đi khai tử trống", "nycHoTen"),
        ("KT", "Số giấy CMND của người chết sai", "nktSoGiayToTuyThan"),
        ("GH", "Dân tộc của người được giám hộ sai", "ndghDanToc"),
        ("GH", "Dân tộc của người giám hộ thứ 2 sai", "ngh2DanToc"),
        ("CMC", "Ngày sinh của con sai", "ncNgaySinh"),
        ("CMC", "Ngày sinh của người cha sai", "cmNgaySinh"),
        ("CN", "Họ tên mẹ nuôi trống", "meNuoiHoTen"),
        ("CN", "Quốc tịch của con nuôi sai", "cnQuocTich"),
        ("CN", "Họ tên cha đẻ sai", "giaoOngHoTen"),
    ],
)  # fmt: skip
def test_the_person_whom_the_sentence_names_counts(record_type: str, message: str, field_id: str) -> None:
    assert field_told(message, RecordType(record_type)) == field_id


@pytest.mark.parametrize(
    ("record_type", "message"),
    [
        ("KS", "Ngày sinh của mẹ phải trước ngày sinh của con"),
        ("KS", "Họ tên cha, mẹ trống"),
        ("KS", "Ngày sinh phải sau ngày sinh của mẹ"),
        ("KS", "Dân tộc: Kinh, khác dân tộc của cha"),
        ("KS", "Ngày sinh và dân tộc của mẹ sai"),
        ("KS", "Nơi sinh của mẹ sai"),
        ("KS", "meHoTen và chaHoTen trống"),
        ("KS", "Giấy tờ tùy thân của mẹ sai"),
        ("KS", "Nghề nghiệp của người đi khai sai"),
        ("KS", "Tên xã của mẹ sai"),
        ("KS", "Số giấy tờ tùy thân sai"),
        ("KS", "Ngày cấp sai"),
        ("KS", "ho ten bo trong"),
        ("KS", "Dân tộc của chồng sai"),
        ("KT", "Họ tên vợ sai"),
        ("KT", "Trùng do hệ thống, ngày không rõ"),
        ("KH", "Ngày sinh sai"),
        ("GH", "Ngày sinh của người giám hộ sai"),
        ("CN", "Họ tên cha sai"),
        ("CN", "Dân tộc sai"),
    ],
)
def test_where_it_is_not_sure_the_whole_record_is_meant(record_type: str, message: str) -> None:
    assert field_told(message, RecordType(record_type)) == ""


def test_the_column_told_in_words_counts() -> None:
    file = read_pasted("Số\tCột lỗi\tLỗi\n5\tHọ, chữ đệm, tên người mẹ\tsai", RecordType.BIRTH)
    assert [row.field_id for row in file.rows] == ["meHoTen"]


FIELDS = [(record_type, field) for record_type, spec in load_catalogue().records.items() for field in spec.fields]
ENDINGS = ("", " sai", " để trống", " không hợp lệ", " bỏ trống", " còn thiếu", ": sai định dạng")


def phrasings(record_type: RecordType, field: FieldSpec) -> Iterator[str]:
    """Sentences about the field: by its own name, and by its thing and its person in other words."""
    yield field.label
    called = called_in_labels(record_type).get(field.person, "")
    if not called or not field.label.endswith(f" {called}"):
        yield from (f"{field.label} của {called}", f"{field.label} {called}") if called else ()
        return
    thing = field.label.removesuffix(called).strip()
    things = (thing, *word_data().things.get(field.id.removeprefix(field.person), ()))
    for person in (called, *word_data().persons.get(field.person, ())):
        for each in things:
            yield from (f"{each} {person}", f"{each} của {person}", f"{each} người {person}")
            yield from (f"{each} của người {person}", f"{each} ({person})", f"{person}: {each}")


@pytest.mark.parametrize(
    ("record_type", "field"), [pytest.param(*each, id=f"{each[0].value}-{each[1].id}") for each in FIELDS]
)
def test_no_phrasing_of_a_field_comes_to_another(record_type: RecordType, field: FieldSpec) -> None:
    phrases = list(phrasings(record_type, field))
    ended = [phrase + ENDINGS[place % len(ENDINGS)] for place, phrase in enumerate(phrases)]
    unmarked = map(fold, phrases)
    assert {field_told(text, record_type) for text in (*phrases, *ended, *unmarked)} <= {field.id, ""}
    assert field_told(field.label, record_type) == field.id


@pytest.mark.parametrize("record_type", list(RecordType))
def test_most_phrasings_are_understood(record_type: RecordType) -> None:
    persons = [field for field in load_catalogue().records[record_type].fields if field.person]
    told = [field_told(f"{each} sai", record_type) for field in persons for each in phrasings(record_type, field)]
    assert told.count("") * 4 < len(told)
