"""Random records of every type go out and come back equal: through a package, a stream, CSV and both databases."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotich.export import PackageContent, PackagePage, build_package, verify
from hotich.export.geometry import page_of
from hotich.export.load import Outcome, database_at, load
from hotich.export.load.database import Database
from hotich.export.load.rows import records_with
from hotich.export.package_reader import PackageReader
from hotich.export.package_types import History, PackageRecord, Size
from hotich.export.records_json import record_of
from hotich.export.streams import CsvRows, JsonLines, StreamedBook, StreamedPage
from hotich.export.streams.csv_rows import unprotected
from hotich.export.streams.stream_types import StreamLine, StreamRecord
from hotich.forms.loader import load_catalogue
from hotich.values import FieldValue, Record, RecordType
from tests.export.lawful import lawful_record
from tests.export.load.conftest import new_database
from tools.example_records import HEIGHT, WIDTH, example_book, example_page, example_picture, example_record


def built(kind: RecordType, records: tuple[Record, ...], folder: Path, actions: int = 1) -> Path:
    """A package of one page with those records."""
    page = PackagePage(example_page(), example_picture(), records)
    history = History(actions=actions, head="0" * 64, at="")
    spec = load_catalogue().records[kind]
    content = PackageContent(example_book(kind), spec, iter([page]), 0, history, number=1)
    return build_package(content, folder).path


def told(kind: RecordType, records: tuple[Record, ...]) -> tuple[PackageRecord, ...]:
    """The records as they leave."""
    page = page_of(example_page(), 1, Size(width=WIDTH // 2, height=HEIGHT // 2))
    book, spec = example_book(kind), load_catalogue().records[kind]
    return tuple(record_of(record, book, spec, page) for record in records)


@st.composite
def some(draw: st.DrawFn) -> tuple[RecordType, tuple[Record, ...]]:
    kind = draw(st.sampled_from(list(RecordType)))
    return kind, tuple(draw(lawful_record(kind, number)) for number in range(1, draw(st.integers(1, 3)) + 1))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    opened = database_at(new_database(request.param, request, tmp_path_factory.mktemp("cơ sở dữ liệu")))
    yield opened
    opened.close()


ACTIONS = iter(range(1, 10**9))


@pytest.mark.parametrize("kind", list(RecordType))
@settings(max_examples=6)
@given(data=st.data())
def test_packages_and_databases_give_back_what_left(database: Database, kind: RecordType, data: st.DataObject) -> None:
    numbers = range(1, data.draw(st.integers(1, 3)) + 1)
    records = tuple(data.draw(lawful_record(kind, number)) for number in numbers)
    with tempfile.TemporaryDirectory() as folder:
        package = built(kind, records, Path(folder), next(ACTIONS))
        found = verify(package)
        assert found.ok, found.problems
        with PackageReader(package) as reader:
            left = tuple(taken.record for taken in reader.records())
            loaded = load(database, reader)
    assert left == told(kind, records)
    assert loaded.outcome is Outcome.LOADED
    read = {record.record_id: record for record in records_with(database, [record.record_id for record in left])}
    assert tuple(read[record.record_id] for record in left) == left
    ids = database.rows("SELECT record_id FROM records WHERE book_id = ?", (example_book(kind).book_id,))
    assert {record_id for (record_id,) in ids} == set(read)


def test_a_very_long_note_is_no_obstacle(database: Database, tmp_path: Path) -> None:
    text = "Ghi chú về việc thay đổi hộ tịch, " * 2000
    value = FieldValue("ghiChu", text, text)
    record = example_record(RecordType.BIRTH)
    entry = msgspec.structs.replace(record.fields["ghiChu"], value=value)
    record = msgspec.structs.replace(record, record_id="dài", fields={**record.fields, "ghiChu": entry})
    with PackageReader(built(RecordType.BIRTH, (record,), tmp_path, next(ACTIONS))) as reader:
        load(database, reader)
    (read,) = records_with(database, ["dài"])
    assert read.fields["ghiChu"].as_written == text


def test_what_was_replaced_is_kept_as_it_had_left(database: Database) -> None:
    """The history of all the packages above: each older record has the hash of the line that its package told."""
    import hashlib

    rows = database.rows("SELECT sha256, record FROM record_history")
    assert rows
    assert all(hashlib.sha256(record.encode()).hexdigest() == sha256 for sha256, record in rows)


@settings(max_examples=30)
@given(some())
def test_streams_and_csv_give_back_what_left(drawn: tuple[RecordType, tuple[Record, ...]]) -> None:
    kind, records = drawn
    book, spec = example_book(kind), load_catalogue().records[kind]
    file = io.BytesIO()
    lines = JsonLines(file, practice=False)
    history = History(actions=1, head="0" * 64, at="")
    lines.add(StreamedBook(book, spec, history, iter([StreamedPage(example_page(), records)])))
    lines.close()
    read = [msgspec.json.decode(line, type=StreamLine) for line in file.getvalue().splitlines()]
    page = page_of(example_page(), 1, Size(width=WIDTH, height=HEIGHT))
    expected = [record_of(record, book, spec, page) for record in records]
    names = PackageRecord.__struct_fields__
    found = [{name: getattr(line, name) for name in names} for line in read if isinstance(line, StreamRecord)]
    assert found == [{name: getattr(record, name) for name in names} for record in expected]
    table = io.BytesIO()
    rows = CsvRows(table, spec)
    rows.add(records)
    rows.close()
    _, *cells = csv.reader(io.StringIO(table.getvalue().decode("utf-8-sig"), newline=""))
    assert [[unprotected(cell) for cell in row] for row in cells] == [list(each.national.values()) for each in expected]
