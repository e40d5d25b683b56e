"""Every mistake of every definition file is told, each with its file and key, all at once."""

import copy
import math
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotich.forms.checks import check_eras, check_form
from hotich.forms.loader import form_of, load_catalogue, read_catalogue
from hotich.forms.problems import FormError, Problems, Source
from hotich.messages import all_messages, sentence

ERAS = Path(__file__).parents[2] / "hotich" / "forms" / "eras"

RECORD = """\
record = "KS"
title = "Thẻ thư viện"
title_en = "Library card"
template = "KS-3"
official = false
field = [
    { position = 1, id = "so", kind = "entry-number", label = "Số", from_book = "number" },
    { position = 2, id = "ten", kind = "person-name", need = "core", label = "Tên" },
    { position = 3, id = "loai", kind = "choice", codes = "loaiThe", label = "Loại" },
]
"""

FORM = """\
id = "KS-1"
revision = 1
record = "KS"
title = "Thẻ thư viện"
used_from = "1990-01-01"
used_to = "1999-12-31"
basis = "Nội quy thư viện"
form_code = "T1"
layout = "single"
size = [100, 80]
heading = ["THẺ THƯ VIỆN"]
grid = { x = 0, y = 0, width = 100, height = 80 }

[page]
text = [{ text = "THẺ THƯ VIỆN", x = 50, y = 8, align = "center" }]

[entry]
left = 5
right = 95
row = [
    { y = 20, label = "Số:", field = "so" },
    { label = "Họ tên:", field = "ten" },
]
tick = [{ field = "loai", x = 5, y = 40, options = [["1", "Người lớn"], ["2", "Trẻ em"]] }]
"""

LATER = FORM.replace('"KS-1"', '"KS-2"').replace("1990-01-01", "2000-01-01").replace("1999-12-31", "")

LEDGER = """\
id = "KS-2"
revision = 1
record = "KS"
title = "Sổ mượn sách"
used_from = "2000-01-01"
used_to = ""
basis = "Nội quy thư viện"
form_code = "T2"
layout = "ledger"
size = [200, 150]
heading = ["Số"]
grid = { x = 10, y = 50, width = 90, height = 20, rows = 4 }

[ledger]
top = 20
columns = [
    { width = 20, head = "Số", cells = [[{ field = "so" }]] },
    { width = 70, head = "Tên và loại", lines = [2, 1], cells = [[{ field = "ten" }], [{ field = "loai" }]] },
]
"""

FILES = {
    "records/KS.toml": RECORD,
    "eras/KS-1.toml": FORM,
    "codes.toml": 'loaiThe = { entries = [{ code = "1", label = "Lớn" }, { code = "2", label = "Nhỏ" }] }\n',
    "ethnic.toml": 'groups = [{ number = "01", name = "Kinh" }]\nothers = []\n[ambiguous]\n"Thổ" = ["Kinh"]\n',
    "nationalities.toml": 'entries = [{ name = "Việt Nam" }]\n',
}


def problems_of(folder: Path, files: dict[str, str | bytes]) -> tuple[str, ...]:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    try:
        read_catalogue(folder)
    except FormError as error:
        return error.problems
    return ()


def test_right_files_load(tmp_path: Path) -> None:
    assert problems_of(tmp_path, {**FILES, "eras/KS-2.toml": LEDGER}) == ()
    catalogue = read_catalogue(tmp_path)
    assert list(catalogue.forms) == ["KS-1", "KS-2"]
    assert [zone.rect.h for zone in catalogue.forms["KS-2"].zones] == pytest.approx([18.8, 12.47, 6.13], abs=0.01)


