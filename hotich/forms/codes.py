"""Code lists, ethnic groups and nationalities: what a printed or typed word means, found by folded letters."""

from __future__ import annotations

from functools import cached_property

import msgspec

from hotich.text import fold


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
        return self._by_text.get(fold(text))

    @cached_property
    def _by_text(self) -> dict[str, Code | None]:
        found: dict[str, Code | None] = {}
        for entry in self.entries:
            for text in {fold(word) for word in (entry.code, entry.label, *entry.spellings)}:
                found[text] = None if text in found else entry
        return found


class EthnicGroup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A group of the 1979 list: its number then, the name of the import, and older or other names."""

    number: str
    name: str
    aliases: tuple[str, ...] = ()


class EthnicMatch(msgspec.Struct, frozen=True):
    """The import names that a word may stand for. An ambiguous word may be suggested and never be mapped."""

    names: tuple[str, ...]
    ambiguous: bool


NO_MATCH = EthnicMatch((), False)


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
        return self._by_text.get(fold(text), NO_MATCH)

    @cached_property
    def _by_text(self) -> dict[str, EthnicMatch]:
        words: dict[str, list[str]] = {}
        for group in self.groups:
            for alias in (group.name, *group.aliases):
                words.setdefault(fold(alias), []).append(group.name)
        for name in self.others:
            words.setdefault(fold(name), []).append(name)
        found = {word: EthnicMatch(tuple(dict.fromkeys(names)), len(set(names)) > 1) for word, names in words.items()}
        found.update({fold(word): EthnicMatch(names, True) for word, names in self.ambiguous.items()})
        return found


class Nationality(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A nationality as the import writes it, and the shorter ways of writing it on paper."""

    name: str
    spellings: tuple[str, ...] = ()


class NationalityTable(msgspec.Struct, frozen=True, dict=True):
    """The nationalities of the import."""

    entries: tuple[Nationality, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every name that the import takes."""
        return tuple(entry.name for entry in self.entries)

    def find(self, text: str) -> str | None:
        """The import's name for what was written, or None. The name without its English part is enough."""
        return self._by_text.get(fold(text))

    @cached_property
    def _by_text(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for entry in self.entries:
            for word in (entry.name, entry.name.rsplit(" (", 1)[0], *entry.spellings):
                found.setdefault(fold(word), entry.name)
        return found
