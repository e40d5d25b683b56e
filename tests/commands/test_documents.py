"""`hotich pdf` and `hotich alto`: files, exit codes, and what is confidential."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hotich.commands.parser import run
from hotich.pipeline.books import NewBook, open_book
from hotich.store import Workspace
from hotich.values import Book, RecordType
from tests.export.documents.conftest import output_of
from tests.export.made import CLERK, finished_book
from tests.export.trust.authority import PASSPHRASE, made


def hotich(*words: object) -> int:
    return run([str(word) for word in words])


@pytest.fixture
def book(tmp_path: Path) -> Book:
    with Workspace.open(tmp_path / "kho") as workspace:
        return finished_book(workspace, tmp_path, pages=2)


def test_a_book_gives_a_pdf_per_record(book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "PDF của sổ"
    words = ("pdf", "--json", "--workspace", tmp_path / "kho", book.book_id[:8], "--to", out, "--pdf-a")
    assert hotich(*words) == 0
    told = json.loads(capsys.readouterr().out)
    names = ["KS.2009.01.2009-03-01.01.pdf", "KS.2009.01.2009-03-02.02.pdf"]
    assert [Path(path).name for path in told["files"]] == names == sorted(path.name for path in out.iterdir())
    assert told["pages"] == 2 and told["bytes"] == sum(path.stat().st_size for path in out.iterdir())
    assert hotich(*words) == 0
    assert len(list(out.iterdir())) == 4 and (out / "KS.2009.01.2009-03-01.01-2.pdf").is_file()


def test_one_record_is_signed(
    book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Workspace.read_only(tmp_path / "kho") as workspace:
        record_id = workspace.record_ids(book.book_id)[1]
    key = made("Trần Văn Hòa").file(tmp_path / "khóa.p12")
    monkeypatch.setenv("MAT_KHAU", PASSPHRASE)
    signing = ("--sign", key, "--sign-env", "MAT_KHAU")
    assert hotich("pdf", "--workspace", tmp_path / "kho", record_id, "--to", tmp_path / "ký", *signing) == 0
    assert "1 tệp PDF" in capsys.readouterr().out
    (path,) = (tmp_path / "ký").iterdir()
    assert "Signature is Valid" in output_of("pdfsig", "-nocert", path)


def test_the_programs_own_key_signs_no_pdf(book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("pdf", "--workspace", tmp_path / "kho", book.book_id, "--to", tmp_path / "ký", "--sign", "own")
    assert hotich(*words) == 6
    assert "chứng thư" in capsys.readouterr().err and not (tmp_path / "ký").exists()


def test_a_damaged_page_gives_3_and_the_others_are_written(
    book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Workspace.read_only(tmp_path / "kho") as workspace:
        sha256 = workspace.pages(book.book_id)[0].page.file_sha256
    original = tmp_path / "kho" / "originals" / sha256[:2] / sha256
    original.chmod(0o644)
    original.unlink()
    assert hotich("pdf", "--workspace", tmp_path / "kho", book.book_id, "--to", tmp_path / "ra") == 3
    assert "bản ghi số 01" in capsys.readouterr().out
    assert [path.name for path in (tmp_path / "ra").iterdir()] == ["KS.2009.01.2009-03-02.02.pdf"]


def test_adoptions_do_not_leave_in_files_that_cannot_be_locked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Workspace.open(tmp_path / "kho") as workspace:
        wanted = NewBook(record_type=RecordType.ADOPTION, year=2009, number="01", place="UBND xã Tân Lập")
        book_id = open_book(workspace, wanted, CLERK).book_id
    for verb in ("pdf", "alto"):
        words = (verb, "--workspace", tmp_path / "kho", book_id, "--to", tmp_path)
        assert hotich(*words) == 6 and "export --lock" in capsys.readouterr().err


def test_a_page_of_a_book_gives_an_alto_file(book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert hotich("alto", "--json", "--workspace", tmp_path / "kho", book.book_id, "--to", tmp_path / "alto") == 0
    told = [Path(path).name for path in json.loads(capsys.readouterr().out)["files"]]
    assert told == ["KS.2009.01.0001.alto.xml", "KS.2009.01.0002.alto.xml"]


@pytest.mark.parametrize("verb", ["pdf", "alto"])
def test_an_unknown_book_is_refused(tmp_path: Path, verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    Workspace.open(tmp_path / "kho").close()
    assert hotich(verb, "--workspace", tmp_path / "kho", "nope", "--to", tmp_path) == 6
    assert "nope" in capsys.readouterr().err
