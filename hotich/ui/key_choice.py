"""Which keys somebody may choose for a shortcut. Knows the table and no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Final

from hotich.ui.keys import KEYS, Key, Where

_MODIFIERS: Final = ("Meta", "Ctrl", "Alt", "Shift")
_TYPING: Final = frozenset({"Space", "Tab", "Backtab", "Return", "Enter", "Backspace", "Esc", "Del", "Ins"})
_MOVING: Final = frozenset({"Left", "Right", "Up", "Down", "Home", "End"})
_LOCKS: Final = frozenset({"CapsLock", "NumLock", "ScrollLock", "Shift", "Control", "Alt", "Meta", "AltGr", "Menu"})
RESERVED: Final = frozenset(
    {
        # UniKey: on and off, its panel, its tools
        "Alt+Z",
        "Ctrl+Shift+F5",
        "Ctrl+Shift+F6",
        "Ctrl+Shift+F9",
        # ibus and fcitx5: on and off, letters by code, the emoji and clipboard lists
        "Ctrl+Space",
        "Shift+Space",
        "Meta+Space",
        "Ctrl+Shift+U",
        "Ctrl+;",
        "Ctrl+.",
        # the desktop
        "Alt+F4",
        "Alt+Tab",
        "Alt+Space",
        "Ctrl+Esc",
    }
)
"""Keys that input methods and desktops answer before any program sees them."""
PICK: Final = "pick"
_IN_CELLS: Final = frozenset({PICK, "choices"})
"""Shortcuts of the entry field that are answered in the cells of carousel and sheet as well."""
_EDITING: Final = frozenset({"Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+Backspace", "Shift+Ins", "Shift+Del"})


class KeyProblem(StrEnum):
    """Why keys cannot be chosen; also the key of a sentence."""

    TYPES = "key-types"
    """They type or edit text."""
    RESERVED = "key-reserved"
    TAKEN = "key-taken"
    DIGIT = "key-digit"
    """It takes lines by their number: its keys are a digit, 1, and what is held down beside it."""
    UNKNOWN = "key-unknown"


@dataclass(frozen=True, slots=True)
class Objection:
    """Why not, and the shortcut in the way where there is one."""

    problem: KeyProblem
    other: Key | None = None


def canonical(sequence: str) -> str:
    """Return the keys with their modifiers in one order: Shift+Ctrl+R is Ctrl+Shift+R."""
    head, plus, last = sequence.rpartition("+")
    if plus and not last:  # the plus key itself: Ctrl++
        head, last = head.rstrip("+"), "+"
    named = head.split("+") if head else []
    return "+".join([*(name for name in _MODIFIERS if name in named), last])


def objection(key_id: str, sequence: str, chosen: Mapping[str, str]) -> Objection | None:
    """Return why the shortcut cannot have these keys beside what is `chosen` for the others, None when it can."""
    entry = next(entry for entry in KEYS if entry.id == key_id)
    keys = canonical(sequence)
    if keys not in _of_its_own(entry):
        problem = _problem_of(keys)
        if problem is not None:
            return Objection(problem)
    if key_id == PICK and not _is_first_line(keys):
        return Objection(KeyProblem.DIGIT)
    wanted = _answered(key_id, keys)
    for other in KEYS:
        if (
            other.id != key_id
            and _meet(entry, other)
            and wanted & _answered(other.id, chosen.get(other.id, other.sequence))
        ):
            return Objection(KeyProblem.TAKEN, other)
    return None


def _of_its_own(entry: Key) -> frozenset[str]:
    """Keys that need not be asked: those of the table, and of others that the same field or list answers itself.

    Enter and Shift+Enter may change places. Tab stays where it is: elsewhere it leaves a field.
    """
    alike = (other for other in KEYS if entry.typed and other.typed and other.where is entry.where)
    return frozenset(canonical(other.sequence) for other in alike if other.sequence != "Tab") | {
        canonical(entry.sequence)
    }


def _is_first_line(keys: str) -> bool:
    head, _, last = keys.rpartition("+")
    return last == "1" and bool(head) and "Shift" not in head.split("+")


def _answered(key_id: str, sequence: str) -> frozenset[str]:
    """All keys that a shortcut answers: one takes a digit for each line."""
    keys = canonical(sequence)
    return frozenset(f"{keys[:-1]}{digit}" for digit in range(1, 10)) if key_id == PICK else frozenset({keys})


def _problem_of(keys: str) -> KeyProblem | None:
    *modifiers, last = [*keys[:-1].split("+"), keys[-1]] if keys.endswith("+") else keys.split("+")
    modifiers = [name for name in modifiers if name]
    if not last or last in _LOCKS:
        return KeyProblem.UNKNOWN
    if keys in RESERVED or {"Ctrl", "Alt"} <= set(modifiers):  # the right Alt key types signs on many keyboards
        return KeyProblem.RESERVED
    bare = not set(modifiers) - {"Shift"}
    if keys in _EDITING or (bare and (len(last) == 1 or last in _TYPING or last in _MOVING)):
        return KeyProblem.TYPES
    return None


def _meet(one: Key, other: Key) -> bool:
    shared = {one.where, other.where}
    in_cells = bool({one.id, other.id} & _IN_CELLS) and bool(shared & {Where.CAROUSEL, Where.SHEET})
    return len(shared) == 1 or Where.EVERYWHERE in shared or in_cells


def collisions(chosen: Mapping[str, str]) -> tuple[tuple[Key, Key], ...]:
    """Return the pairs of shortcuts that would answer the same keys on one screen."""
    return tuple(
        (one, other)
        for one, other in combinations(KEYS, 2)
        if _meet(one, other)
        if _answered(one.id, chosen.get(one.id, one.sequence))
        & _answered(other.id, chosen.get(other.id, other.sequence))
    )


def sound(saved: Mapping[str, str]) -> dict[str, str]:
    """Return what of a saved choice can be used: known shortcuts, allowed keys, no two alike.

    Where a choice has fallen out, the shortcut has the keys of the table again; what is in its way then falls out too.
    """
    known = {entry.id for entry in KEYS}
    kept = {key_id: canonical(sequence) for key_id, sequence in saved.items() if key_id in known}
    while True:
        bad = [key_id for key_id, sequence in kept.items() if objection(key_id, sequence, kept) is not None]
        if not bad:
            return kept
        del kept[bad[-1]]
