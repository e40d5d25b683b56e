"""What a line typed into the search means: `nguyen van a 1984`, `số 05/1984`, `12/3/1984`, `mẹ: tran thi b`.

Words are looked for in names and places. Figures may be a number, a date or an identity paper, unless a word before
them says what they are. A word with a colon says whom or what the words after it name. Nothing that is typed is an
error: what has no meaning as figures is looked for as words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from hotich.store import Wanted
from hotich.text import nfc, squeeze, unmark

_SAYS_NUMBER: Final = frozenset({"số", "so"})
_SAYS_BOOK: Final = frozenset({"quyển", "quyen", "sổ"})
_SAYS_DATE: Final = frozenset({"ngày", "ngay", "tháng", "thang", "năm", "sinh", "chết", "mất"})
_SAYS_WHO: Final = {
    "ten": "name", "ho ten": "name", "chong": "name", "vo": "name", "con": "name",
    "cha": "people", "bo": "people", "me": "people", "ba": "people", "ong": "people", "nguoi khai": "people",
    "noi": "places", "que": "places", "o": "places", "que quan": "places", "noi sinh": "places", "dia chi": "places",
}  # fmt: skip
_FIGURES: Final = re.compile(r"(?=.*\d)[\d?x]+([./-]+[\d?x]*)*[a-z]?", re.IGNORECASE)
_SPOKEN: Final = re.compile(
    r"(?:ngày|ngay)\s+(\d{1,2}|\?+)\s+(?:tháng|thang)\s+(\d{1,2}|\?+)\s+(?:năm|nam)\s+(\d{4})"
    r"|(?:tháng|thang)\s+(\d{1,2})\s+(?:năm|nam)\s+(\d{4})",
    re.IGNORECASE,
)
_APART: Final = re.compile(r"(?<![\w/.-])(\d{1,2})\s+(\d{1,2})\s+(\d{4})(?![\w/.-])")
_COLON: Final = re.compile(r"\s*:\s*")


def read_line(line: str) -> Wanted:
    """What the line asks for, filters left open."""
    text = _with_dates_joined(squeeze(nfc(line)))
    reader = _Reader()
    for token in re.split(r"[\s,;]+", _COLON.sub(": ", text)):
        if token:
            reader.take(token)
    return reader.wanted()


def _with_dates_joined(text: str) -> str:
    """Dates in several words as one: ngày 12 tháng 3 năm 1984 and 12 3 1984 become 12/3/1984."""
    joined = _SPOKEN.sub(lambda found: "ngày " + "/".join(part for part in found.groups() if part), text)
    return _APART.sub(lambda found: _as_date(found[0], found[1], found[2], found[3]), joined)


def _as_date(whole: str, day: str, month: str, year: str) -> str:
    return f"{day}/{month}/{year}" if 1 <= int(day) <= 31 and 1 <= int(month) <= 12 else whole


class _Reader:
    """Takes the words of a line one after the other."""

    def __init__(self) -> None:
        self._letters: dict[str, list[str]] = {"words": [], "name": [], "people": [], "places": []}
        self._figures: dict[str, list[tuple[str, ...]]] = {"figures": [], "numbers": [], "books": [], "dates": []}
        self._whose = "words"
        self._announced: tuple[str, str] | None = None

    def take(self, token: str) -> None:
        """One more word."""
        if _FIGURES.fullmatch(token):
            self._take_figures(token)
            return
        if token.endswith(":"):
            self._take_heading(token[:-1])
            return
        self._keep_announced()
        what = _announces(token)
        if what:
            self._announced = (what, token)
        else:
            self._letters[self._whose].append(token)

    def _take_figures(self, token: str) -> None:
        what = self._announced[0] if self._announced is not None else "figures"
        self._announced = None
        dates = date_figures(token)
        if what == "figures" and dates and _is_whole_date(token):
            what = "dates"
        meant = dates if what == "dates" else number_figures(token)
        if what == "figures" and not meant:
            return
        self._figures[what if meant else "figures"].append(meant or number_figures(token))

    def _take_heading(self, word: str) -> None:
        """`mẹ:` and the like; an unknown word with a colon is a word."""
        self._keep_announced()
        whose = _SAYS_WHO.get(unmark(word), "")
        what = _announces(word)
        if whose:
            self._whose = whose
        elif what:
            self._announced = (what, word)
        elif word:
            self._letters[self._whose].append(word)

    def _keep_announced(self) -> None:
        """A word that announces figures is a plain word where none follow."""
        if self._announced is not None:
            self._letters[self._whose].append(self._announced[1])
            self._announced = None

    def wanted(self) -> Wanted:
        """What was taken."""
        self._keep_announced()
        told: dict[str, tuple[object, ...]] = {name: tuple(kept) for name, kept in self._letters.items()}
        told |= {name: tuple(kept) for name, kept in self._figures.items()}
        return msgspec.convert(told, Wanted)


def _announces(token: str) -> str:
    """What the figures after this word are; letters with marks decide, so that Nam and Sơ stay names."""
    small = token.lower()
    for what, words in (("numbers", _SAYS_NUMBER), ("books", _SAYS_BOOK), ("dates", _SAYS_DATE)):
        if small in words:
            return what
    return ""


def _is_whole_date(token: str) -> bool:
    return len(_parts(token)) == 3


def _parts(token: str) -> list[str]:
    return re.split(r"[./-]+", token)


def number_figures(token: str) -> tuple[str, ...]:
    """How a number may stand in the index: 05/1984 as 5/1984; a year of two figures as either; a paper as typed."""
    parts = [part.lower() for part in _parts(token) if part]
    if not any(part[:1].isdecimal() for part in parts):
        return ()
    bare = [part.lstrip("0") or "0" for part in parts]
    said = ["/".join(bare)]
    if len(parts) == 1 and parts != bare:
        said.append(parts[0])
    if len(parts) == 2 and len(parts[1]) == 2 and parts[1].isdecimal():
        said += [f"{bare[0]}/{century}{parts[1]}" for century in (19, 20)]
    return tuple(dict.fromkeys(said))


def date_figures(token: str) -> tuple[str, ...]:
    """How a date may stand in the index, day first; parts that nobody knows (?, x) are left out. () for no date."""
    parts = _parts(token)
    if len(parts) == 3 and len(parts[0]) == 4:
        parts = parts[::-1]
    if not 1 <= len(parts) <= 3:
        return ()
    known = [part.lstrip("0") if part.isdecimal() else "" for part in parts]
    if len(parts) == 2 and len(parts[1]) <= 2:
        return _joined([(known[0], 31), (known[1], 12)], ("",))
    months = [(part, most) for part, most in zip(known[:-1], (31, 12)[3 - len(parts) :], strict=True)]
    return _joined(months, _years(parts[-1]))


def _joined(parts: Sequence[tuple[str, int]], years: Iterable[str]) -> tuple[str, ...]:
    """The parts with each of the years; an unknown part takes those before it with it."""
    if any(part and not 1 <= int(part) <= most for part, most in parts):
        return ()
    kept: list[str] = []
    for part, _ in parts:
        kept = [*kept, part] if part else []
    return tuple("/".join(filter(None, (*kept, year))) for year in years if kept or year)


def _years(part: str) -> tuple[str, ...]:
    if part.isdecimal() and len(part) == 4:
        return (part,)
    return (f"19{part}", f"20{part}") if part.isdecimal() and len(part) == 2 else ()
