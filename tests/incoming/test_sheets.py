"""Sheets of every kind give the same rows; what cannot be read says what to do."""

from datetime import date, time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotich.errors import InputError
from hotich.forms.formspec import FieldKind
from hotich.forms.loader import load_catalogue
from hotich.incoming.cells import CellNote, cell_text, plain_text
from hotich.incoming.headers import MatchedBy, find_headings, heading_key
from hotich.incoming.keys import document_name, entry_key, same_book
from hotich.incoming.plan import plan_sheet, rows_of, samples
from hotich.incoming.sheets import Table, read_workbook, text_of
from hotich.legacy_text import Encoding, as_letters, from_unicode
from hotich.values import RecordType
from tests.incoming.sheets_made import converted, csv_file, xlsx

BIRTH = RecordType.BIRTH
ROWS = (
    ("so ", "ngayDangKy \ni", "nksHoTen", "meSoGiayToTuyThan"),
    (5, date(2009, 3, 1), "Đỗ Thị Hường", 12345678901),
    ("06/2009", "2/3/2009", "Nguyễn Văn An", None),
)
MEANT = [
    {"so": "5", "ngayDangKy": "01.03.2009", "nksHoTen": "Đỗ Thị Hường", "meSoGiayToTuyThan": "12345678901"},
    {"so": "06/2009", "ngayDangKy": "2/3/2009", "nksHoTen": "Nguyễn Văn An"},
]


def texts_of(path: Path) -> list[dict[str, str]]:
    plan = plan_sheet(read_workbook(path).tables[0], BIRTH)
    return [{name: value.text for name, value in row.values.items()} for row in rows_of(plan)]


def test_a_workbook_is_read(tmp_path):
    assert texts_of(xlsx(tmp_path / "sổ cũ.xlsx", ROWS)) == MEANT


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_older_and_open_formats_give_the_same(tmp_path, ending):
    assert texts_of(converted(xlsx(tmp_path / "sổ cũ.xlsx", ROWS), ending)) == MEANT


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_files_are_read_whatever_parts_their_columns(tmp_path, separator, encoding):
    rows = [("so", "nksHoTen", "ghiChu"), ("05", "Đỗ Thị Hường", "có; dấu, phẩy"), ("06", "An", "")]
    found = texts_of(csv_file(tmp_path / "sổ.csv", rows, separator, encoding))
    assert found == [
        {"so": "05", "nksHoTen": "Đỗ Thị Hường", "ghiChu": "có; dấu, phẩy"},
        {"so": "06", "nksHoTen": "An"},
    ]


def test_a_text_file_in_an_old_encoding_is_read_by_its_bytes(tmp_path):
    lines = ["so,nksHoTen", *(f"{n},{name}" for n, name in enumerate(("Đỗ Thị Hường", "Nguyễn Văn Lý", "Trần Bình")))]
    data = "\n".join(from_unicode(line, Encoding.TCVN3) for line in lines).encode("cp1252")
    (tmp_path / "cũ.csv").write_bytes(data)
    assert [row["nksHoTen"] for row in texts_of(tmp_path / "cũ.csv")] == ["Đỗ Thị Hường", "Nguyễn Văn Lý", "Trần Bình"]
    assert text_of(b"\x81\xb5") == as_letters(b"\x81\xb5")


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("a.xlsx", b"PK\x03\x04 no", "incoming-damaged"),
        ("a.xls", b"not a workbook", "incoming-damaged"),
        ("a.pdf", b"%PDF", "incoming-not-a-sheet"),
        ("a.csv", b" \n,,\n", "incoming-nothing-in-file"),
    ],
)
def test_what_is_no_sheet_says_so(tmp_path, name, data, key):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError) as told:
        read_workbook(tmp_path / name)
    assert told.value.key == key


def test_a_file_that_is_gone_says_so(tmp_path):
    with pytest.raises(InputError) as told:
        read_workbook(tmp_path / "không có.xlsx")
    assert told.value.key == "incoming-cannot-open"


@pytest.mark.parametrize("record_type", list(RecordType))
def test_every_code_and_label_of_every_type_is_known(record_type):
    fields = load_catalogue().records[record_type].fields
    by_code = find_headings(Table("a", (tuple(f" {field.id.upper()} \ni=[1]" for field in fields),)), record_type)
    assert [column.field_id for column in by_code.columns] == [field.id for field in fields]
    labels = {heading_key(field.label): field.id for field in fields}
    found = find_headings(Table("a", (tuple(field.label for field in fields),)), record_type)
    assert {column.field_id for column in found.columns} == set(labels.values()) | (
        {""} if len(labels) < len(fields) else set()
    )


