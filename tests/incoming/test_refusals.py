"""What importers say, in every shape: which record, which field, what reason. No person in it is real."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotich.errors import InputError
from hotich.incoming.fields_told import field_told
from hotich.incoming.refusal_text import LONGEST_LINE
from hotich.incoming.refusals import read_pasted, read_refusals, reasons_in
from hotich.values import RecordType
from tests.incoming.sheets_made import xlsx

BIRTH = RecordType.BIRTH


def told(text):
    return [
        (row.texts.get("so", ""), row.texts.get("quyenSo", ""), row.texts.get("ngayDangKy", ""), row.field_id, row.text)
        for row in read_pasted(text, BIRTH).rows
    ]


@pytest.mark.parametrize(
    ("line", "number", "book", "date", "field_id", "reason"),
    [
        ("Dòng 12: số 05/2017, quyển 01/2017, ngày 03.02.2017 lỗi: ngày sinh sai định dạng",
         "05/2017", "01/2017", "03.02.2017", "nksNgaySinh", "ngày sinh sai định dạng"),
        ("Dong 13 so 6 quyen so 1/2017 ly do: ho ten me de trong",
         "6", "1/2017", "", "meHoTen", "ho ten me de trong"),
        ("Row 15: 07/2017 - nksDanToc: giá trị không có trong danh mục",
         "07/2017", "", "", "nksDanToc", "nksDanToc: giá trị không có trong danh mục"),
        ("09/2017 | 03.02.2017 | thiếu dân tộc cha", "09/2017", "", "03.02.2017", "chaDanToc", "thiếu dân tộc cha"),
        ("Số 10/2017: trùng dữ liệu đã có", "10/2017", "", "", "", "trùng dữ liệu đã có"),
    ],
)  # fmt: skip
def test_lines_tell_number_book_date_field_and_reason(line, number, book, date, field_id, reason):
    assert told(line) == [(number, book, date, field_id, reason)]


def test_documents_rows_and_codes_are_told():
    file = read_pasted("KS.2017.01.2017-02-03.07.pdf: không tìm thấy dòng\nRow 15: [E104] sai định dạng", BIRTH)
    first, second = file.rows
    assert first.document == "KS.2017.01.2017-02-03.07.pdf"
    assert (second.row, second.code, second.text) == (15, "E104", "sai định dạng")


def test_bare_reasons_belong_to_the_record_above_and_other_lines_to_none():
    text = "Kết quả import: 2 lỗi\nSố 08/2017 quyển 1:\n  - cột meNgaySinh không đúng\n  - Lỗi: thiếu ghi chú\nhết"
    file = read_pasted(text, BIRTH)
    assert [(row.texts["so"], row.field_id) for row in file.rows] == [("08/2017", "meNgaySinh"), ("08/2017", "ghiChu")]
    assert [line.text for line in file.unread] == ["hết"]


def test_a_piece_of_a_sheet_is_read_by_its_headings():
    head = "Dòng\tSố\tQuyển số\tCột lỗi\tNội dung lỗi"
    text = f"{head}\n2\t05/2017\t01/2017\tnksNgaySinh\tsai\n3\t06\t01/2017\t\tthiếu mẹ"
    assert told(text) == [("05/2017", "01/2017", "", "nksNgaySinh", "sai"), ("06", "01/2017", "", "", "thiếu mẹ")]


def test_the_template_with_a_column_of_reasons_is_read(tmp_path):
    rows = [
        ("STT", "so ", "quyenSo", "ngayDangKy \ni", "nksHoTen", "Lỗi"),
        (1, "05/2017", "01/2017", "03.02.2017", "Đỗ Văn An", "nksNgaySinh: sai; meHoTen: trống"),
        (2, "06/2017", "01/2017", "03.02.2017", "Lê Thị Bình", None),
    ]
    file = read_refusals(xlsx(tmp_path / "lỗi.xlsx", rows), BIRTH)
    assert [(row.place, row.field_id, row.text) for row in file.rows] == [
        (2, "nksNgaySinh", "nksNgaySinh: sai"),
        (2, "meHoTen", "meHoTen: trống"),
    ]
    assert file.rows[0].texts["nksHoTen"] == "Đỗ Văn An" and file.rows[0].row == 0


def test_a_sheet_without_reasons_says_so(tmp_path):
    with pytest.raises(InputError) as told_error:
        read_refusals(xlsx(tmp_path / "a.xlsx", [("so", "nksHoTen"), ("1", "An")]), BIRTH)
    assert told_error.value.key == "incoming-no-reasons"


DOCUMENTED = {
    "number": "05/2017", "book": "01/2017", "date": "03.02.2017", "document": "KS.2017.01.2017-02-03.05.pdf",
    "row": 12, "field": "nksNgaySinh", "message": "sai", "code": "E1",
}  # fmt: skip


@pytest.mark.parametrize(
    "shape",
    [
        [DOCUMENTED],
        {"refusals": [DOCUMENTED]},
        {"data": {"items": [DOCUMENTED]}},
        [{"so": "05/2017", "quyenSo": "01/2017", "ngayDangKy": "03.02.2017", "tenFile": DOCUMENTED["document"],
          "dòng": 12.0, "errors": [{"fieldName": "nksNgaySinh", "Nội dung lỗi": "sai", "errorCode": "E1"}]}],
    ],
)  # fmt: skip
def test_json_is_read_in_its_documented_shape_and_in_others(tmp_path, shape):
    (tmp_path / "lỗi.json").write_text(json.dumps(shape, ensure_ascii=False), encoding="utf-8")
    (row,) = read_refusals(tmp_path / "lỗi.json", BIRTH).rows
    assert (row.texts["so"], row.texts["quyenSo"], row.texts["ngayDangKy"]) == ("05/2017", "01/2017", "03.02.2017")
    assert (row.document, row.row, row.field_id, row.text, row.code) == (
        DOCUMENTED["document"], 12, "nksNgaySinh", "sai", "E1",
    )  # fmt: skip
    assert read_pasted(json.dumps(shape), BIRTH).rows == (row,)


def test_json_of_another_kind_says_so(tmp_path):
    (tmp_path / "a.json").write_text('"x"')
    with pytest.raises(InputError) as told_error:
        read_refusals(tmp_path / "a.json", BIRTH)
    assert told_error.value.key == "incoming-not-json"


def test_the_same_text_pasted_again_has_the_same_hash():
    assert read_pasted("Dòng 2: số 5 lỗi: sai \r\n", BIRTH).sha256 == read_pasted("Dòng 2: số 5 lỗi: sai", BIRTH).sha256


@pytest.mark.parametrize(
    ("message", "field_id"),
    [
        ("Ngày sinh mẹ không hợp lệ", "meNgaySinh"),
        ("Ngày sinh không hợp lệ", "nksNgaySinh"),
        ("MEHOTEN bắt buộc", "meHoTen"),
        ("Họ, chữ đệm, tên cha để trống", "chaHoTen"),
        ("Dòng trùng", ""),
    ],
)
def test_fields_are_known_by_code_or_by_name(message, field_id):
    assert field_told(message, BIRTH) == field_id


def test_a_sentence_with_a_semicolon_stays_one_reason():
    assert reasons_in("Sai ngày sinh; đề nghị xem lại", BIRTH) == ("Sai ngày sinh; đề nghị xem lại",)


@given(st.text(max_size=300))
def test_no_text_is_too_strange(text):
    file = read_pasted(text, BIRTH)
    assert all(row.text for row in file.rows)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000 + "]" * 100_000,
        '{"data":' * 100_000 + "1" + "}" * 100_000,
        '[{"so": "01/2009", "row": "' + "9" * 5000 + '", "message": "Ngày sinh sai"}]',
        "Dòng 2: \ud800 ngày sinh sai",
        '[{"so": "\ud800", "message": "x"}]',
    ],
)
def test_what_programs_give_by_mistake_is_borne(text):
    assert all(row.row < 10_000_000 for row in read_pasted(text, RecordType.BIRTH).rows)


def test_a_line_too_long_for_one_record_is_told_and_not_understood():
    told = read_pasted("Dòng 2: ngày sinh sai\nDòng 3: " + "sai " * 2000, RecordType.BIRTH)
    assert [row.row for row in told.rows] == [2]
    (unread,) = told.unread
    assert unread.text.startswith("Dòng 3") and len(unread.text) == LONGEST_LINE


@pytest.mark.parametrize("line", ["Tổng số lỗi: 2", "Tổng cộng: 12 dòng.", "Số bản ghi lỗi = 3"])
def test_a_line_that_counts_refuses_nothing(line):
    told = read_pasted(f"Dòng 3: số 02/2009, lỗi: ngày sinh sai\n{line}", RecordType.BIRTH)
    assert len(told.rows) == 1 and not told.unread
