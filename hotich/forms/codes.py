"""Code lists, ethnic groups and nationalities: what a printed or typed word means, found by folded letters."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Generic, TypeVar

import msgspec

from hotich.text import fold, nfc, squeeze

Meaning = TypeVar("Meaning")


def _exact(text: str) -> str:
    return squeeze(nfc(text)).casefold()


class _Words(Generic[Meaning]):
    """Meanings by word: as it is written first, then with its marks folded away. Each may have several meanings."""

    def __init__(self, pairs: Iterable[tuple[str, Meaning]]) -> None:
        self._exact: dict[str, list[Meaning]] = {}
        self._folded: dict[str, list[Meaning]] = {}
        for word, meaning in pairs:
            for table, key in ((self._exact, _exact(word)), (self._folded, fold(word))):
                found = table.setdefault(key, [])
                if meaning not in found:
                    found.append(meaning)

    def find(self, text: str) -> list[Meaning]:
        """All meanings of the word; none for an empty or unknown one."""
        return self._exact.get(_exact(text)) or self._folded.get(fold(text)) or []


class Code(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A code of the import, what it says, and how it is met on paper."""

    code: str
    label: str
    label_en: str = ""
    spellings: tuple[str, ...] = ()


class CodeList(msgspec.Struct, frozen=True, dict=True):
    """The codes that one sort of column may hold."""

    id: str
    entries: tuple[Code, ...]
    title: str = ""
    remark: str = ""

    def code(self, code: str) -> Code | None:
        """The entry of that code, or None."""
        return next((entry for entry in self.entries if entry.code == code), None)

    def find(self, text: str) -> Code | None:
        """The entry whose code, label or spelling is that text, letters folded; None when nothing or too much fits."""
        found = self._words.find(text)
        return found[0] if len(found) == 1 else None

    @cached_property
    def _words(self) -> _Words[Code]:
        return _Words((word, entry) for entry in self.entries for word in (entry.code, entry.label, *entry.spellings))


class EthnicGroup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A group of the 1979 list: its number then, the name of the import, and older or other names."""

    number: str
    name: str
    aliases: tuple[str, ...] = ()


class EthnicMatch(msgspec.Struct, frozen=True):
    """The import names that a word may stand for. An ambiguous word may be suggested and never be mapped."""

    names: tuple[str, ...]
    ambiguous: bool


class EthnicTable(msgspec.Struct, frozen=True, dict=True):
    """The 54 groups and the two further names of the import. `ambiguous` words are names of several groups."""

    groups: tuple[EthnicGroup, ...]
    others: tuple[str, ...] = ()
    ambiguous: dict[str, tuple[str, ...]] = {}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every name that the import takes."""
        return (*(group.name for group in self.groups), *self.others)

    def find(self, text: str) -> EthnicMatch:
        """The groups that a word may mean; no names when it is unknown."""
        for word, names in self.ambiguous.items():
            if _exact(word) == _exact(text) or fold(word) == fold(text):
                return EthnicMatch(names, True)
        found = self._words.find(text)
        return EthnicMatch(tuple(found), len(found) > 1)

    @cached_property
    def _words(self) -> _Words[str]:
        own = ((word, group.name) for group in self.groups for word in (group.name, *group.aliases))
        return _Words((*own, *((name, name) for name in self.others)))


class Nationality(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A nationality as the import writes it, and the shorter ways of writing it on paper."""

    name: str
    spellings: tuple[str, ...] = ()
    attested: bool = False
    """Seen in the list of the import; the others are written after the same pattern."""


class NationalityTable(msgspec.Struct, frozen=True, dict=True):
    """The nationalities of the import."""

    entries: tuple[Nationality, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every name that the import takes."""
        return tuple(entry.name for entry in self.entries)

    def find(self, text: str) -> str | None:
        """The import's name for what was written, or None. The name without its English part is enough."""
        found = self._words.find(text)
        return found[0] if len(found) == 1 else None

    @cached_property
    def _words(self) -> _Words[str]:
        return _Words(
            (word, entry.name)
            for entry in self.entries
            for word in (entry.name, entry.name.rsplit(" (", 1)[0], *entry.spellings)
        )
