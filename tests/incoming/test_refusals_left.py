"""Nothing that comes back is left out without a word: rows without a reason, elements without sense, empty lists."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hotich.incoming.refusals import read_pasted, read_refusals
from hotich.incoming.refused import NO_REASON, NO_RECORD, NOTHING_AT_ALL, NOTHING_KNOWN, RefusalFile
from hotich.values import RecordType
from tests.incoming.sheets_made import xlsx

BIRTH = RecordType.BIRTH


def left(file: RefusalFile) -> list[tuple[int, str, str]]:
    return [(line.place, line.text, line.reason) for line in file.unread]


def test_rows_of_a_sheet_without_a_reason_are_counted_beside_others_and_listed_alone(tmp_path: Path) -> None:
    rows = [
        ("STT", "so", "quyenSo", "nksHoTen", "Lỗi", "Khác"),
        (1, "05/2017", "01/2017", "Đỗ Văn An", "sai", None),
        (2, "06/2017", "01/2017", "Lê Thị Bình", None, None),
        (3, None, None, None, None, None),
        (None, None, None, "Lê Thị Bình", " ", None),
        (None, None, None, None, None, "lạ"),
        ("Tổng số lỗi: 1", None, None, None, None, None),
    ]
    file = read_refusals(xlsx(tmp_path / "lỗi.xlsx", rows), BIRTH)
    assert [row.place for row in file.rows] == [2]
    assert left(file) == [(6, "lạ", NOTHING_KNOWN)] and file.silent == 2
    file = read_refusals(xlsx(tmp_path / "không lỗi.xlsx", [rows[0], *rows[2:]]), BIRTH)
    assert left(file) == [(2, "06/2017, 01/2017", NO_REASON), (4, "", NO_REASON), (5, "lạ", NOTHING_KNOWN)]
    assert file.silent == 0


def test_each_line_of_a_cell_is_a_reason(tmp_path: Path) -> None:
    rows = [("so", "Lỗi"), ("05/2017", "Ngày sinh mẹ sai\nDân tộc cha sai")]
    file = read_refusals(xlsx(tmp_path / "lỗi.xlsx", rows), BIRTH)
    assert [(row.text, row.field_id) for row in file.rows] == [
        ("Ngày sinh mẹ sai", "meNgaySinh"),
        ("Dân tộc cha sai", "chaDanToc"),
    ]


def test_elements_of_json_that_refuse_nothing_are_listed(tmp_path: Path) -> None:
    elements = [
        {"foo": 1}, 5, None, [], "", {}, {"so": "05/2017"}, {"so": "6", "errors": ["sai", None]}, "hết",
        {"field": "meHoTen"}, {"tenFile": "a.pdf", "errors": []}, {"message": "sai"},
    ]  # fmt: skip
    text = json.dumps(elements, ensure_ascii=False)
    file = read_pasted(text, BIRTH)
    assert [(row.place, row.text) for row in file.rows] == [(8, "sai"), (12, "sai")]
    assert left(file) == [
        (1, '{"foo":1}', NOTHING_KNOWN),
        (2, "5", NOTHING_KNOWN),
        (3, "null", NOTHING_KNOWN),
        (4, "[]", NOTHING_KNOWN),
        (5, '""', NOTHING_KNOWN),
        (6, "{}", NOTHING_KNOWN),
        (7, "05/2017", NO_REASON),
        (8, "6", NO_REASON),
        (9, "hết", NO_RECORD),
        (10, '{"field":"meHoTen"}', NOTHING_KNOWN),
        (11, "a.pdf", NO_REASON),
    ]
    (tmp_path / "lỗi.json").write_text(text, encoding="utf-8")
    assert left(read_refusals(tmp_path / "lỗi.json", BIRTH)) == left(file)


@pytest.mark.parametrize("text", ["", " \n\t\n", "[]", '{"errors": []}', "Số\tLỗi\n"])
def test_an_empty_list_says_so(text: str) -> None:
    file = read_pasted(text, BIRTH)
    assert not file.rows and left(file) == [(1, "", NOTHING_AT_ALL)]


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "lỗi.txt").write_text("\n")
    assert left(read_refusals(tmp_path / "lỗi.txt", BIRTH)) == [(1, "", NOTHING_AT_ALL)]


def test_a_line_with_a_record_and_no_reason_is_listed_unless_reasons_stand_below() -> None:
    text = "Số 08/2017 quyển 1:\n  - Lỗi: thiếu ghi chú\nSố 09/2017 quyển 1:\nhết\nDòng 7:"
    file = read_pasted(text, BIRTH)
    assert [row.texts["so"] for row in file.rows] == ["08/2017"]
    assert left(file) == [(3, "Số 09/2017 quyển 1:", NO_REASON), (4, "hết", NO_RECORD), (5, "Dòng 7:", NO_REASON)]
