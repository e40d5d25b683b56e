"""A made-up record of every record type, as the program keeps it: for the examples of the package and for measuring.

The people do not exist. Values stand as a clerk types them; normal forms are the program's own.
"""

from __future__ import annotations

import hashlib
import struct

from hotich.forms.formspec import FieldSpec, RecordSpec
from hotich.forms.loader import load_catalogue
from hotich.normal import NormalContext, normalise
from hotich.values import (
    AcceptedFinding,
    Actor,
    Book,
    FieldEntry,
    FieldState,
    FieldValue,
    MarginNote,
    NoteKind,
    Origin,
    Point,
    Quad,
    Reading,
    Record,
    RecordType,
    Refusal,
    Region,
    Role,
    SourcePage,
    Status,
    Way,
)

CLERK = Actor("Nguyễn Thị Lan", Role.CLERK)
REVIEWER = Actor("Trần Văn Hòa", Role.SUPERVISOR)
CONFIRMED, APPROVED = "2026-02-03T01:02:03.000004Z", "2026-02-04T05:06:07.000008Z"
YEAR, PLACE = 2009, "UBND xã Tân Lập, huyện Thanh Hà, tỉnh Hải Dương"
WIDTH, HEIGHT = 1240, 1754

_FORMS = {
    RecordType.BIRTH: "KS-2006",
    RecordType.DEATH: "KT-2006",
    RecordType.MARRIAGE: "KH-2006",
    RecordType.ADOPTION: "CN-2006",
    RecordType.GUARDIANSHIP: "GH-plain",
    RecordType.RECOGNITION: "CMC-plain",
    RecordType.MARITAL_STATUS: "HN-plain",
    RecordType.CHANGE: "TDCC-plain",
}
_COMMON = {
    "quyenSo": "01/2009",
    "ngayDangKy": "12/3/2009",
    "nguoiKy": "Phạm Văn Khải",
    "chucVuNguoiKy": "Chủ tịch",
    "nguoiThucHien": "Đỗ Thị Mận",
}
_WRITTEN: dict[RecordType, dict[str, str]] = {
    RecordType.BIRTH: {
        "loaiDangKy": "Đúng hạn",
        "nksHoTen": "Y Moan Êban",
        "nksGioiTinh": "Nam",
        "nksNgaySinh": "02/3/2009",
        "nksNgaySinhBangChu": "ngày hai tháng ba năm hai nghìn không trăm linh chín",
        "nksNoiSinh": "Trạm y tế xã Tân Lập",
        "nksDanToc": "Ê đê",
        "nksQuocTich": "Việt Nam",
        "meHoTen": "H'Lan Niê",
        "meNgaySinh": "1985",
        "meDanToc": "Ê đê",
        "meQuocTich": "Việt Nam",
        "chaHoTen": "Y Bih Êban",
        "chaNgaySinh": "6/1983",
        "chaDanToc": "Ê đê",
        "chaQuocTich": "Việt Nam",
        "nycHoTen": "Y Bih Êban",
        "nycQuanHe": "Cha đẻ",
    },
    RecordType.DEATH: {
        "loaiDangKy": "Đúng hạn",
        "nktHoTen": "Đặng Thị Ngọ",
        "nktGioiTinh": "Nữ",
        "nktNgaySinh": "1931",
        "nktDanToc": "Kinh",
        "nktQuocTich": "Việt Nam",
        "nktNgayChet": "10/3/2009",
        "nktGioPhutChet": "4 giờ 15 phút",
        "nktNoiChet": "Tại nhà riêng, thôn Đông",
        "nktNguyenNhanChet": "Tuổi già",
        "nycHoTen": "Vũ Văn Thử",
        "nycQuanHe": "Con đẻ",
    },
    RecordType.MARRIAGE: {
        "loaiDangKy": "Kết hôn lần đầu",
        "chongHoTen": "Hoàng Đình Mẫu",
        "chongNgaySinh": "15.8.1984",
        "chongDanToc": "Kinh",
        "chongQuocTich": "Việt Nam",
        "chongNoiCuTru": "thôn Đông, xã Tân Lập",
        "voHoTen": "Lò Thị Ví Dụ",
        "voNgaySinh": "1987",
        "voDanToc": "Thái",
        "voQuocTich": "Việt Nam",
        "voNoiCuTru": "thôn Đoài, xã Tân Lập",
    },
    RecordType.ADOPTION: {
        "quyetDinhSo": "03/QĐ-UBND",
        "cnHoTen": "Nguyễn Thử An",
        "cnGioiTinh": "Nữ",
        "cnNgaySinh": "20/11/2008",
        "cnDanToc": "Kinh",
        "cnQuocTich": "Việt Nam",
        "chaNuoiHoTen": "Nguyễn Mẫu Đức",
        "chaNuoiNgaySinh": "1975",
        "meNuoiHoTen": "Trịnh Thị Ví",
        "meNuoiNgaySinh": "1978",
        "lyDo": "Trẻ bị bỏ rơi",
    },
    RecordType.GUARDIANSHIP: {
        "quyetDinhSo": "05/QĐ-UBND",
        "ngh1HoTen": "Bùi Thị Thử",
        "ngh1NgaySinh": "1960",
        "ngh1DanToc": "Mường",
        "ndghHoTen": "Bùi Văn Mẫu",
        "ndghNgaySinh": "7/2000",
        "ndghDanToc": "Mường",
        "lyDo": "Cha mẹ đã mất",
    },
    RecordType.RECOGNITION: {
        "quyetDinhSo": "02/QĐ-UBND",
        "cmHoTen": "Lê Văn Mẫu",
        "cmNgaySinh": "3/4/1980",
        "cmDanToc": "Kinh",
        "ncHoTen": "Lê Thử Bình",
        "ncNgaySinh": "01/02/2006",
        "ncDanToc": "Kinh",
        "nycHoTen": "Lê Văn Mẫu",
    },
    RecordType.MARITAL_STATUS: {
        "nxnHoTen": "Phan Thị Thử",
        "nxnGioiTinh": "Nữ",
        "nxnNgaySinh": "9.9.1986",
        "nxnDanToc": "Kinh",
        "nxnQuocTich": "Việt Nam",
        "nxnTinhTrangHonNhan": "Chưa đăng ký kết hôn với ai",
        "nycHoTen": "Phan Thị Thử",
    },
    RecordType.CHANGE: {
        "loaiThayDoi": "Cải chính",
        "ntdHoTen": "Nông Văn Thử",
        "ntdNgaySinh": "1979",
        "ntdGioiTinh": "Nam",
        "ntdDanToc": "Tày",
        "noiDung": "Cải chính chữ đệm",
        "thayDoiTu": "Nông Thử",
        "thayDoiThanh": "Nông Văn Thử",
        "nycHoTen": "Nông Văn Thử",
    },
}
_BLANK = ("ghiChu",)
_PLACES = {"noiDangKy", "noiCap"}


