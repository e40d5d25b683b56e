"""Files become pages; what cannot be used is told and the rest goes on."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotich import workflow
from hotich.errors import Cancelled, PolicyError
from hotich.pipeline.books import NewBook, open_book
from hotich.pipeline.intake import import_paths, move_page, page_in_book, set_aside_page, take_back_page
from hotich.pipeline.opening import open_record
from hotich.pipeline.pictures import page_picture
from hotich.pipeline.practice_truth import sample_folder
from hotich.store import Workspace
from hotich.values import Book, RecordType
from tests.pipeline.conftest import CLERK, picture_bytes, picture_file


def test_a_folder_comes_in_in_natural_order(workspace: Workspace, book: Book, tmp_path: Path) -> None:
    folder = tmp_path / "ảnh chụp"
    folder.mkdir()
    for number in (10, 2, 1):
        picture_file(folder, f"trang {number}.jpg", str(number))
    import_paths(workspace, book.book_id, [folder], CLERK)
    names = [row.page.file_name for row in workspace.pages(book.book_id)]
    assert names == ["trang 1.jpg", "trang 2.jpg", "trang 10.jpg"]


def test_the_original_is_kept_byte_for_byte(workspace: Workspace, book: Book, tmp_path: Path) -> None:
    file = picture_file(tmp_path, "a.jpg")
    report = import_paths(workspace, book.book_id, [file], CLERK)
    kept = workspace.original(report.added[0].file_sha256)
    assert hashlib.sha256(kept).digest() == hashlib.sha256(file.read_bytes()).digest()


def test_the_same_picture_twice_is_told_with_its_first_name(workspace: Workspace, book: Book, tmp_path: Path) -> None:
    first, again = picture_file(tmp_path, "a.jpg"), picture_file(tmp_path, "b.jpg")
    report = import_paths(workspace, book.book_id, [first, again], CLERK)
    assert [(d.file_name, d.same_as) for d in report.duplicates] == [("b.jpg", "a.jpg")]
    assert len(workspace.pages(book.book_id)) == 1


def test_bad_files_are_told_and_the_rest_goes_on(workspace: Workspace, book: Book, tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").write_bytes(b"")
    (tmp_path / "cut.jpg").write_bytes(picture_bytes()[:700])
    (tmp_path / "note.txt").write_text("không phải ảnh", encoding="utf-8")
    files = [tmp_path / name for name in ("empty.jpg", "cut.jpg", "note.txt", "gone.jpg")]
    report = import_paths(workspace, book.book_id, [*files, picture_file(tmp_path, "good.jpg")], CLERK)
    assert [problem.file_name for problem in report.problems] == ["empty.jpg", "cut.jpg", "note.txt", "gone.jpg"]
    assert all(" " in problem.sentence for problem in report.problems)
    assert [page.file_name for page in report.added] == ["good.jpg"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_vietnamese_file_names_are_kept_as_nfc(workspace: Workspace, book: Book, tmp_path: Path, form: str) -> None:
    name = "Sổ khai sinh Đặng Thị Hường.jpg"
    file = picture_file(tmp_path, unicodedata.normalize(form, name))
    report = import_paths(workspace, book.book_id, [file], CLERK)
    assert report.added[0].file_name == name


def test_a_stop_between_files_keeps_what_was_added(workspace: Workspace, book: Book, tmp_path: Path) -> None:
    class StopAfterOne:
        done = 0

        def progress(self, done: int, total: int, text: str = "") -> None:
            self.done = done

        def check(self) -> None:
            if self.done >= 1:
                raise Cancelled

    files = [picture_file(tmp_path, f"{n}.jpg", str(n)) for n in range(4)]
    with pytest.raises(Cancelled):
        import_paths(workspace, book.book_id, files, CLERK, StopAfterOne())
    assert 1 <= len(workspace.pages(book.book_id)) < 4


def test_pages_are_moved_and_set_aside_with_a_reason(workspace: Workspace, book: Book, tmp_path: Path) -> None:
    files = [picture_file(tmp_path, f"{n}.jpg", str(n)) for n in range(3)]
    first, _, last = import_paths(workspace, book.book_id, files, CLERK).added
    assert move_page(workspace, last.page_id, -2, CLERK)
    set_aside_page(workspace, first.page_id, "Bìa sổ", CLERK)
    rows = workspace.pages(book.book_id)
    assert rows[0].page.page_id == last.page_id
    assert {row.page.page_id: row.set_aside for row in rows}[first.page_id] == "Bìa sổ"


@pytest.fixture
def four(workspace: Workspace, book: Book, tmp_path: Path) -> list[str]:
    """The ids of four pages in their order."""
    files = [picture_file(tmp_path, f"{n}.jpg", str(n)) for n in range(4)]
    return [page.page_id for page in import_paths(workspace, book.book_id, files, CLERK).added]


def in_order(workspace: Workspace, book: Book) -> list[str]:
    """The ids of the pages in their order, no two of which have one place."""
    rows = workspace.pages(book.book_id)
    assert [row.order for row in rows] == list(range(len(rows)))
    return [row.page.page_id for row in rows]


def test_two_pages_change_places_and_back_again(workspace: Workspace, book: Book, four: list[str]) -> None:
    for step in (1, -1):
        for number in range(4):
            moved = move_page(workspace, four[number], step, CLERK)
            assert moved is (0 <= number + step < 4)
            if moved:
                swapped = list(four)
                swapped[number], swapped[number + step] = swapped[number + step], swapped[number]
                assert in_order(workspace, book) == swapped
                assert move_page(workspace, four[number], -step, CLERK)
            assert in_order(workspace, book) == four


def test_a_page_at_the_end_writes_nothing(workspace: Workspace, four: list[str]) -> None:
    before = workspace.head()
    assert not move_page(workspace, four[0], -1, CLERK) and not move_page(workspace, four[-1], 1, CLERK)
    assert workspace.head() == before


def test_pages_of_one_place_get_places_of_their_own(workspace: Workspace, book: Book, four: list[str]) -> None:
    """As a move left them that changed one page only."""
    for page_id in four[:3]:
        workspace.append(workflow.Draft(book.book_id, workflow.PageMoved(2), CLERK, page_id=page_id))
    shown = [row.page.page_id for row in workspace.pages(book.book_id)]
    assert move_page(workspace, shown[0], 1, CLERK)
    assert in_order(workspace, book) == [shown[1], shown[0], *shown[2:]]
    assert move_page(workspace, shown[0], -1, CLERK)
    assert in_order(workspace, book) == shown
    assert not workspace.verify()


def test_any_moves_keep_every_page_and_their_reverse_restores_the_order(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "kho") as workspace:
        wanted = NewBook(record_type=RecordType.BIRTH, year=2009, number="01", place="UBND xã Tân Lập")
        book = open_book(workspace, wanted, CLERK)
        files = [picture_file(tmp_path, f"{n}.jpg", str(n)) for n in range(5)]
        ids = [page.page_id for page in import_paths(workspace, book.book_id, files, CLERK).added]

        @settings(max_examples=40, deadline=None)
        @given(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from((-1, 1))), max_size=12))
        def held(moves: list[tuple[str, int]]) -> None:
            done = []
            for page_id, step in moves:
                if move_page(workspace, page_id, step, CLERK):
                    done.append((page_id, -step))
                assert sorted(in_order(workspace, book)) == sorted(ids)
            for page_id, step in reversed(done):
                assert move_page(workspace, page_id, step, CLERK)
            assert in_order(workspace, book) == ids

        held()
        assert not workspace.verify()


def test_records_follow_their_pages(workspace: Workspace, book: Book, four: list[str]) -> None:
    records = [open_record(workspace, page_id, 0, "KS-2006", CLERK) for page_id in four]
    move_page(workspace, four[3], -1, CLERK)
    assert workspace.record_ids(book.book_id) == (records[0], records[1], records[3], records[2])
    assert [record.record_id for record in workspace.records(book.book_id)] == list(workspace.record_ids(book.book_id))
    assert [cell.record_id for cell in workspace.field_column(book.book_id, "so")] == list(
        workspace.record_ids(book.book_id)
    )


def test_a_page_set_aside_comes_back_with_its_records(workspace: Workspace, book: Book, four: list[str]) -> None:
    record = open_record(workspace, four[1], 0, "KS-2006", CLERK)
    set_aside_page(workspace, four[1], "Trang trùng", CLERK)
    with pytest.raises(PolicyError, match="policy-page-aside"):
        page_in_book(workspace, four[1])
    take_back_page(workspace, four[1], CLERK)
    assert not page_in_book(workspace, four[1]).set_aside
    assert in_order(workspace, book) == four and workspace.record_ids(book.book_id) == (record,)
    before = workspace.head()
    take_back_page(workspace, four[1], CLERK)
    assert workspace.head() == before and not workspace.verify()
    workspace.rebuild()
    assert not page_in_book(workspace, four[1]).set_aside


def test_no_page_is_set_aside_without_a_reason(workspace: Workspace, four: list[str]) -> None:
    with pytest.raises(PolicyError, match="policy-aside-reason"):
        set_aside_page(workspace, four[0], "  ", CLERK)
    assert not page_in_book(workspace, four[0]).set_aside


def test_every_page_of_a_pdf_can_be_shown_again(workspace: Workspace, book: Book) -> None:
    file = sample_folder() / "kt-2012-hoai-my-tay" / "so-khai-tu-2012.pdf"
    report = import_paths(workspace, book.book_id, [file], CLERK)
    pdf_sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    assert [page.frame for page in report.added] == [0, 1, 2]
    for page in report.added:
        assert page.container_sha256 == pdf_sha256
        shown = page_picture(workspace, page.page_id, longest=400)
        assert max(shown.pixels.shape) == 400
    assert not workspace.verify()
