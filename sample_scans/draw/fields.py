"""What the clerk wrote in each column for an event, as written and in the form of the import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from hotich.forms.formspec import Ink, Zone
from sample_scans.draw.events import Event, Register
from sample_scans.draw.people import Date, Person, Rng, pick
from sample_scans.draw.wording import ETHNIC_THEN, clock, date_in_words, full_date, numbered, written_date

SEX = {"M": ("Nam", "1"), "F": ("Nữ", "2")}
KINDS = {"1": "Đúng hạn", "2": "Đăng ký lại", "4": "Quá hạn"}
KINDS_OF_MARRIAGE = {"1": "Đăng ký lần đầu", "2": "Đăng ký lại"}
PAPERS = {"1": "CMND", "4": "CCCD"}
LEVELS = {"xã ": "x. ", "huyện ": "h. ", "tỉnh ": "t. ", "phường ": "P. ", "quận ": "Q. ", "thành phố ": "TP "}


@dataclass(frozen=True, slots=True)
class Written:
    """A value on the page: the text, its form for the import, how it got there, and what it was corrected from."""

    text: str
    normal: str
    ink: str = "hand"
    state: str = "value"
    struck: str = ""


BLANK = Written("", "", state="blank")


@dataclass(frozen=True, slots=True)
class Ways:
    """A clerk's habits: time of the book, style of dates, ditto mark, abbreviations, and whether a printer wrote."""

    era: str
    dates: tuple[str, ...] = ("slash",)
    ditto: str = "nt"
    short: bool = False
    printed: bool = False
    capitals: bool = False
    typed: frozenset[str] = frozenset()
    """Fields that a machine wrote in a book otherwise written by hand."""


def plain(text: str) -> Written:
    """A value whose form for the import is the text itself."""
    return Written(text, text) if text else BLANK


class Filler:
    """Fills the zones of one entry."""

    def __init__(self, event: Event, book: Register, ways: Ways, page: int, rng: Rng) -> None:
        self.event, self.book, self.ways, self.page, self._rng = event, book, ways, page, rng

    def fill(self, zone: Zone, above: Written | None) -> Written:
        """What stands in the zone; `above` is the same column of the row before."""
        value = self._value(zone)
        if value.state == "blank":
            return value
        if zone.ink is Ink.TICK:
            return replace(value, ink="tick")
        if zone.ditto and above is not None and above.normal == value.normal and self._rng.random() < 0.8:
            return Written(self.ways.ditto, value.normal)
        if self.ways.printed or zone.ink is Ink.PRINT or zone.field_id in self.ways.typed:
            return replace(value, ink="print")
        return value

    def _value(self, zone: Zone) -> Written:
        field = zone.field_id
        if field in _PAGE:
            return _PAGE[field](self)
        if field in _EVENT:
            return _EVENT[field](self)
        for role in ("nksMatTich", "nksHanChe", "nktTinhTrang", "nktNgayGhiChu", "nktCanCu"):
            if field.startswith(role):
                return BLANK
        return self._of_person(zone)

    def _of_person(self, zone: Zone) -> Written:
        for role in ("nks", "me", "cha", "nyc", "nkt", "chong", "vo", "cn", "chaNuoi", "meNuoi", "giaoOng", "giaoBa"):
            suffix = zone.field_id.removeprefix(role)
            if zone.field_id.startswith(role) and suffix in _PERSON:
                person = self.event.people.get(role)
                return BLANK if person is None else _PERSON[suffix](self, person, zone)
        raise KeyError(f"Nobody knows what to write in {zone.field_id}.")

    def date(self, day: Date) -> Written:
        """A whole date in the clerk's way."""
        return Written(written_date(day, pick(self._rng, self.ways.dates)), full_date(day))

    def place(self, text: str) -> Written:
        """A place with or without the words for the levels."""
        parts = text.split(", ")
        if self.ways.era == "old":
            return plain(", ".join(_bare(part) for part in parts[:2]))
        if self.ways.short:
            for level, letter in LEVELS.items():
                parts = [letter + part.removeprefix(level) if part.startswith(level) else part for part in parts]
        return plain(self.case(", ".join(parts)))

    def case(self, text: str) -> str:
        """A text begins with a capital."""
        return text[:1].upper() + text[1:]

    def full_name(self, name: str) -> Written:
        """A full name; the office printer sets it in capitals."""
        return plain(name.upper() if self.ways.capitals else name)

    def born(self, person: Person, zone: Zone) -> Written:
        """A birthday, a year of birth, or an age."""
        if zone.field_id in ("nksNgaySinh", "cnNgaySinh"):
            return self.date(person.born)
        age = person.age(self.event.registered)
        often = {"old": 0.75, "middle": 0.35}.get(self.ways.era, 0.0)
        if zone.ages and self._rng.random() < often:
            years = age if zone.field_id != "nktNgaySinh" else self.event.days["NgayChet"].year - person.born.year
            year = self.event.registered.year - years
            return Written(pick(self._rng, (f"{years}t", f"{years} tuổi", f"{years}t")), str(year))
        couple = zone.field_id in ("chongNgaySinh", "voNgaySinh", "nktNgaySinh")
        if couple and self.ways.era in ("new", "print") and person.born.year > 1950:
            return self.date(person.born)
        return plain(str(person.born.year))

    def paper_number(self, person: Person, zone: Zone) -> Written:
        """The number of an identity paper; where no column asks for the rest, it all stands in one line."""
        paper = person.paper
        return BLANK if paper is None or self.ways.era == "old" else plain(paper.number)


