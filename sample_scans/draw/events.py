"""Births, deaths, marriages and adoptions as they came to the office: dates in order, ages lawful, no gaps."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

import numpy as np

from sample_scans.draw.people import (
    Date,
    Person,
    Rng,
    day_between,
    family_of,
    make_child,
    make_couple,
    make_name,
    make_person,
    pick,
    with_paper,
)
from sample_scans.draw.places import Town

CAUSES_OLD = tuple("Già yếu|Ốm già|Bệnh phổi|Sốt rét|Bệnh tim|Chết đuối|Huyết áp cao|Lao phổi|Đau bụng".split("|"))
CAUSES_NEW = tuple("Tuổi già|Ung thư phổi|Tai biến mạch máu não|Suy tim|Tai nạn giao thông|Xơ gan|Đột quỵ".split("|"))


@dataclass(frozen=True, slots=True)
class Register:
    """What all entries of a book share: the town, its year, number of the book, and the officials."""

    town: Town
    year: int
    number: str
    chairman: str
    office: str
    clerk: str
    peoples: dict[int, str]
    """The ethnic group of an entry's family, by number, where the plan wants one."""
    sexes: dict[tuple[int, str], str]
    """The sex of a person by number and role, where the plan gives the name."""

    def people_of(self, rng: Rng, number: int) -> str:
        """The ethnic group of the family of that entry."""
        return self.peoples.get(number) or pick(rng, self.town.ethnic)

    def sex_of(self, rng: Rng, number: int, role: str) -> str:
        """M or F for a person whose role leaves it open."""
        drawn = pick(rng, ("M", "F"))
        return self.sexes.get((number, role), drawn)


@dataclass(frozen=True, slots=True)
class Event:
    """An entry: running number, day of registration, code of the kind of registration, people by role, later note."""

    number: int
    registered: Date
    kind: str
    people: dict[str, Person]
    facts: dict[str, str]
    days: dict[str, Date]
    relation: str = ""
    note: str = ""


def officials(rng: Rng, town: Town) -> tuple[str, str, str]:
    """Invented names: who signs, the office of the one who signs, and the registrar."""
    people = [make_name(rng, pick(rng, ("Kinh", town.ethnic[0])), "M", 1950) for _ in range(2)]
    return people[0], pick(rng, ("Chủ tịch", "Phó Chủ tịch", "Phó chủ tịch")), people[1]


def registration_days(rng: Rng, year: int, count: int) -> list[Date]:
    """Days that do not fall back, through the first months of a year; offices close on Sundays."""
    day, days = Date(year, 1, 3), []
    for _ in range(count):
        day += datetime.timedelta(days=int(rng.integers(0, 9)))
        day += datetime.timedelta(days=1 if day.weekday() == 6 else 0)
        days.append(day)
    return days


def birth(rng: Rng, book: Register, number: int, day: Date) -> Event:
    """A birth: mostly told within the month, some late, some registered again after years."""
    town, turn = book.town, float(rng.random())
    kind = "1" if turn < 0.72 else "4" if turn < 0.88 else "2"
    limit = 28 if book.year < 1999 else 55
    late = {"1": (2, limit), "4": (75, 700), "2": (4200, 9000)}[kind]
    born = day - datetime.timedelta(days=int(rng.integers(*late)))
    mother, father = make_couple(rng, town, born, book.people_of(rng, number))
    people = {"me": mother, "cha": father}
    if kind == "1" and rng.random() < 0.12:
        people.pop("cha")
    people["nks"] = make_child(rng, mother, people.get("cha"), born, book.sex_of(rng, number, "nks"))
    who = pick(rng, [role for role in ("cha", "me", "cha") if role in people])
    people = {role: with_paper(rng, p, day, town) if role != "nks" else p for role, p in people.items()}
    people["nyc"] = people[who]
    where = f"{town.hospital}" if rng.random() < 0.6 else f"Tại nhà, {pick(rng, town.villages)}"
    if book.year >= 1999:
        where = town.hospital if rng.random() < 0.7 else f"Trạm y tế {town.kind.lower()} {town.commune}"
    relation = {"cha": "Cha", "me": "Mẹ"}[who]
    note = _birth_note(rng, kind, book)
    return Event(number, day, kind, people, {"NoiSinh": where}, {"NgaySinh": born}, relation, note)


