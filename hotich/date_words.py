"""Numbers from 0 to 9999 in Vietnamese words, as registers spell the parts of a date: reading and writing them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hotich.letters import unmark

_UNITS: Final = {
    "khong": 0,
    "mot": 1,  # một and mốt
    "hai": 2,
    "ba": 3,
    "bon": 4,
    "tu": 4,
    "nam": 5,
    "lam": 5,
    "nham": 5,
    "sau": 6,
    "bay": 7,  # bảy and bẩy
    "tam": 8,
    "chin": 9,
}
_TEN: Final = "muoi"  # mười (ten) and mươi (times ten)
_SHORT_TWENTY: Final = "ham"
_ZERO_TEN: Final = frozenset({"linh", "le"})
THOUSAND: Final = frozenset({"nghin", "ngan"})
HUNDRED: Final = "tram"


def parse_number(text: str) -> int | None:
    """Return the number 0..9999 that the words say, None when they say none. Marks and case do not matter.

    Accepts tư/bốn, lăm/nhăm/năm, mốt/một, bảy/bẩy, linh/lẻ, nghìn/ngàn, hăm, tens without mươi (tám hai)
    and digit by digit (một chín tám tư).
    """
    return parse_number_words(unmark(text).split())


def parse_number_words(words: Sequence[str]) -> int | None:
    """Return the number of words without marks, None when they say none; `năm` counts as five here."""
    for place, word in enumerate(words):
        if word in THOUSAND:
            return _with_thousands(words[:place], words[place + 1 :])
    if HUNDRED in words:
        return _hundreds(words)
    if len(words) == 4:
        return _digit_by_digit(words)
    return _tens(words)


def _with_thousands(before: Sequence[str], after: Sequence[str]) -> int | None:
    thousands = 1 if not before else _unit(before)
    if thousands is None:
        return None
    if thousands == 2 and len(after) == 1 and after[0] in _UNITS:
        return 2000 + _UNITS[after[0]]  # hai nghìn tám: the year 2008
    rest = _hundreds(after) if HUNDRED in after else _below_hundred(after)
    return None if rest is None else 1000 * thousands + rest


def _hundreds(words: Sequence[str]) -> int | None:
    place = list(words).index(HUNDRED)
    hundreds, rest = _unit(words[:place]), _below_hundred(words[place + 1 :])
    return None if hundreds is None or rest is None else 100 * hundreds + rest


def _below_hundred(words: Sequence[str]) -> int | None:
    """Return 0..99 after hundreds or thousands.

    A lone digit is refused: "chín trăm năm" may mean 905 or 950.
    """
    if not words:
        return 0
    if words[0] in _ZERO_TEN:
        return 10 if list(words[1:]) == [_TEN] else _unit(words[1:])
    return _tens(words) if len(words) > 1 or words[0] == _TEN else None


def _unit(words: Sequence[str]) -> int | None:
    return _UNITS.get(words[0]) if len(words) == 1 else None


def _tens(words: Sequence[str]) -> int | None:
    """Return 0..99: năm, mười lăm, hai mươi mốt, hai mốt, hăm hai."""
    if len(words) == 1:
        return 10 if words[0] == _TEN else _UNITS.get(words[0])
    if len(words) == 2:
        return _two_words(words[0], words[1])
    if len(words) == 3 and words[1] == _TEN:
        return _tens_and_unit(_UNITS.get(words[0], 0), words[2])
    return None


def _two_words(first: str, second: str) -> int | None:
    if first == _TEN:
        return _tens_and_unit(1, second)
    if first == _SHORT_TWENTY:
        return _tens_and_unit(2, second)
    tens = _UNITS.get(first, 0)
    if second == _TEN:
        return 10 * tens if tens >= 2 else None
    return _tens_and_unit(tens, second)


def _tens_and_unit(tens: int, unit: str) -> int | None:
    value = _UNITS.get(unit)
    return None if tens == 0 or value is None else 10 * tens + value


def _digit_by_digit(words: Sequence[str]) -> int | None:
    digits = [_UNITS.get(word) for word in words]
    value = 0
    for digit in digits:
        if digit is None:
            return None
        value = 10 * value + digit
    return value


@dataclass(frozen=True, slots=True)
class Spelling:
    """The choices between equal spellings of a number; the defaults are the school form."""

    four: str = "tư"  # after tens: tư, bốn
    five: str = "lăm"  # after tens: lăm, nhăm, năm
    seven: str = "bảy"  # bảy, bẩy
    thousand: str = "nghìn"  # nghìn, ngàn
    zero_ten: str = "linh"  # linh, lẻ
    zero_hundred: bool = True  # hai nghìn không trăm linh năm; False: hai nghìn linh năm
    short_twenty: bool = False  # hăm mốt
    short_tens: bool = False  # tám hai
    digit_by_digit: bool = False  # một chín tám tư, for numbers of four digits


SCHOOL: Final = Spelling()
_DIGIT_WORDS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def number_words(number: int, spelling: Spelling = SCHOOL) -> str:
    """Return the number in words, small letters, NFC. Raises ValueError outside 0..9999."""
    if not 0 <= number <= 9999:
        raise ValueError(f"{number} is not within 0..9999")
    if spelling.digit_by_digit and number >= 1000:
        return " ".join(_digit(int(digit), spelling) for digit in str(number))
    if number < 100:
        return _say_tens(number, spelling)
    thousands, below = divmod(number, 1000)
    said = [_digit(thousands, spelling), spelling.thousand] if thousands else []
    return " ".join([*said, *_say_hundreds(below, bool(thousands), spelling)])


def full_year_words(year: int, spelling: Spelling = SCHOOL) -> str:
    """Return the year 1..9999 in words that are not the short form of another: 82 is không trăm tám mươi hai."""
    if year >= 100:
        return number_words(year, spelling)
    return " ".join([_digit(0, spelling), "trăm", *_say_rest(year, spelling)])


def _digit(value: int, spelling: Spelling) -> str:
    return spelling.seven if value == 7 else _DIGIT_WORDS[value]


def _say_hundreds(below: int, after_thousand: bool, spelling: Spelling) -> list[str]:
    if below == 0:
        return []
    hundreds, rest = divmod(below, 100)
    said = [_digit(hundreds, spelling), "trăm"] if hundreds or not after_thousand or spelling.zero_hundred else []
    return [*said, *_say_rest(rest, spelling)]


def _say_rest(rest: int, spelling: Spelling) -> list[str]:
    if rest == 0:
        return []
    return [spelling.zero_ten, _digit(rest, spelling)] if rest < 10 else [_say_tens(rest, spelling)]


def _say_tens(number: int, spelling: Spelling) -> str:
    tens, unit = divmod(number, 10)
    if tens == 0:
        return _digit(unit, spelling)
    said = [*_say_ten(tens, unit, spelling), *([_say_unit(tens, unit, spelling)] if unit else [])]
    return " ".join(said)


def _say_ten(tens: int, unit: int, spelling: Spelling) -> list[str]:
    if tens == 1:
        return ["mười"]
    if tens == 2 and unit and spelling.short_twenty:
        return ["hăm"]
    return [_digit(tens, spelling)] if unit and spelling.short_tens else [_digit(tens, spelling), "mươi"]


def _say_unit(tens: int, unit: int, spelling: Spelling) -> str:
    if unit == 5:
        return spelling.five
    if tens > 1 and unit == 1:
        return "mốt"
    if tens > 1 and unit == 4:
        return spelling.four
    return _digit(unit, spelling)