MISTAKES = [
    ("records/KS.toml", 'title_en = "L', 'tilte_en = "L', "tilte_en", "forms-unknown-key"),
    ("records/KS.toml", 'title_en = "L', 'tilte_en = "L', "title_en", "forms-missing-key"),
    ("records/KS.toml", 'label = "Tên"', 'lable = "Tên"', "field[2].lable", "forms-unknown-key"),
    ("records/KS.toml", '"person-name"', '"pet-name"', "field[2].kind", "forms-unknown-value"),
    ("records/KS.toml", 'need = "core"', 'need = "much"', "field[2].need", "forms-unknown-value"),
    ("records/KS.toml", 'record = "KS"', 'record = "XX"', "record", "forms-unknown-value"),
    ("records/KS.toml", "official = false", 'official = "no"', "official", "forms-wrong-value"),
    ("records/KS.toml", '"loaiThe"', '"loaiSach"', "field[3].codes", "forms-unknown-codes"),
    ("records/KS.toml", 'codes = "loaiThe", ', "", "field[3].codes", "forms-choice-without-codes"),
    ("records/KS.toml", '"number"', '"colour"', "field[1].from_book", "forms-unknown-book"),
    ("records/KS.toml", 'id = "ten"', 'id = "so"', "field[2].id", "forms-doubled-id"),
    ("records/KS.toml", "position = 2", "position = 7", "field[2].position", "forms-order"),
    ("records/KS.toml", "field = [", "field = 5 #[", "-", "forms-not-toml"),
    ("eras/KS-1.toml", 'layout = "single"', 'layout = "round"', "layout", "forms-unknown-value"),
    ("eras/KS-1.toml", 'record = "KS"', 'record = "KT"', "record", "forms-unknown-record"),
    ("eras/KS-1.toml", 'record = "KS"', 'record = "YY"', "record", "forms-unknown-value"),
    ("eras/KS-1.toml", 'field = "ten"', 'field = "tuoi"', "tuoi", "forms-unknown-field"),
    ("eras/KS-1.toml", 'field = "ten"', 'field = "so"', "so", "forms-doubled-id"),
    ("eras/KS-1.toml", 'field = "ten" }', 'field = "ten", to = 120 }', "ten", "forms-zone-outside"),
    ("eras/KS-1.toml", 'field = "ten" }', 'field = "ten", y = 78.5 }', "ten", "forms-zone-outside"),
    ("eras/KS-1.toml", 'field = "ten" }', 'field = "ten", y = 22 }', "so", "forms-zones-overlap"),
    ("eras/KS-1.toml", 'field = "ten" }', 'field = "ten", start = 8 }', "ten", "forms-zone-on-text"),
    ("eras/KS-1.toml", "x = 50, y = 8", "x = 5, y = 8", "text", "forms-text-outside"),
    ("eras/KS-1.toml", '["THẺ THƯ VIỆN"]', "[]", "heading", "forms-no-heading"),
    ("eras/KS-1.toml", '["THẺ THƯ VIỆN"]', '["THẺ NHÀ"]', "heading", "forms-heading-not-printed"),
    ("eras/KS-1.toml", "height = 80 }", "height = 90 }", "grid", "forms-grid-outside"),
    ("eras/KS-1.toml", "1990-01-01", "01/01/1990", "used_from", "forms-wrong-date"),
    ("eras/KS-1.toml", '["1", "Người lớn"]', '["", "Người lớn"]', "loai", None),
    ("eras/KS-1.toml", "row = [", "rows = [", "entry.rows", "forms-unknown-key"),
    ("eras/KS-1.toml", "left = 5", "left = inf", "entry.left", "forms-wrong-value"),
    ("eras/KS-1.toml", "left = 5", "pitch = 0", "entry.pitch", "forms-wrong-value"),
    ("eras/KS-1.toml", "y = 20,", 'y = "20",', "entry.row[1].y", "forms-wrong-value"),
    (
        "eras/KS-1.toml",
        "left = 5",
        "left = 5\nline = [{ x1 = 5, y1 = 70, x2 = 101, y2 = 70 }]",
        "line",
        "forms-line-outside",
    ),
    (
        "eras/KS-1.toml",
        "left = 5",
        'left = 5\nspot = [{ kind = "stamp", x = 80, y = 50, w = 30, h = 20 }]',
        "spot",
        "forms-spot-outside",
    ),
    ("codes.toml", 'code = "2"', 'code = "1"', "loaiThe.entries[2]", "forms-doubled-id"),
    ("codes.toml", 'label = "Lớn"', 'name = "Lớn"', "loaiThe.entries[1].name", "forms-unknown-key"),
    ("ethnic.toml", '["Kinh"]', '["Kính"]', "ambiguous.Thổ", "forms-unknown-group"),
    ("nationalities.toml", "entries = [{", "entries = {", "-", "forms-not-toml"),
    ("nationalities.toml", '[{ name = "Việt Nam" }]', '["Việt Nam"]', "entries[1]", "forms-not-a-table"),
]