def _birth_note(rng: Rng, kind: str, book: Register) -> str:
    if kind == "2":
        return "Đăng ký lại. Sổ cũ thất lạc"
    if kind == "4" and rng.random() < 0.7:
        return "Quá hạn"
    if rng.random() < 0.16:
        year = book.year + int(rng.integers(8, 22))
        return f"Cải chính năm sinh theo QĐ số {int(rng.integers(5, 90))}/QĐ-UB ngày {_some_day(rng)}/{year}"
    return ""


def _some_day(rng: Rng) -> str:
    return f"{int(rng.integers(1, 28))}/{int(rng.integers(1, 13))}"


def death(rng: Rng, book: Register, number: int, day: Date) -> Event:
    """A death told within two weeks, mostly of the old, with the declaring child or spouse."""
    town, late = book.town, rng.random() < 0.15
    died = day - datetime.timedelta(days=int(rng.integers(60, 400)) if late else int(rng.integers(1, 13)))
    years = int(rng.choice([3, 24, 41, 56, 63, 68, 74, 77, 81, 84, 88, 93]))
    born = day_between(rng, Date(died.year - years, 1, 1), Date(died.year - years, 12, 28))
    born = min(born, died - datetime.timedelta(days=90))
    dead = make_person(rng, town, book.sex_of(rng, number, "nkt"), born, book.people_of(rng, number))
    if years >= 20:
        dead = with_paper(rng, dead, died, town)
    declarant, relation = _declarant(rng, town, dead, died, book.sex_of(rng, number, "nyc"))
    home = rng.random() < 0.7
    facts = {
        "NoiChet": f"Tại nhà, {dead.home.split(',')[0]}" if home else town.hospital,
        "NguyenNhan": pick(rng, CAUSES_OLD if book.year < 1999 else CAUSES_NEW),
        "Gio": f"{int(rng.integers(0, 24))} giờ {int(rng.integers(0, 12)) * 5:02} phút",
        "GiayBaoTu": f"{int(rng.integers(1, 90)):02}",
        "CoQuan": town.office if home else town.hospital,
    }
    people = {"nkt": dead, "nyc": with_paper(rng, declarant, day, town)}
    note = "Quá hạn" if late else ""
    days = {"NgayChet": died, "GiayBaoTu": day_between(rng, died, day)}
    return Event(number, day, "4" if late else "1", people, facts, days, relation, note)


def _declarant(rng: Rng, town: Town, dead: Person, died: Date, sex: str) -> tuple[Person, str]:
    """Who told the death: a parent of the young, a child of the old, else the spouse or somebody of the house."""
    years = died.year - dead.born.year
    if years < 20:
        family = family_of(dead.name, dead.ethnic) if sex == "M" else ""
        born = day_between(rng, Date(dead.born.year - 36, 1, 1), Date(dead.born.year - 22, 12, 1))
        parent = make_person(rng, town, sex, born, dead.ethnic, family)
        return replace(parent, home=dead.home), "Cha" if sex == "M" else "Mẹ"
    if years >= 45 and rng.random() < 0.75:
        family = family_of(dead.name, dead.ethnic) if (dead.sex == "M") != (dead.ethnic == "Ê Đê") else ""
        born = day_between(rng, Date(dead.born.year + 20, 1, 1), Date(min(dead.born.year + 35, died.year - 19), 12, 1))
        child = make_person(rng, town, sex, born, dead.ethnic, family)
        return replace(child, home=dead.home), pick(rng, ("Con", "Con đẻ", "Con trai" if sex == "M" else "Con gái"))
    born = day_between(rng, Date(dead.born.year - 2, 1, 1), Date(dead.born.year + 3, 12, 1))
    near = replace(make_person(rng, town, sex, born, dead.ethnic), home=dead.home)
    return near, ("Vợ" if sex == "F" else "Chồng") if sex != dead.sex else "Hàng xóm"


