"""The definitions that ship with the program."""

import csv
import hashlib
from collections import defaultdict
from datetime import date
from importlib import resources
from itertools import pairwise
from pathlib import Path

import pytest

from hotich.forms.checks import overlap, text_box
from hotich.forms.forms_doc import forms_markdown
from hotich.forms.formspec import FieldKind, FormSpec, Ink, Layout, Need, Rect, Scope, Tick
from hotich.forms.loader import load_catalogue
from hotich.forms.order import entry_order
from hotich.values import RecordType

ROOT = Path(__file__).parents[2]
CATALOGUE = load_catalogue()
FORMS = tuple(CATALOGUE.printed.values())
GOLDEN = ROOT / "tests" / "data" / "import_columns.csv"


def form_ids(form: FormSpec) -> str:
    return form.id


def test_every_record_type_and_form_is_there() -> None:
    assert set(CATALOGUE.records) == set(RecordType)
    eras = {
        "KS": "1961 1999 2006 2016",
        "KT": "1961 1999 2006 2016",
        "KH": "1961 1999 2006 2016",
        "CN": "1961 1999 2006",
    }
    assert set(CATALOGUE.printed) == {f"{record}-{era}" for record, years in eras.items() for era in years.split()}


def test_columns_are_those_of_the_import_in_its_order() -> None:
    golden: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            golden[row["record_type"]].append((row["code"], row["need"]))
    assert {record: len(columns) for record, columns in golden.items()} == {
        "KS": 60,
        "KT": 48,
        "KH": 44,
        "CMC": 50,
        "HN": 35,
    }
    for record, columns in golden.items():
        spec = CATALOGUE.records[RecordType(record)]
        assert spec.official
        assert [(field.id, field.need.value) for field in spec.fields] == columns


def test_columns_of_our_own_are_not_called_official() -> None:
    for record in (RecordType.ADOPTION, RecordType.GUARDIANSHIP, RecordType.CHANGE):
        spec = CATALOGUE.records[record]
        assert not spec.official
        assert spec.remark


@pytest.mark.parametrize("record", list(RecordType))
def test_columns_are_described(record: RecordType) -> None:
    for field in CATALOGUE.records[record].fields:
        assert field.label and field.label_en
        assert (field.kind is FieldKind.CHOICE) == bool(field.codes)
        assert not field.person or field.id.startswith(field.person)
    book = {field.id: field.from_book for field in CATALOGUE.records[record].fields if field.from_book}
    place = "noiCap" if record is RecordType.MARITAL_STATUS else "noiDangKy"
    assert book == {"quyenSo": "number", place: "place"}


def test_needed_columns_of_a_birth() -> None:
    fields = CATALOGUE.records[RecordType.BIRTH].fields
    assert [field.id for field in fields if field.need is Need.CORE] == ["nksHoTen", "nksGioiTinh", "nksNgaySinh"]
    assert [field.id for field in fields if field.need is Need.CORE_UNLESS] == ["meHoTen", "chaHoTen"]


@pytest.mark.parametrize("form", FORMS, ids=form_ids)
def test_form_is_named_after_its_file(form: FormSpec) -> None:
    file = resources.files("hotich") / "forms" / "eras" / f"{form.id}.toml"
    assert form.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert form.id.startswith(f"{form.record_type.value}-")
    assert form.basis and form.form_code
    assert any(form.form_code in text.text for text in form.texts)


@pytest.mark.parametrize("form", FORMS, ids=form_ids)
def test_zones_have_room_for_handwriting(form: FormSpec) -> None:
    smallest = 7.0 if form.layout is Layout.LEDGER else 7.4
    for zone in form.zones:
        if zone.ink is not Ink.TICK:
            assert zone.rect.h >= smallest, zone.field_id
            assert zone.rect.w >= 12, zone.field_id


@pytest.mark.parametrize("form", FORMS, ids=form_ids)
def test_nothing_overlaps_on_the_whole_page(form: FormSpec) -> None:
    placed = [
        (zone.field_id, form.place(zone.rect, zone.scope, entry))
        for entry in range(form.grid.count)
        for zone in form.zones
        if zone.scope is Scope.ENTRY or entry == 0
    ]
    page = Rect(0, 0, form.page_width, form.page_height)
    for number, (name, rect) in enumerate(placed):
        assert overlap(rect, page)
        assert rect.x >= 0 and rect.y >= 0
        assert rect.x + rect.w <= form.page_width and rect.y + rect.h <= form.page_height
        for other, other_rect in placed[number + 1 :]:
            assert not overlap(rect, other_rect), (name, other)
    for text in form.texts:
        box = text_box(text)
        for entry in range(form.grid.count):
            moved = form.place(box, text.scope, entry)
            assert not [name for name, rect in placed if overlap(rect, moved)], text.text


