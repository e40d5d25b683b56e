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
    said: dict[tuple[int, str], tuple[str, str]] = field(default_factory=dict)
    """Text and its form for the import, where the clerk wrote something out of the ordinary."""
    notes: dict[int, str] = field(default_factory=dict)
    staff: tuple[str, str] | None = None
    """Who signs and who keeps the book, where names are given."""
    peoples: dict[int, str] = field(default_factory=dict)
    names: dict[tuple[int, str], tuple[str, str]] = field(default_factory=dict)
    """Name and sex given by entry number and person."""

    @property
    def sexes(self) -> dict[tuple[int, str], str]:
        """The sex of the people whose names are given."""
        return {key: sex for key, (_, sex) in self.names.items()}

    def told(self, event: Event) -> Event:
        """The event with the names and the note that this plan wants."""
        people = dict(event.people)
        for (number, role), (name, _) in self.names.items():
            if number == event.number and role in people:
                before = people[role]
                people = {key: replace(who, name=name) if who == before else who for key, who in people.items()}
        return replace(event, people=people, note=self.notes.get(event.number, event.note))

    def changed(self, number: int, field_id: str, value: Written) -> Written:
        """The value with what befell it."""
        key = (number, field_id)
        if key in self.empty:
            return Written("", "", state="blank")
        if key in self.said:
            return Written(*self.said[key])
        if value.state != "value":
            return value
        if key in self.spoiled:
            return replace(value, state="unreadable")
        return replace(value, struck=self.struck.get(key, ""))


