"""A rule as data, what it is asked of, and the loader of `rules.toml`."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources

import msgspec

from hotich.dates import PartialDate, parse_date
from hotich.forms.formspec import FieldSpec, RecordSpec
from hotich.messages import Language
from hotich.values import AcceptedFinding, Book, FieldState, FieldValue, RecordType, Severity


class RuleSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule: the check that it names, on which record types, with which fields and numbers, and its sentence.

    `message` and its English name {facts} that the check gives. `basis` says where the rule comes from.
    """

    id: str
    check: str
    severity: Severity
    message: str
    message_en: str
    basis: str
    records: tuple[RecordType, ...] = ()
    """Empty: every record type."""
    fields: tuple[str, ...] = ()
    overridable: bool = False
    """Whether a person may let it stand with a reason."""
    numbers: dict[str, float] = {}
    words: tuple[str, ...] = ()
    before: str = ""
    """ISO day: the rule holds for registrations before it."""
    since: str = ""
    """ISO day: the rule holds for registrations from it on."""

    def sentence(self, language: Language) -> str:
        """The sentence of the rule, with its {facts} not yet filled in."""
        return self.message_en if language is Language.ENGLISH else self.message


class RecordView(msgspec.Struct, frozen=True):
    """The values of one record, whoever gave them, and the warnings that were let stand."""

    record_id: str
    values: Mapping[str, FieldValue]
    accepted: tuple[AcceptedFinding, ...] = ()

    def known(self, field_id: str) -> bool:
        """Whether somebody said anything of the field."""
        return field_id in self.values

    def normal(self, field_id: str) -> str:
        """The normal form, or ''."""
        value = self.values.get(field_id)
        return value.normal if value is not None else ""

    def written(self, field_id: str) -> str:
        """The text as written, or ''."""
        value = self.values.get(field_id)
        return value.as_written if value is not None else ""

    def has_text(self, field_id: str) -> bool:
        """Whether the paper says something readable in the field."""
        value = self.values.get(field_id)
        return value is not None and value.state is FieldState.VALUE and bool(value.as_written)

    def date(self, field_id: str) -> PartialDate | None:
        """The date of the normal form, or None."""
        normal = self.normal(field_id)
        return _date_of(normal) if normal else None


@lru_cache(maxsize=1024)
def _date_of(normal: str) -> PartialDate | None:
    """The date of a normal form. The rules ask for the same few again and again, and after every key."""
    return parse_date(normal).date


class RuleContext(msgspec.Struct, frozen=True):
    """The book around a record: its columns, which of them stand on the page, the day of checking, and the language."""

    book: Book
    spec: RecordSpec
    on_page: frozenset[str] = frozenset()
    today: datetime.date = msgspec.field(default_factory=datetime.date.today)
    language: Language = Language.VIETNAMESE

    def field(self, field_id: str) -> FieldSpec | None:
        """The column, or None when this record type has none of that id."""
        return next((field for field in self.spec.fields if field.id == field_id), None)

    def label(self, field_id: str) -> str:
        """What the column is called in the language; its id when this record type has none of that id."""
        field = self.field(field_id)
        return field_id if field is None else field.name(self.language is Language.ENGLISH)


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rule: tuple[RuleSpec, ...]


@cache
def load_rules() -> tuple[RuleSpec, ...]:
    """Every rule in the order of the file. Raises msgspec.ValidationError: a mistake in the program."""
    text = (resources.files("hotich.rules") / "rules.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), _File).rule