@pytest.mark.parametrize("form", FORMS, ids=form_ids)
def test_boxes_to_tick_stand_in_their_zone(form: FormSpec) -> None:
    spec = CATALOGUE.records[form.record_type]
    for zone in form.zones:
        assert (zone.ink is Ink.TICK) == bool(zone.ticks)
        for tick in zone.ticks:
            assert _within(tick, zone.rect)
            assert CATALOGUE.codes[spec.field(zone.field_id).codes].code(tick.code) is not None


def _within(tick: Tick, zone: Rect) -> bool:
    inner = tick.rect
    across = zone.x <= inner.x and inner.x + inner.w <= zone.x + zone.w
    return across and zone.y <= inner.y and inner.y + inner.h <= zone.y + zone.h


@pytest.mark.parametrize("form", FORMS, ids=form_ids)
def test_core_columns_are_on_the_page(form: FormSpec) -> None:
    on_page = {zone.field_id for zone in form.zones}
    core = [field.id for field in CATALOGUE.records[form.record_type].fields if field.need is not Need.OPTIONAL]
    # Since 2016 the place is printed on the cover only.
    assert set(core) - on_page <= {"noiDangKy"}
    assert "noiDangKy" in on_page or form.used_from >= "2016"


@pytest.mark.parametrize("form", [form for form in FORMS if form.layout is Layout.LEDGER], ids=form_ids)
def test_ledgers_lie_across_and_take_ditto_marks_and_ages(form: FormSpec) -> None:
    assert (form.page_width, form.page_height) == (420, 297)
    assert 6 <= form.grid.rows <= 8 and 22 <= form.grid.height <= 30
    assert any(zone.ages for zone in form.zones)
    assert any(zone.ditto and zone.field_id.endswith("NoiCuTru") for zone in form.zones)
    numbers = [text.text for text in form.texts if text.text.isdigit()]
    assert numbers == [str(number) for number in range(1, 14)]


@pytest.mark.parametrize("record", [RecordType.BIRTH, RecordType.DEATH, RecordType.MARRIAGE, RecordType.ADOPTION])
def test_eras_follow_one_another_without_a_gap(record: RecordType) -> None:
    forms = CATALOGUE.forms_for(record)
    assert forms[0].used_from == "1961-04-01"
    assert forms[-1].used_to == ""
    for one, other in pairwise(forms):
        assert date.fromisoformat(other.used_from).toordinal() == date.fromisoformat(one.used_to).toordinal() + 1


def test_a_year_of_change_has_two_forms() -> None:
    def ids(year: int) -> list[str]:
        return [form.id for form in CATALOGUE.forms_for(RecordType.BIRTH, year)]

    assert ids(1960) == []
    assert ids(1975) == ["KS-1961"]
    assert ids(1999) == ["KS-1999"]
    assert ids(2006) == ["KS-1999", "KS-2006"]
    assert ids(2024) == ["KS-2016"]


@pytest.mark.parametrize("form", FORMS, ids=form_ids)
def test_entry_order_has_every_column_once(form: FormSpec) -> None:
    spec = CATALOGUE.records[form.record_type]
    order = entry_order(form, spec)
    on_page = {zone.field_id for zone in form.zones}
    assert sorted(order) == sorted(field.id for field in spec.fields)
    assert set(order[: len(on_page)]) == on_page
    rest = [field.id for field in spec.fields if field.id not in on_page]
    assert list(order[len(on_page) :]) == rest


def test_entry_order_reads_a_ledger_by_columns_and_a_table_by_people() -> None:
    def order(form_id: str) -> list[str]:
        form = CATALOGUE.forms[form_id]
        return list(entry_order(form, CATALOGUE.records[form.record_type])[: len(form.zones)])

    assert order("KH-1961") == [
        "noiDangKy", "quyenSo", "trangSo", "so", "ngayDangKy",
        "chongHoTen", "chongNgaySinh", "chongDanToc", "chongQuocTich", "chongNoiCuTru",
        "voHoTen", "voNgaySinh", "voDanToc", "voQuocTich", "voNoiCuTru", "ghiChu",
    ]  # fmt: skip
    blocks = order("KS-1999")
    assert blocks[12:22] == [
        "meHoTen", "meNgaySinh", "meDanToc", "meQuocTich", "meNoiCuTru",
        "chaHoTen", "chaNgaySinh", "chaDanToc", "chaQuocTich", "chaNoiCuTru",
    ]  # fmt: skip
    assert order("KH-2016").index("voHoTen") < order("KH-2016").index("chongHoTen")
    assert order("KS-2006")[-1] == "trangSo"


def test_the_page_on_forms_is_up_to_date() -> None:
    written = (ROOT / "docs" / "forms.md").read_text(encoding="utf-8")
    assert written == forms_markdown(CATALOGUE), "python -m hotich.forms.forms_doc docs/forms.md"
