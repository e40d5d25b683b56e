"""How extracts are laid out: one file for each record type, and the words that stand on all of them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

import msgspec

from hotich.values import RecordType


class SectionLayout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lines of label and field; an `optional` section is left out where the register says nothing of it."""

    lines: tuple[tuple[tuple[str, str], ...], ...]
    heading: str = ""
    optional: bool = False


class ExtractLayout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The extract of one record type. `people` are whom it is about, `office` the field that says who registered."""

    record: RecordType
    title: str
    register: str
    people: tuple[str, ...]
    section: tuple[SectionLayout, ...]
    office: str = "noiDangKy"

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field that is shown in a section."""
        return tuple(field for section in self.section for line in section.lines for _, field in line)


class ExtractWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words that stand on every extract; they are part of the document and therefore always Vietnamese."""

    state: str
    motto: str
    serial: str
    place_and_day: str
    copy: str
    draft: str
    preview: str
    practice: str
    draft_line: str
    preview_line: str
    practice_line: str
    form_line: str
    registered_at: str
    entry_number: str
    book_number: str
    registered_on: str
    notes: str
    no_notes: str
    recipient: str
    purpose: str
    from_register: str
    signer: str
    signer_hint: str
    qr_line: str
    reckoned: str
    blank: str
    unreadable: str
    absent: str
    picture_title: str
    picture_line: str
    page: str


def _read(name: str) -> dict[str, object]:
    file = resources.files("hotich.export.extract") / "layouts" / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def layout_of(record_type: RecordType) -> ExtractLayout:
    """The layout of that record type."""
    return msgspec.convert(_read(record_type.value), ExtractLayout)


@cache
def words() -> ExtractWords:
    """The words of all extracts."""
    return msgspec.convert(_read("words"), ExtractWords)
