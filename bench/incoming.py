"""How fast sheets and refusals come in, and how often the guess of an encoding is right.

`python bench/incoming.py [rows]` makes a book of that many records (10,000 when none is given), a sheet of them in
TCVN3 with 10 columns, and a pasted list that refuses every tenth; it prints seconds for each step. Then it takes random
names in random encodings, 500 columns of each length, and prints how many were read right, how many were left to a
person, and how many were taken for sure and wrong: the last must be 0.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from openpyxl import Workbook
from PIL import Image

from hotich.forms.loader import load_catalogue
from hotich.legacy_guess import TRIED, decode, guess
from hotich.legacy_text import Encoding, from_unicode
from hotich.pipeline import old_sheets, refusals
from hotich.pipeline.books import NewBook, open_book
from hotich.pipeline.intake import import_paths
from hotich.store import Workspace
from hotich.values import MACHINE, Actor, Reading, RecordType, Role, SourcePage
from hotich.workflow import Draft, PageAdded, ReadingsMade, RecordOpened

CLERK = Actor("Người đo", Role.CLERK)
IMPORTER = Actor("Cổng đo", Role.IMPORTER)
FORM = "KS-2006"
FAMILY = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Mai Tô Hà Cao Lương".split()
MIDDLE = "Văn Thị Đức Ngọc Hữu Minh Quang Thanh Xuân Kim Hồng Tuấn Bảo Quốc Đình Như Phương Anh".split()
GIVEN = """An Bình Chiến Dũng Hường Khánh Loan Ánh Tuấn Yến Giang Hà Hải Hạnh Hùng Lan Long Mai Nam Nga Phúc Quân Sơn
Tâm Thảo Thủy Trang Uyên Vân Vy Ước Ý Ân Ẩn Ổn Đào Đạt Nhung Quyên Thuận Nghĩa""".split()
LENGTHS = (1, 2, 3, 5, 10, 30)
COLUMNS = 500

T = TypeVar("T")


def names(chance: random.Random, count: int) -> list[str]:
    return [f"{chance.choice(FAMILY)} {chance.choice(MIDDLE)} {chance.choice(GIVEN)}" for _ in range(count)]


def make_book(workspace: Workspace, folder: Path, people: list[str]) -> str:
    """The id of a book with a record a page for each of those names, number and name read by the machine."""
    wanted = NewBook(record_type=RecordType.BIRTH, year=2009, number="01", place="UBND xã Tân Lập")
    book_id = open_book(workspace, wanted, CLERK).book_id
    Image.new("RGB", (400, 560), (238, 232, 214)).save(folder / "trang.jpg")
    first = import_paths(workspace, book_id, [folder / "trang.jpg"], CLERK).added[0]
    form = load_catalogue().forms[FORM]
    drafts: list[Draft] = []
    for place, name in enumerate(people):
        page = SourcePage(f"{first.page_id}-{place}", first.file_name, first.file_sha256, 0, 400, 560)
        record_id = f"{page.page_id}-e0"
        number = f"{place + 1:02}"
        read = (
            Reading("so", number, f"{number}/2009", 0.97, "đo", "1"),
            Reading("nksHoTen", name, name, 0.9, "đo", "1"),
        )
        drafts.append(Draft(book_id, PageAdded(page, place + 1), CLERK, page_id=page.page_id))
        drafts.append(Draft(book_id, RecordOpened(0, FORM, form.sha256, ()), MACHINE, record_id, page.page_id))
        drafts.append(Draft(book_id, ReadingsMade(read), MACHINE, record_id, page.page_id))
        if len(drafts) > 600 or place + 1 == len(people):
            workspace.append(*drafts)
            drafts = []
    return book_id


def make_sheet(file: Path, people: list[str], chance: random.Random) -> Path:
    """The book as a commune keyed it in TCVN3."""

    def old(text: str) -> str:
        return from_unicode(text, Encoding.TCVN3)

    book = Workbook(write_only=True)
    sheet = book.create_sheet("DL Import")
    more = ("nksGioiTinh", "nksDanToc", "nksNgaySinh", "meHoTen", "chaHoTen", "ghiChu")
    sheet.append(["so", "quyenSo", "ngayDangKy", old("Họ và tên"), *more])
    mothers, fathers = names(chance, len(people)), names(chance, len(people))
    for place, name in enumerate(people):
        day = f"{place % 28 + 1:02}.{place % 12 + 1:02}.2009"
        row = [place + 1, "01/2009", day, old(name), chance.choice((1, 2)), old("Mường"), "1/2/2009"]
        sheet.append([*row, old(mothers[place]), old(fathers[place]), None])
    book.save(file)
    return file


def timed(what: str, work: Callable[[], T]) -> T:
    started = time.perf_counter()
    done = work()
    print(f"  {what:<42}{time.perf_counter() - started:8.2f} s")
    return done


def steps(rows: int, folder: Path) -> None:
    chance = random.Random(5)
    people = names(chance, rows)
    with Workspace.open(folder / "kho") as workspace:
        book_id = make_book(workspace, folder, people)
        file = make_sheet(folder / "cũ.xlsx", people, chance)
        print(f"{rows} rows of 10 columns, a book of {rows} records")
        opened = timed("read the file", lambda: old_sheets.open_sheet(file))
        plan = timed("columns and encodings", lambda: old_sheets.plan(workspace, book_id, opened.tables[0]))
        match = timed("match", lambda: old_sheets.match_sheet(workspace, book_id, plan, opened.file_name))
        taken = timed("write suggestions", lambda: old_sheets.take_in_sheet(workspace, match, CLERK))
        again = timed("the same sheet again", lambda: old_sheets.take_in_sheet(workspace, match, CLERK))
        assert (taken.records, again.records) == (len(match.sure), 0)
        print(f"  matched {len(match.sure)}, doubtful {len(match.doubtful)}, left {len(match.left)}")
        text = "\n".join(f"Dòng {n + 1}: số {n:02}/2009 lỗi: ngày sinh sai" for n in range(10, rows + 1, 10))
        told = timed("read refusals", lambda: refusals.read_text(workspace, book_id, text))
        found = timed("match refusals", lambda: refusals.preview_refusals(workspace, book_id, told))
        timed("write refusals", lambda: refusals.take_in_refusals(workspace, found, IMPORTER, doubtful=True))
        print(f"  matched {len(found.matched)}, left {len(found.left)}")


def guesses() -> None:
    print(f"\nencodings guessed from a column of names, {COLUMNS} columns of each length")
    print(f"{'names':>6} {'right':>7} {'asked':>7} {'wrong':>7}")
    chance = random.Random(3)
    for length in LENGTHS:
        counts: Counter[str] = Counter()
        for _ in range(COLUMNS):
            people, encoding = names(chance, length), chance.choice(TRIED)
            texts = [from_unicode(name.upper() if chance.random() < 0.3 else name, encoding) for name in people]
            found = guess(texts)
            read = [decode(text, found).text.lower() for text in texts]
            right = read == [name.lower() for name in people]
            counts["asked" if not found.sure else "right" if right else "wrong"] += 1
        print(f"{length:>6} {counts['right']:>7} {counts['asked']:>7} {counts['wrong']:>7}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        steps(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000, Path(made))
    guesses()
