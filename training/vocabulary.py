"""What stands in registers: names, dates in figures and words, places of every era, occupations, remarks, numbers.

Lists of names and units are read from the packages `vn-fullname-generator` and `vietnamadminunits` (both MIT), the
rest from `vocabulary.toml`. Every text is invented; about one name and one commune in ten is kept out of training.
"""

from __future__ import annotations

import hashlib
import random
import sqlite3
import tomllib
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from hotich.date_words import SCHOOL, Spelling, full_year_words, number_words
from hotich.letters import nfc
from hotich.syllables import place_tone_new
from training.alphabet import writable

OWN_WORDS = Path(__file__).with_name("vocabulary.toml")
SHARE_HELD_OUT = 26 / 256


def held_out(name: str) -> bool:
    """Whether a name is kept for measuring; the same on every machine."""
    return hashlib.sha256(name.encode()).digest()[0] < SHARE_HELD_OUT * 256


@dataclass(frozen=True)
class Unit:
    """A commune with what it belongs to, each as `Huyện Ý Yên` and as `Ý Yên`."""

    commune: tuple[str, str]
    district: tuple[str, str]
    province: tuple[str, str]


@dataclass
class Vocabulary:
    """Draws texts; `unseen` draws from the names and communes that training never sees."""

    unseen: bool = False
    given: dict[str, list[str]] = field(init=False)
    surnames: list[str] = field(init=False)
    units: list[Unit] = field(init=False)

    def __post_init__(self) -> None:
        self._words = tomllib.loads(OWN_WORDS.read_text(encoding="utf-8"))
        pairs = [pair.split(":") for pair in self._words["surnames"].split()]
        self._surnames, self._shares = [name for name, _ in pairs], [float(share) for _, share in pairs]
        self.surnames = list(dict.fromkeys(self._surnames))
        self.given = {sex: self._mine(given_names(sex)) for sex in ("male", "female")}
        kept = set(self._mine([unit.commune[1] for unit in old_units()]))
        self.units = [unit for unit in old_units() if unit.commune[1] in kept]

    def _mine(self, names: list[str]) -> list[str]:
        return [name for name in names if held_out(name) is self.unseen]

    def text(self, rng: random.Random) -> str:
        """One line as it may stand in a field or across several."""
        kinds = (self.name, self.date, self.place, self.address, self.number, self.word, self.phrase)
        text = rng.choices(kinds, (26, 16, 20, 22, 5, 6, 5))[0](rng)
        if rng.random() < 0.25:
            text = place_tone_new(text)
        return writable(nfc(text)) or "Nguyễn"

    def name(self, rng: random.Random) -> str:
        """A person's name."""
        if rng.random() < 0.05:
            return str(rng.choice(self._words["highland"]))
        sex = rng.choice(("male", "female"))
        surname, given = rng.choices(self._surnames, self._shares)[0], rng.choice(self.given[sex])
        middle = rng.choice(self._words["middle"][sex].split())
        way = rng.random()
        name = f"{surname} {middle} {given.split()[-1]}" if way < 0.5 else f"{surname} {given}"
        if 0.5 <= way < 0.6:
            name = f"{surname} {middle} {given}"
        if way > 0.96:
            name = name.replace("Nguyễn", "Ng.").replace("Trần", "Tr.").replace("Văn", "V.").replace("Thị", "T.")
        return name.upper() if rng.random() < 0.12 else name

    def date(self, rng: random.Random) -> str:
        """A date or a part of one, in figures or words."""
        day, month, year = rng.randint(1, 31), rng.randint(1, 12), rng.randint(1890, 2012)
        short = f"{day:02d}/{month:02d}/{year}" if rng.random() < 0.5 else f"{day}/{month}/{year}"
        ways = (
            short.replace("/", rng.choice("/-./")),
            f"{day}/{month}/{year % 100:02d}",
            str(year),
            rng.choice(("sn ", "sinh năm ", "SN ", "")) + str(year),
            f"{rng.choice(('ngày', 'Ngày'))} {day} tháng {month} năm {year}",
            f"{day} tháng {month} năm {year}",
            f"{rng.randint(0, 23)} giờ {rng.randint(0, 59)} phút",
            f"{rng.randint(15, 95)} tuổi",
            self._in_words(rng, day, month, year),
        )
        return rng.choices(ways, (22, 4, 10, 6, 14, 6, 3, 3, 30))[0]

    def _in_words(self, rng: random.Random, day: int, month: int, year: int) -> str:
        spelling = SCHOOL if rng.random() < 0.6 else Spelling()
        day_words, year_words = number_words(day, spelling), full_year_words(year, spelling)
        month_words = "tư" if month == 4 and rng.random() < 0.6 else number_words(month, spelling)
        if rng.random() < 0.3:
            year_words = year_words.replace("nghìn", "ngàn").replace("linh", "lẻ")
        whole = rng.choices(
            (
                f"ngày {day_words} tháng {month_words}",
                f"năm {year_words}",
                year_words,
                f"{day_words} tháng {month_words}",
                f"ngày {day_words} tháng {month_words} năm {year_words}",
            ),
            (4, 2, 3, 2, 3),
        )[0]
        return whole.capitalize() if rng.random() < 0.6 else whole.title() if rng.random() < 0.1 else whole

    def place(self, rng: random.Random) -> str:
        """A commune, district or province, alone or together, as the unit of some era is called."""
        unit = rng.choice(self.units)
        form = rng.choice((0, 0, 1))
        parts = [unit.commune[form], unit.district[form], unit.province[form]]
        if rng.random() < 0.12:
            parts[2] = rng.choice(self._words["eras"])
        if form == 0:
            parts = [self._written_kind(rng, part) for part in parts]
        start, end = rng.choice(((0, 1), (0, 2), (0, 3), (0, 3), (1, 3), (1, 2), (2, 3)))
        return rng.choice((", ", ", ", ", ", " - ", " ", ",")).join(parts[start:end])

    def _written_kind(self, rng: random.Random, part: str) -> str:
        way = rng.random()
        if way < 0.35:
            return part[0].lower() + part[1:]
        if way < 0.5:
            for long, short in _SHORT_KINDS:
                part = part.replace(long, rng.choice(short))
        return part

    def address(self, rng: random.Random) -> str:
        """A home: house or village, commune, district, province."""
        unit = rng.choice(self.units)
        words, street = self._words, rng.choice([*self._words["street"], self.name(rng)])
        house, number = rng.choice(("Số ", "số ", "", "", "SN ")), rng.randint(1, 480)
        group, quarter = rng.randint(1, 30), rng.choice(("khu phố", "ấp", "khóm"))
        home = rng.choices(
            (
                f"{rng.choice(words['village'])} {rng.choice([str(rng.randint(1, 15)), *words['village_tail'][:9]])}",
                f"{rng.choice(words['village'])} {rng.choice(words['village_tail'])}",
                f"{rng.choice(words['village'])} {rng.choice(self.units).commune[1]}",
                f"{house}{number}{rng.choice(('', '', 'A', 'B', 'bis'))}"
                f"{rng.choice((' ', ' đường ', ', đường ', ' phố '))}{street}",
                f"{rng.randint(1, 900)}/{rng.randint(1, 90)}{rng.choice(('', 'A', 'C', '/7'))} {street}",
                street,
                f"{rng.choice(('Tổ', 'tổ'))} {group}, {quarter} {rng.randint(1, 9)}",
            ),
            (14, 16, 8, 16, 16, 6, 8),
        )[0]
        way = rng.random()
        commune, district = unit.commune[0], unit.district[0]
        province = unit.province[rng.random() < 0.85]
        if way < 0.2:
            return f"{home}, {self._written_kind(rng, commune)}"
        if way < 0.3:
            return f"{home}, {rng.choice(words['short_units'])}"
        if way < 0.4:
            return f"{home}, {unit.commune[1]}, {unit.district[1]}, {province}"
        if way < 0.55:
            ward = f"{rng.choice(('Phường', 'P.', 'phường'))} {rng.randint(1, 25)}"
            city_district = f"{rng.choice(('Quận', 'Q.'))} {rng.choice([str(rng.randint(1, 12)), *_CITY_DISTRICTS])}"
            return f"{home}, {ward}, {city_district}, TP Hồ Chí Minh"
        return f"{home}, {commune}, {district}, {province}"

    def number(self, rng: random.Random) -> str:
        """An entry, book, page or identity number."""
        length = rng.choice((1, 2, 2, 3, 3, 4, 9, 12))
        figures, year = "".join(rng.choice("0123456789") for _ in range(length)), rng.randint(1950, 2012)
        ways = (
            figures,
            f"{rng.randint(1, 400)}/{year}",
            f"{rng.choice(self._words['papers'])} {figures}",
            f"{rng.choice(('Số', 'số'))} {rng.randint(1, 400):03d}, quyển số {rng.randint(1, 20):02d}/{year}",
            f"{rng.randint(1, 300):02d}{rng.choice('abc')}",
        )
        return rng.choices(ways, (6, 2, 3, 1, 1))[0]

    def word(self, rng: random.Random) -> str:
        """An ethnic group, an occupation, a remark."""
        return str(rng.choice(self._words[rng.choice(("ethnic", "occupation", "remark", "remark"))]))

    def phrase(self, rng: random.Random) -> str:
        """Several words of different sort in one line."""
        parts = [rng.choice((self.name, self.word, self.date, self.word))(rng) for _ in range(rng.choice((2, 2, 3)))]
        return rng.choice((", ", " ", " - ", "; ", " (")).join(parts)