@pytest.mark.parametrize(("file", "right", "wrong", "key", "message"), MISTAKES)
def test_a_mistake_is_told(tmp_path: Path, file: str, right: str, wrong: str, key: str, message: str | None) -> None:
    assert right in FILES[file]
    found = problems_of(tmp_path, {**FILES, file: FILES[file].replace(right, wrong)})
    if message is None:
        assert found == ()
        return
    opening = sentence(message).split("{")[0]
    assert any(problem.startswith(f"{file}: {key}: {opening}") for problem in found), found


def test_boxes_without_codes_are_no_choice(tmp_path: Path) -> None:
    bare = FORM.replace('["1", "Người lớn"], ["2", "Trẻ em"]', '["", "Người lớn"], ["", "Trẻ em"]')
    found = problems_of(tmp_path, {**FILES, "eras/KS-1.toml": bare})
    assert found == (f"eras/KS-1.toml: loai: {sentence('forms-choice-without-codes', {'id': 'loai'})}",)


@pytest.mark.parametrize(("start", "message"), [("2000-01-02", "forms-era-gap"), ("1999-12-31", "forms-era-overlap")])
def test_eras_must_follow_one_another(tmp_path: Path, start: str, message: str) -> None:
    assert problems_of(tmp_path, {**FILES, "eras/KS-2.toml": LATER}) == ()
    found = problems_of(tmp_path, {**FILES, "eras/KS-2.toml": LATER.replace("2000-01-01", start)})
    assert found == (f"eras/KS-2.toml: used_from: {sentence(message, {'other': 'KS-1'})}",)


def test_an_open_era_overlaps_the_next(tmp_path: Path) -> None:
    found = problems_of(tmp_path, {**FILES, "eras/KS-1.toml": FORM.replace("1999-12-31", ""), "eras/KS-2.toml": LATER})
    assert [problem.split(": ")[1] for problem in found] == ["used_from"]


def test_a_doubled_form_is_told(tmp_path: Path) -> None:
    found = problems_of(tmp_path, {**FILES, "eras/copy.toml": FORM})
    assert found == (f"eras/copy.toml: id: {sentence('forms-doubled-id', {'id': 'KS-1'})}",)


def test_a_doubled_record_type_is_told(tmp_path: Path) -> None:
    found = problems_of(tmp_path, {**FILES, "records/copy.toml": RECORD})
    assert found == (f"records/copy.toml: record: {sentence('forms-doubled-id', {'id': 'KS'})}",)


def test_a_file_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    found = problems_of(tmp_path, {**FILES, "eras/KS-2.toml": LATER.encode("cp1258", "replace")})
    assert len(found) == 1
    assert found[0].startswith("eras/KS-2.toml: -: ")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    files = {name: text for name, text in FILES.items() if name != "ethnic.toml"}
    assert problems_of(tmp_path, dict(files)) == (f"ethnic.toml: -: {sentence('forms-no-file')}",)


@pytest.mark.parametrize(
    ("right", "wrong", "key"),
    [
        ("lines = [2, 1]", "lines = [2]", "ledger.columns[2].lines"),
        ("top = 20", "tops = 20", "ledger.tops"),
        ("[ledger]", "[page]", "ledger"),
        ("width = 70", "width = 0", "ledger.columns[2].width"),
    ],
)
def test_a_mistake_in_a_ledger_is_told(tmp_path: Path, right: str, wrong: str, key: str) -> None:
    found = problems_of(tmp_path, {**FILES, "eras/KS-2.toml": LEDGER.replace(right, wrong)})
    assert any(problem.startswith(f"eras/KS-2.toml: {key}: ") for problem in found), found


