"""Short codes: a few letters that stand for a longer text, `nv` for Nguyễn Văn. The clerk's own table comes first.

Codes never change what may stand on the paper: a code that is also a mark for "same as above" (nt) is expanded in a
field of a register only when it is asked for by key, because there the mark is what the paper says.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from hotich.letters import fold, is_ditto, nfc

LONGEST_CODE: Final = 15
LONGEST_TEXT: Final = 1000


@dataclass(frozen=True, slots=True)
class ShortCode:
    """A code without white space or colon, and the text (NFC) it stands for."""

    code: str
    text: str


def check(code: str, text: str) -> str:
    """Return the key of the sentence that says why that code and text cannot be kept, "" when they can."""
    if not code or not text.strip():
        return "short-code-empty"
    if ":" in code or any(letter.isspace() for letter in code) or not code.isprintable():
        return "short-code-letters"
    if len(code) > LONGEST_CODE or len(text) > LONGEST_TEXT or not text.isprintable():
        return "short-code-too-long"
    return ""


@dataclass(frozen=True, slots=True)
class MacroTable:
    """Short codes, each once (small and capital letters are the same), in the order they were added."""

    codes: tuple[ShortCode, ...] = ()

    def with_code(self, code: str, text: str) -> MacroTable:
        """The table with that code added or changed. Raises ValueError with the key of `check`."""
        code, text = nfc(code), nfc(text)
        wrong = check(code, text)
        if wrong:
            raise ValueError(wrong)
        return MacroTable((*self.without(code).codes, ShortCode(code, text)))

    def without(self, code: str) -> MacroTable:
        """The table without that code."""
        gone = nfc(code).casefold()
        return MacroTable(tuple(entry for entry in self.codes if entry.code.casefold() != gone))

    def merged(self, others: MacroTable) -> MacroTable:
        """The table with all of the others; where both have a code the others win."""
        table = self
        for entry in others.codes:
            table = table.with_code(entry.code, entry.text)
        return table

    def search(self, words: str) -> tuple[ShortCode, ...]:
        """The codes whose code or text holds every word, marks and capitals aside, by code."""
        wanted = fold(words).split()
        found = (entry for entry in self.codes if all(word in fold(f"{entry.code} {entry.text}") for word in wanted))
        return tuple(sorted(found, key=lambda entry: (fold(entry.code), entry.code)))

    def expand(self, typed: str, *, ditto_lawful: bool = False, asked: bool = False) -> str | None:
        """Return what the typed code stands for, None when it is no code.

        Capitals follow the typed code: NV gives NGUYỄN VĂN, Ubx a capital at the beginning. Where a mark for "same as
        above" is `ditto_lawful`, such a code is expanded only when `asked` for.
        """
        if ditto_lawful and not asked and is_ditto(typed):
            return None
        small = nfc(typed).casefold()
        for entry in self.codes:
            if entry.code.casefold() == small:
                return _in_case_of(nfc(typed), entry)
        return None


def _in_case_of(typed: str, entry: ShortCode) -> str:
    if typed == entry.code or not entry.code.islower():
        return entry.text
    if len(typed) > 1 and typed.isupper():
        return entry.text.upper()
    return entry.text[:1].upper() + entry.text[1:]


@cache
def own_codes() -> MacroTable:
    """Return the short codes that come along."""
    file = resources.files("hotich.keying") / "short_codes.toml"
    pairs = tomllib.loads(file.read_text(encoding="utf-8"))
    return MacroTable(tuple(ShortCode(code, nfc(str(text))) for code, text in pairs.items()))
