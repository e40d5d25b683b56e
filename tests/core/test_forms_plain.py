"""The plain forms: a line for every column of a type of which no printed form is known."""

import hashlib
from importlib import resources
from itertools import groupby
from pathlib import Path

import pytest

from hotich.forms.forms_doc import forms_markdown
from hotich.forms.loader import load_catalogue
from hotich.forms.order import entry_order
from hotich.messages import sentence
from hotich.values import RecordType
from tests.core.test_forms_errors import FILES, FORM, RECORD, problems_of

CATALOGUE = load_catalogue()
PLAIN = tuple(form for form in CATALOGUE.forms.values() if form.is_plain)


def test_the_types_without_a_printed_form_have_a_plain_one() -> None:
    printed = {form.record_type for form in CATALOGUE.printed.values()}
    assert {form.record_type for form in PLAIN} == set(RecordType) - printed
    assert not set(CATALOGUE.printed) & {form.id for form in PLAIN}


@pytest.mark.parametrize("form", PLAIN, ids=lambda form: form.id)
def test_every_column_is_met_once_and_the_columns_of_a_person_together(form) -> None:
    spec = CATALOGUE.records[form.record_type]
    order = entry_order(form, spec)
    assert sorted(order) == sorted(field.id for field in spec.fields)
    assert order == tuple(zone.field_id for zone in form.zones)
    people = [person for person, _ in groupby(spec.field(field_id).person for field_id in order) if person]
    assert len(people) == len(set(people))
    assert order[0] == "so" and spec.field(order[-1]).kind == "note"


@pytest.mark.parametrize("form", PLAIN, ids=lambda form: form.id)
def test_a_plain_form_is_frozen_by_its_definition(form) -> None:
    file = resources.files("hotich") / "forms" / "records" / f"{form.record_type.value}.toml"
    assert form.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.parametrize("form", PLAIN, ids=lambda form: form.id)
def test_it_is_in_use_in_every_year_and_called_what_it_is(form) -> None:
    for year in (None, 1950, 1999, 2024):
        assert CATALOGUE.forms_for(form.record_type, year) == (form,)
    told = forms_markdown(CATALOGUE)
    assert f"| `{form.id}` | {form.title} | `{form.record_type.value}` | {len(form.zones)} |" in told
    assert "nhập theo cột" in form.title and form.grid.count > 8


def test_a_label_under_the_heading_of_a_person_does_not_name_him_again() -> None:
    form = CATALOGUE.forms["GH-plain"]
    labels = {zone.field_id: zone.label for zone in form.zones}
    assert labels["ndghHoTen"] == labels["ngh1HoTen"] == "Họ, chữ đệm, tên"
    assert labels["ngh2NgaySinh"] == "Ngày, tháng, năm sinh" and labels["so"] == "Số đăng ký"
    assert all(zone.label for each in PLAIN for zone in each.zones)


PLAIN_RECORD = RECORD.replace("field = [", 'plain = { title = "Thẻ", order = ["so", "loai", "ten"] }\nfield = [')


def test_a_printed_form_goes_before_the_plain_one(tmp_path: Path) -> None:
    from hotich.forms.loader import read_catalogue

    files = {**FILES, "records/KS.toml": PLAIN_RECORD}
    assert problems_of(tmp_path, files) == ()
    catalogue = read_catalogue(tmp_path)
    assert [form.id for form in catalogue.forms_for(RecordType.BIRTH)] == ["KS-1"]
    assert catalogue.forms["KS-plain"].is_plain and list(catalogue.printed) == ["KS-1"]


@pytest.mark.parametrize(
    ("wrong", "key", "message", "facts"),
    [
        ('"so", "tuoi", "ten", "loai"', "plain.order[2]", "forms-unknown-field", {"id": "tuoi", "record": "KS"}),
        ('"so", "ten", "so", "loai"', "plain.order[3]", "forms-doubled-id", {"id": "so"}),
        ('"so", "ten"', "plain.order", "forms-plain-lacks", {"columns": "loai"}),
    ],
)
def test_a_mistake_in_the_order_is_told(tmp_path: Path, wrong: str, key: str, message: str, facts) -> None:
    text = PLAIN_RECORD.replace('"so", "loai", "ten"', wrong)
    found = problems_of(tmp_path, {**FILES, "records/KS.toml": text, "eras/KS-1.toml": FORM})
    assert found == (f"records/KS.toml: {key}: {sentence(message, facts)}",)
