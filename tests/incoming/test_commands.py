"""`hotich refusals` and `hotich old-sheet`: shown first, written on a word, exit codes."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from hotich.commands.parser import run
from hotich.legacy_text import Encoding, from_unicode
from hotich.pipeline.books import NewBook, open_book
from hotich.pipeline.delivery import export_book
from hotich.pipeline.opening import open_record
from hotich.store import Workspace
from hotich.values import Book, RecordType, Status
from tests.export.made import CLERK, FORM, REVIEWER, add_pages, finished_book, open_made_book
from tests.incoming.sheets_made import xlsx


def hotich(*words: object) -> int:
    return run([str(word) for word in words])


@pytest.fixture
def kho(tmp_path: Path) -> Path:
    return tmp_path / "kho"


@pytest.fixture
def left(kho: Path, tmp_path: Path) -> Book:
    with Workspace.open(kho) as workspace:
        book = finished_book(workspace, tmp_path, pages=2)
        export_book(workspace, book.book_id, tmp_path / "gói", REVIEWER)
    return book


@pytest.fixture
def opened(kho: Path, tmp_path: Path) -> Book:
    with Workspace.open(kho) as workspace:
        book = open_made_book(workspace)
        for page_id in add_pages(workspace, book, tmp_path, 1, frozenset()):
            open_record(workspace, page_id, 0, FORM, CLERK)
    return book


def statuses(kho: Path, book: Book) -> list[Status]:
    with Workspace.read_only(kho) as workspace:
        return [record.status for record in workspace.records(book.book_id)]


def test_refusals_are_shown_then_taken_in_once(
    kho: Path, left: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = xlsx(tmp_path / "lỗi.xlsx", [("so", "quyenSo", "Lỗi"), ("01/2009", "01/2009", "nksNgaySinh: sai")])
    words = ("refusals", "--workspace", kho, left.book_id, file, "--name", REVIEWER.name)
    assert hotich(*words, "--dry-run") == 0
    assert "nksNgaySinh: sai" in capsys.readouterr().out
    assert statuses(kho, left) == [Status.APPROVED, Status.APPROVED]
    assert hotich(*words, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["taken"] == {"records": 1, "refusals": 1, "reopened": 1}
    assert statuses(kho, left) == [Status.RETURNED, Status.APPROVED]
    assert hotich(*words) == 6
    assert "lỗi.xlsx" in capsys.readouterr().err
    assert hotich("refusals", "--workspace", kho, left.book_id, "--counts", "--json", "--dry-run") == 0
    assert json.loads(capsys.readouterr().out) == {"refused": 1, "waiting": 1, "corrected": 0, "left": 0}


def test_a_list_from_the_shell_tells_lines_of_no_record(
    kho: Path, left: Book, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Số 02/2009 lỗi: thiếu mẹ\nSố 77/2009 lỗi: thiếu cha\n"))
    assert hotich("refusals", "--workspace", kho, left.book_id, "-", "--role", "importer", "--name", "Cổng") == 3
    assert "thiếu cha" in capsys.readouterr().out
    assert statuses(kho, left) == [Status.APPROVED, Status.RETURNED]
    assert hotich("refusals", "--workspace", kho, left.book_id) == 4


def test_what_refuses_nothing_is_told_with_what_is_missing(
    kho: Path, left: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lỗi.json").write_text('[{"foo": 1}, 5, {"so": "02/2009"}]', encoding="utf-8")
    assert hotich("refusals", "--workspace", kho, left.book_id, tmp_path / "lỗi.json", "--dry-run") == 3
    out = capsys.readouterr().out
    assert '{"foo":1}' in out and "(5)" in out
    assert "Có nêu bản ghi nhưng không nêu lý do. (02/2009)" in out
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    assert hotich("refusals", "--workspace", kho, left.book_id, "-", "--dry-run") == 3
    assert "Dòng 1: Danh sách trống, không có dòng nào.\n" in capsys.readouterr().out


def test_an_old_sheet_comes_in_only_on_a_word(
    kho: Path, opened: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [("Tên bé", "so", "trangSo"), (from_unicode("Đỗ Thị Hường", Encoding.VNI), "01", "1")]
    file = xlsx(tmp_path / "cũ.xlsx", rows)
    words = ["old-sheet", "--workspace", kho, opened.book_id, file, "--map", "Tên bé=nksHoTen", "--doubtful"]
    assert hotich(*words) == 3
    out = capsys.readouterr().out
    assert "VNI" in out and "Đỗ Thị Hường" in out and "--yes" in out

    with Workspace.open(kho) as workspace:
        (record_id,) = workspace.record_ids(opened.book_id)
        from hotich.pipeline import entry

        entry.confirm(workspace, record_id, "so", "01", CLERK)
    assert hotich(*words, "--yes", "--json", "--name", CLERK.name) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["taken"]["values"] == 3 and told["columns"][0]["encoding"] == "vni"
    assert told["columns"][0]["samples"][0]["after"] == "Đỗ Thị Hường"
    with Workspace.read_only(kho) as workspace:
        record = workspace.record(record_id)
    assert record is not None and record.fields["nksHoTen"].imported is not None
    assert record.fields["nksHoTen"].imported.as_written == "Đỗ Thị Hường"


@pytest.mark.parametrize(
    ("more", "part"),
    [
        (("--sheet", "Không có"), "Không có"),
        (("--map", "so=khongCo"), "khongCo"),
        (("--map", "Lạ=so"), "Lạ"),
        (("--encoding", "so=abc"), "abc"),
    ],
)
def test_wrong_words_are_told(
    kho: Path, opened: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...], part: str
) -> None:
    file = xlsx(tmp_path / "cũ.xlsx", [("so", "nksHoTen"), ("01", "An")])
    assert hotich("old-sheet", "--workspace", kho, opened.book_id, file, *more) == 6
    assert part in capsys.readouterr().err


def test_an_open_encoding_is_not_taken_on_a_bare_yes(
    kho: Path, opened: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ["Đỗ Thị Hường", "Nguyễn Văn Đức", "Trần Thị Bưởi", "Phạm Quốc Việt"]
    mixed = [("so", "nksHoTen"), *((str(n), name) for n, name in enumerate(names, 1))]
    mixed += [(str(n), from_unicode(name, Encoding.TCVN3)) for n, name in enumerate(names, 11)]
    file = xlsx(tmp_path / "cũ.xlsx", mixed)
    words = ["old-sheet", "--workspace", kho, opened.book_id, file, "--yes"]
    assert hotich(*words) == 6
    assert "nksHoTen" in capsys.readouterr().err
    assert hotich(*words, "--encoding", "nksHoTen=tcvn3") == 3


def test_of_adoptions_a_console_shows_neither_names_nor_samples(
    kho: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Workspace.open(kho) as workspace:
        wanted = NewBook(record_type=RecordType.ADOPTION, year=2009, number="01", place="UBND xã Tân Lập")
        book = open_book(workspace, wanted, CLERK)
    (tmp_path / "lỗi.txt").write_text("Số 01/2009 lỗi: tên “Trần Thị Bé” sinh 01/02/2009 sai", encoding="utf-8")
    assert hotich("refusals", "--workspace", kho, book.book_id, tmp_path / "lỗi.txt", "--dry-run", "--json") == 3
    unnamed = {"so": "1", "date": "01.02.2009", "cnHoTen": "Lê Bé"}
    elements = json.dumps([{"lạ": "lê Bé sinh 2009-02-01"}, unnamed, "Lê Bé 01.02.2009"], ensure_ascii=False)
    (tmp_path / "lỗi.json").write_text(elements, encoding="utf-8")
    for shape in (("--json",), ()):
        hotich("refusals", "--workspace", kho, book.book_id, tmp_path / "lỗi.json", "--dry-run", *shape)
    rows = [("so", "Họ và tên con nuôi", "ghiChu"), ("01", "Trần Thị Bé", from_unicode("Bé gái", Encoding.VNI))]
    assert hotich("old-sheet", "--workspace", kho, book.book_id, xlsx(tmp_path / "cũ.xlsx", rows)) == 3
    out = capsys.readouterr().out
    assert "Trần" not in out and "01/02/2009" not in out and "gái" not in out
    assert "Bé" not in out and "2009-02" not in out and "01.02.2009" not in out and "không nêu lý do" in out
