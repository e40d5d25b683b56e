"""Extracts of made-up people, of every record type, with short and with long values."""

from __future__ import annotations

import io

from PIL import Image

from hotich.export.extract import ExtractCell, ExtractContent, ExtractSection, layout_of
from hotich.values import RecordType

LONG_NAME = "Công Tằng Tôn Nữ Nguyễn Thị Hoàng Phương Uyên Thùy Dương"
LONG_PLACE = "Thôn Buôn Kmrơng Prŏng B, xã Ea Tu, thành phố Buôn Ma Thuột, tỉnh Đắk Lắk"
VALUES = {"HoTen": "Nguyễn Thị Thanh Thùy", "NgaySinh": "12/03/1984", "GioiTinh": "Nữ", "DanToc": "Ê Đê"}


def value_of(field_id: str, long: bool) -> str:
    """Something that may stand in that field."""
    for ending, text in VALUES.items():
        if field_id.endswith(ending):
            return LONG_NAME if long and ending == "HoTen" else text
    return LONG_PLACE if long else "Xã Ea Tu"


def content(kind: RecordType = RecordType.BIRTH, long: bool = False, **changes: object) -> ExtractContent:
    """What an extract of that type says."""
    layout = layout_of(kind)
    sections = tuple(
        ExtractSection(
            section.heading,
            tuple(tuple(ExtractCell(label, value_of(f, long)) for label, f in line) for line in section.lines),
        )
        for section in layout.section
    )
    facts: dict[str, object] = {
        "record_type": kind,
        "title": layout.title,
        "register": layout.register,
        "issuer": "Ủy ban nhân dân phường Buôn Ma Thuột",
        "place": "Buôn Ma Thuột",
        "serial": "0012/2026",
        "issued": "2026-11-22",
        "office": "UBND xã Ea Tu",
        "number": "05/2009",
        "book": "01/2009",
        "registered": "05/03/2009",
        "people": tuple(value_of(field_id, long) for field_id in layout.people),
        "sections": sections,
        "notes": ("12/5/2015: Cải chính năm sinh từ 1983 thành 1984",) if long else (),
        "recipient": "Trần Văn Hòa",
        "purpose": "bổ sung hồ sơ",
        "signer_name": "Lê Thị Mai",
        "signer_office": "CHỦ TỊCH",
    }
    return ExtractContent(**{**facts, **changes})  # type: ignore[arg-type]  # every fact has its own type


def jpeg(shade: int = 200, size: tuple[int, int] = (300, 120)) -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", size, (shade, shade - 10, shade - 30)).save(out, "JPEG", quality=85)
    return out.getvalue()
