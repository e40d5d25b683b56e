"""The templates of the import workbook as values: the shipped ones (`templates/*.toml`), and what fills each column.

A header cell is matched by its first line without spaces around it; the cell itself is never changed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from importlib import resources
from pathlib import Path

import msgspec

from hotich.errors import SetupError
from hotich.forms.loader import load_catalogue
from hotich.messages import Language
from hotich.text import nfc
from hotich.values import RecordType

_HINT = re.compile(r"i\s*=\s*\[([\d,;\s]+)\]")


class Source(StrEnum):
    """Where the cells of a column come from; UNKNOWN ones stay empty and are told."""

    FIELD = "field"
    ROW_NUMBER = "row-number"
    PERSONAL_NUMBER = "personal-number"
    NATIONALITY_NAME = "nationality-name"
    EMPTY = "empty"
    UNKNOWN = "unknown"


class Column(msgspec.Struct, frozen=True):
    """A column: its header cell as it stands there, its code, and what fills it."""

    header: str
    code: str
    source: Source
    field_id: str = ""
    """Our column that fills it, for FIELD; the one that it is made from, for a derived column."""
    allowed: tuple[str, ...] = ()
    """Codes that the header's hint or the template lists; empty: not told."""
    vi: str = ""
    en: str = ""

    def remark(self, language: Language) -> str:
        """Where the cells come from, for columns that are not ours."""
        return self.en if language is Language.ENGLISH else self.vi


class Template(msgspec.Struct, frozen=True):
    """A workbook's columns in their order. A province's own has a `file`, into a copy of which rows are written."""

    id: str
    record_type: RecordType
    official: bool
    vi: str
    en: str
    columns: tuple[Column, ...]
    sheet: str = ""
    file: Path | None = None
    header_row: int = 1
    first_row: int = 2
    """Row, counted from 1, in which the first record stands."""
    samples: int = 0
    """Rows of samples in the file that do not leave with the copy."""
    remarks: tuple[str, ...] = ()
    """What the file has that a copy cannot keep."""

    def sentence(self, language: Language) -> str:
        """What the template is."""
        return self.en if language is Language.ENGLISH else self.vi

    def has(self, field_id: str) -> bool:
        """Whether a column of ours stands in it."""
        return any(column.source is Source.FIELD and column.field_id == field_id for column in self.columns)


class _Shipped(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    record: RecordType
    official: bool
    vi: str
    en: str
    columns: tuple[str, ...]
    sheet: str = ""
    codes: dict[str, tuple[str, ...]] = {}


class ColumnRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What fills the column of that code, or all with that ending."""

    source: Source
    vi: str
    en: str
    code: str = ""
    ending: str = ""

    def fits(self, code: str) -> bool:
        """Whether it speaks of that column."""
        return code == self.code if self.code else code.endswith(self.ending)


class _Columns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    column: tuple[ColumnRule, ...]


@cache
def shipped_templates() -> dict[str, Template]:
    """The templates that come along, by id."""
    folder = resources.files("hotich.export.ministry") / "templates"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    notes = [msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), _Shipped) for file in files]
    return {note.id: _template(note) for note in notes}


def _template(note: _Shipped) -> Template:
    return Template(
        id=note.id,
        record_type=note.record,
        official=note.official,
        vi=note.vi,
        en=note.en,
        columns=columns_of(note.columns, note.record, note.codes),
        sheet=note.sheet,
    )


@cache
def column_rules() -> tuple[ColumnRule, ...]:
    """The rules of `columns.toml` in their order; the first that fits holds."""
    text = (resources.files("hotich.export.ministry") / "columns.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), _Columns).column


def columns_of(
    headers: Iterable[str], record_type: RecordType, codes: Mapping[str, tuple[str, ...]] | None = None
) -> tuple[Column, ...]:
    """What each header cell asks for. A code that stands twice is filled once, the second column is unknown."""
    fields = {field.id for field in load_catalogue().records[record_type].fields}
    seen: set[str] = set()
    columns = []
    for header in headers:
        code = header_code(header)
        column = _column(header, code, fields - seen)
        listed = (codes or {}).get(code, ())
        columns.append(msgspec.structs.replace(column, allowed=listed) if listed else column)
        seen.add(code)
    return tuple(columns)


def header_code(header: str) -> str:
    """The code of a header cell: its first line without spaces around it."""
    return nfc(header).replace("_x000D_", "").split("\n")[0].strip()


def _column(header: str, code: str, fields: set[str]) -> Column:
    hint = _HINT.search(header)
    allowed = tuple(re.findall(r"\d+", hint[1])) if hint else ()
    if code in fields:
        return Column(header, code, Source.FIELD, code, allowed)
    rule = next((rule for rule in column_rules() if rule.fits(code)), None)
    if rule is None:
        return Column(header, code, Source.UNKNOWN)
    base = code.removesuffix("Str") if rule.source is Source.NATIONALITY_NAME else ""
    if rule.source is Source.PERSONAL_NUMBER:
        base = code.removesuffix(rule.ending) + "SoGiayToTuyThan"
    return Column(header, code, rule.source, base, allowed, rule.vi, rule.en)


def default_template(record_type: RecordType) -> Template:
    """The template that a record type goes by unless another is chosen."""
    return shipped_templates()[load_catalogue().records[record_type].template]


def templates_for(record_type: RecordType) -> tuple[Template, ...]:
    """The shipped templates of a record type, the usual one first."""
    usual = default_template(record_type)
    found = [template for template in shipped_templates().values() if template.record_type is record_type]
    return tuple(sorted(found, key=lambda template: template.id != usual.id))


def shipped_template(template_id: str, record_type: RecordType) -> Template:
    """The shipped template of that id. Raises SetupError naming those that there are for the record type."""
    found = {template.id.casefold(): template for template in templates_for(record_type)}
    if template_id.casefold() not in found:
        known = ", ".join(template.id for template in found.values())
        raise SetupError("ministry-no-template", template=template_id, known=known)
    return found[template_id.casefold()]
