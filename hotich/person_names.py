"""Names of people: capitals, parts, and what an abbreviation may stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, product
from typing import Final

from hotich.letters import fold, nfc, squeeze

_APOSTROPHES: Final = "'’ʼ`‘"
_SEGMENT: Final = re.compile(rf"[^\s\-–‐‑{_APOSTROPHES}]+|\s+|[\-–‐‑{_APOSTROPHES}]")
_JOINERS: Final = frozenset("-–‐‑" + _APOSTROPHES)
_MAX_SUGGESTIONS: Final = 8


def _recase(letter: str, upper: bool) -> str:
    """Return the letter in the wanted case, unchanged where Unicode would make it another letter or several."""
    changed = letter.upper() if upper else letter.lower()
    return changed if len(changed) == 1 and changed.casefold() == letter.casefold() else letter


def _small(segment: str) -> str:
    return "".join(_recase(letter, upper=False) for letter in segment)


def _capital(segment: str) -> str:
    small = _small(segment)
    for place, letter in enumerate(small):
        if letter.isalnum():
            return small[:place] + _recase(letter, upper=True) + small[place + 1 :]
    return small


def _case_word(parts: list[str]) -> str:
    """Return one word, given as segments and the hyphens or apostrophes between them, with its capitals.

    H'Hen and K'Brơi take a capital after a one-letter prefix. After any other joiner the writer's choice stays
    (Ra-đê, Ka-Đơn), except that a word all in capitals gives none away.
    """
    shouting = "".join(parts).isupper() and any(sum(map(str.isupper, part)) > 1 for part in parts)
    cased: list[str] = []
    for place, part in enumerate(parts):
        after_prefix = place >= 2 and parts[place - 1] in _APOSTROPHES and len(parts[place - 2]) == 1
        kept = place > 0 and not shouting and part[0].isupper()
        first = not any(other not in _JOINERS for other in parts[:place])
        cased.append(_capital(part) if first or after_prefix or kept else _small(part))
    return "".join(cased)


def name_case(text: str) -> str:
    """Return the name (NFC) in title case; only the case of letters changes.

    Forms of the ethnic groups stay lawful: Y Moan Êban, H'Hen Niê, K'Brơi, Ka Să Hdương, Ra-đê.
    """
    words: list[list[str]] = [[]]
    for part in _SEGMENT.findall(nfc(text)):
        if part.isspace():
            words.extend(([part], []))
        else:
            words[-1].append(part)
    return nfc("".join(_case_word(word) if word else "" for word in words))


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in parts. Any part may be ""; `middle` holds the đệm, or the marker Y, H', Ka of an ethnic name."""

    surname: str
    middle: str
    given: str


_LONG_SURNAMES: Final = frozenset({"ton that", "ton nu", "au duong", "tu ma", "gia cat", "thuong quan", "hoang phu"})
_MARKERS_BEFORE_GIVEN: Final = frozenset({"y", "h", "h'"})  # Ê Đê, Mnông: marker, given name, then the family name
_MARKERS_ALONE: Final = frozenset({"ka", "k", "k'"})  # Cơ Ho: marker and name, as a rule without a family name


def is_same_name(one: str, other: str) -> bool:
    """Whether two names differ in nothing but capitals, spaces and how letters are stored; marks make other names."""
    return _name_key(one) == _name_key(other)


def _name_key(name: str) -> str:
    return squeeze(nfc(name)).casefold()


def split_person_name(text: str) -> PersonName:
    """Return surname, middle and given name of a full name, as written (NFC, single spaces).

    Vietnamese order is surname first. Names beginning with Y or H' end in the family name; one word is a given name.
    """
    words = squeeze(text).split(" ")
    if len(words) == 1:
        return PersonName("", "", words[0])
    marker = words[0].lower().replace("’", "'")
    if marker in _MARKERS_BEFORE_GIVEN:
        return _marked_name(words)
    if marker in _MARKERS_ALONE:
        return PersonName("", words[0], " ".join(words[1:]))
    if marker.startswith("h'"):
        return PersonName(" ".join(words[1:]), "", words[0])
    length = 2 if len(words) > 2 and fold(" ".join(words[:2])) in _LONG_SURNAMES else 1
    return PersonName(" ".join(words[:length]), " ".join(words[length:-1]), words[-1])