def _bare(part: str) -> str:
    for level in ("xã ", "phường ", "huyện ", "quận ", "tỉnh ", "thành phố "):
        part = part.removeprefix(level)
    return part[:1].upper() + part[1:]


def _number(filler: Filler) -> Written:
    event, era = filler.event, filler.ways.era
    text = f"{event.number:02}" if era != "old" else str(event.number)
    if era == "print":
        text = numbered(str(event.number), event.registered.year)
    return Written(text, numbered(str(event.number), event.registered.year))


def _book_number(filler: Filler) -> Written:
    book, era = filler.book, filler.ways.era
    text = book.number if era == "old" else f"{int(book.number):02}/{book.year}"
    return Written(text, numbered(book.number, book.year))


def _ethnic(filler: Filler, person: Person, zone: Zone) -> Written:
    then = ETHNIC_THEN.get(filler.ways.era, ETHNIC_THEN["new"]).get(person.ethnic, person.ethnic)
    return Written(then, person.ethnic)


def _sex(filler: Filler, person: Person, zone: Zone) -> Written:
    text, code = SEX[person.sex]
    return Written(text.lower() if filler.ways.short else text, code)


def _kind(filler: Filler) -> Written:
    words = KINDS_OF_MARRIAGE if "vo" in filler.event.people else KINDS
    return Written(words[filler.event.kind], filler.event.kind)


def _nation(filler: Filler, person: Person, zone: Zone) -> Written:
    return Written("VN" if filler.ways.era == "old" else "Việt Nam", "Việt Nam")


def _paper(part: str) -> Callable[[Filler, Person, Zone], Written]:
    def written(filler: Filler, person: Person, zone: Zone) -> Written:
        paper = person.paper
        if paper is None or filler.ways.era == "old":
            return BLANK
        if part == "issued":
            return filler.date(paper.issued)
        return Written(PAPERS[paper.kind], paper.kind) if part == "kind" else plain(paper.place)

    return written


def _words(key: str) -> Callable[[Filler], Written]:
    return lambda filler: plain(date_in_words(filler.event.days[key]))


def _fact(key: str) -> Callable[[Filler], Written]:
    return lambda filler: plain(filler.event.facts.get(key, ""))


def _day(key: str) -> Callable[[Filler], Written]:
    return lambda filler: filler.date(filler.event.days[key])


