"""Names of people: a surname whose marks were misread is offered with the marks that surnames have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hotich.ocr.candidates import INK, LEXICON, Candidate
from hotich.text import fold

SURNAMES: Final = (
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Trương Đinh Trịnh Đoàn Lương Đào Lưu Triệu "
    "Phùng Đàm Tạ Vương Quách Tô"
).split()
"""Common surnames that no other common surname is like but for its marks."""

MIDDLE: Final = "Thị"

SURER: Final = -0.4
"""What a surname's own marks cost against marks that no surname has (log units): a little likelier, still in doubt."""

_BY_FOLDED: Final = {fold(surname): surname for surname in SURNAMES}
_KNOWN: Final = frozenset(surname.casefold() for surname in SURNAMES) | {"lệ", "lễ", "hố", "hộ", "lỷ", "tà"}


def name_candidates(text: str) -> Iterator[Candidate]:
    """The name as read, and with the marks of a common surname and of Thị where the ink's marks make neither."""
    yield Candidate(text, text, 0.0, INK)
    words = text.split(" ")
    if len(words) < 2:
        return
    mended = list(words)
    surname = _BY_FOLDED.get(fold(words[0]))
    if surname is not None and words[0].casefold() not in _KNOWN:
        mended[0] = _in_case_of(words[0], surname)
    if len(words) > 2 and words[1].casefold() == "thi":
        mended[1] = _in_case_of(words[1], MIDDLE)
    if mended != words:
        yield Candidate(" ".join(mended), " ".join(mended), SURER, LEXICON)


def _in_case_of(written: str, word: str) -> str:
    if written.isupper():
        return word.upper()
    return word.lower() if written.islower() else word
