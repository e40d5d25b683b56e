"""Texts in which every mark on every vowel is about equally likely, so that a network cannot guess marks by habit.

In real names a few words make up most of the text, and a network that sees only such text learns that ẳ is really ằ.
How likely a word is belongs to the words of the beam; the network is to tell what the ink shows. Syllables here are
built from onsets and rhymes by the rules of `hotich.syllables`: a vowel and a tone are drawn evenly, then a syllable
that bears them. About one syllable in ten is kept out of training (`held_out`).
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from functools import cache

from hotich.letters import nfc
from hotich.syllables import looks_vietnamese_syllable, place_tone_new
from training.alphabet import TONES, VOWELS, writable
from training.vocabulary import Vocabulary, given_names, held_out, old_units

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split()
_MARKED = "ăâêôơư"
_MIDDLE = frozenset({"oai", "oay", "oao", "oeo", "uya", "uyu"})
_SPLIT = re.compile(f"({'|'.join(sorted(_ONSETS, key=len, reverse=True))})?(.+)")
_PLAIN_SHARE = 0.18
"""How many syllables of plain texts may bear no mark at all."""


def tone_place(rhyme: str) -> int:
    """The index of the letter of a toneless rhyme that bears the tone mark (hòa, not hoà)."""
    marked = [place for place, letter in enumerate(rhyme) if letter in _MARKED]
    if marked:
        return marked[-1]
    vowels = [place for place, letter in enumerate(rhyme) if letter in VOWELS]
    if len(vowels) < 2:
        return vowels[0]
    if rhyme in _MIDDLE or len(vowels) < len(rhyme):
        return vowels[1]
    return vowels[0]


def _rhymes() -> list[str]:
    """The rhymes of every word in the lists of names and units that is built like a syllable."""
    lists = [given_names("male"), given_names("female"), [unit.commune[1] for unit in old_units()]]
    found = set()
    for word in {word.lower() for names in lists for name in names for word in name.split()}:
        parts = _SPLIT.fullmatch(toneless(word))
        if parts and looks_vietnamese_syllable(word) and any(letter in VOWELS for letter in parts[2]):
            found.add(parts[2])
    return sorted(found)


def toneless(word: str) -> str:
    """The word without tone marks; ă, â, ê, ô, ơ, ư stay."""
    return "".join(_TONELESS.get(letter, letter) for letter in nfc(word))


_TONELESS = {nfc(vowel + tone): vowel for vowel in VOWELS for tone in TONES if tone}


@cache
def syllables(unseen: bool) -> dict[str, dict[str, list[str]]]:
    """Small-letter syllables by the letter that bears the tone, and by rhyme; those of training or the others."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for rhyme in _rhymes():
        place = tone_place(rhyme)
        for tone in TONES:
            toned = nfc(rhyme[: place + 1] + tone + rhyme[place + 1 :])
            for onset in ("", *_ONSETS):
                word = onset + toned
                if looks_vietnamese_syllable(word) and held_out(word) is unseen:
                    found[toned[place]][toned].append(word)
    return {letter: dict(rhymes) for letter, rhymes in found.items()}


