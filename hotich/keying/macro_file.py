"""The file of short codes, which is UniKey's: `ukmacro.txt`, one `code:text` a line, with or without its first line."""

from __future__ import annotations

import codecs
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hotich.errors import InputError, SetupError
from hotich.keying.macros import MacroTable, check, own_codes
from hotich.letters import nfc

_FIRST_LINE: Final = re.compile(r"[;#\s]*DO NOT DELETE THIS LINE.*")
_WRITTEN_FIRST: Final = "DO NOT DELETE THIS LINE*** version=1 ***"
_VIQR: Final = re.compile(r"[aeo]\^[`'?~.]?|[ou]\+[`'?~.]?|a\([`'?~.]?|dd\b|[aeiouy][`~](?:\s|$)", re.IGNORECASE)
MAX_BYTES: Final = 2_000_000


@dataclass(frozen=True, slots=True)
class SkippedLine:
    """A line that holds no short code: its number from 1, and the key of the sentence that says why."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReadCodes:
    """The codes of a file and the lines that were passed over; of a code that comes twice the last one counts."""

    table: MacroTable
    skipped: tuple[SkippedLine, ...]


def read_codes(data: bytes, name: str) -> ReadCodes:
    """Return the short codes of a file of that name.

    Takes UTF-8 and UTF-16 (with its mark). Raises InputError for older encodings, whose letters cannot be told for
    sure, and for files that are too large.
    """
    if len(data) > MAX_BYTES:
        raise InputError("short-codes-too-large", name=name)
    lines = nfc(_decoded(data, name)).splitlines()
    has_first = bool(lines) and _FIRST_LINE.fullmatch(lines[0]) is not None
    if not has_first and any(_VIQR.search(line.partition(":")[2]) for line in lines if line.isascii()):
        raise InputError("short-codes-encoding", name=name)
    table, skipped = MacroTable(), []
    for number, line in enumerate(lines[1:] if has_first else lines, start=2 if has_first else 1):
        code, colon, text = line.partition(":")
        if not line.strip():
            continue
        wrong = check(code.strip(), text) if colon else "short-code-no-colon"
        if wrong:
            skipped.append(SkippedLine(number, wrong))
        else:
            table = table.with_code(code.strip(), text)
    return ReadCodes(table, tuple(skipped))


def _decoded(data: bytes, name: str) -> str:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("short-codes-encoding", name=name) from None
    if "\0" in text:
        raise InputError("short-codes-encoding", name=name)
    return text


def written_codes(table: MacroTable) -> bytes:
    """Return the file of a table, as UniKey reads it: UTF-8 with its mark, CRLF."""
    lines = [_WRITTEN_FIRST, *(f"{entry.code}:{entry.text}" for entry in table.codes)]
    return codecs.BOM_UTF8 + "".join(f"{line}\r\n" for line in lines).encode()


def load_codes(file: Path) -> MacroTable:
    """Return the clerk's table; the codes that come along while there is no file, or one that cannot be read."""
    try:
        return read_codes(file.read_bytes(), file.name).table
    except (OSError, InputError):
        return own_codes()


def save_codes(file: Path, table: MacroTable) -> None:
    """Write the clerk's table, whole or not at all. Raises SetupError when the disk refuses."""
    half = file.with_name(file.name + ".half")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        half.write_bytes(written_codes(table))
        os.replace(half, file)
    except OSError as error:
        raise SetupError("short-codes-not-saved", path=str(file), reason=error.strerror or str(error)) from error