def example_book(record_type: RecordType) -> Book:
    """A book of that type."""
    return Book(
        book_id=f"vi-du-{record_type.value.lower()}",
        record_type=record_type,
        year=YEAR,
        number="01",
        place=PLACE,
        form_id=_FORMS[record_type],
        province="Hải Dương",
        opened="02.01.2009",
        closed="31.12.2009",
    )


def example_page(number: int = 1) -> SourcePage:
    """A page that was photographed upright."""
    digest = hashlib.sha256(f"trang {number}".encode()).hexdigest()
    return SourcePage(f"trang-{number}", f"So 2009 to {number}.jpg", digest, 0, WIDTH, HEIGHT, dpi=150.0)


def example_picture() -> bytes:
    """The markers of a JPEG half as wide and high as the page, and nothing between them: the same bytes everywhere."""
    frame = struct.pack(">HBHHB", 11, 8, HEIGHT // 2, WIDTH // 2, 1) + bytes((1, 0x11, 0))
    return b"\xff\xd8\xff\xc0" + frame + b"\xff\xd9"


def example_record(record_type: RecordType, number: int = 1, page: int = 1) -> Record:
    """An approved record of that type, the one of that number in its book."""
    book, spec = example_book(record_type), load_catalogue().records[record_type]
    written = {"so": f"{number:02}", "trangSo": str(page), **_COMMON, **_WRITTEN[record_type]}
    written |= {code: PLACE for code in _PLACES}
    entries = [_entry(spec, position, written, book, page) for position in range(len(spec.fields))]
    form = _FORMS[record_type]
    return Record(
        record_id=f"{book.book_id}-{page:05}-{number:02}",
        book_id=book.book_id,
        page_id=example_page(page).page_id,
        entry=number - 1,
        form_id=form,
        form_sha256=hashlib.sha256(form.encode()).hexdigest(),
        status=Status.APPROVED,
        fields={entry.field_id: entry for entry in entries if entry is not None},
        accepted=(AcceptedFinding("registered-late", ("ngayDangKy",), "Sổ ghi đúng như vậy", CLERK),),
        editors=frozenset({CLERK.name}),
        submitted_by=CLERK.name,
        approved_by=REVIEWER.name,
        approved_at=APPROVED,
        margin_notes=(
            MarginNote(
                NoteKind.CORRECTION,
                "5/6/2012",
                "Cải chính chữ đệm theo QĐ số 7 ngày 5/6/2012",
                _region("ghiChu", page, 0),
            ),
        ),
        refusals=(
            Refusal("ngayDangKy", "Sai định dạng ngày", "phan-hoi.xlsx", code="E07", at=CONFIRMED, settled=True),
        ),
    )


def _entry(spec: RecordSpec, position: int, written: dict[str, str], book: Book, page: int) -> FieldEntry | None:
    """A field as somebody confirmed it; None where the form has no place for it."""
    field = spec.fields[position]
    if field.id in _BLANK:
        value = FieldValue(field.id, "", "", FieldState.BLANK)
        return FieldEntry(field.id, _region(field.id, page, position), None, value, CLERK, CONFIRMED)
    if field.id == "chucVuNguoiKy":
        value = FieldValue(field.id, "", "", FieldState.UNREADABLE)
        return FieldEntry(field.id, _region(field.id, page, position), None, value, CLERK, CONFIRMED)
    if field.id not in written:
        return None
    return _said(field, written[field.id], book, _region(field.id, page, position))


def _said(field: FieldSpec, text: str, book: Book, region: Region) -> FieldEntry:
    """What the page says: of the cover, read by a machine and agreed to, or typed."""
    normal = normalise(field, text, NormalContext(book)).normal
    if field.id in _PLACES or field.id == "quyenSo":
        value = FieldValue(field.id, text, normal, origin=Origin.BOOK)
        return FieldEntry(field.id, region, None, value, CLERK, CONFIRMED, way=Way.TOGETHER)
    if field.id.endswith("HoTen"):
        reading = Reading(field.id, text, normal, 0.9137, "handwriting", "3.1.0")
        value = FieldValue(field.id, text, normal, origin=Origin.READING)
        return FieldEntry(field.id, region, reading, value, CLERK, CONFIRMED, way=Way.CAROUSEL)
    note = "Trên giấy ghi đúng như vậy" if field.id.endswith("NgaySinh") else ""
    return FieldEntry(field.id, region, None, FieldValue(field.id, text, normal), CLERK, CONFIRMED, note=note)


def _region(field_id: str, page: int, position: int) -> Region:
    left, top = 90.0 + 560.0 * (position % 2), 80.0 + 44.0 * (position // 2)
    right, bottom = left + 480.5, top + 36.25
    corners = Quad(Point(left, top), Point(right, top + 1.5), Point(right, bottom + 1.5), Point(left, bottom))
    return Region(field_id, example_page(page).page_id, corners, 0.4)
