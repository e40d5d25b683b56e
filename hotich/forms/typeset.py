"""How wide printed words are, roughly: definitions are laid out without a font at hand."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

MM_PER_POINT = 25.4 / 72
LINE_SPACING = 1.18
ASCENT = 0.78
"""Share of the type size above the baseline, marks on capitals left out."""
DESCENT = 0.24

_SHARES = (
    (0.26, " '"),
    (0.3, "iIlj!.:,;|"),
    (0.43, "frtJ()/"),
    (0.54, "szkxvy"),
    (0.68, "0123456789"),
    (0.9, "mwMWOQ…☐"),
)
_SHARE = {letter: share for share, letters in _SHARES for letter in letters}
"""Width of a letter as a share of the type size, after the wider faces in use."""


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, bold: bool = False) -> float:
    """Width in millimetres of words set at `size` points, no less than common book faces take."""
    ems = sum(_ems(letter) for letter in unicodedata.normalize("NFD", text))
    return ems * size * MM_PER_POINT * (1.06 if bold else 1.0)


def _ems(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    return _SHARE.get(letter, 0.72 if letter.isupper() else 0.62)


def wrap(text: str, width: float, size: float, bold: bool = False) -> list[str]:
    """The words in lines no wider than `width` millimetres; a longer word stands alone. `\\n` forces a new line."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and text_width(longer, size, bold) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines
