"""Invented people: names with the shares of real surnames, names of the peoples, cohorts, and their papers."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

import numpy as np

from sample_scans.draw.places import Town

Date = datetime.date
Rng = np.random.Generator

SURNAMES = {
    "Nguyễn": 38.4,
    "Trần": 12.1,
    "Lê": 9.5,
    "Phạm": 7.1,
    "Hoàng": 3.4,
    "Huỳnh": 1.7,
    "Phan": 4.5,
    "Vũ": 2.2,
    "Võ": 1.7,
    "Đặng": 2.1,
    "Bùi": 2.0,
    "Đỗ": 1.4,
    "Hồ": 1.3,
    "Ngô": 1.3,
    "Dương": 1.0,
    "Lý": 0.5,
    "Trịnh": 0.6,
    "Đoàn": 0.6,
    "Lưu": 0.4,
    "Tạ": 0.4,
    "Mẫn": 0.1,
    "Cẩm": 0.1,
    "Đinh": 0.8,
    "Mỵ": 0.1,
}
OLD = {
    "M": "Hùng Dũng Cường Thắng Tuấn Minh Hải Sơn Long Tỵ Sửu Bình Thành Đức Quý Tư Bảy Lợi Khoẻ Vượng Thọ Nghĩa "
    "Sỹ Hữu Tự Phẩm Cửu Đẩu Tẩm Bổng Nhỡ Kỷ Đản Thể Đễ Khởi Sử Lữ Chỉ Vĩ Sẵn Kỵ Ngữ Đởm Hợi Dậu Phụ Giỏi "
    "Cẩn Rĩnh Chẵn Mẽ Bảo Gìn Đệ Kế Thừa Đằng Chúng Dũ".split(),
    "F": "Hoa Lan Huệ Mai Thủy Hằng Hòa Phượng Ngọc Yến Gái Hường Nguyệt Xẻ Lụa Đào Mận Nụ Thơm Bưởi Tý Chín Út "
    "Nhẫn Ẵm Thỏa Cỏn Bích Vẻ Mỡ Nở Kẹo Quỳ Tỵ Thuỷ Mỹ Sẽ Dẽ Nhõn Nhẽ Bẩy Tuyển Chuyển Ngẫu Dậu Hẳn Đẹp "
    "Bổn".split(),
}
NEW = {
    "M": "Anh Tuấn|Gia Bảo|Minh Khôi|Đức Huy|Quốc Khánh|Hoàng Vỹ|Thế Vĩ|Nhật Duy|Bảo Lộc|Hữu Phước|Trọng Nghĩa|"
    "Tấn Lợi|Tiến Đạt|Xuân Trường|Đình Sỹ|Hải Đăng|Chí Dũng|Khởi Nguyên|Quang Vượng".split("|"),
    "F": "Ngọc Ánh|Khánh Linh|Bảo Ngọc|Thùy Dương|Quỳnh Như|Thảo Vy|Mỹ Duyên|Cẩm Tú|Diễm Hằng|Kim Phụng|Như Ý|"
    "Thúy Vũ|Hồng Nhung|Tường Vy|Ánh Tuyết|Bích Trâm|Gia Hân|Phương Uyên|Thuỷ Tiên|Yến Nhi".split("|"),
}
CLANS = "Êban Niê Mlô Kbuôr Ayun Hđơk Byă Kđoh Adrơng Ktla Bkrông".split()
FAMILIES = {
    "Khơ Me": "Thạch Kim Sơn Danh Lâm".split(),
    "Mông": "Giàng Vàng Sùng Lầu Thào Hạng".split(),
    "Thái": "Lò Quàng Cà Lường Vi Ngân".split(),
    "Mường": "Bùi Đinh Quách Bạch Hà".split(),
    "Dao": "Bàn Triệu Đặng Phùng Chảo".split(),
    "Tày": "Nông Hoàng Lý Ma Lục".split(),
    "Nùng": "Nông Vi Lăng Hứa Mông".split(),
    "Hoa": "Quách Trần Lâm Tăng Mã".split(),
}
GIVEN = {
    "Ê Đê": (
        "Moan Thu Bhiao Wang Djuang Siên Phông Blô Têng Ngông".split(),
        "Hen Bia Nguên Loan Rin Yer Lê Mrao Đen Mlưng".split(),
    ),
    "Cơ Ho": ("Brơi Tếp Broh Wôn Sơm Brẽo Đòng".split(), "Mbris Sả Dẻo Rèng Nhỡ Thủi Nở".split()),
    "Khơ Me": (
        "Sa Ươl|Sà Rinh|Hol|Phol|Thươl|Sô Phết|Rích Thi".split("|"),
        "Sa Rây|Sô Phia|Na Vy|Sà Mết|Đa Ni|Kha Lươl".split("|"),
    ),
    "Mông": ("Páo Sử Dình Tủa Chứ Lềnh Phừ Sẻng".split(), "Mỷ Dở Sua Chá Pàng Xày Mẩy Sống".split()),
    "Thái": ("Ún Pản Xuân Ỏm Ính Ngoãn Phớ".split(), "Dọn Xuyến Ỏn Phẳng Hặc Chựa Đôi".split()),
    "Mường": ("Ẩn Nhởi Thiển Nẵng Ựng".split(), "Ỉn Nhưỡng Ển Dỡ Ủn".split()),
    "Dao": ("Phẩy Quẩy Sểnh Kiềm Vảng Nhẩy".split(), "Mùi Chản Nái Phẩy Khé Ghển Mán".split()),
    "Tày": ("Quyển Thưởng Nhỉnh Viển".split(), "Ẻn Sliền Thẻm Bẩm".split()),
    "Nùng": ("Sìn Phủ Dưỡng Lủ".split(), "Ỏng Sẩy Dịp Mẻ".split()),
    "Hoa": ("Chí Vĩ|Tòng Phát|Kiến Hưng|Vĩnh Kỳ".split("|"), "Mỹ Lệ|Tuyết Phấn|Muội|Lệ Quyên".split("|")),
}
JOBS = {
    "M": ("Làm ruộng", "LR", "Làm ruộng", "Công nhân", "Bộ đội", "Giáo viên", "Thợ mộc", "Buôn bán"),
    "F": ("Làm ruộng", "LR", "Làm ruộng", "Công nhân", "Nội trợ", "Giáo viên", "Buôn bán"),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """An identity paper: code of its kind (1 CMND, 4 CCCD), number, day and place of issue."""

    kind: str
    number: str
    issued: Date
    place: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody; `sex` is M or F, `ethnic` the ministry's name, `home` and `origin` whole places with their levels."""

    name: str
    sex: str
    born: Date
    ethnic: str
    home: str
    origin: str
    job: str
    paper: Paper | None = None

    def age(self, on: Date) -> int:
        """Age as people counted it in the books: the difference of the years."""
        return on.year - self.born.year


def pick(rng: Rng, items: tuple[str, ...] | list[str]) -> str:
    """One of the items."""
    return str(items[int(rng.integers(len(items)))])


def day_between(rng: Rng, first: Date, last: Date) -> Date:
    """A day from `first` to `last`."""
    return first + datetime.timedelta(days=int(rng.integers(0, max(1, (last - first).days + 1))))


def make_name(rng: Rng, ethnic: str, sex: str, year: int, family: str = "") -> str:
    """A full name of that people, sex and cohort; `family` is the surname or clan that is handed down."""
    if ethnic == "Ê Đê":
        given = pick(rng, GIVEN[ethnic][sex == "F"])
        prefix = "Y " if sex == "M" else "H'"
        return f"{prefix}{given} {family or pick(rng, CLANS)}"
    if ethnic == "Cơ Ho":
        given = pick(rng, GIVEN[ethnic][sex == "F"])
        return f"K'{given}" if sex == "M" else f"Ka {given}"
    if ethnic in FAMILIES:
        middle = {"Mông": "A", "Khơ Me": "", "Hoa": ""}.get(ethnic, "Văn") if sex == "M" else "Thị"
        words = [family or pick(rng, FAMILIES[ethnic]), middle, pick(rng, GIVEN[ethnic][sex == "F"])]
        return " ".join(word for word in words if word)
    names, shares = list(SURNAMES), np.array(list(SURNAMES.values()))
    surname = family or str(rng.choice(names, p=shares / shares.sum()))
    if year >= 1993 and rng.random() < 0.8:
        return f"{surname} {pick(rng, NEW[sex])}"
    middle = "Văn" if sex == "M" else "Thị"
    if rng.random() < 0.15:
        middle = pick(rng, ("Đình", "Xuân", "Đức", "Hữu", "Bá") if sex == "M" else ("Thị Kim", "Thị Ngọc", "Mỹ"))
    return f"{surname} {middle} {pick(rng, OLD[sex])}"


