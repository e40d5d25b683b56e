"""A small workspace and a window's stand-in, for the tests of presenters and views."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

from hotich.errors import HotichError
from hotich.pipeline import entry
from hotich.pipeline.books import NewBook, open_book
from hotich.pipeline.intake import import_paths
from hotich.pipeline.opening import open_record
from hotich.pipeline.ticket import SILENT, Ticket
from hotich.store import Workspace
from hotich.ui.presenters.desk import Screen
from hotich.ui.presenters.protection import LockAnswer, UnlockAnswer
from hotich.values import MACHINE, Actor, Book, Origin, Reading, Record, RecordType, Role
from hotich.workflow import Draft, ReadingsMade

CLERK = Actor("Nguyễn Thị Lan", Role.CLERK)
REVIEWER = Actor("Trần Văn Hòa", Role.SUPERVISOR)
FORM = "KS-2006"

ANSWERS = {
    "so": "05",
    "ngayDangKy": "5/3/2009",
    "nksHoTen": "H'Hen Niê",
    "nksGioiTinh": "Nữ",
    "nksNgaySinh": "1/3/2009",
    "nksDanToc": "Ê Đê",
    "nksQuocTich": "Việt Nam",
    "meHoTen": "H'Lan Niê",
    "chaHoTen": "Y Moan Êban",
    "trangSo": "3",
    "loaiDangKy": "1",
}


class FakeShell:
    """Remembers what it was told; questions are answered by `reason`, work is done at once."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.told: list[str] = []
        self.asked: list[str] = []
        self.went: list[Screen] = []
        self.changes = 0
        self.reason = ""
        self.lock: LockAnswer | None = None
        self.unlock: UnlockAnswer | None = None

    def note(self, text: str) -> None:
        self.notes.append(text)

    def tell(self, text: str) -> None:
        self.told.append(text)

    def ask_reason(self, question: str, then: Callable[[str], None]) -> None:
        self.asked.append(question)
        if self.reason:
            then(self.reason)

    def ask_lock(self, question: str, may_give_reason: bool, then: Callable[[LockAnswer], None]) -> None:
        self.asked.append(question)
        if self.lock is not None:
            then(self.lock)

    def ask_unlock(self, question: str, then: Callable[[UnlockAnswer], None]) -> None:
        self.asked.append(question)
        if self.unlock is not None:
            then(self.unlock)

    def confirm(self, question: str, then: Callable[[], None]) -> None:
        self.asked.append(question)
        then()

    def run(self, title: str, work: Callable[[Ticket], object], done: Callable[[object], None]) -> None:
        try:
            result = work(SILENT)
        except HotichError as error:
            self.told.append(error.key)
        else:
            done(result)

    def fetch(
        self, work: Callable[[Ticket], object], done: Callable[[object], None], *, patient: bool = False
    ) -> FakeShell:
        done(work(SILENT))
        return self

    def cancel(self) -> None:
        """Work done at once cannot be stopped any more."""

    def go(self, screen: Screen) -> None:
        self.went.append(screen)

    def changed(self) -> None:
        self.changes += 1


def page_file(folder: Path, name: str, text: str) -> Path:
    """A small page with something on it; another text makes another page."""
    picture = Image.new("RGB", (400, 560), (238, 232, 214))
    ImageDraw.Draw(picture).text((40, 40), text, fill=(30, 30, 90))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    (folder / name).write_bytes(out.getvalue())
    return folder / name


def small_book(workspace: Workspace, folder: Path, pages: int = 2, form: str = FORM) -> tuple[Book, tuple[str, ...]]:
    """A book of births, or of that form, with that many pages, a record open on each; the ids of the records."""
    kind = RecordType(form.partition("-")[0])
    wanted = NewBook(record_type=kind, year=2009, number="01", place="UBND xã Tân Lập")
    book = open_book(workspace, wanted, CLERK)
    files = [page_file(folder, f"trang {number}.jpg", f"{number}") for number in range(1, pages + 1)]
    report = import_paths(workspace, book.book_id, files, CLERK)
    records = tuple(open_record(workspace, page.page_id, 0, form, CLERK) for page in report.added)
    return book, records


def record_now(workspace: Workspace, record_id: str) -> Record:
    """The record as it stands."""
    record = workspace.record(record_id)
    assert record is not None
    return record


def suggest(workspace: Workspace, record_id: str, field_id: str, text: str, confidence: float = 0.97) -> None:
    """Keep a reading as the machine would."""
    record = record_now(workspace, record_id)
    reading = Reading(field_id, text, text, confidence, "thu", "1")
    workspace.append(Draft(record.book_id, ReadingsMade((reading,)), MACHINE, record_id, record.page_id))


def fill(workspace: Workspace, record_id: str, actor: Actor = CLERK) -> None:
    """Confirm every open field as a clerk would."""
    for row in entry.entry_view(workspace, record_id).open_rows:
        if row.origin is Origin.BOOK:
            entry.accept(workspace, record_id, row.field.id, actor)
        else:
            entry.confirm(workspace, record_id, row.field.id, ANSWERS.get(row.field.id, ""), actor)


def hand_over(workspace: Workspace, record_id: str, actor: Actor = CLERK) -> None:
    """Fill the record and hand it to the reviewer."""
    fill(workspace, record_id, actor)
    entry.submit(workspace, record_id, actor)