def _marked_name(words: list[str]) -> PersonName:
    if len(words) == 2:
        return PersonName("", words[0], words[1])
    return PersonName(" ".join(words[2:]), words[0], words[1])


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What an abbreviation may stand for: the whole text written out, and the kind of word it is (in Vietnamese)."""

    text: str
    meaning: str


_WHOLE: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "sn": (("sinh năm", "cách ghi"),),
    "lr": (("làm ruộng", "nghề nghiệp"),),
    "cn": (("công nhân", "nghề nghiệp"),),
    "cb": (("cán bộ", "nghề nghiệp"),),
    "bđ": (("bộ đội", "nghề nghiệp"),),
    "gv": (("giáo viên", "nghề nghiệp"),),
    "bb": (("buôn bán", "nghề nghiệp"),),
    "nt": (("như trên", "dấu lặp lại"), ("nội trợ", "nghề nghiệp")),
    "bv": (("bệnh viện", "nơi chốn"),),
    "tyt": (("trạm y tế", "nơi chốn"),),
    "tx": (("thị xã", "nơi chốn"), ("trạm xá", "nơi chốn")),
    "nhs": (("nhà hộ sinh", "nơi chốn"),),
    "tp": (("thành phố", "nơi chốn"),),
    "tt": (("thị trấn", "nơi chốn"),),
    "kp": (("khu phố", "nơi chốn"),),
    "ct": (("Chủ tịch", "chức vụ"),),
    "pct": (("Phó Chủ tịch", "chức vụ"),),
    "tm": (("Thay mặt", "thể thức ký"),),
    "kt": (("Ký thay", "thể thức ký"),),
    "ca": (("Công an", "cơ quan"),),
    "ubnd": (("Ủy ban nhân dân", "cơ quan"),),
    "ubhc": (("Ủy ban hành chính", "cơ quan"),),
    "vn": (("Việt Nam", "quốc tịch"),),
    "cmnd": (("Chứng minh nhân dân", "giấy tờ"),),
    "hk": (("hộ khẩu", "giấy tờ"),),
    "k rõ": (("không rõ", "cách ghi"),),
    "0 rõ": (("không rõ", "cách ghi"),),
}
_SURNAMES: Final[dict[str, tuple[str, ...]]] = {
    "ng": ("Nguyễn",),
    "ngˆ": ("Nguyễn",),
    "ng^": ("Nguyễn",),
    "nguyên": ("Nguyễn",),
    "tr": ("Trần", "Trương"),
    "trg": ("Trương", "Trần"),
    "ph": ("Phạm", "Phan"),
    "đ": ("Đặng", "Đỗ", "Đinh"),
    "h": ("Hoàng", "Huỳnh", "Hồ"),
    "l": ("Lê",),
    "v": ("Vũ", "Võ"),
    "b": ("Bùi",),
}
_MIDDLES: Final[dict[str, tuple[str, ...]]] = {"v": ("Văn",), "th": ("Thị",), "t": ("Thị",)}


def _abbreviation(word: str) -> str:
    return word.casefold().rstrip(".:")


def _word_choices(words: list[str]) -> list[tuple[str, ...]]:
    """Return for every word of a name what it may stand for; a word that is no abbreviation stands for itself."""
    choices: list[tuple[str, ...]] = []
    for place, word in enumerate(words):
        table = _SURNAMES if place == 0 else _MIDDLES
        is_last_of_many = place > 0 and place == len(words) - 1
        short = word.endswith(".") or _abbreviation(word) in ("ng", "ngˆ", "ng^", "nguyên", "trg", "th")
        choices.append(table.get(_abbreviation(word), (word,)) if short and not is_last_of_many else (word,))
    return choices


def expand_suggestions(text: str) -> tuple[Suggestion, ...]:
    """Return what an abbreviated text may stand for, likeliest first, at most eight; () when nothing is known.

    Only ever suggestions: the caller shows them, a person chooses. `Tr.` is Trần or Trương, and the book decides.
    """
    written = squeeze(text)
    whole = _WHOLE.get(written.casefold().replace(".", " ").strip().replace("  ", " "), ())
    found = [Suggestion(full, meaning) for full, meaning in whole]
    readings = islice(product(*_word_choices(written.split(" "))), _MAX_SUGGESTIONS)
    found.extend(Suggestion(" ".join(words), "họ tên") for words in readings if " ".join(words) != written)
    return tuple(found[:_MAX_SUGGESTIONS])