# fmt: off
LEDGERS = (
    BookPlan(
        "ks-1984-yen-trach", "KS", "KS-1961", places.Y_YEN, 1984, (7, 6),
        ("Sổ khai sinh 1984 – tờ 01.jpg", "Sổ khai sinh 1984 – tờ 02.jpg"),
        ("hand-1", "hand-2", "hand-7"), "cheap", Ways("old", ("slash", "short", "dash")),
        skews=(1.6, -0.9), ruling_slip=0.8, change_of_hand=4, seals={0: ((386, 250),), 1: ((384, 190),)},
        struck={(3, "nksNgaySinh"): "5/4/83"}, spoiled=frozenset({(6, "nycHoTen")}),
        notes={2: "Cải chính năm sinh theo QĐ số 14/QĐ-UB ngày 6/9/2001"},
    ),
    BookPlan(
        "kt-1981-hong-thai", "KT", "KT-1961", places.THANH_MIEN, 1981, (7,), ("DSC_0107.jpg",),
        ("hand-9", "hand-5", "hand-3"), "cheap", Ways("old", ("dash", "slash"), ditto='"'),
        style="photo", ruling_slip=0.6, change_of_hand=3, seals={0: ((372, 120),)},
        said={(2, "nktNgaySinh"): ("3/1912", "03.1912"), (4, "nktNgaySinh"): ("Không rõ", "")},
        spoiled=frozenset({(6, "nktNguyenNhanChet")}), notes={5: "Đã cấp lại giấy chứng tử ngày 12/8/1993"},
    ),
    BookPlan(
        "kh-1986-hoai-thinh", "KH", "KH-1961", places.HOAI_NHON, 1986, (6,), ("to-01.jpg",),
        ("hand-8", "hand-6", "hand-1"), "straw", Ways("old", ("slash", "padded"), ditto="-nt-"),
        skews=(-2.4,), lid=60, ruling_slip=0.9, change_of_hand=3, seals={0: ((388, 160),)},
        struck={(5, "voHoTen"): "Lê Thị Lan"},
        notes={1: "", 6: "", 4: "Đã ly hôn theo Bản án số 21/1995/HNGĐ-ST ngày 4/7/1995"},
    ),
    BookPlan(
        "cn-1992-ea-hieng", "CN", "CN-1961", places.KRONG_PAC, 1992, (5,), ("to-01.jpg",),
        ("hand-4", "hand-11", "hand-2"), "straw", Ways("old", ("slash", "dot"), ditto="nt"),
        skews=(0.8,), ruling_slip=0.5, change_of_hand=2, seals={0: ((368, 200),)}, peoples={1: "Ê Đê", 2: "Ê Đê"},
        notes={3: "Chấm dứt nuôi con nuôi theo QĐ số 03 ngày 9/9/1999"},
    ),
)
BLOCKS = (
    BookPlan(
        "ks-2001-ea-drong-tul", "KS", "KS-1999", places.CU_MGAR, 2001, (2, 2), ("trang-01.jpg", "trang-02.jpg"),
        ("hand-4", "hand-10", "hand-12"), "straw", Ways("middle", ("slash", "padded")), skews=(-1.2, 0.7),
        peoples={1: "Ê Đê", 2: "Ê Đê", 3: "Kinh", 4: "Tày"},
        names={
            (1, "nks"): ("Y Moan Êban", "M"), (1, "me"): ("H'Loan Êban", "F"),
            (2, "nks"): ("H'Hen Niê", "F"), (2, "me"): ("H'Bia Niê", "F"),
        },
    ),
    BookPlan(
        "kt-2003-hoa-tu-dong", "KT", "KT-1999", places.MY_XUYEN, 2003, (4, 3), ("trang-01.jpg", "trang-02.jpg"),
        ("hand-10", "hand-6"), "office", Ways("middle", ("padded",), short=True), skews=(2.9, -1.4),
        peoples={1: "Khơ Me", 2: "Hoa"}, struck={(2, "nktNgayChet"): "11/01/2003"},
        empty=frozenset({(2, "gbtSo"), (2, "gbtNgay"), (2, "gbtCoQuanCap")}),
    ),
    BookPlan(
        "kh-2004-lung-san", "KH", "KH-1999", places.BAC_HA, 2004, (2, 2), ("anh-1.jpg", "anh-2.jpg"),
        ("hand-5", "hand-12"), "straw", Ways("middle", ("slash", "padded"), short=True), style="photo",
        peoples={1: "Mông", 2: "Dao", 3: "Tày", 4: "Mông"}, spoiled=frozenset({(3, "chongNoiCuTru")}),
    ),
    BookPlan(
        "cn-2002-minh-thuan-ha", "CN", "CN-1999", places.VU_BAN, 2002, (2,), ("trang-01.jpg",),
        ("hand-7", "hand-9"), "office", Ways("middle", ("slash",)), skews=(-3.2,),
    ),
)
SINGLES = (
    BookPlan(
        "ks-2009-le-hong-thuong", "KS", "KS-2006", places.HAI_DUONG, 2009, (1, 1, 1),
        ("IMG_0412.jpg", "IMG_0413.jpg", "IMG_0414.jpg"),
        ("hand-3", "hand-8"), "office", Ways("new", ("padded", "slash")), style="photo", turns={1: 1},
        notes={3: "Đã cấp lại bản chính Giấy khai sinh ngày 15/8/2013"},
    ),
    BookPlan(
        "kt-2012-hoai-my-tay", "KT", "KT-2006", places.BINH_DINH, 2012, (1, 1, 1), ("so-khai-tu-2012.pdf",),
        ("hand-12", "hand-1"), "office", Ways("new", ("padded",)), style="pdf", skews=(0.6, -1.1, 2.2),
        struck={(2, "nktHoTen"): "Nguyễn Văn Sanh"}, spoiled=frozenset({(3, "gbtSo")}),
    ),
    BookPlan(
        "kh-2008-son-lu-thuong", "KH", "KH-2006", places.QUAN_SON, 2008, (1, 1, 1), ("so-ket-hon-2008.tif",),
        ("hand-2", "hand-11"), "office", Ways("new", ("slash", "padded"), typed=frozenset({"so", "quyenSo"})),
        style="tiff", skews=(-0.5, 1.3, 0.4), peoples={1: "Thái", 2: "Mường", 3: "Kinh"},
        names={(3, "chong"): ("Nguyễn Văn Tới", "M"), (3, "vo"): ("Phạm Thị Mẫn", "F")},
    ),
    BookPlan(
        "cn-2013-gung-sre-tay", "CN", "CN-2006", places.DI_LINH, 2013, (1, 1, 1),
        ("trang-01.jpg", "trang-02.jpg", "trang-03.jpg"),
        ("hand-6", "hand-10", "hand-4"), "office", Ways("new", ("padded", "slash")), skews=(3.9, -3.1, 0.3),
        peoples={1: "Cơ Ho", 2: "Kinh", 3: "Cơ Ho"},
    ),
)
PRINTED = Ways("print", ("padded",), printed=True, capitals=True)
MODERN = (
    BookPlan(
        "ks-2017-ba-trai-ha", "KS", "KS-2016", places.BA_VI, 2017, (1, 1, 1),
        ("trang-01.jpg", "trang-02.jpg", "trang-03.jpg"), ("hand-3", "hand-5"), "white", PRINTED,
        skews=(0.5, -1.6, 1.1), staff=("Trần Thị Bé Hẹn", "Vũ Hòa Cơ"), peoples={1: "Mường", 2: "Kinh", 3: "Dao"},
        names={
            (1, "nks"): ("Bùi Hữu Nghĩa", "M"), (1, "me"): ("Quách Thị Mẵn", "F"), (1, "cha"): ("Bùi Văn Ển", "M"),
            (2, "nks"): ("Trịnh Bảo Quỳnh", "F"), (2, "me"): ("Đỗ Thị Thuỷ Tiên", "F"),
            (2, "cha"): ("Trịnh Đức Thắng", "M"),
            (3, "nks"): ("Triệu Mỹ Hạnh", "F"), (3, "me"): ("Bàn Thị Sẻng", "F"), (3, "cha"): ("Triệu Văn Dỡ", "M"),
        },
    ),
    BookPlan(
        "kt-2019-an-khanh-dong", "KT", "KT-2016", places.NINH_KIEU, 2019, (1, 1, 1),
        ("trang-01.jpg", "trang-02.jpg", "trang-03.jpg"), ("hand-7", "hand-8"), "white", PRINTED,
        skews=(-0.4, 0.9, -2.1), staff=("Phùng Nhật Lộc", "Kiều Bá Ẳng"), peoples={1: "Kinh", 2: "Khơ Me", 3: "Hoa"},
        names={
            (1, "nkt"): ("Võ Thị Bẽn", "F"), (1, "nyc"): ("Nguyễn Tấn Lợi", "M"),
            (2, "nkt"): ("Thạch Sỉnh", "M"), (2, "nyc"): ("Thạch Thị Mỵ", "F"),
            (3, "nkt"): ("Lâm Mã Ổn", "M"), (3, "nyc"): ("Lâm Chấn Nghì", "M"),
        },
    ),
    BookPlan(
        "kh-2018-ea-kao-thuong", "KH", "KH-2016", places.BUON_MA_THUOT, 2018, (1, 1, 1),
        ("IMG_2031.jpg", "IMG_2032.jpg", "IMG_2033.jpg"), ("hand-1", "hand-11"), "white", PRINTED, style="photo",
        staff=("Nguyễn Từ Khởi", "Ngô Kè Thụ Thỏa"), peoples={1: "Kinh", 2: "Kinh", 3: "Ê Đê"},
        names={
            (1, "vo"): ("Hồ Thị Cẩm Hằng", "F"), (1, "chong"): ("Phạm Thế Sử", "M"),
            (2, "vo"): ("Mẫn Thị Ngọc Hường", "F"), (2, "chong"): ("Đặng Chí Góp", "M"),
            (3, "vo"): ("H'Nguệ Niê", "F"), (3, "chong"): ("Y Thớ Mlô", "M"),
        },
    ),
)
# fmt: on
PLANS: tuple[BookPlan, ...] = LEDGERS + BLOCKS + SINGLES + MODERN
