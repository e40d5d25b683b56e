"""Books of an invented commune: 200 records with the repetition of a real one, and what is written in every field.

People, places and events are drawn by `sample_scans.draw`. Added here is what makes a commune one: ten villages, two
who sign, one who writes, several acts a day, brothers and sisters registered together (in one record of five), and
names with as many middle and given names as real lists have.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from hotich.forms.formspec import FormSpec
from hotich.forms.loader import load_catalogue
from sample_scans.draw import places
from sample_scans.draw.events import MAKERS, Event, Register, officials
from sample_scans.draw.fields import Filler, Ways, Written
from sample_scans.draw.people import NEW, OLD, Date, Person, Rng, make_child, pick
from sample_scans.draw.places import Town

SIBLINGS_OF_A_DAY = 0.5
"""Share of births, second and later ones of a day, whose parents are those of the record above: 0.2 of all births."""
DEPUTY_SIGNS = 0.25
"""Share of office days on which the deputy signs."""
ACTS_A_DAY = 1.6
CONSTANT = 0.6
"""Share of records from which a field is worth keeping from record to record."""
MIDDLE = {
    "M": "Văn Văn Văn Văn Đình Xuân Đức Hữu Bá Ngọc Quang Minh Công Trọng Duy Thanh Mạnh Hoàng Viết Khắc".split(),
    "F": "Thị Thị Thị Thị Thị Thị Ngọc Kim Thanh Thu Minh Bích Hồng Thúy Mỹ".split(),
}
VILLAGES = {
    "KS": "thôn Phù Tải|thôn Hoành Bồ|thôn Đỗ Thượng|thôn Đỗ Hạ|thôn Thủ Pháp|thôn Chợ|thôn Mới|xóm Bến|xóm Đình|đội 7",
    "KT": "thôn Định Công|thôn Mỹ Thọ|thôn Khánh|thôn Xuân Vinh|thôn Phú Xuân|thôn Lộ Diêu|xóm 3|xóm 4|đội 1|đội 2",
    "KH": "bản Bìn|bản Hẹ|khu 3|khu 4|bản Sỏi|bản Hạ|bản Păng|bản Làng|bản Muống|bản Chanh",
    "CN": "thôn Hàng Hải|thôn Klong Trao|thôn Lăng Kú|thôn 4|thôn 5|thôn Duệ|thôn Hàng Ùng|thôn Đăng Rách|tổ 2|tổ 8",
}
TOWNS = {
    "KS": places.HAI_DUONG,
    "KT": places.BINH_DINH,
    "KH": places.QUAN_SON,
    "CN": places.DI_LINH,
}
YEARS = {"KS": 2009, "KT": 2012, "KH": 2008, "CN": 2013}
WAYS = Ways("new", ("padded", "padded", "slash"))


@dataclass(frozen=True, slots=True)
class CommuneBook:
    """A book as its cover tells it, and for each of its entries what is written in each field."""

    record: str
    form: FormSpec
    year: int
    number: str
    place: str
    province: str
    entries: tuple[dict[str, Written], ...]


def commune_book(record: str, count: int, seed: int = 1) -> CommuneBook:
    """A book of `count` records of a type (KS, KT, KH, CN) on the form of 2006; the same for the same seed."""
    rng = np.random.default_rng([seed, sorted(TOWNS).index(record)])
    town = replace(TOWNS[record], villages=tuple(VILLAGES[record].split("|")))
    chairman, office, clerk = officials(rng, town)
    deputy, _, _ = officials(rng, town)
    book = Register(town, YEARS[record], "01", chairman, office, clerk, {}, {})
    form = load_catalogue().forms[f"{record}-2006"]
    deputed = replace(book, chairman=deputy, office="Phó Chủ tịch")
    days = _days(rng, book.year, count)
    signed = {day: deputed if rng.random() < DEPUTY_SIGNS else book for day in dict.fromkeys(days)}
    entries, before = [], None
    for number, day in enumerate(days, 1):
        before = _event(rng, signed[day], number, (record, day), before)
        filler = Filler(before, signed[day], WAYS, number, rng)
        entries.append({zone.field_id: filler.fill(zone, None) for zone in form.zones})
    return CommuneBook(record, form, book.year, book.number, town.registrar, town.province, tuple(entries))


def constant_fields(book: CommuneBook) -> frozenset[str]:
    """Fields that mostly say what they say in the record above, as somebody sees who leafs through the book."""
    pairs = list(pairwise(book.entries))
    found = set()
    for zone in book.form.zones:
        same = sum(one[zone.field_id].text == other[zone.field_id].text != "" for one, other in pairs)
        if same > CONSTANT * len(pairs):
            found.add(zone.field_id)
    return frozenset(found)


def _days(rng: Rng, year: int, count: int) -> list[Date]:
    """Days that do not fall back, several acts on each."""
    step = min(330 / max(count, 1), 4.0) * ACTS_A_DAY
    day, days = Date(year, 1, 5), []
    for _ in range(count):
        if rng.random() < 1 / ACTS_A_DAY:
            day += datetime.timedelta(days=int(rng.poisson(step)))
            day += datetime.timedelta(days=1 if day.weekday() == 6 else 0)
        days.append(min(day, Date(year, 12, 28)))
    return days


def _event(rng: Rng, book: Register, number: int, what: tuple[str, Date], before: Event | None) -> Event:
    record, day = what
    same_day = record == "KS" and before is not None and before.registered == day
    if same_day and before is not None and rng.random() < SIBLINGS_OF_A_DAY:
        return _sibling(rng, before, number, book.town)
    return _named(rng, MAKERS[record](rng, book, number, day))


def _sibling(rng: Rng, before: Event, number: int, town: Town) -> Event:
    """An elder child of the same parents, registered late on the same day."""
    mother, father = before.people["me"], before.people.get("cha")
    born = before.people["nks"].born - datetime.timedelta(days=int(rng.integers(500, 1500)))
    child = _renamed(rng, make_child(rng, mother, father, born, pick(rng, ("M", "F"))))
    people = {**before.people, "nks": child}
    return replace(before, number=number, kind="4", people=people, days={"NgaySinh": born}, note="Quá hạn")


def _named(rng: Rng, event: Event) -> Event:
    """The event with names from fuller lists; who is the same person keeps one name."""
    renamed: dict[Person, Person] = {}
    for person in event.people.values():
        renamed.setdefault(person, _renamed(rng, person))
    return replace(event, people={role: renamed[person] for role, person in event.people.items()})


def _renamed(rng: Rng, person: Person) -> Person:
    """Another middle and given name for people whose names have three parts and Vietnamese middle names."""
    words = person.name.split()
    if person.ethnic in ("Ê Đê", "Cơ Ho") or len(words) < 3:
        return person
    given = [name for names in (OLD[person.sex], NEW[person.sex]) for part in names for name in part.split()[-1:]]
    return replace(person, name=f"{words[0]} {pick(rng, MIDDLE[person.sex])} {pick(rng, given)}")
