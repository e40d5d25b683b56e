"""How many records a second leave, and in how much memory, beside what anybody would write first.

`python bench/export.py [records...]` (1,000 10,000 100,000 when none are given; 1,000,000 takes half an hour and 15 GB)
prints seconds by the clock and by the processor, records a second of the clock, the highest memory of the process in
MiB and the size of what was written. Every figure is a process of its own, on the same rows in the same run: made-up
records of all eight types, each with its own id. `--only jsonl,orjson` leaves the other writers out.

Rows with everything that is known of every field:
  jsonl       JSON Lines as `hotich export --as jsonl` writes them, from records that are ready to leave
  jsonl+      the same from records as the workspace keeps them: folded fields, regions, readings
  orjson      orjson.dumps of each row and a line feed
  json        json.dumps of each row and a line feed
  json.dump   json.dump of all rows at once, as most scripts do
Rows of the import template alone:
  csv         as `hotich export --as csv` writes them
  xlsxwriter  a workbook in its mode for constant memory
  xlsx-plain  a workbook in its usual mode
Of books in a workspace, 2,000 records each:
  store       `hotich export --all --as jsonl`: the rules put to every book, then rows straight from the store
Of a book (as many records as a package holds):
  package     the sealed package, without pictures
  verify      reading it back and proving it
  sqlite      verified and loaded into SQLite
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from hotich.export import PackageContent, PackagePage, build_package, verify
from hotich.export.geometry import upright_page
from hotich.export.package_types import History, PackageRecord
from hotich.export.records_json import record_of
from hotich.export.streams import CsvRows, JsonLines
from hotich.forms.loader import load_catalogue
from hotich.pipeline.loading import load_packages
from hotich.pipeline.streaming import StreamForm, Streaming
from hotich.store import Workspace
from hotich.values import MACHINE, Record, RecordType
from hotich.workflow import Approved, BookOpened, Draft, FieldsConfirmed, PageAdded, RecordOpened, Submitted
from tools.example_records import CLERK, REVIEWER, example_book, example_page, example_picture, example_record

FULL = ("jsonl", "orjson", "json", "json.dump", "jsonl+")
NATIONAL = ("csv", "xlsxwriter", "xlsx-plain")
BOOK = ("store", "package", "verify", "sqlite")
MOST_IN_MEMORY = 100_000
MOST_IN_A_BOOK = 10_000
A_BOOK, A_PAGE = 2_000, 10
HISTORY = History(actions=1, head="0" * 64, at="")
PAGE = upright_page(example_page(), 1)


@cache
def kept() -> list[Record]:
    """The records that stand for all, as the workspace keeps them."""
    return [example_record(kind, number) for kind in RecordType for number in range(1, 26)]


@cache
def ready() -> list[PackageRecord]:
    """The same, as they leave."""
    specs = load_catalogue().records
    kinds = [kind for kind in RecordType for _ in range(25)]
    pairs = zip(kept(), kinds, strict=True)
    return [record_of(record, example_book(kind), specs[kind], PAGE) for record, kind in pairs]


def rows(count: int) -> Iterator[dict[str, Any]]:
    """The same rows for everybody else."""
    for number, row in enumerate(islice(cycle(plain()), count)):
        yield {**row, "record_id": str(number)}


@cache
def plain() -> list[dict[str, Any]]:
    """The records as they leave, as dictionaries."""
    return [msgspec.json.decode(msgspec.json.encode(record)) for record in ready()]


def jsonl(count: int, file: Path) -> None:
    pool = ready()
    with file.open("wb") as out:
        lines = JsonLines(out, practice=False)
        for number, record in enumerate(islice(cycle(pool), count)):
            lines.add_record(msgspec.structs.replace(record, record_id=str(number)), "so-1")
        lines.close()


def jsonl_plus(count: int, file: Path) -> None:
    specs = load_catalogue().records
    kinds = (kind for kind in RecordType for _ in range(25))
    pool = [(record, kind, specs[kind]) for record, kind in zip(kept(), kinds, strict=True)]
    books = {kind: example_book(kind) for kind in RecordType}
    with file.open("wb") as out:
        lines = JsonLines(out, practice=False)
        for number, (record, kind, spec) in enumerate(islice(cycle(pool), count)):
            own = msgspec.structs.replace(record, record_id=str(number))
            lines.add_record(record_of(own, books[kind], spec, PAGE), "so-1")
        lines.close()


def by_orjson(count: int, file: Path) -> None:
    import orjson

    with file.open("wb") as out:
        for row in rows(count):
            out.write(orjson.dumps(row) + b"\n")


def by_json(count: int, file: Path) -> None:
    with file.open("w", encoding="utf-8") as out:
        for row in rows(count):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def by_json_dump(count: int, file: Path) -> None:
    with file.open("w", encoding="utf-8") as out:
        json.dump(list(rows(count)), out, ensure_ascii=False)


def by_csv(count: int, file: Path) -> None:
    pool = [list(record.national.values()) for record in ready()]
    with file.open("wb") as out:
        table = CsvRows(out, load_catalogue().records[RecordType.BIRTH])
        for cells in islice(cycle(pool), count):
            table.add_row(cells)
        table.close()


def by_xlsxwriter(count: int, file: Path, constant_memory: bool = True) -> None:
    import xlsxwriter

    pool = [list(record.national.values()) for record in ready()]
    options = {"constant_memory": constant_memory, "use_zip64": True}
    with xlsxwriter.Workbook(str(file), options) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate(islice(cycle(pool), count)):
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, cell)


def by_xlsx_plain(count: int, file: Path) -> None:
    by_xlsxwriter(count, file, constant_memory=False)


def filled(count: int, folder: Path) -> Path:
    """A workspace with approved births in books of 2,000, each record entered, handed over and approved."""
    with Workspace.open(folder) as workspace:
        for first in range(0, count, A_BOOK):
            book = msgspec.structs.replace(example_book(RecordType.BIRTH), book_id=f"so-{first}", number=f"{first}")
            workspace.append(Draft(book.book_id, BookOpened(book), CLERK))
            for page in range(min(A_BOOK, count - first) // A_PAGE):
                workspace.append(*_page(book.book_id, page))
    return folder


def _page(book_id: str, page: int) -> Iterator[Draft]:
    source = msgspec.structs.replace(example_page(page), page_id=f"{book_id}-{page}")
    yield Draft(book_id, PageAdded(source, page), CLERK, page_id=source.page_id)
    for entry in range(A_PAGE):
        record_id = f"{source.page_id}-{entry}"
        record = example_record(RecordType.BIRTH, page * A_PAGE + entry + 1)
        entries = record.fields.values()
        regions = tuple(
            msgspec.structs.replace(each.region, page_id=source.page_id) for each in entries if each.region is not None
        )
        values = tuple(each.value for each in entries if each.value is not None)
        opened = RecordOpened(entry, record.form_id, record.form_sha256, regions)
        for event, actor in (
            (opened, MACHINE),
            (FieldsConfirmed(values), CLERK),
            (Submitted(), CLERK),
            (Approved(), REVIEWER),
        ):
            yield Draft(book_id, event, actor, record_id, source.page_id)


def store(folder: Path, out: Path) -> None:
    with Workspace.open(folder) as workspace:
        streaming = Streaming(workspace, REVIEWER)
        ready, left_out = streaming.ready_books()
        if left_out:
            raise SystemExit(left_out[0].reasons[0])
        streaming.write(ready, StreamForm.JSON_LINES, out)


def package(count: int, file: Path) -> Path:
    kind, a_page = RecordType.BIRTH, A_PAGE
    one = [example_record(kind, number) for number in range(1, a_page + 1)]

    def pages() -> Iterator[PackagePage]:
        for page in range(count // a_page):
            own = (msgspec.structs.replace(r, record_id=f"{page}-{r.entry}", page_id=f"trang-{page}") for r in one)
            yield PackagePage(example_page(page), example_picture(), tuple(own))

    content = PackageContent(example_book(kind), load_catalogue().records[kind], pages(), 0, HISTORY, number=1)
    return build_package(content, file.parent).path


def measured(writer: str, count: int, folder: Path) -> dict[str, float]:
    """Runs one writer in this process."""
    writers: dict[str, Callable[[int, Path], object]] = {
        "jsonl": jsonl,
        "jsonl+": jsonl_plus,
        "orjson": by_orjson,
        "json": by_json,
        "json.dump": by_json_dump,
        "csv": by_csv,
        "xlsxwriter": by_xlsxwriter,
        "xlsx-plain": by_xlsx_plain,
        "package": package,
    }
    file = folder / "out"
    if writer in ("verify", "sqlite"):
        made = package(count, file)
        url = f"sqlite:///{folder / 'x.sqlite'}"
        writers |= {"verify": lambda _, __: verify(made), "sqlite": lambda _, __: load_packages([made], url)}
    elif writer == "store":
        subprocess.run([sys.executable, __file__, "--fill", str(count), str(folder / "kho")], check=True)
        writers["store"] = lambda _, __: store(folder / "kho", folder)
    else:
        plain()  # What stands for all the rows is made before the clock starts.
    start, processor = time.perf_counter(), time.process_time()
    writers[writer](count, file)
    seconds, processor = time.perf_counter() - start, time.process_time() - processor
    size = sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
    return {
        "seconds": seconds,
        "processor": processor,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "size": size / 2**20,
    }


def in_own_process(writer: str, count: int) -> dict[str, float]:
    """The figures of one writer in a fresh process."""
    with tempfile.TemporaryDirectory() as folder:
        words = [sys.executable, __file__, "--one", writer, str(count), folder]
        done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True)
        figures: dict[str, float] = json.loads(done.stdout)
        return figures


def wanted(writer: str, count: int) -> bool:
    """What is left out: writers that keep everything in memory, and books larger than any."""
    if writer == "xlsx-plain" or writer == "json.dump":
        return count <= MOST_IN_MEMORY
    return writer not in BOOK or count <= MOST_IN_A_BOOK


def main() -> None:
    """Prints a line for each writer and number of records."""
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measured(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))))
        return
    if sys.argv[1:2] == ["--fill"]:
        filled(int(sys.argv[2]), Path(sys.argv[3]))
        return
    parser = argparse.ArgumentParser()
    parser.add_argument("records", nargs="*", default=["1000", "10000", "100000"])
    parser.add_argument("--only", default=",".join((*FULL, *NATIONAL, *BOOK)))
    words = parser.parse_args()
    heads = ("seconds", "processor", "records/s", "peak MiB", "written MiB")
    print(f"{'writer':<12} {'records':>10} " + " ".join(f"{head:>11}" for head in heads))
    for group in (FULL, NATIONAL, BOOK):
        for count in (int(word.replace(",", "")) for word in words.records):
            for writer in (writer for writer in group if writer in words.only.split(",") and wanted(writer, count)):
                told = in_own_process(writer, count)
                speed = f"{count / told['seconds']:>11,.0f} {told['peak']:>11.0f} {told['size']:>11.1f}"
                print(
                    f"{writer:<12} {count:>10,} {told['seconds']:>11.2f} {told['processor']:>11.2f} {speed}", flush=True
                )


if __name__ == "__main__":
    main()
