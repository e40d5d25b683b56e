"""Takes off what is no writing: leader dots, rests of rules, and a printed label that reached into the crop."""

from __future__ import annotations

import re
from typing import Final

from rapidfuzz.distance import Levenshtein

from hotich.text import fold, nfc, squeeze

_LEADERS: Final = re.compile(r"(?:[._…·•]\s*){3,}|_{2,}|(?:\s[.…·•_]){2,}")
_EDGE_RULES: Final = re.compile(r"^[\s|¦_~=—–\[\]{}]+(?=\S)|(?<=\S)[\s|¦_~=—–\[\]{}]+$")
_LONE_MARKS: Final = re.compile(r"(?:(?<=\s)|^)[.,:;'`*°_|¦](?=\s|$)")

LABEL_LIKENESS: Final = 0.8
"""How like the printed label the beginning of a reading must be to be taken for it, folded letters."""


def cleaned(text: str, label: str = "") -> str:
    """The reading on one line in NFC without leaders, edge rules and the zone's own label."""
    line = squeeze(nfc(text.replace("\n", " ")))
    line = squeeze(_LEADERS.sub(" ", line))
    line = without_label(line, label)
    line = squeeze(_LONE_MARKS.sub(" ", line))
    bare = _EDGE_RULES.sub("", line)
    # A dash alone is a ditto mark.
    return squeeze(bare) if bare.strip() else line


def without_label(line: str, label: str) -> str:
    """The line without the label, or the label's end, that it begins with."""
    words = line.split()
    printed = fold(label).split()
    for start in range(len(printed)):
        part = printed[start:]
        # One short word of a label may as well be the beginning of what was written.
        if sum(map(len, part)) < 4 and not (len(printed) == 1 and ":" in label):
            break
        taken = _words_like(words, part, needs_colon=start > 0 or len(part) == 1)
        if taken:
            return " ".join(words[taken:]).lstrip(":;.- ")
    return line


def _words_like(words: list[str], printed: list[str], needs_colon: bool) -> int:
    """How many words at the beginning are those of the label; 0 when they are not."""
    count = len(printed)
    for taken in (count, count + 1, count - 1):
        head = words[:taken]
        if taken <= 0 or len(head) < taken or (needs_colon and not head[-1].endswith((":", ";"))):
            continue
        if Levenshtein.normalized_similarity(fold(" ".join(head)), " ".join(printed)) >= LABEL_LIKENESS:
            return taken
    return 0