def family_of(name: str, ethnic: str) -> str:
    """What of a name goes to the children."""
    words = name.split()
    return "" if ethnic == "Cơ Ho" else words[-1] if ethnic == "Ê Đê" else words[0]


def make_person(rng: Rng, town: Town, sex: str, born: Date, ethnic: str = "", family: str = "") -> Person:
    """Somebody of the town, without papers."""
    people = ethnic or pick(rng, town.ethnic)
    name = make_name(rng, people, sex, born.year, family)
    home = f"{pick(rng, town.villages)}, {town.whole}"
    elsewhere = f"xã {pick(rng, town.neighbours)}, {town.district}, {town.province}"
    return Person(name, sex, born, people, home, town.whole if rng.random() < 0.8 else elsewhere, pick(rng, JOBS[sex]))


def with_paper(rng: Rng, person: Person, on: Date, town: Town) -> Person:
    """The person with the identity paper that people carried on that day."""
    new = on.year >= 2016 and town.code != "" and rng.random() < 0.6
    oldest = max(Date(2016, 2, 1) if new else Date(on.year - 14, 1, 1), Date(person.born.year + 15, 1, 1))
    issued = day_between(rng, min(oldest, on - datetime.timedelta(days=40)), on - datetime.timedelta(days=30))
    if new:
        sex = ("0" if person.sex == "M" else "1") if person.born.year < 2000 else ("2" if person.sex == "M" else "3")
        number = f"{town.code}{sex}{person.born.year % 100:02}{int(rng.integers(0, 1_000_000)):06}"
        return replace(person, paper=Paper("4", number, issued, "Cục CSQLHC về TTXH"))
    prefix = int(rng.integers(10, 38))
    number = f"{prefix:02}{int(rng.integers(0, 10_000_000)):07}"
    return replace(person, paper=Paper("1", number, issued, f"CA {town.province}"))


def make_couple(rng: Rng, town: Town, child_born: Date, ethnic: str) -> tuple[Person, Person]:
    """A mother of 19 to 38 and a father of 21 to 45 at the birth of a child on that day."""
    mother_born = day_between(rng, Date(child_born.year - 36, 1, 1), Date(child_born.year - 20, 12, 31))
    father_born = mother_born - datetime.timedelta(days=int(rng.integers(-500, 2200)))
    father_born = min(father_born, Date(child_born.year - 21, 6, 1))
    mother = make_person(rng, town, "F", mother_born, ethnic)
    father = make_person(rng, town, "M", father_born, ethnic)
    return mother, replace(father, home=mother.home)


def make_child(rng: Rng, mother: Person, father: Person | None, born: Date, sex: str) -> Person:
    """Their child: the father's surname, or the mother's clan among the Ê Đê."""
    source = mother if mother.ethnic == "Ê Đê" or father is None else father
    name = make_name(rng, source.ethnic, sex, born.year, family_of(source.name, source.ethnic))
    origin = (father or mother).origin
    return Person(name, sex, born, source.ethnic, mother.home, origin, "")
