"""Communes, districts and provinces: which of them a register of some place and year is likely to name.

The list holds the units that were valid until June 2025 (from `vietnamadminunits`, MIT licence, by `tools/units.py`)
and the provinces of earlier years (`places/provinces.toml`). It never says that a place does not exist: thousands of
communes were merged or renamed, so an unknown one is a place like any other.
"""

from __future__ import annotations

import gzip
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from hotich.text import fold, nfc, squeeze

KINDS: Final = {
    "xã": "x.",
    "phường": "p.",
    "thị trấn": "tt.",
    "huyện": "h.",
    "quận": "q.",
    "thị xã": "tx.",
    "thành phố": "tp.",
    "tỉnh": "t.",
}
"""The kinds of units and how registers shorten them."""

OFFICE: Final = ("ủy ban nhân dân", "uỷ ban nhân dân", "ubnd", "ubhc")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its kind in small letters ('' where it is not said) and its name."""

    kind: str
    name: str

    @property
    def whole(self) -> str:
        """`xã Yên Khánh`."""
        return f"{self.kind} {self.name}".strip()

    @property
    def short(self) -> str:
        """`x. Yên Khánh`."""
        return f"{KINDS.get(self.kind, '')} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class District:
    """A district with the province and the communes it had in 2024."""

    province: Unit
    unit: Unit
    communes: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class FormerProvince:
    """A province of earlier years: the first and last year, and the names of the units of 2024 on its land."""

    unit: Unit
    first: int
    last: int
    today: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies around an office: its own units from the commune up, other communes, districts and provinces."""

    own: tuple[Unit, ...] = ()
    communes: tuple[Unit, ...] = ()
    districts: tuple[Unit, ...] = ()
    provinces: tuple[Unit, ...] = ()


def unit_of(text: str) -> Unit:
    """`Huyện Ý Yên` as kind and name; `Ý Yên` has no kind. Both the words of a kind and its short form are known."""
    written = squeeze(nfc(text)).strip(" .,;")
    lowered = written.casefold()
    for word, short in KINDS.items():
        for beginning in (f"{word} ", f"{short} ", short):
            if lowered.startswith(beginning) and len(written) > len(beginning):
                return Unit(word, written[len(beginning) :].strip())
    return Unit("", written)


def units_of(place: str) -> tuple[Unit, ...]:
    """`UBND xã Yên Trạch, huyện Ý Yên` as units from the smallest up; () for nothing."""
    written = squeeze(nfc(place))
    for office in OFFICE:
        if f"{written.casefold()} ".startswith(f"{office} "):
            written = written[len(office) :].strip()
    return tuple(unit for unit in map(unit_of, written.split(",")) if unit.name)


def around(place: str, year: int) -> Surroundings:
    """The units that a register kept there in that year is likely to name; only the office's own where it is unknown.

    `place` is what the cover says, from the commune up. The province of another era leads to those of 2024 on its land.
    """
    own = units_of(place)
    if len(own) < 2:
        return Surroundings(own, provinces=provinces_in(year))
    today = _today(own[-1]) if len(own) > 2 else ()
    near = [d for d in districts() if not today or fold(d.province.name) in today]
    here = [d for d in near if fold(d.unit.name) == fold(own[1].name)]
    communes = tuple(commune for district in here for commune in district.communes)
    return Surroundings(own, communes, tuple(d.unit for d in near) if today else (), provinces_in(year))


def provinces_in(year: int) -> tuple[Unit, ...]:
    """The provinces and cities of that year: those of 2024 that no other contained then, and those of the time."""
    then = [former for former in former_provinces() if former.first <= year <= former.last]
    contained = {name for former in then for name in former.today} - {fold(former.unit.name) for former in then}
    # Hà Nội, Cần Thơ and Đà Nẵng were named beside the province that held a part of their land.
    units = dict.fromkeys(d.province for d in districts())
    today = (unit for unit in units if unit.kind == "thành phố" or fold(unit.name) not in contained)
    return tuple(dict.fromkeys((*today, *(former.unit for former in then))))


def _today(province: Unit) -> frozenset[str]:
    """The folded names of the provinces of 2024 that a province of any year may have become."""
    name = fold(province.name)
    found = {other for former in former_provinces() if fold(former.unit.name) == name for other in former.today}
    return frozenset(found | {name})


@cache
def districts() -> tuple[District, ...]:
    """Every district of 2024."""
    file = files("hotich.forms") / "places" / "units.tsv.gz"
    return tuple(_districts(gzip.decompress(file.read_bytes()).decode("utf-8")))


def _districts(text: str) -> Iterator[District]:
    for line in text.splitlines():
        province, district, *communes = line.split("\t")
        yield District(unit_of(province), unit_of(district), tuple(map(unit_of, communes)))


@cache
def former_provinces() -> tuple[FormerProvince, ...]:
    """Every province of earlier years, once for each time that it existed."""
    file = files("hotich.forms") / "places" / "provinces.toml"
    told = tomllib.loads(file.read_text(encoding="utf-8"))["former"]
    return tuple(
        FormerProvince(
            unit_of(each["name"]), each["from"], each["to"], tuple(fold(unit_of(u).name) for u in each["today"])
        )
        for each in told
    )