def marriage(rng: Rng, book: Register, number: int, day: Date) -> Event:
    """A marriage of people who are old enough, now and then registered again long after."""
    town, again = book.town, book.year >= 1999 and rng.random() < 0.14
    start = day - datetime.timedelta(days=int(rng.integers(4500, 8000))) if again else day
    ethnic = book.people_of(rng, number)
    groom_born = day_between(rng, Date(start.year - 33, 1, 1), Date(start.year - 21, 12, 1))
    oldest = max(Date(start.year - 30, 1, 1), groom_born - datetime.timedelta(days=700))
    bride_born = day_between(rng, oldest, Date(start.year - 19, 12, 1))
    groom = make_person(rng, town, "M", groom_born, ethnic)
    bride = make_person(rng, town, "F", bride_born, ethnic if rng.random() < 0.75 else "Kinh")
    if rng.random() < 0.4:
        bride = replace(bride, home=f"xã {pick(rng, town.neighbours)}, {town.district}, {town.province}")
    people = {"chong": with_paper(rng, groom, day, town), "vo": with_paper(rng, bride, day, town)}
    days = {"XacLap": start}
    facts = {"LanChong": "1", "LanVo": "1"}
    if not again and rng.random() < 0.2:
        later = book.year + int(rng.integers(3, 9))
        number_then = f"{int(rng.integers(3, 80)):02}/{later}/HNGĐ-ST"
        note = f"Đã ly hôn theo Bản án số {number_then} ngày {_some_day(rng)}/{later}"
    else:
        note = "Đăng ký lại" if again else ""
    return Event(number, day, "2" if again else "1", people, facts, days, "", note)


def adoption(rng: Rng, book: Register, number: int, day: Date) -> Event:
    """A child under sixteen given by parents or kin to adopters who are twenty years older at the least."""
    town = book.town
    born = day - datetime.timedelta(days=int(rng.integers(60, 4200)))
    giver_mother, giver_father = make_couple(rng, town, born, book.people_of(rng, number))
    child = make_child(rng, giver_mother, giver_father, born, book.sex_of(rng, number, "cn"))
    mother_born = day_between(rng, Date(born.year - 44, 1, 1), Date(born.year - 26, 12, 1))
    father_born = mother_born - datetime.timedelta(days=int(rng.integers(0, 2000)))
    new_father = make_person(rng, town, "M", father_born)
    new_mother = replace(make_person(rng, town, "F", mother_born, new_father.ethnic), home=new_father.home)
    people = {"cn": child, "chaNuoi": new_father, "meNuoi": new_mother, "giaoOng": giver_father, "giaoBa": giver_mother}
    alone = float(rng.random())
    if alone < 0.18:
        people.pop("chaNuoi")
    elif alone > 0.78:
        people.pop("giaoOng")
    people = {role: with_paper(rng, p, day, town) if role != "cn" else p for role, p in people.items()}
    facts = {
        "NoiSinh": town.hospital,
        "LyDo": pick(rng, ("Gia đình hiếm con", "Không có con", "Hoàn cảnh khó khăn", "Neo đơn")),
        "QuanHe": pick(rng, ("Cha mẹ đẻ", "Mẹ đẻ")) if "giaoOng" in people else "Mẹ đẻ",
        "QuyetDinh": f"{number:02}/QĐ-UB",
    }
    return Event(number, day, "1", people, facts, {"QuyetDinh": day}, facts["QuanHe"], "")


MAKERS = {"KS": birth, "KT": death, "KH": marriage, "CN": adoption}


def make_events(rng: np.random.Generator, record: str, book: Register, first: int, count: int) -> list[Event]:
    """`count` entries of a book from number `first` on."""
    days = registration_days(rng, book.year, count)
    return [MAKERS[record](rng, book, first + k, day) for k, day in enumerate(days)]