def test_titles_above_and_labels_below_the_headings_are_no_rows():
    rows = (("SỔ ĐĂNG KÝ KHAI SINH",), (), ("STT", "Số", "Họ và tên", "Cột lạ"), (1, "05", "Đỗ Thị Hường", "x"))
    found = find_headings(Table("a", rows), BIRTH)
    assert (found.row, found.first) == (2, 3)
    assert [column.field_id for column in found.columns] == ["@running", "so", "nksHoTen", ""]
    doubled = (("so", "nksHoTen"), ("Số đăng ký", "Họ và tên"), ("05", "An"))
    assert find_headings(Table("a", doubled), BIRTH).first == 2


def test_headings_in_an_old_font_are_known_and_a_person_has_the_last_word():
    heading = from_unicode("Họ và tên", Encoding.TCVN3)
    found = find_headings(Table("a", (("so", heading, "Tên khác"),)), BIRTH, {heading_key("Tên khác"): "ghiChu"})
    assert [column.field_id for column in found.columns] == ["so", "nksHoTen", "ghiChu"]
    assert found.columns[2].by is MatchedBy.HAND


@pytest.mark.parametrize(
    ("cell", "kind", "text", "note"),
    [
        (date(2009, 3, 5), FieldKind.DATE, "05.03.2009", None),
        (39877.0, FieldKind.DATE, "05.03.2009", CellNote.FROM_SERIAL),
        (1978.0, FieldKind.DATE, "1978", None),
        (5032009.0, FieldKind.DATE, "05.03.2009", CellNote.ZERO_LOST),
        (15032009.0, FieldKind.DATE, "15.03.2009", None),
        (122009.0, FieldKind.DATE, "12.2009", None),
        ("5/3/09", FieldKind.DATE, "5/3/09", None),
        (date(2018, 5, 1), FieldKind.ENTRY_NUMBER, "05/2018", CellNote.WAS_DATE),
        (5.0, FieldKind.ENTRY_NUMBER, "5", None),
        (12345678901.0, FieldKind.ID_NUMBER, "12345678901", CellNote.ZERO_LOST),
        (1e17, FieldKind.ID_NUMBER, "100000000000000000", CellNote.DIGITS_LOST),
        (time(7, 30), FieldKind.TIME, "07:30", None),
        (0.3125, FieldKind.TIME, "07:30", None),
        (None, FieldKind.TEXT, "", None),
    ],
)
def test_what_a_sheet_did_to_a_value_is_told(cell, kind, text, note):
    told = cell_text(cell, kind)
    assert (told.text, told.note) == (text, note)


@given(
    st.one_of(st.text(), st.floats(allow_nan=False, allow_infinity=False), st.integers(), st.dates(), st.booleans()),
    st.sampled_from(list(FieldKind)),
)
def test_no_cell_is_too_strange(cell, kind):
    assert isinstance(cell_text(cell, kind).text, str)
    assert isinstance(plain_text(cell), str)


@given(st.integers(1, 99999), st.sampled_from(["", "a", "đ"]), st.sampled_from(["", "/2009", "/09"]))
def test_numbers_are_known_however_they_are_written(number, suffix, year):
    wanted = 2009 if year else 0
    for text in (f"{number}{suffix}{year}", f"{number:05}{suffix}{year}", f"số {number} {suffix}{year}"):
        key = entry_key(text, 2009)
        assert (key.number, key.suffix, key.year) == (number, suffix, wanted)


def test_document_names_tell_number_book_and_date():
    name = document_name("D:\\quét\\KS.2017.01.2017-02-03.05.pdf")
    assert (name.kind, name.opened, name.book, name.date, name.key.number) == ("KS", 2017, "01", "03.02.2017", 5)
    assert document_name("KS.2010.01.001.PDF").key.number == 1
    assert document_name("KS.1999.93719.02.A2.259(1).pdf").key.suffix == "(1)"
    assert document_name("anh_1.jpg") is None


@pytest.mark.parametrize(
    ("written", "same"), [("01/2009", True), ("1", True), ("01", True), ("02/2009", False), ("01/2010", False)]
)
def test_books_are_the_same_by_number_and_year(written, same):
    assert same_book(written, "01", 2009) is same