_CITY_DISTRICTS = ("Tân Bình", "Gò Vấp", "Bình Thạnh", "Tân Phú", "Phú Nhuận", "Thủ Đức")

_SHORT_KINDS = (
    ("Thành phố ", ("TP ", "TP.", "Tp. ", "T.P ")),
    ("Thị trấn ", ("TT ", "TT. ", "T.T ")),
    ("Thị xã ", ("TX ", "Tx. ")),
    ("Huyện ", ("H. ", "H.", "H ")),
    ("Phường ", ("P. ", "P.", "P ")),
    ("Quận ", ("Q. ", "Q.")),
    ("Xã ", ("X. ", "X.")),
    ("Tỉnh ", ("T. ", "tỉnh ")),
)


def _package(name: str) -> Path:
    found = find_spec(name)
    if found is None or found.origin is None:
        raise RuntimeError(f"The package {name} is not installed; see training/README.md.")
    return Path(found.origin).parent


def given_names(sex: str) -> list[str]:
    """Given names with their middle names, `male` or `female`."""
    file = _package("vn_fullname_generator") / "data" / f"{sex}.name"
    return [nfc(line.strip()) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def old_units() -> list[Unit]:
    """Every commune of the three levels that were valid until June 2025."""
    file = _package("vietnamadminunits") / "data" / "dataset.db"
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as units:
        rows = units.execute(
            "select ward, wardShort, district, districtShort, province, provinceShort from admin_units_legacy"
        )
        clean = ([nfc(value or "") for value in row] for row in rows)
        return [Unit((r[0], r[1]), (r[2], r[3]), (r[4], r[5])) for r in clean if all(r)]
