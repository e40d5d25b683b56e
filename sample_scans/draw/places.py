"""Communes of the sample books: provinces and districts are real ones of their time, communes and villages invented."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Town:
    """Where a book was kept. `kind` is the word for the commune (Xã, Phường); `code` opens the 12-digit numbers."""

    kind: str
    commune: str
    district: str
    province: str
    villages: tuple[str, ...]
    ethnic: tuple[str, ...]
    hospital: str
    neighbours: tuple[str, ...]
    code: str = ""

    @property
    def office(self) -> str:
        """`UBND xã Yên Trạch`."""
        return f"UBND {self.kind.lower()} {self.commune}"

    @property
    def whole(self) -> str:
        """`xã Yên Trạch, huyện Ý Yên, tỉnh Hà Nam Ninh`."""
        return f"{self.kind.lower()} {self.commune}, {self.district}, {self.province}"

    @property
    def registrar(self) -> str:
        """`UBND xã Yên Trạch, huyện Ý Yên, tỉnh Hà Nam Ninh`: the office as the books name it."""
        return f"{self.office}, {self.district}, {self.province}"

    @property
    def seal(self) -> tuple[str, str]:
        """The words around the seal."""
        below = f"{_bare(self.district)} - {_bare(self.province)}"
        return (f"ỦY BAN NHÂN DÂN {self.kind} {self.commune}".upper(), below.upper())


def _bare(unit: str) -> str:
    for level in ("huyện ", "quận ", "thị xã ", "thành phố ", "tỉnh "):
        unit = unit.removeprefix(level)
    return unit


Y_YEN = Town(
    "Xã",
    "Yên Trạch",
    "huyện Ý Yên",
    "tỉnh Hà Nam Ninh",
    ("xóm 1", "xóm 3", "thôn Đông", "thôn Thượng", "đội 6"),
    ("Kinh",),
    "Trạm xá xã",
    ("Yên Khánh", "Yên Mỹ", "Yên Bình"),
)
THANH_MIEN = Town(
    "Xã",
    "Hồng Thái",
    "huyện Ninh Thanh",
    "tỉnh Hải Hưng",
    ("thôn Đoài", "thôn Vĩnh Mộ", "xóm Chợ", "đội 4"),
    ("Kinh",),
    "BV huyện Ninh Thanh",
    ("Tân Trào", "Đoàn Tùng"),
)
HOAI_NHON = Town(
    "Xã",
    "Hoài Thịnh",
    "huyện Hoài Nhơn",
    "tỉnh Nghĩa Bình",
    ("thôn Phụng Du", "thôn An Dưỡng", "thôn Tài Lương", "đội 9"),
    ("Kinh",),
    "BV Bồng Sơn",
    ("Hoài Hảo", "Hoài Thanh", "Tam Quan"),
)
KRONG_PAC = Town(
    "Xã",
    "Ea Hiêng",
    "huyện Krông Pắc",
    "tỉnh Đắk Lắk",
    ("buôn Kla", "buôn Ea Su", "thôn 4", "buôn Hra"),
    ("Ê Đê", "Ê Đê", "Kinh"),
    "BV tỉnh Đắk Lắk",
    ("Ea Phê", "Hòa An"),
)
CU_MGAR = Town(
    "Xã",
    "Ea Drơng Tul",
    "huyện Cư M'gar",
    "tỉnh Đắk Lắk",
    ("buôn Sah A", "buôn Tría", "thôn 2", "buôn Knia"),
    ("Ê Đê", "Kinh", "Tày", "Ê Đê", "Nùng"),
    "Bệnh viện huyện Cư M'gar",
    ("Ea Kpam", "Cư Suê"),
)
MY_XUYEN = Town(
    "Xã",
    "Hòa Tú Đông",
    "huyện Mỹ Xuyên",
    "tỉnh Sóc Trăng",
    ("ấp Sóc Bưng", "ấp Giồng Có", "ấp Trà Mẹt"),
    ("Khơ Me", "Kinh", "Hoa", "Khơ Me"),
    "Bệnh viện đa khoa Sóc Trăng",
    ("Ngọc Đông", "Thạnh Phú"),
)
BAC_HA = Town(
    "Xã",
    "Lùng Sán",
    "huyện Bắc Hà",
    "tỉnh Lào Cai",
    ("thôn Lùng Mò", "thôn Sín Chải", "bản Nậm Thố"),
    ("Mông", "Dao", "Tày", "Mông"),
    "Bệnh viện huyện Bắc Hà",
    ("Tả Củ Tỷ", "Lùng Cải"),
)
VU_BAN = Town(
    "Xã",
    "Minh Thuận Hạ",
    "huyện Vụ Bản",
    "tỉnh Nam Định",
    ("thôn Bịch", "thôn Phú Vinh", "xóm Giữa"),
    ("Kinh",),
    "Bệnh viện huyện Vụ Bản",
    ("Kim Thái", "Tam Thanh"),
)
HAI_DUONG = Town(
    "Xã",
    "Lê Hồng Thượng",
    "huyện Thanh Miện",
    "tỉnh Hải Dương",
    ("thôn Phù Tải", "thôn Hoành Bồ", "thôn Đỗ Thượng"),
    ("Kinh",),
    "Bệnh viện đa khoa huyện Thanh Miện",
    ("Hồng Quang", "Tứ Cường"),
)
BINH_DINH = Town(
    "Xã",
    "Hoài Mỹ Tây",
    "huyện Hoài Nhơn",
    "tỉnh Bình Định",
    ("thôn Định Công", "thôn Mỹ Thọ", "thôn Khánh Trạch"),
    ("Kinh",),
    "Bệnh viện đa khoa khu vực Bồng Sơn",
    ("Hoài Hải", "Hoài Xuân"),
)
QUAN_SON = Town(
    "Xã",
    "Sơn Lư Thượng",
    "huyện Quan Sơn",
    "tỉnh Thanh Hóa",
    ("bản Bìn", "bản Hẹ", "khu 3"),
    ("Thái", "Mường", "Thái", "Kinh"),
    "Bệnh viện huyện Quan Sơn",
    ("Trung Hạ", "Sơn Điện"),
)
DI_LINH = Town(
    "Xã",
    "Gung Sré Tây",
    "huyện Di Linh",
    "tỉnh Lâm Đồng",
    ("thôn Hàng Hải", "thôn Klong Trao", "thôn Lăng Kú"),
    ("Cơ Ho", "Kinh", "Cơ Ho"),
    "Bệnh viện huyện Di Linh",
    ("Bảo Thuận", "Tam Bố"),
)
BA_VI = Town(
    "Xã",
    "Ba Trại Hạ",
    "huyện Ba Vì",
    "thành phố Hà Nội",
    ("thôn Sổ", "thôn Gò Đình Muôn", "thôn 7"),
    ("Mường", "Kinh", "Dao"),
    "Bệnh viện Phụ sản Hà Nội",
    ("Tản Lĩnh", "Vân Hòa"),
    "001",
)
NINH_KIEU = Town(
    "Phường",
    "An Khánh Đông",
    "quận Ninh Kiều",
    "thành phố Cần Thơ",
    ("khu vực 3", "khu vực 5", "tổ 12"),
    ("Kinh", "Khơ Me", "Hoa"),
    "Bệnh viện đa khoa Trung ương Cần Thơ",
    ("An Bình", "Hưng Lợi"),
    "092",
)
BUON_MA_THUOT = Town(
    "Xã",
    "Ea Kao Thượng",
    "thành phố Buôn Ma Thuột",
    "tỉnh Đắk Lắk",
    ("buôn Tơng Jú", "thôn 3", "buôn H'Đrát"),
    ("Ê Đê", "Kinh", "Ê Đê"),
    "Bệnh viện đa khoa tỉnh Đắk Lắk",
    ("Hòa Khánh", "Cư Êbur"),
    "066",
)
