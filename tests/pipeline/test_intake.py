"""Files become pages; what cannot be used is told and the rest goes on."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

import pytest

from hotich.errors import Cancelled
from hotich.pipeline.intake import import_paths, move_page, set_aside_page
from hotich.pipeline.pictures import page_picture
from hotich.pipeline.practice_truth import sample_folder
from hotich.store import Workspace
from hotich.values import Book
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
    move_page(workspace, last.page_id, -1, CLERK)
    set_aside_page(workspace, first.page_id, "Bìa sổ", CLERK)
    rows = workspace.pages(book.book_id)
    assert rows[0].page.page_id == last.page_id
    assert {row.page.page_id: row.set_aside for row in rows}[first.page_id] == "Bìa sổ"


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
