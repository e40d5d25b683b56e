"""How long the search answers in a workspace of a million records: `python bench/search.py [records] [folder]`.

The records are made up and put into the index as the store would leave them, with fields as a register of births has
them, over books of 2,000 records each; their actions are left out, which the search does not read. A folder that is
named is kept and used again. Printed are milliseconds, median and worst of 15 askings, for the question to the index
alone and with the 50 lines of the list made ready, beside what `LIKE` over the same words takes, asked once. The goal
is an answer within 200 ms.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import sqlite_utils

from hotich.pipeline.search import Filters, search
from hotich.pipeline.search_line import read_line
from hotich.store import Workspace, index
from hotich.store.search import put
from hotich.values import Actor, Book, FieldEntry, FieldValue, Record, RecordType, Role, SourcePage, Status
from hotich.workflow import BookOpened, Draft, PageAdded

CLERK = Actor("Người đo", Role.CLERK)
A_BOOK = 2000
PORTION = 20_000
TIMES = 15
GOAL_MS = 200

FAMILY = (
    "Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Hoàng Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý H' Y Siu".split()
)
MIDDLE = "Văn Văn Văn Thị Thị Thị Hữu Đức Ngọc Minh Thanh Quốc Xuân Hồng Kim Thùy Anh Gia".split()
GIVEN = """An Anh Ánh Bảo Bình Châu Chi Cường Dũng Duy Đạt Đào Đông Giang Hà Hải Hạnh Hằng Hiền Hiếu Hoa Hòa Hùng Hương
Khánh Khoa Lan Linh Loan Long Mai Minh Nam Nga Ngọc Nhung Oanh Phong Phúc Phương Quang Quân Quyên Sơn Tâm Thảo Thắng
Thủy Thúy Tiến Toàn Trang Trung Tuấn Tùng Tú Uyên Vân Việt Vinh Vy Xuân Yến Ước Ẩn""".split()
PLACE = (
    "Tân Lập|Tân Tiến|Hòa Bình|Đắk Drông|Ea Tu|Quảng Phú|An Khê|Bình Minh|Đông Hưng|Vĩnh Lộc|Mỹ Đức|Thạch Thất|"
    "Yên Mô|Gio Linh|Hướng Hóa|Krông Búk|Chư Sê|Phú Lộc|Nam Đàn|Nghi Xuân|Kim Sơn|Hải Hậu|Tiền Hải|Thủy Nguyên|Ân Thi"
).split("|")

QUESTIONS = (
    "nguyen van an 1984", "Nguyễn Văn Đạt", "nguyen", "nguyen van", "n", "ng", "nguy", "le thi th", "uoc", "khongcoten",
    "số 05/1984", "số 5", "12/3/1984", "3/1984", "1984", "12/3", "quyển 01/1990 số 17", "mẹ: tran thi dao",
    "nơi: dak drong 1975", "siu oanh ea tu", "tran le pham hoang phan", "nguyen van an hoa binh 12/3/1984",
)  # fmt: skip


def people(chance: random.Random) -> str:
    """A name."""
    return f"{chance.choice(FAMILY)} {chance.choice(MIDDLE)} {chance.choice(GIVEN)}"


def values_of(chance: random.Random, number: int, year: int) -> dict[str, FieldEntry]:
    """The fields of one record that the search looks into, and two that it does not."""
    day, month = chance.randint(1, 28), chance.randint(1, 12)
    place = f"Xã {chance.choice(PLACE)}, huyện {chance.choice(PLACE)}"
    told = {
        "so": (f"{number:02}", f"{number:02}/{year}"),
        "ngayDangKy": (f"{day}/{month}/{year}", f"{day:02}.{month:02}.{year}"),
        "noiDangKy": ("Xã", "Xã"),
        "nksHoTen": (name := people(chance), name),
        "nksNgaySinh": (f"{day}/{month}/{year}", f"{day:02}.{month:02}.{year}"),
        "nksNoiSinh": (place, place),
        "meHoTen": (mother := people(chance), mother),
        "meNgaySinh": (str(year - 25), str(year - 25)),
        "meNoiCuTru": (place, place),
        "chaHoTen": (father := people(chance), father),
        "chaNgaySinh": (str(year - 27), str(year - 27)),
        "nguoiKy": ("Trần Văn Hòa", "Trần Văn Hòa"),
    }
    return {key: FieldEntry(key, value=FieldValue(key, *texts), actor=CLERK) for key, texts in told.items()}


def books(workspace: Workspace, count: int) -> Iterator[tuple[Book, str]]:
    """Books with a page each, of the types in turn."""
    for number in range(count):
        year = 1956 + number % 65
        book = Book(f"{number:032x}", RecordType.BIRTH, year, f"{number // 65 + 1:02}", f"Xã {number % 25}")
        page = SourcePage(f"{number:032x}p", "1.jpg", f"{number:064x}", 0, 2480, 3508)
        workspace.append(
            Draft(book.book_id, BookOpened(book), CLERK),
            Draft(book.book_id, PageAdded(page, 0), CLERK, "", page.page_id),
        )
        yield book, page.page_id


def fill(workspace: Workspace, records: int) -> None:
    """So many records in the tables that follow from actions."""
    chance = random.Random(7)
    made = books(workspace, -(-records // A_BOOK))
    book, page_id = next(made)
    waiting: list[tuple[Record, Book]] = []
    for number in range(records):
        if number and number % A_BOOK == 0:
            book, page_id = next(made)
        place = number % A_BOOK
        fields = values_of(chance, place + 1, book.year)
        status = Status.APPROVED if place % 3 else Status.DRAFT
        waiting.append(
            (Record(f"{page_id}-{place}", book.book_id, page_id, place, "KS-1999", "f" * 64, status, fields), book)
        )
        if len(waiting) == PORTION or number + 1 == records:
            workspace._write(lambda db: written(db, waiting))
            waiting.clear()
            print(f"\r{number + 1:,} records", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


def written(db: sqlite_utils.Database, waiting: list[tuple[Record, Book]]) -> None:
    """The rows of the records, as the store leaves them."""
    with db.atomic():
        for record, book in waiting:
            db.execute("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?)", index.record_row(record, 1))
            put(db, record, book)


def timed(work: object, times: int = TIMES) -> tuple[float, float]:
    """Median and worst milliseconds."""
    assert callable(work)
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken), max(taken)


def by_like(workspace: Workspace, line: str) -> float:
    """Milliseconds of the same words asked with LIKE, once: what an index saves."""
    words = [f"%{word}%" for word in line.lower().split()]
    text = "number || ' ' || dates || ' ' || name || ' ' || people || ' ' || places"
    where = " AND ".join(f"({text}) LIKE ?" for _ in words)
    sql = f"SELECT record_id FROM search WHERE {where} ORDER BY number LIMIT 50"
    return timed(lambda: workspace._rows(sql, words), 1)[0]


def line_of(workspace: Workspace, line: str, filters: Filters) -> float:
    """Prints how long one question takes and returns the worst time of an answer made ready."""
    wanted = msgspec.structs.replace(read_line(line), book_id=filters.book_id, status=filters.status)
    found = workspace.search(wanted)
    alone = timed(lambda: workspace.search(wanted, 0, 50))
    ready = timed(lambda: search(workspace, line, filters))
    count = f"{found.count}{'+' if found.more else ''}"
    narrowed = " (one book, in entry)" if filters.book_id else ""
    print(f"{line + narrowed:<38} {count:>7} {alone[0]:9.1f} {alone[1]:8.1f} {ready[0]:9.1f} {ready[1]:8.1f}")
    return ready[1]


def measure(workspace: Workspace) -> float:
    """Prints a line for each question and returns the worst time of an answer made ready."""
    print(f"{'question':<38} {'found':>7} {'index':>9} {'worst':>8} {'answer':>9} {'worst':>8}   (ms)")
    narrowed = Filters(status=Status.DRAFT, book_id=f"{3:032x}")
    worst = [line_of(workspace, line, Filters()) for line in QUESTIONS]
    worst.append(line_of(workspace, "nguyen van", narrowed))
    for line in ("nguyen van an 1984", "khongcoten"):
        print(f"the same by LIKE: {line:<20} {by_like(workspace, line):.0f} ms")
    return max(worst)


def main() -> None:
    """Fills a workspace, or takes the one that is there, and asks."""
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(temporary)
        with Workspace.open(folder) as workspace:
            held = workspace._rows("SELECT count(*) FROM records")[0][0]
            if held < records:
                start = time.perf_counter()
                fill(workspace, records)
                print(f"filled {records:,} records in {time.perf_counter() - start:.0f} s")
            size = (folder / "hotich.sqlite").stat().st_size / 2**20
            words = workspace._rows("SELECT sum(length(block)) FROM search_words_data")[0][0] / 2**20
            print(f"{max(held, records):,} records, {size:,.0f} MiB, of it {words:,.0f} MiB of words")
            worst = measure(workspace)
    print(f"worst answer {worst:.0f} ms, goal {GOAL_MS} ms: {'reached' if worst <= GOAL_MS else 'missed'}")


if __name__ == "__main__":
    main()
