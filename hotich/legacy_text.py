"""Vietnamese text from before Unicode: TCVN3, VNI Windows, VPS and VISCII, as letters that a sheet shows for its bytes.

A cell keyed in such a font holds bytes, and every program without the font shows them as letters of Windows-1252
("NguyÔn V¨n ¸nh"). Sources: TCVN 5712:1993 (set VN3), RFC 1456 (VISCII), the code pages of VNI and VPS.
"""

from __future__ import annotations

import tomllib
from enum import StrEnum
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Final

import msgspec

from hotich.letters import TONE_MARKS, nfc


class Encoding(StrEnum):
    """How the letters of a text are meant. UNICODE stays as it is; UTF8 is Unicode that was opened the wrong way."""

    UNICODE = "unicode"
    TCVN3 = "tcvn3"
    TCVN3_CAPITALS = "tcvn3-capitals"
    """TCVN3 in a font of capitals (.VnTimeH): all letters are meant as capitals."""
    VNI = "vni"
    VPS = "vps"
    VISCII = "viscii"
    UTF8 = "utf8"


TABLES: Final = {
    Encoding.TCVN3: "tcvn3",
    Encoding.TCVN3_CAPITALS: "tcvn3",
    Encoding.VNI: "vni",
    Encoding.VPS: "vps",
    Encoding.VISCII: "viscii",
}
_TONES: Final = ("", *TONE_MARKS)


def as_letters(data: bytes) -> str:
    """The bytes as a sheet shows them: Windows-1252, the five bytes that it leaves open as control characters."""
    return "".join(_LETTER_OF[byte] for byte in data)


def as_bytes(text: str) -> bytes | None:
    """The bytes behind such letters, or None where a letter stands for no byte: that text is Unicode already."""
    codes = [_BYTE_OF.get(letter, -1) for letter in text]
    return None if -1 in codes else bytes(codes)


def _letter(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_LETTER_OF: Final = tuple(_letter(byte) for byte in range(256))
# Latin-1 too: some programs show 0x80 to 0x9F as control characters where others show € and its neighbours.
_BYTE_OF: Final = {chr(byte): byte for byte in range(256)} | {letter: byte for byte, letter in enumerate(_LETTER_OF)}


class Table(msgspec.Struct, frozen=True):
    """Unicode letters by their codes as bytes, and the codes by letters; `longest` is the longest code."""

    title: str
    title_en: str
    letters: dict[bytes, str]
    codes: dict[str, bytes]
    longest: int


@cache
def table_of(encoding: Encoding) -> Table:
    """The letters of one encoding. Raises KeyError for those of Unicode."""
    return _tables()[TABLES[encoding]]


@cache
def _tables() -> dict[str, Table]:
    text = (resources.files("hotich") / "legacy_text.toml").read_text(encoding="utf-8")
    return {name: _table(rows) for name, rows in tomllib.loads(text).items()}


def _table(rows: dict[str, str]) -> Table:
    codes: dict[str, bytes] = {}
    for row in (*rows["small"].strip().splitlines(), *rows["capital"].strip().splitlines()):
        base, *places = row.split()
        for tone, place in zip(_TONES, places, strict=False):
            if place not in ".-":
                codes[nfc(base + tone)] = b"".join(_piece(piece) for piece in place.split("+"))
    letters = {code: letter for letter, code in codes.items()}
    for letter, code in codes.items():
        if len(code) > 1:
            # The mark after a capital is sometimes the small one, and the other way round; the fonts show both.
            letters.setdefault(code[:1] + _other_case(code[1:]), letter)
    return Table(rows["title"], rows["title_en"], letters, codes, max(map(len, letters)))


def _piece(text: str) -> bytes:
    return text.encode("ascii") if len(text) == 1 else bytes([int(text, 16)])


def _other_case(mark: bytes) -> bytes:
    """The mark of the other case: 32 places up or down in Latin-1."""
    return bytes(byte ^ 0x20 for byte in mark)


def to_unicode(text: str, encoding: Encoding) -> str:
    """The text in Unicode NFC. What the encoding has no letter for stays as it is, and so does Unicode already."""
    data = as_bytes(text) if encoding is not Encoding.UNICODE else None
    if data is None:
        return nfc(text)
    if encoding is Encoding.UTF8:
        return _mended(data, text)
    decoded = nfc(_decoded(data, text, table_of(encoding)))
    if encoding is Encoding.TCVN3_CAPITALS or (encoding is Encoding.TCVN3 and _is_in_capitals(decoded)):
        return nfc(decoded.upper())
    return decoded


def _mended(data: bytes, text: str) -> str:
    try:
        return nfc(data.decode("utf-8"))
    except UnicodeDecodeError:
        return nfc(text)


def _decoded(data: bytes, text: str, table: Table) -> str:
    found: list[str] = []
    place = 0
    while place < len(data):
        for length in range(table.longest, 0, -1):
            letter = table.letters.get(data[place : place + length])
            if letter is not None and len(data) - place >= length:
                found.append(letter)
                place += length
                break
        else:
            found.append(text[place])
            place += 1
    return "".join(found)


def _is_in_capitals(text: str) -> bool:
    """Whether all letters that TCVN3 has as capitals are capitals, at least two of them side by side in one word.

    Its small letters with tones are then meant as capitals too: there are no others.
    """
    have_capitals = table_of(Encoding.TCVN3).codes
    plain = [letter for letter in text if letter.isalpha() and (letter.isascii() or letter.upper() in have_capitals)]
    if any(letter.islower() for letter in plain):
        return False
    return any(a.isupper() and b.isupper() for a, b in pairwise(text))


def raise_initials(name: str) -> str:
    """The name with a capital where TCVN3 had none to begin a word with: Nguyễn ánh becomes Nguyễn Ánh.

    Only where another word of the name begins with a capital; for names of people that came out of TCVN3.
    """
    have_capitals = table_of(Encoding.TCVN3).codes
    words = name.split(" ")
    if not any(word[:1].isupper() for word in words):
        return name
    return " ".join(
        word if not word or word[0].isascii() or word[0].upper() in have_capitals else word[0].upper() + word[1:]
        for word in words
    )


def from_unicode(text: str, encoding: Encoding) -> str:
    """The text as a sheet would show it in that encoding.

    Raises ValueError naming a Vietnamese letter that the encoding lacks; TCVN3 writes capitals with tones as small
    letters, in capitals the reader is told by the font.
    """
    composed = nfc(text)
    if encoding is Encoding.UNICODE:
        return composed
    if encoding is Encoding.UTF8:
        return as_letters(composed.encode("utf-8"))
    table = table_of(encoding)
    return "".join(_encoded(letter, encoding, table) for letter in composed)


def _encoded(letter: str, encoding: Encoding, table: Table) -> str:
    code = table.codes.get(letter)
    if code is None and TABLES[encoding] == "tcvn3":
        code = table.codes.get(letter.lower())
    if code is not None:
        return as_letters(code)
    if letter in _BYTE_OF and bytes([_BYTE_OF[letter]]) not in table.letters:
        return letter
    raise ValueError(letter)