def test_samples_show_what_changes_first():
    old = [(str(n), from_unicode(f"Đỗ Văn Lý {'I' * n}", Encoding.TCVN3)) for n in (2, 3, 4)]
    rows = [("so", "nksHoTen"), ("1", "An"), *old]
    plan = plan_sheet(Table("a", tuple(rows)), BIRTH)
    assert [(each.row, each.after) for each in samples(plan, 1)] == [
        (3, "Đỗ Văn Lý II"), (4, "Đỗ Văn Lý III"), (5, "Đỗ Văn Lý IIII"),
    ]  # fmt: skip


def test_one_column_takes_a_field_from_another():
    plan = plan_sheet(Table("a", (("so", "nksHoTen", "lạ"), ("1", "An", "Bình"))), BIRTH).with_field(2, "nksHoTen")
    assert [row.text("nksHoTen") for row in rows_of(plan)] == ["Bình"]


def test_a_short_column_goes_with_the_rest_of_the_sheet_or_is_asked_for():
    names = [from_unicode(name, Encoding.VISCII) for name in ("Đỗ Thị Hường", "Nguyễn Văn Đức", "Trần Thị Bưởi")]
    sexes = [from_unicode(sex, Encoding.VISCII) for sex in ("Nữ", "Nam", "Nữ")]
    head = ("so", "nksHoTen", "nksGioiTinh")
    rows = [head, *((str(n), name, sex) for n, (name, sex) in enumerate(zip(names, sexes, strict=True)))]
    sex = plan_sheet(Table("a", tuple(rows)), BIRTH).columns[2]
    assert (sex.encoding, sex.backed, sex.needs_word) == (Encoding.VISCII, True, False)
    alone = plan_sheet(Table("a", tuple((row[0], row[2]) for row in rows)), BIRTH).columns[1]
    assert alone.needs_word
    both_ways = plan_sheet(Table("a", (("so", "nksHoTen"), ("1", "Lê Toán"))), BIRTH).columns[1]
    assert (both_ways.encoding, both_ways.needs_word) == (Encoding.UNICODE, True)


def test_names_without_capitals_stood_in_a_font_of_capitals_and_a_person_is_asked():
    names = [from_unicode(name, Encoding.TCVN3) for name in ("đỗ thị hường", "nguyễn văn đức", "trần thị bưởi")]
    plan = plan_sheet(Table("a", (("so", "nksHoTen"), *enumerate(names, 1))), BIRTH)
    name = plan.columns[1]
    assert (name.encoding, name.needs_word) == (Encoding.TCVN3_CAPITALS, True)
    assert [row.text("nksHoTen") for row in rows_of(plan)] == ["ĐỖ THỊ HƯỜNG", "NGUYỄN VĂN ĐỨC", "TRẦN THỊ BƯỞI"]


def test_cells_that_stand_worlds_apart_do_not_take_all_memory(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "so", "x"
    book.save(tmp_path / "xa.xlsx")
    with pytest.raises(InputError) as told:
        read_workbook(tmp_path / "xa.xlsx")
    assert told.value.key == "incoming-too-large"


def test_cells_with_nothing_but_a_style_count_for_nothing(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = "so"
    book.active["XFD1048576"].number_format = "@"
    book.save(tmp_path / "kẻ ô.xlsx")
    assert read_workbook(tmp_path / "kẻ ô.xlsx").tables[0].rows[0][0] == "so"


@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".ods"])
def test_a_file_cut_short_anywhere_is_told_as_damaged(tmp_path, ending):
    whole = xlsx(tmp_path / "sổ.xlsx", ROWS)
    data = (whole if ending == ".xlsx" else converted(whole, ending.removeprefix("."))).read_bytes()
    cut = tmp_path / f"cụt{ending}"
    for share in range(1, 20):
        cut.write_bytes(data[: len(data) * share // 20])
        try:
            read_workbook(cut)
        except InputError as told:
            assert told.key in ("incoming-damaged", "incoming-nothing-in-file")


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf"), 1e300, 2.0**70, -1.5])
@pytest.mark.parametrize("kind", list(FieldKind))
def test_no_number_in_a_cell_is_too_strange(kind, number):
    assert cell_text(number, kind).text


def test_books_of_one_number_with_and_without_a_letter_are_two():
    assert same_book("01A/2009", "01a", 2009)
    assert not same_book("01A/2009", "01", 2009)
    assert not same_book("01/2009", "01A", 2009)