def test_a_table_whose_cells_do_not_fit_is_told(tmp_path: Path) -> None:
    table = (
        'table = [{ x = [5, 40, 90], y = 60, head = ["", "Tên"], rows = [{ label = "a", fields = ["ten", "so"] }] }]'
    )
    form = FORM.replace('    { label = "Họ tên:", field = "ten" },\n', "") + table + "\n"
    found = problems_of(tmp_path, {**FILES, "eras/KS-1.toml": form})
    assert found == (f"eras/KS-1.toml: entry.table[1]: {sentence('forms-table-shape', {'columns': '2'})}",)


def test_a_zone_of_the_page_may_not_stand_on_an_entry(tmp_path: Path) -> None:
    moved = FORM.replace("[page]\n", '[page]\nrow = [{ y = 21, x = 40, to = 60, field = "ten" }]\n')
    moved = moved.replace('    { label = "Họ tên:", field = "ten" },\n', "")
    found = problems_of(tmp_path, {**FILES, "eras/KS-1.toml": moved})
    assert found == (f"eras/KS-1.toml: ten: {sentence('forms-zones-overlap', {'one': 'ten', 'other': 'so'})}",)


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    files = dict(FILES)
    for file, right, wrong, _, message in MISTAKES:
        if message in {"forms-unknown-key", "forms-unknown-value"} and right in files[file]:
            files[file] = files[file].replace(right, wrong)
    found = problems_of(tmp_path, dict(files))
    told = {tuple(problem.split(": ")[:2]) for problem in found}
    assert {
        ("records/KS.toml", "tilte_en"),
        ("records/KS.toml", "title_en"),
        ("records/KS.toml", "record"),
        ("records/KS.toml", "field[2].lable"),
        ("records/KS.toml", "field[2].kind"),
        ("records/KS.toml", "field[2].need"),
        ("eras/KS-1.toml", "layout"),
        ("eras/KS-1.toml", "record"),
        ("eras/KS-1.toml", "entry.rows"),
        ("codes.toml", "loaiThe.entries[1].name"),
    } <= told


@pytest.mark.parametrize("name", ["KS-1999", "CN-1961", "KH-2016"])
@given(data=st.data())
def test_a_damaged_file_is_told_and_never_breaks_the_loader(name: str, data: st.DataObject) -> None:
    """Any value of a real form put in the place of another either still fits or is told."""
    table = tomllib.loads((ERAS / f"{name}.toml").read_text(encoding="utf-8"))
    keys = _paths(table)
    path = data.draw(st.sampled_from(keys))
    value = data.draw(
        st.sampled_from([*(_value(table, other) for other in keys), -1, 0, 1e9, math.inf, math.nan, "", []])
    )
    _value(table, path[:-1])[path[-1]] = copy.deepcopy(value)
    problems = Problems()
    form = form_of(table, Source("eras/x.toml", problems), "")
    if form is not None:
        check_form(form, load_catalogue().records[form.record_type], Source("eras/x.toml", problems))
        check_eras([form], problems)
    assert form is not None or problems.found


def _paths(table: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    keys = table.keys() if isinstance(table, dict) else range(len(table)) if isinstance(table, list) else ()
    below = [(*above, key) for key in keys]
    return below + [path for key in keys for path in _paths(table[key], (*above, key))]


def _value(table: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        table = table[key]
    return table


def test_the_error_says_every_problem_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(FormError) as caught:
        read_catalogue(tmp_path)
    assert caught.value.exit_code == 4
    told = sentence(caught.value.key, caught.value.facts)
    assert all(problem in told for problem in caught.value.problems)


def test_every_sentence_is_written_in_both_languages() -> None:
    sentences = {key: texts for key, texts in all_messages().items() if key.startswith("forms-")}
    assert len(sentences) > 20
    for texts in sentences.values():
        assert texts["vi"] and texts["en"]


def test_a_sub_line_without_fields_stays_blank(tmp_path: Path) -> None:
    blank = LEDGER.replace('[{ field = "loai" }]]', "[]]")
    assert problems_of(tmp_path, {**FILES, "eras/KS-2.toml": blank}) == ()
    assert [zone.field_id for zone in read_catalogue(tmp_path).forms["KS-2"].zones] == ["so", "ten"]