class Marks:
    """Draws texts; `unseen` draws syllables that training never draws here."""

    def __init__(self, unseen: bool = False) -> None:
        self._syllables = syllables(unseen)
        self._all = {
            letter: [word for words in rhymes.values() for word in words] for letter, rhymes in self._syllables.items()
        }
        self._plain = [letter for letter in self._syllables if letter.isascii()]
        self._accented = [letter for letter in self._syllables if not letter.isascii()]
        self._words = Vocabulary(unseen)
        self._surnames = self._words.surnames

    def text(self, rng: random.Random) -> str:
        """One line as it may stand in a field."""
        kinds = (
            (self.name, 26), (self.highland, 8), (self.place, 20), (self.note, 10), (self.phrase, 9), (self.alike, 6),
            (self.date, 12), (self.ditto, 3), (self.paper, 6),
        )  # fmt: skip
        text = rng.choices([kind for kind, _ in kinds], [share for _, share in kinds])[0](rng)
        if rng.random() < 0.3:
            text = place_tone_new(text)
        return writable(nfc(text)) or "Vĩ"

    def syllable(self, rng: random.Random) -> str:
        """A syllable in small letters."""
        letters = self._plain if rng.random() < _PLAIN_SHARE else self._accented
        letter = rng.choice(letters)
        if rng.random() < 0.5:
            return rng.choice(self._all[letter])
        return rng.choice(rng.choice(list(self._syllables[letter].values())))

    def _words_of(self, rng: random.Random, least: int, most: int) -> list[str]:
        return [self.syllable(rng) for _ in range(rng.randint(least, most))]

    def _title(self, rng: random.Random, least: int, most: int) -> str:
        return " ".join(word.capitalize() for word in self._words_of(rng, least, most))

    def name(self, rng: random.Random) -> str:
        """A person's name; surnames are drawn evenly too."""
        first = rng.choice(self._surnames) if rng.random() < 0.5 else self._title(rng, 1, 1)
        middle = rng.choice(("Thị", "Văn", "", "", "", "", ""))
        name = " ".join(part for part in (first, middle, self._title(rng, 1, 3)) if part)
        return name.upper() if rng.random() < 0.2 else name

    def highland(self, rng: random.Random) -> str:
        """A name of one of the peoples whose names are built in another way."""
        own = " ".join(_other_syllable(rng).capitalize() for _ in range(rng.choice((1, 1, 2))))
        clan = "".join(_other_syllable(rng) for _ in range(rng.choice((1, 1, 2)))).capitalize()
        before = rng.choice(("H'", "H'", "H' ", "Y ", "Y ", "K'", "K' ", "Ka ", "A ", "Rơ ", "R'", ""))
        way = rng.random()
        if way < 0.55:
            name = f"{before}{own} {clan}"
        elif way < 0.75:
            name = f"{before}{own}"
        elif way < 0.85:
            name = f"{clan} {before}{own}"
        else:
            name = f"{rng.choice(self._surnames)} {own}"
        return name.upper() if rng.random() < 0.12 else name

    def place(self, rng: random.Random) -> str:
        """Units of one to three levels, with and without what they are called."""
        kinds = rng.choice(_LEVELS)
        levels = [f"{rng.choice(kind)}{self._title(rng, 1, 3)}" for kind in kinds]
        start, end = rng.choice(((0, 3), (0, 3), (0, 2), (1, 3), (0, 1), (1, 2), (2, 3)))
        between = rng.choice((", ", ", ", ", ", ", ", ",", " - ", "-", " "))
        text = between.join(level for level in levels[start:end] if level)
        return text.upper() if rng.random() < 0.08 else text

    def note(self, rng: random.Random) -> str:
        """A hospital, an office, a cause, a remark."""
        unit = f"{rng.choice(('xã', 'x.', 'huyện', 'h.', 'tỉnh', 't.', 'TX', 'TX.', 'TP', 'TP.', 'TT', 'P.'))} "
        own, small = self._title(rng, 1, 2), " ".join(self._words_of(rng, 2, 4))
        number, day, year = rng.randint(1, 190), self._day(rng), rng.randint(1960, 2015)
        return rng.choice(
            (
                f"BV {unit}{own}", f"BV {own}", f"BVĐK {unit}{own}", f"BV đa khoa {unit}{own}",
                f"bệnh viện {unit}{own}",
                f"UBND {unit}{own}", f"UBND {unit}{own}, {unit}{self._title(rng, 1, 2)}", f"UBHC {unit}{own}",
                f"TYT {unit}{own}", f"trạm y tế {unit}{own}", f"{small.capitalize()} tại {own}",
                f"{small} theo QĐ số {number}/QĐ-UB ngày {day}", f"QĐ số {number:02d} ngày {day}",
                f"{number:02d}/QĐ-UB", f"số {number}/QĐ-UB", f"Số {number}/{year}/QĐ-UBND", f"{number}/TP-HT",
                f"{small.capitalize()}", f"Do {small}", f"bệnh {small}", f"{small.capitalize()}, {small}",
            )
        )  # fmt: skip

    def phrase(self, rng: random.Random) -> str:
        """Words in small letters, sometimes with a capital in front."""
        text = " ".join(self._words_of(rng, 2, 6))
        way = rng.random()
        return text.capitalize() if way < 0.4 else text.upper() if way < 0.5 else text

    def alike(self, rng: random.Random) -> str:
        """Syllables that differ in little but their marks."""
        letter = rng.choice([*self._plain, *self._accented])
        rhyme = rng.choice(list(self._syllables[letter]))
        word = rng.choice(self._syllables[letter][rhyme])
        onset = word[: len(word) - len(rhyme)]
        bare = _bare(rhyme)
        others = [
            onset + other
            for rhymes in self._syllables.values()
            for other, words in rhymes.items()
            if _bare(other) == bare and onset + other in words
        ]
        chosen = [rng.choice(others) for _ in range(rng.randint(2, 4))]
        return " ".join(word.capitalize() if rng.random() < 0.6 else word for word in chosen)

    def _day(self, rng: random.Random) -> str:
        day, month, year = rng.randint(1, 31), rng.randint(1, 12), rng.randint(1900, 2019)
        between = rng.choice("////.-")
        if rng.random() < 0.65:
            return f"{day:02d}{between}{month:02d}{between}{year}"
        return f"{day}{between}{month}{between}{year if rng.random() < 0.7 else f'{year % 100:02d}'}"

    def date(self, rng: random.Random) -> str:
        """A date in figures."""
        way = rng.random()
        if way < 0.75:
            return self._day(rng)
        day, month, year = rng.randint(1, 31), rng.randint(1, 12), rng.randint(1900, 2019)
        whole = f"ngày {day:02d} tháng {month:02d} năm {year}"
        return rng.choice((whole, f"{month:02d}/{year}", f"{month}/{year}", f"{day} - {month} - {year}"))

    def ditto(self, rng: random.Random) -> str:
        """A mark that says: as above."""
        kind = rng.choice(("", "", "", "xã ", "họ ", "ngày "))
        return kind + rng.choice(_DITTOS)

    def paper(self, rng: random.Random) -> str:
        """Figures, and letters that look like figures beside them."""
        number, year = rng.randint(1, 480), rng.randint(1954, 2019)
        low, tall = number % 11 + 1, number % 80 + 11
        return rng.choice(
            (
                f"{number:03d}", f"{number:02d}/{year}", f"số {number:02d}/{year}", f"Số {number}, quyển {low}/{year}",
                f"{low} giờ {number % 60:02d}", f"tổ {tall}, ấp {low}", f"thôn {low}", f"trang {number}",
                f"{number:09d}", f"CMND {rng.randint(10**8, 10**9 - 1)}", f"{tall}/1 {self._title(rng, 1, 2)}",
                f"{year} ({tall} tuổi)", f"{tall} tuổi", f"lần {low}", f"con thứ {low}",
            )
        )  # fmt: skip


