"""How a hand-off is named and looks: `delivery.toml`, replaced by a workspace's own file of the same names."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from string import Formatter

import msgspec

from hotich.errors import SetupError
from hotich.values import RecordType

OWN_FILE = "ministry.toml"
"""What a workspace may keep beside its database."""

PDF_PARTS = frozenset({"type", "book_year", "book", "day", "number"})
BOOK_PARTS = frozenset({"type", "book_year", "book"})
_PREFIXES = ("adoption_prefix", "guardianship_prefix", "change_prefix")
_NO_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One choice as shipped, with its sentence."""

    value: str
    vi: str
    en: str


class Choices(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is chosen; every name is explained in `delivery.toml`."""

    pdf_name: str
    adoption_prefix: str
    guardianship_prefix: str
    change_prefix: str
    archive_name: str
    workbook_name: str
    unknown_digit: str
    practice_prefix: str
    sheet: str
    header_fill: str
    header_font: str
    cell_format: str
    kind_without_number: str
    margin_notes: str

    def prefix(self, record_type: RecordType) -> str:
        """What stands for a record type in the names of files."""
        own = {
            RecordType.ADOPTION: self.adoption_prefix,
            RecordType.GUARDIANSHIP: self.guardianship_prefix,
            RecordType.CHANGE: self.change_prefix,
        }
        return own.get(record_type, record_type.value)


@cache
def shipped_choices() -> dict[str, Choice]:
    """Every choice by name, as shipped."""
    text = (resources.files("hotich.export.ministry") / "delivery.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, Choice])


def load_choices(own_file: Path | None = None) -> Choices:
    """The shipped choices, replaced by those that the workspace's file names.

    Raises SetupError naming everything that is wrong in that file at once.
    """
    shipped = {name: choice.value for name, choice in shipped_choices().items()}
    own = _own(own_file)
    problems = [name for name, value in own.items() if name not in shipped or not isinstance(value, str)]
    chosen = shipped | {name: str(value) for name, value in own.items() if name not in problems}
    problems += _wrong(chosen)
    if problems:
        raise SetupError("ministry-choices-wrong", file=own_file, problems="; ".join(problems))
    return msgspec.convert(chosen, Choices)


def _own(own_file: Path | None) -> dict[str, object]:
    if own_file is None or not own_file.exists():
        return {}
    try:
        return tomllib.loads(own_file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SetupError("settings-unreadable", file=own_file, detail=error) from error


def _wrong(chosen: dict[str, str]) -> list[str]:
    """Names of the choices that cannot be followed, with what stands there."""
    patterns = (
        ("pdf_name", PDF_PARTS, ".pdf"),
        ("archive_name", BOOK_PARTS, ".zip"),
        ("workbook_name", BOOK_PARTS, ".xlsx"),
    )
    wrong = [name for name, parts, ending in patterns if not _lawful(chosen[name], parts, ending)]
    wrong += [] if len(chosen["unknown_digit"]) == 1 and chosen["unknown_digit"] in "0xX_" else ["unknown_digit"]
    wrong += [] if chosen["margin_notes"] in ("append", "none") else ["margin_notes"]
    wrong += [] if chosen["kind_without_number"] in ("", "0", "8") else ["kind_without_number"]
    wrong += [name for name in ("header_fill", "header_font") if not re.fullmatch("#[0-9A-Fa-f]{6}", chosen[name])]
    wrong += [] if 0 < len(chosen["sheet"]) <= 31 and not re.search(r"[\[\]:*?/\\]", chosen["sheet"]) else ["sheet"]
    wrong += [name for name in _PREFIXES if not re.fullmatch("[A-Z]{2,6}", chosen[name])]
    wrong += ["practice_prefix"] if _NO_NAME.search(chosen["practice_prefix"]) or not chosen["practice_prefix"] else []
    return [f"{name} = {chosen[name]!r}" for name in wrong]


def _lawful(pattern: str, parts: frozenset[str], ending: str) -> bool:
    """Whether a pattern names each of its parts once and makes a plain file name with that ending."""
    try:
        found = [part for _, part, _, _ in Formatter().parse(pattern) if part is not None]
    except ValueError:
        return False
    literal = "".join(text for text, _, _, _ in Formatter().parse(pattern))
    return sorted(found) == sorted(parts) and not _NO_NAME.search(literal) and literal.endswith(ending)
