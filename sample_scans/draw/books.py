"""Which books are drawn, and what is special about each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sample_scans.draw import places
from sample_scans.draw.events import Event
from sample_scans.draw.fields import Ways, Written
from sample_scans.draw.places import Town


@dataclass(frozen=True, slots=True)
class BookPlan:
    """A book: its form, its town, entries on each page, hands, paper, how it was taken, and what befell it."""

    name: str
    record: str
    form_id: str
    town: Town
    year: int
    entries: tuple[int, ...]
    files: tuple[str, ...]
    hands: tuple[str, ...]
    """The last one writes the notes."""
    paper: str
    ways: Ways
    style: str = "flat"
    number: str = "01"
    first_number: int = 1
    first_page: int = 1
    skews: tuple[float, ...] = ()
    lid: int = 236
    ruling_slip: float = 0.0
    change_of_hand: int = 99
    """The entry of a page after which another hand goes on."""
    half_seals: bool = True
    seals: dict[int, tuple[tuple[float, float], ...]] = field(default_factory=dict)
    """Further seals by page, at form millimetres."""
    turns: dict[int, int] = field(default_factory=dict)
    """Quarter turns against the clock by page; EXIF turns them back."""
    struck: dict[tuple[int, str], str] = field(default_factory=dict)
    """What was first written, by entry number and field."""
    spoiled: frozenset[tuple[int, str]] = frozenset()
    """Values nobody can read any more."""
    empty: frozenset[tuple[int, str]] = frozenset()
    """Values that were never filled in."""
    notes: dict[int, str] = field(default_factory=dict)
    peoples: dict[int, str] = field(default_factory=dict)
    names: dict[tuple[int, str], tuple[str, str]] = field(default_factory=dict)
    """Name and sex given by entry number and person."""

    def told(self, event: Event) -> Event:
        """The event with the names and the note that this plan wants."""
        people = dict(event.people)
        for (number, role), (name, sex) in self.names.items():
            if number == event.number and role in people:
                people[role] = replace(people[role], name=name, sex=sex)
        return replace(event, people=people, note=self.notes.get(event.number, event.note))

    def changed(self, number: int, field_id: str, value: Written) -> Written:
        """The value with what befell it."""
        key = (number, field_id)
        if key in self.empty:
            return Written("", "", state="blank")
        if value.state != "value":
            return value
        if key in self.spoiled:
            return replace(value, state="unreadable")
        return replace(value, struck=self.struck.get(key, ""))


PLANS: tuple[BookPlan, ...] = (
    BookPlan(
        "ks-1984-yen-trach", "KS", "KS-1961", places.Y_YEN, 1984, (7, 6),
        ("Sổ khai sinh 1984 – tờ 01.jpg", "Sổ khai sinh 1984 – tờ 02.jpg"),
        ("hand-1", "hand-2", "hand-7"), "cheap", Ways("old", ("slash", "short", "dash")),
        skews=(1.6, -0.9), ruling_slip=0.8, change_of_hand=4, seals={0: ((386, 250),), 1: ((384, 190),)},
        struck={(3, "nksNgaySinh"): "5/4/83"}, spoiled=frozenset({(6, "nycHoTen")}),
        notes={2: "Cải chính năm sinh theo QĐ số 14/QĐ-UB ngày 6/9/2001"},
    ),
    BookPlan(
        "ks-2001-ea-drong-tul", "KS", "KS-1999", places.CU_MGAR, 2001, (2, 2), ("trang-01.jpg", "trang-02.jpg"),
        ("hand-4", "hand-10"), "straw", Ways("middle", ("slash", "padded")), skews=(-1.2, 0.7),
        peoples={1: "Ê Đê", 2: "Ê Đê", 3: "Kinh"},
        names={
            (1, "nks"): ("Y Moan Êban", "M"), (1, "me"): ("H'Loan Êban", "F"),
            (2, "nks"): ("H'Hen Niê", "F"), (2, "me"): ("H'Bia Niê", "F"),
        },
    ),
    BookPlan(
        "ks-2009-le-hong-thuong", "KS", "KS-2006", places.HAI_DUONG, 2009, (1, 1, 1),
        ("IMG_0412.jpg", "IMG_0413.jpg", "IMG_0414.jpg"),
        ("hand-3", "hand-8"), "office", Ways("new", ("padded", "slash")), style="photo", turns={1: 1},
    ),
)