def _bare(rhyme: str) -> str:
    return "".join(_BARE.get(letter, letter) for letter in toneless(rhyme))


_BARE = {"ă": "a", "â": "a", "ê": "e", "ô": "o", "ơ": "o", "ư": "u"}

_LEVELS = (
    (("x. ", "x.", "x "), ("h. ", "h.", "h "), ("t. ", "t.", "t ")),
    (("x. ", "X. ", "X."), ("h. ", "H. ", "H."), ("t. ", "T. ", "T.")),
    (("xã ", "Xã "), ("huyện ", "Huyện "), ("tỉnh ", "Tỉnh ")),
    (("xã ",), ("huyện ",), ("",)),
    (("",), ("",), ("",)),
    (("phường ", "P. ", "P.", "p. "), ("quận ", "Q. ", "Q.", "TX ", "TX. "), ("TP ", "TP. ", "TP.", "Tp ")),
    (("TT ", "TT. ", "thị trấn "), ("huyện ", "h. ", "H. "), ("tỉnh ", "t. ", "")),
    (("thôn ", "ấp ", "xóm ", "bản ", "buôn ", "Bon "), ("xã ", "x. "), ("huyện ", "h. ")),
)

_DITTOS = ('"', '"', '"', '"', '" "', '" "', '-"-', '- " -', "-nt-", "- nt -", "nt", "nt", "//", "// //")

_OTHER_ONSETS = (
    "b bl br bh ch d dj dl dr đ g gr h hl hm hr j k kh kl km kp kr ks l m ml mr n ng nh nj p pl pr r rch s si sr t th "
    "tl tr v w y x"
).split()
_OTHER_VOWELS = "a a ă â e ê i o ô ơ u ư iê uô uê oa ia ươ ai ôi".split()
_OTHER_ENDS = ["", "", "", *"h h k k l l l m n n ng ng p r r t ch nh c".split()]


def _other_syllable(rng: random.Random) -> str:
    """A syllable of a highland or Khmer name as registers write it: clusters, final l, r, k, h, few tones."""
    vowel = rng.choice(_OTHER_VOWELS)
    if rng.random() < 0.15:
        vowel = nfc(vowel + rng.choice(TONES[1:]))
    return rng.choice(_OTHER_ONSETS) + vowel + rng.choice(_OTHER_ENDS)
