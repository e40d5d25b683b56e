"""Rows for other programs: every line keeps its type, no cell is run as a formula, and no half file is left."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotich.commands.parser import run
from hotich.errors import Cancelled, PackageError, PolicyError
from hotich.export.package_types import History, PackageRecord
from hotich.export.schema import stream_schema
from hotich.export.streams import CsvRows, JsonLines, StreamedBook, StreamedPage
from hotich.export.streams.csv_rows import RISKY, protected, unprotected
from hotich.export.streams.stream_types import StreamBook, StreamEnd, StreamLine, StreamRecord
from hotich.export.trust.locked import open_package
from hotich.forms.loader import load_catalogue
from hotich.pipeline import review
from hotich.pipeline.confidential import Passphrase, Protection
from hotich.pipeline.delivery import export_book, packages_of
from hotich.pipeline.opening import open_record
from hotich.pipeline.streaming import StreamForm, Streaming
from hotich.store import Workspace
from hotich.values import Book, RecordType, SourcePage
from hotich.workflow import BookOpened, Draft, Exported, ExportKind
from tests.export.made import CLERK, FORM, REVIEWER, add_pages, approve, enter, finished_book, open_made_book
from tests.export.tamper import unpacked

HISTORY = History(actions=7, head="a" * 64, at="2026-01-02T03:04:05.000006Z")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("kho")
    with Workspace.open(folder / "kho") as opened:
        finished_book(opened, folder)
        yield opened


def book_of(workspace: Workspace) -> Book:
    return workspace.books()[0].book


def lines_of(path: Path) -> list[StreamLine]:
    return [msgspec.json.decode(line, type=StreamLine) for line in path.read_bytes().splitlines()]


def test_a_stream_holds_what_a_package_holds(workspace: Workspace, tmp_path: Path) -> None:
    book = book_of(workspace)
    package = export_book(workspace, book.book_id, tmp_path, REVIEWER).path
    told = msgspec.json.decode(unpacked(package)["records.json"], type=tuple[PackageRecord, ...])
    (written,) = Streaming(workspace, REVIEWER).write([book.book_id], StreamForm.JSON_LINES, tmp_path)
    assert written.path.name == "KS.2009.01.jsonl" and written.records == {book.book_id: 3}
    data = written.path.read_bytes()
    assert hashlib.sha256(data).hexdigest() == written.sha256
    lines = lines_of(written.path)
    kinds = [type(line).__name__ for line in lines]
    assert kinds == ["StreamHead", "StreamBook", *["StreamPage", "StreamRecord"] * 3, "StreamEnd"]
    records = [line for line in lines if isinstance(line, StreamRecord)]
    for line, record in zip(records, told, strict=True):
        assert line.book_id == book.book_id and line.national == record.national
        for code, field in line.fields.items():
            same = msgspec.structs.replace(field, region=None)
            assert same == msgspec.structs.replace(record.fields[code], region=None)
            if field.region is not None:
                assert field.region.original == record.fields[code].region.original  # type: ignore[union-attr]
    end = lines[-1]
    assert isinstance(end, StreamEnd) and (end.books, end.records) == (1, 3)
    body = data[: data.rstrip(b"\n").rindex(b"\n") + 1]
    assert hashlib.sha256(body).hexdigest() == end.sha256


def test_every_line_keeps_the_schema(workspace: Workspace, tmp_path: Path) -> None:
    (written,) = Streaming(workspace, REVIEWER).write([book_of(workspace).book_id], StreamForm.JSON_LINES, tmp_path)
    validator = jsonschema.Draft202012Validator(stream_schema())
    for line in written.path.read_bytes().splitlines():
        validator.validate(json.loads(line))
    assert not validator.is_valid({"kind": "record"}) and not validator.is_valid({"kind": "other"})


def test_csv_has_the_columns_of_the_template(workspace: Workspace, tmp_path: Path) -> None:
    book = book_of(workspace)
    (written,) = Streaming(workspace, REVIEWER).write([book.book_id], StreamForm.CSV, tmp_path)
    data = written.path.read_bytes()
    assert written.path.name == "KS.2009.01.csv" and data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 4 and data.count(b"\n") == 4
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    codes = [field.id for field in load_catalogue().records[RecordType.BIRTH].fields]
    assert head == codes
    records = workspace.records(book.book_id)
    assert rows == [[protected(record.normal(code)) for code in codes] for record in records]
    assert hashlib.sha256(data).hexdigest() == written.sha256


def test_leaving_is_written_into_the_history_and_is_no_package(workspace: Workspace, tmp_path: Path) -> None:
    book, packages = book_of(workspace), packages_of(workspace, book_of(workspace).book_id)
    (written,) = Streaming(workspace, REVIEWER).write([book.book_id], StreamForm.CSV, tmp_path)
    event = workspace.book_actions(book.book_id, "Exported")[-1].event
    assert isinstance(event, Exported)
    assert (event.kind, event.package_sha256, event.records) == (ExportKind.STREAM, written.sha256, 3)
    assert packages_of(workspace, book.book_id) == packages


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@given(st.lists(st.tuples(st.sampled_from(["", *RISKY]), TEXTS), min_size=2, max_size=2))
def test_any_cell_comes_back_and_none_is_a_formula(parts: list[tuple[str, str]]) -> None:
    spec = load_catalogue().records[RecordType.BIRTH]
    cells = [start + text for start, text in parts] + [""] * (len(spec.fields) - 2)
    file = io.BytesIO()
    rows = CsvRows(file, spec)
    rows.add_row(cells)
    rows.close()
    _, row = csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline=""))
    assert not any(cell.startswith(tuple("=+-@\t\r\n")) for cell in row)
    assert [unprotected(cell) for cell in row] == cells


def test_books_that_may_not_leave_are_named_and_stay(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "kho") as workspace:
        finished = finished_book(workspace, tmp_path, pages=1)
        waiting = open_made_book(workspace, number="02")
        practice = open_made_book(workspace, practice=True, number="03")
        adopted = Book("nuôi", RecordType.ADOPTION, 2013, "01", "UBND xã Tân Lập")
        workspace.append(Draft(adopted.book_id, BookOpened(adopted), CLERK))
        ready, left_out = Streaming(workspace, REVIEWER).ready_books()
        assert ready == (finished.book_id,)
        assert [each.book.book_id for each in left_out] == [waiting.book_id, adopted.book_id]
        assert "nuôi con nuôi" in left_out[1].reasons[0]
        streaming = Streaming(workspace, REVIEWER)
        for wanted, key in (
            ([finished.book_id, waiting.book_id], "export-refused"),
            ([finished.book_id, practice.book_id], "stream-practice-mixed"),
            ([adopted.book_id], "export-confidential-needs-lock"),
            ([], "stream-no-book"),
        ):
            with pytest.raises(PolicyError) as refused:
                streaming.write(wanted, StreamForm.JSON_LINES, tmp_path / "ra")
            assert refused.value.key == key
        answering = Streaming(workspace, REVIEWER, protection=Protection(plain_reason="Tòa án yêu cầu"))
        with pytest.raises(PolicyError) as refused:
            answering.write([finished.book_id, adopted.book_id], StreamForm.CSV, tmp_path / "ra")
        assert refused.value.key == "stream-confidential-mixed" and not (tmp_path / "ra").exists()


def test_a_locked_stream_opens_with_its_passphrase_only(workspace: Workspace, tmp_path: Path) -> None:
    book, words = book_of(workspace), Passphrase("chín chữ rất dài để khóa")
    for form in StreamForm:
        streaming = Streaming(workspace, REVIEWER, protection=Protection((words,)))
        (written,) = streaming.write([book.book_id], form, tmp_path)
        assert written.path.name == f"KS.2009.01.{form.value}.locked"
        assert b"nksHoTen" not in written.path.read_bytes()
        with open_package(written.path, words) as file:
            assert hashlib.sha256(file.read()).hexdigest() == written.sha256


def test_several_books_make_one_stream_or_a_table_each(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "kho") as workspace:
        first = finished_book(workspace, tmp_path, pages=1)
        second = open_made_book(workspace, number="02")
        (tmp_path / "thêm").mkdir()
        page_id = add_pages(workspace, second, tmp_path / "thêm", 2, frozenset())[-1]
        record_id = open_record(workspace, page_id, 0, FORM, CLERK)
        enter(workspace, record_id, 1)
        approve(workspace, record_id)
        streaming, both = Streaming(workspace, REVIEWER), [first.book_id, second.book_id]
        tables = streaming.write(both, StreamForm.CSV, tmp_path / "ra")
        assert [each.path.name for each in tables] == ["KS.2009.01.csv", "KS.2009.02.csv"]
        (stream,) = streaming.write(both, StreamForm.JSON_LINES, tmp_path / "ra")
        assert stream.path.name == "hotich.jsonl" and stream.records == dict.fromkeys(both, 1)
        books = [line.book_id for line in lines_of(stream.path) if isinstance(line, StreamBook | StreamRecord)]
        assert books == [first.book_id, first.book_id, second.book_id, second.book_id]
        for book_id in both:
            kinds = [action.event.kind for action in workspace.book_actions(book_id, "Exported")]  # type: ignore[union-attr]
            assert kinds == [ExportKind.STREAM] * 2


class Stopping:
    def progress(self, done: int, total: int, text: str = "") -> None:
        if done:
            raise Cancelled

    def check(self) -> None:
        pass


@pytest.mark.parametrize("form", list(StreamForm))
def test_a_stopped_stream_leaves_nothing(workspace: Workspace, tmp_path: Path, form: StreamForm) -> None:
    before = workspace.head()
    with pytest.raises(Cancelled):
        Streaming(workspace, REVIEWER).write([book_of(workspace).book_id], form, tmp_path / "ra", Stopping())
    assert list((tmp_path / "ra").iterdir()) == [] and workspace.head() == before
    (tmp_path / "tệp").write_bytes(b"")
    with pytest.raises(PackageError):
        Streaming(workspace, REVIEWER).write([book_of(workspace).book_id], form, tmp_path / "tệp")


@pytest.mark.parametrize("form", list(StreamForm))
def test_a_book_that_changes_meanwhile_does_not_leave(tmp_path: Path, form: StreamForm) -> None:
    class Meddling(Stopping):
        def progress(self, done: int, total: int, text: str = "") -> None:
            if done == total:
                review.give_back(workspace, workspace.record_ids(book.book_id)[0], "Xem lại", REVIEWER)

    with Workspace.open(tmp_path / "kho") as workspace:
        book = finished_book(workspace, tmp_path, pages=1)
        with pytest.raises(PolicyError) as refused:
            Streaming(workspace, REVIEWER).write([book.book_id], form, tmp_path / "ra", Meddling())
        assert refused.value.key == "export-book-changed" and list((tmp_path / "ra").iterdir()) == []


def test_a_book_that_was_checked_and_changed_since_is_checked_again(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "kho") as workspace:
        book = finished_book(workspace, tmp_path, pages=1)
        streaming = Streaming(workspace, REVIEWER)
        assert streaming.ready_books()[0] == (book.book_id,)
        review.give_back(workspace, workspace.record_ids(book.book_id)[0], "Xem lại", REVIEWER)
        for key in ("export-book-changed", "export-refused"):
            with pytest.raises(PolicyError) as refused:
                streaming.write([book.book_id], StreamForm.CSV, tmp_path / "ra")
            assert refused.value.key == key
        assert list((tmp_path / "ra").iterdir()) == []


class Sink(io.RawIOBase):
    """Takes bytes and forgets them."""

    def write(self, data: object) -> int:
        return len(data)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", list(StreamForm))
def test_memory_does_not_grow_with_the_records(workspace: Workspace, form: StreamForm) -> None:
    book = book_of(workspace)
    record, spec = workspace.records(book.book_id)[0], load_catalogue().records[book.record_type]
    page = StreamedPage(SourcePage(record.page_id, "a.jpg", "0" * 64, 0, 827, 1169), (record,))

    def peak(pages: int) -> int:
        tracemalloc.start()
        try:
            if form is StreamForm.CSV:
                rows = CsvRows(Sink(), spec)  # type: ignore[arg-type]
                for _ in range(pages):
                    rows.add(page.records)
                rows.close()
            else:
                lines = JsonLines(Sink(), practice=False)  # type: ignore[arg-type]
                lines.add(StreamedBook(book, spec, HISTORY, (page for _ in range(pages))))
                lines.close()
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(50)
    assert peak(800) < peak(50) + 500_000


def test_the_verb_writes_streams_and_deltas(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kho, out = tmp_path / "kho", tmp_path / "ra"
    with Workspace.open(kho) as workspace:
        book = finished_book(workspace, tmp_path, pages=1)

    def hotich(*words: object) -> int:
        return run(["export", "--json", "--workspace", str(kho), "--name", REVIEWER.name, *map(str, words)])

    for form in ("jsonl", "csv"):
        assert hotich("--all", "--as", form, "--to", out) == 0
        (told,) = json.loads(capsys.readouterr().out)
        assert Path(told["path"]).suffix == f".{form}" and told["records"] == {book.book_id: 1}
    assert hotich(book.book_id, "--to", out) == 0
    assert json.loads(capsys.readouterr().out)["number"] == 1
    assert run(["packages", "--workspace", str(kho), book.book_id[:8]]) == 0
    assert "KS.2009.01.hotich.zip" in capsys.readouterr().out
    assert run(["packages", "--json", "--workspace", str(kho), book.book_id]) == 0
    (listed,) = json.loads(capsys.readouterr().out)
    assert (listed["number"], listed["records"], listed["by"]) == (1, 1, REVIEWER.name)
    for words, key in (
        ((book.book_id, "--since", 1, "--reason", "Đính chính"), "export-refused"),
        ((book.book_id, "--since", 1, "--as", "csv"), "export-since-one-book"),
        ((), "export-which-books"),
        ((book.book_id, "--all"), "export-which-books"),
    ):
        assert hotich(*words, "--to", out) == 6
        assert json.loads(capsys.readouterr().out)["error"] == key


@pytest.mark.parametrize("form", list(StreamForm))
def test_rows_of_made_up_people_are_named_so(tmp_path: Path, form: StreamForm) -> None:
    with Workspace.open(tmp_path / "kho") as workspace:
        book = finished_book(workspace, tmp_path, pages=1, practice=True)
        (streamed,) = Streaming(workspace, REVIEWER).write([book.book_id], form, tmp_path)
    assert streamed.path.name == f"THUC-HANH.KS.2009.01.{form.value}"
