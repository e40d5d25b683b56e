"""A finished book in a real workspace: pages drawn, read, confirmed by one person and approved by another."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageDraw

from hotich.forms.formspec import FieldKind
from hotich.pipeline import entry, review
from hotich.pipeline.books import NewBook, open_book
from hotich.pipeline.intake import import_paths
from hotich.pipeline.opening import open_record
from hotich.store import Workspace
from hotich.values import MACHINE, Actor, Book, Origin, Placement, Reading, RecordType, Role
from hotich.workflow import Draft, PagePlaced, ReadingsMade

CLERK = Actor("Nguyễn Thị Lan", Role.CLERK)
REVIEWER = Actor("Trần Văn Hòa", Role.SUPERVISOR)
FORM = "KS-2006"
DPI = 100.0

NAMES = ("H'Hen Niê", "Đỗ Thị Ngọc Ánh", "Y Moan Êban")


def page_file(folder: Path, number: int, turned: bool = False) -> Path:
    """An A4 page at 100 dpi with a red corner at its top left; `turned`, as a telephone held sideways stores it."""
    picture = Image.new("RGB", (827, 1169), (238, 232, 214))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, 120, 120), fill=(200, 30, 30))
    for line in range(20):
        pen.text((150, 60 + 50 * line), f"trang {number} dong {line}", fill=(30, 30, 90))
    file = folder / f"Sổ 2009 – tờ {number}.jpg"
    out = io.BytesIO()
    if turned:
        exif = Image.Exif()
        exif[0x0112] = 6
        picture.rotate(90, expand=True).save(out, "JPEG", quality=90, exif=exif)
    else:
        picture.save(out, "JPEG", quality=90)
    file.write_bytes(out.getvalue())
    return file


def open_made_book(workspace: Workspace, practice: bool = False, number: str = "01") -> Book:
    """A new book of births."""
    wanted = NewBook(
        record_type=RecordType.BIRTH,
        year=2009,
        number=number,
        place="UBND xã Tân Lập",
        province="Hải Dương",
        practice=practice,
    )
    return open_book(workspace, wanted, CLERK)


def add_pages(
    workspace: Workspace, book: Book, folder: Path, count: int, turned: frozenset[int], form: str = FORM
) -> tuple[str, ...]:
    """Ids of new pages with the form laid on them."""
    files = [page_file(folder, number, number in turned) for number in range(1, count + 1)]
    report = import_paths(workspace, book.book_id, files, CLERK)
    for page in report.added:
        scale = DPI / 25.4
        upright = ((scale, 0.0, 0.0), (0.0, scale, 0.0), (0.0, 0.0, 1.0))
        # The stored picture of a turned page lies on its side: x runs down the paper.
        sideways = ((0.0, scale, 0.0), (-scale, 0.0, page.height - 1.0), (0.0, 0.0, 1.0))
        placement = Placement(form, sideways if page.exif_turn == 90 else upright, 0.4, 0.97)
        workspace.append(Draft(book.book_id, PagePlaced(placement), MACHINE, page_id=page.page_id))
    return tuple(page.page_id for page in report.added)


def enter(workspace: Workspace, record_id: str, number: int) -> None:
    """Confirms every field: the name from a reading, the rest typed."""
    record = workspace.record(record_id)
    assert record is not None
    name = NAMES[number % len(NAMES)]
    reading = Reading("nksHoTen", name, name, 0.91, "tesserocr", "5.5.0")
    workspace.append(Draft(record.book_id, ReadingsMade((reading,)), MACHINE, record_id, record.page_id))
    answers = {
        "so": f"{number:02}",
        "ngayDangKy": f"{number}/3/2009",
        "nksGioiTinh": "Nữ",
        "nksNgaySinh": "3/2009",
        "nksDanToc": "Ê Đê",
        "nksQuocTich": "Việt Nam",
        "meHoTen": "H'Lan Niê",
        "chaHoTen": "Y Bih Êban",
        "trangSo": str(number),
        "loaiDangKy": "1",
    }
    for row in entry.entry_view(workspace, record_id).open_rows:
        if row.origin is Origin.BOOK or row.field.id == "nksHoTen":
            entry.accept(workspace, record_id, row.field.id, CLERK)
        else:
            entry.confirm(workspace, record_id, row.field.id, answers.get(row.field.id, ""), CLERK)


def approve(workspace: Workspace, record_id: str) -> None:
    """Hands a record over and approves it."""
    entry.submit(workspace, record_id, CLERK)
    review.approve(workspace, record_id, REVIEWER)


def finished_book(workspace: Workspace, folder: Path, pages: int = 3, practice: bool = False, form: str = FORM) -> Book:
    """A book with one record a page; the second page lies on its side."""
    book = open_made_book(workspace, practice)
    for number, page_id in enumerate(add_pages(workspace, book, folder, pages, frozenset({2}), form), start=1):
        record_id = open_record(workspace, page_id, 0, form, CLERK)
        enter(workspace, record_id, number)
        approve(workspace, record_id)
    return book


ADOPTION_FORM = "CN-2006"
ADOPTION_ANSWERS = {
    FieldKind.ENTRY_NUMBER: "01",
    FieldKind.BOOK_NUMBER: "01/2009",
    FieldKind.PAGE_NUMBER: "1",
    FieldKind.DATE: "05/03/2009",
    FieldKind.CHOICE: "1",
    FieldKind.ETHNIC: "Kinh",
    FieldKind.NATIONALITY: "Việt Nam",
    FieldKind.ID_NUMBER: "151234567",
    FieldKind.PERSON_NAME: "Phạm Thị Bé",
}


def finished_adoption(workspace: Workspace, folder: Path) -> Book:
    """A finished book of one adoption."""
    wanted = NewBook(
        record_type=RecordType.ADOPTION, year=2009, number="01", place="UBND xã Tân Lập", form_id=ADOPTION_FORM
    )
    book = open_book(workspace, wanted, CLERK)
    (page_id,) = add_pages(workspace, book, folder, 1, frozenset(), ADOPTION_FORM)
    record_id = open_record(workspace, page_id, 0, ADOPTION_FORM, CLERK)
    for row in entry.entry_view(workspace, record_id).open_rows:
        answer = ADOPTION_ANSWERS.get(row.field.kind, "xã Tân Lập")
        entry.confirm(workspace, record_id, row.field.id, answer, CLERK)
    approve(workspace, record_id)
    return book
