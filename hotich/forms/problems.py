"""Reading definition files: every mistake is kept as a `file: key: sentence` and reading goes on."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import TypeVar

import msgspec

from hotich.errors import SetupError
from hotich.messages import sentence

Note = TypeVar("Note", bound=msgspec.Struct)


class FormError(SetupError):
    """Definition files are wrong. `problems` has one `file: key: sentence` for each mistake in all of them."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("forms-broken", count=len(problems), problems="\n".join(problems))
        self.problems = problems


class Problems:
    """Collects mistakes."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, file: str, key: str, message: str, **facts: object) -> None:
        """Keeps one mistake; `message` is a key of texts/forms.toml."""
        told = sentence(message, {name: str(fact) for name, fact in facts.items()})
        self.found.append(f"{file}: {key}: {told}")

    def raise_all(self) -> None:
        """Raises FormError when anything was found."""
        if self.found:
            raise FormError(tuple(self.found))


class Source:
    """A place in one definition file, so that whoever reads there can say where a mistake is."""

    def __init__(self, file: str, problems: Problems, key: str = "") -> None:
        self.file = file
        self.key = key
        self._problems = problems

    def at(self, name: str) -> Source:
        """The place of a key below this one."""
        return Source(self.file, self._problems, f"{self.key}.{name}" if self.key else name)

    def item(self, number: int) -> Source:
        """The place of the item `number` (from 0) of this list; people count from 1."""
        return Source(self.file, self._problems, f"{self.key}[{number + 1}]")

    def wrong(self, message: str, **facts: object) -> None:
        """Keeps a mistake at this place."""
        self._problems.add(self.file, self.key or "-", message, **facts)


def read(kind: type[Note], table: object, source: Source) -> Note | None:
    """The table as a struct of that kind after keeping every mistake in it.

    Wrong keys are left out, so that what stands below the right ones is looked at as well; None when nothing can be
    made of the rest.
    """
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError:
        pass
    if not isinstance(table, Mapping):
        source.wrong("forms-not-a-table")
        return None
    wrong = _say_what_is_wrong(kind, table, source)
    try:
        return msgspec.convert({name: value for name, value in table.items() if name not in wrong}, kind)
    except msgspec.ValidationError:
        return None


def read_list(kind: type[Note], tables: object, source: Source) -> list[Note]:
    """Those tables of a list that are right; mistakes of the others are kept."""
    if not isinstance(tables, list | tuple):
        source.wrong("forms-not-a-list")
        return []
    notes = (read(kind, table, source.item(number)) for number, table in enumerate(tables))
    return [note for note in notes if note is not None]


@cache
def _fields(kind: type[msgspec.Struct]) -> dict[str, msgspec.structs.FieldInfo]:
    return {info.encode_name: info for info in msgspec.structs.fields(kind)}


def _say_what_is_wrong(kind: type[msgspec.Struct], table: Mapping[str, object], source: Source) -> set[str]:
    known = _fields(kind)
    wrong: set[str] = set()
    for name, value in table.items():
        if name not in known:
            source.at(name).wrong("forms-unknown-key", known=", ".join(known))
            wrong.add(name)
            continue
        try:
            msgspec.convert(value, known[name].type)
        except msgspec.ValidationError as error:
            _say_value(known[name].type, value, source.at(name), str(error))
            wrong.add(name)
    for name, info in known.items():
        if info.required and name not in table:
            source.at(name).wrong("forms-missing-key")
    return wrong


def _say_value(wanted: object, value: object, source: Source, detail: str) -> None:
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        source.wrong("forms-unknown-value", value=value, known=", ".join(str(member.value) for member in wanted))
    else:
        source.wrong("forms-wrong-value", value=value, detail=detail)
