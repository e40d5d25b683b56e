"""How fields of each kind are read: the weight of words against ink, and the letters that may stand there."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from hotich.forms.formspec import FieldKind
from hotich.ocr.language import Weights

WEIGHTS: Final = ("trust", "bonus", "soften", "escape", "capital")


@dataclass(frozen=True, slots=True)
class KindReading:
    """What `kinds.toml` says of a kind; no weights where the card of the model decides."""

    weights: Weights | None = None
    book: bool = False
    without: str = ""
    only: str = ""
    phrases: tuple[str, ...] = ()

    def allows(self, letter: str) -> bool:
        """Whether the letter may stand in such a field."""
        return letter not in self.without and (not self.only or letter in self.only)


@cache
def kind_reading(kind: FieldKind) -> KindReading:
    """How fields of that kind are read."""
    told = _table().get(kind.value, {})
    return KindReading(
        Weights(**{name: told[name] for name in WEIGHTS if name in told}) if "trust" in told else None,
        bool(told.get("book", False)),
        str(told.get("without", "")),
        str(told.get("only", "")),
        (*told.get("phrases", ()), *_paired(told.get("first", ""), told.get("second", ""))),
    )


def _paired(first: str, second: str) -> Iterator[str]:
    """Each word of the first list with each of the second."""
    return (f"{one} {other}" for one in first.split() for other in second.split())


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("hotich.ocr") / "kinds.toml").read_text(encoding="utf-8"))
