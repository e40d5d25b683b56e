"""Loads the definitions: record types, forms of the eras, code lists, ethnic groups and nationalities."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

import msgspec

from hotich.forms.checks import check_eras, check_form, check_record
from hotich.forms.codes import Code, CodeList, EthnicGroup, EthnicTable, Nationality, NationalityTable
from hotich.forms.expansion import Sheet, put_ledger, put_section
from hotich.forms.formspec import CopyRule, EntryGrid, FieldSpec, FormSpec, Layout, RecordSpec, Scope
from hotich.forms.notation import ColumnNote, FormNote, GridNote, LedgerNote, Note, SectionNote
from hotich.forms.plain import PlainNote, plain_form
from hotich.forms.problems import FormError, Problems, Source, read, read_list
from hotich.values import RecordType

__all__ = ["Catalogue", "FormError", "load_catalogue", "read_catalogue"]


class Catalogue(msgspec.Struct, frozen=True):
    """Everything that is defined."""

    records: dict[RecordType, RecordSpec]
    forms: dict[str, FormSpec]
    """Every form that a record may be kept on, printed or plain, by id."""
    codes: dict[str, CodeList]
    ethnic: EthnicTable
    nationalities: NationalityTable

    @property
    def printed(self) -> dict[str, FormSpec]:
        """The forms that stand on paper, by id: they can be drawn, found on a page and read."""
        return {form.id: form for form in self.forms.values() if not form.is_plain}

    def forms_for(self, record_type: RecordType, year: int | None = None) -> tuple[FormSpec, ...]:
        """Printed forms of a record type, oldest first; with a year those in use during it (two in a year of change).

        A type of which no printed form is known has its plain form, whatever the year.
        """
        alike = [form for form in self.forms.values() if form.record_type is record_type]
        found = [form for form in alike if not form.is_plain]
        if not found:
            return tuple(alike)
        if year is not None:
            found = [form for form in found if _in_use(form, year)]
        return tuple(sorted(found, key=lambda form: form.used_from))


def _in_use(form: FormSpec, year: int) -> bool:
    return int(form.used_from[:4]) <= year and (not form.used_to or year <= int(form.used_to[:4]))


class _Record(Note, frozen=True):
    record: RecordType
    title: str
    title_en: str
    template: str
    official: bool
    field: list[object]
    remark: str = ""
    copies: list[object] = msgspec.field(default_factory=list)
    plain: object = None


class _CodeList(Note, frozen=True):
    entries: list[object]
    title: str = ""
    remark: str = ""


class _Ethnic(Note, frozen=True):
    groups: list[object]
    others: tuple[str, ...]
    ambiguous: dict[str, tuple[str, ...]]


class _Nationalities(Note, frozen=True):
    entries: list[object]


@cache
def load_catalogue() -> Catalogue:
    """The definitions that ship with the program. Raises FormError with every mistake of every file."""
    return read_catalogue(resources.files("hotich") / "forms")


def read_catalogue(folder: Traversable) -> Catalogue:
    """The definitions in a folder laid out like hotich/forms. Raises FormError with every mistake of every file."""
    problems = Problems()
    codes = _codes(folder, problems)
    records: dict[RecordType, RecordSpec] = {}
    plain: dict[str, FormSpec] = {}
    for source, table, sha256 in _tables(folder / "records", problems):
        spec = _record(table, source)
        if spec is not None and spec.record_type in records:
            source.at("record").wrong("forms-doubled-id", id=spec.record_type)
        elif spec is not None:
            check_record(spec, codes, source)
            records[spec.record_type] = spec
            plain |= _plain(spec, table, sha256, source.at("plain"))
    forms = {**_forms(folder, records, problems), **plain}
    catalogue = Catalogue(records, forms, codes, _ethnic(folder, problems), _nationalities(folder, problems))
    problems.raise_all()
    return catalogue


def _tables(folder: Traversable, problems: Problems) -> list[tuple[Source, Mapping[str, object], str]]:
    """Each readable TOML file of a folder with its place and the SHA-256 of its bytes."""
    if not folder.is_dir():
        return []
    found = []
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            source = Source(f"{folder.name}/{file.name}", problems)
            read_file = _table(file, source)
            if read_file is not None:
                found.append((source, *read_file))
    return found


def _table(file: Traversable, source: Source) -> tuple[Mapping[str, object], str] | None:
    try:
        data = file.read_bytes()
        return tomllib.loads(data.decode("utf-8")), hashlib.sha256(data).hexdigest()
    except OSError:
        source.wrong("forms-no-file")
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        source.wrong("forms-not-toml", detail=error)
    return None


def _record(table: Mapping[str, object], source: Source) -> RecordSpec | None:
    note = read(_Record, table, source)
    if note is None:
        # The columns are looked at all the same: one mistake at the top must not hide those below.
        read_list(FieldSpec, table.get("field", []), source.at("field"))
        return None
    fields = tuple(read_list(FieldSpec, note.field, source.at("field")))
    copies = tuple(read_list(CopyRule, note.copies, source.at("copies")))
    return RecordSpec(note.record, note.title, note.title_en, note.template, note.official, note.remark, fields, copies)


def _plain(spec: RecordSpec, table: Mapping[str, object], sha256: str, source: Source) -> dict[str, FormSpec]:
    """The plain form of a record type by its id; nothing where its definition asks for none."""
    note = read(PlainNote, table["plain"], source) if "plain" in table else None
    if note is None:
        return {}
    form = plain_form(spec, note, sha256, source)
    return {form.id: form}


def _forms(folder: Traversable, records: dict[RecordType, RecordSpec], problems: Problems) -> dict[str, FormSpec]:
    forms: dict[str, FormSpec] = {}
    for source, table, sha256 in _tables(folder / "eras", problems):
        form = form_of(table, source, sha256)
        if form is None:
            continue
        if form.id in forms:
            source.at("id").wrong("forms-doubled-id", id=form.id)
            continue
        check_form(form, records.get(form.record_type), source)
        forms[form.id] = form
    check_eras(forms.values(), problems)
    return forms


def form_of(table: Mapping[str, object], source: Source, sha256: str) -> FormSpec | None:
    """The form that a definition file says, drawn out in full; None when its top is wrong. Mistakes are kept."""
    note = read(FormNote, table, source)
    sheet = Sheet()
    for scope in Scope:
        # Read from the table itself: one mistake at the top must not hide those below.
        section = read(SectionNote, table.get(scope, {}), source.at(scope))
        if section is not None:
            put_section(sheet, section, scope, source.at(scope))
    grid = read(GridNote, table.get("grid", {}), source.at("grid"))
    if note is None or grid is None:
        return None
    cells = EntryGrid(grid.x, grid.y, grid.width, grid.height, grid.columns, grid.rows)
    if note.ledger is not None:
        _ledger(sheet, note.ledger, cells, source.at("ledger"))
    elif note.layout is Layout.LEDGER:
        source.at("ledger").wrong("forms-missing-key")
    return FormSpec(
        note.id, note.revision, note.record, note.title, note.used_from, note.used_to, note.basis, note.form_code,
        note.layout, *note.size, tuple(note.heading), cells, tuple(sheet.zones), tuple(sheet.lines),
        tuple(sheet.texts), tuple(sheet.spots), sha256,
    )  # fmt: skip


def _ledger(sheet: Sheet, table: object, grid: EntryGrid, source: Source) -> None:
    note = read(LedgerNote, table, source)
    if note is not None:
        columns = read_list(ColumnNote, note.columns, source.at("columns"))
        for number, column in enumerate(columns):
            if column.lines and len(column.lines) != len(column.cells):
                source.at("columns").item(number).at("lines").wrong("forms-column-shape")
                return
        put_ledger(sheet, note, columns, grid)


def _codes(folder: Traversable, problems: Problems) -> dict[str, CodeList]:
    source = Source("codes.toml", problems)
    read_file = _table(folder / "codes.toml", source)
    lists: dict[str, CodeList] = {}
    for name, table in (read_file[0] if read_file else {}).items():
        note = read(_CodeList, table, source.at(name))
        if note is None:
            continue
        entries = tuple(read_list(Code, note.entries, source.at(name).at("entries")))
        for number, entry in enumerate(entries):
            if any(entry.code == other.code for other in entries[:number]):
                source.at(name).at("entries").item(number).wrong("forms-doubled-id", id=entry.code)
        lists[name] = CodeList(name, entries, note.title, note.remark)
    return lists


def _ethnic(folder: Traversable, problems: Problems) -> EthnicTable:
    source = Source("ethnic.toml", problems)
    read_file = _table(folder / "ethnic.toml", source)
    note = read(_Ethnic, read_file[0], source) if read_file else None
    if note is None:
        return EthnicTable(())
    groups = tuple(read_list(EthnicGroup, note.groups, source.at("groups")))
    table = EthnicTable(groups, note.others, note.ambiguous)
    for word, names in note.ambiguous.items():
        for name in names:
            if name not in table.names:
                source.at("ambiguous").at(word).wrong("forms-unknown-group", name=name)
    return table


def _nationalities(folder: Traversable, problems: Problems) -> NationalityTable:
    source = Source("nationalities.toml", problems)
    read_file = _table(folder / "nationalities.toml", source)
    note = read(_Nationalities, read_file[0], source) if read_file else None
    if note is None:
        return NationalityTable(())
    return NationalityTable(tuple(read_list(Nationality, note.entries, source.at("entries"))))