def _nothing(filler: Filler) -> Written:
    return BLANK


def _birth_kind(filler: Filler) -> Written:
    return BLANK if "cha" in filler.event.people else Written("Chưa xác định được cha", "3")


def _hour(filler: Filler) -> Written:
    time = filler.event.facts["Gio"]
    hour, minute = clock(time).split(":")
    text = f"{int(hour)}h{minute}" if filler.ways.era == "old" else time
    return Written(text, clock(time))


_PAGE: dict[str, Callable[[Filler], Written]] = {
    "so": _number,
    "quyenSo": _book_number,
    "trangSo": lambda filler: Written(str(filler.page), str(filler.page), ink="print"),
    "ngayDangKy": lambda filler: filler.date(filler.event.registered),
    "noiDangKy": lambda filler: plain(filler.book.town.registrar),
    "loaiDangKy": _kind,
    "nguoiKy": lambda filler: filler.full_name(filler.book.chairman),
    "chucVuNguoiKy": lambda filler: plain(filler.book.office),
    "nguoiThucHien": lambda filler: filler.full_name(filler.book.clerk),
    "ghiChu": lambda filler: plain(filler.event.note),
}
_EVENT: dict[str, Callable[[Filler], Written]] = {
    "nksNgaySinhBangChu": _words("NgaySinh"),
    "nksNoiSinh": lambda filler: plain(filler.case(filler.event.facts["NoiSinh"])),
    "nksNoiSinhDVHC": lambda filler: plain(filler.book.town.province),
    "nksLoaiKhaiSinh": _birth_kind,
    "nycQuanHe": lambda filler: plain(filler.event.relation),
    "nktNgayChet": _day("NgayChet"),
    "nktNgayChetGhiBangChu": _words("NgayChet"),
    "nktGioPhutChet": _hour,
    "nktNoiChet": lambda filler: plain(filler.case(filler.event.facts["NoiChet"])),
    "nktNguyenNhanChet": _fact("NguyenNhan"),
    "gbtLoai": lambda filler: Written("Giấy báo tử", "1"),
    "gbtSo": _fact("GiayBaoTu"),
    "gbtNgay": _day("GiayBaoTu"),
    "gbtCoQuanCap": _fact("CoQuan"),
    "ngayXacLapQuanHeHonNhan": _day("XacLap"),
    "tinhTrangKetHon": _nothing,
    "giaoQuanHe": _fact("QuanHe"),
    "lyDo": _fact("LyDo"),
    "quyetDinhSo": _fact("QuyetDinh"),
    "quyetDinhNgay": _day("QuyetDinh"),
    "coSoNuoiDuong": _nothing,
    "coSoNguoiDaiDien": _nothing,
    "coSoChucVuNguoiDaiDien": _nothing,
    "cnNoiSinh": lambda filler: plain(filler.case(filler.event.facts["NoiSinh"])),
}
_PERSON: dict[str, Callable[[Filler, Person, Zone], Written]] = {
    "HoTen": lambda filler, person, zone: filler.full_name(person.name),
    "GioiTinh": _sex,
    "NgaySinh": Filler.born,
    "NoiSinh": lambda filler, person, zone: filler.place(person.origin),
    "QueQuan": lambda filler, person, zone: filler.place(person.origin),
    "DanToc": _ethnic,
    "QuocTich": _nation,
    "QuocTichKhac": lambda filler, person, zone: BLANK,
    "NgheNghiep": lambda filler, person, zone: plain(person.job),
    "LoaiCuTru": lambda filler, person, zone: Written("Thường trú", "1"),
    "NoiCuTru": lambda filler, person, zone: filler.place(person.home),
    "LoaiGiayToTuyThan": _paper("kind"),
    "GiayToKhac": lambda filler, person, zone: BLANK,
    "SoGiayToTuyThan": Filler.paper_number,
    "NgayCapGiayToTuyThan": _paper("issued"),
    "NoiCapGiayToTuyThan": _paper("place"),
}
