"""The verbs of the shell: what they print, as JSON too, and their exit codes by kind of error."""

from __future__ import annotations

import io
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from hotich.commands.console import Console, ProgressBar
from hotich.commands.parser import default_verb, run
from hotich.messages import Language
from tests.pipeline.conftest import picture_file

NEW_BOOK = ["--type", "KS", "--year", "2009", "--place", "UBND xã Tân Lập", "--name", "Lan"]


def hotich(*words: object) -> int:
    return run([str(word) for word in words])


@pytest.fixture
def kho(tmp_path: Path) -> Path:
    return tmp_path / "kho"


def imported(kho: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The id of a book with one page."""
    code = hotich("import", "--json", "--workspace", kho, *NEW_BOOK, picture_file(tmp_path, "trang 1.jpg"))
    assert code == 0
    return str(json.loads(capsys.readouterr().out)["book"]["book_id"])


def test_import_opens_a_book_and_tells_its_pages(kho: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book_id = imported(kho, tmp_path, capsys)
    assert hotich("books", "--json", "--workspace", kho) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["book"]["book_id"], row["pages"]) == (book_id, 1)


def test_a_bad_file_is_told_and_gives_3(kho: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "hỏng.jpg").write_bytes(b"\xff\xd8\xff")
    assert hotich("import", "--workspace", kho, *NEW_BOOK, tmp_path / "hỏng.jpg") == 3
    assert "hỏng.jpg" in capsys.readouterr().out


def test_no_book_is_opened_where_no_picture_comes_in(
    kho: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(kho, tmp_path, capsys)
    for path in (tmp_path / "trang 1.jpg", tmp_path / "không có", tmp_path / "kho" / "originals"):
        assert hotich("import", "--workspace", kho, *NEW_BOOK, path) == 3
    told = capsys.readouterr()
    assert "trang 1.jpg" in told.out and "không mở sổ mới" in told.err
    assert hotich("books", "--json", "--workspace", kho) == 0
    assert len(json.loads(capsys.readouterr().out)) == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [(("--year", "-5"), "-5"), (("--year", "9999"), "9999"), (("--place", " "), "nơi đăng ký")],
)
def test_a_book_of_no_year_or_place_is_refused(
    kho: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: tuple[str, str], told: str
) -> None:
    assert hotich("import", "--workspace", kho, *NEW_BOOK, *wrong, picture_file(tmp_path, "trang 1.jpg")) == 6
    assert told in capsys.readouterr().err
    assert hotich("books", "--json", "--workspace", kho) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_a_verb_without_a_book_says_what_is_missing(
    kho: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(kho, tmp_path, capsys)
    assert hotich("import", "--workspace", kho, picture_file(tmp_path, "trang 2.jpg")) == 6
    assert "--type" in capsys.readouterr().err
    assert hotich("check", "--workspace", kho, "") == 6
    assert "--type" in capsys.readouterr().err


def test_a_reason_and_a_number_go_with_what_they_are_for(
    kho: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book_id = imported(kho, tmp_path, capsys)
    assert hotich("export", "--workspace", kho, book_id, "--reason", "sửa") == 6
    assert "--since" in capsys.readouterr().err
    for verb, wrong in (("export", "0"), ("export", "-1"), ("handoff", "0"), ("handoff", "hai")):
        with pytest.raises(SystemExit) as stopped:
            hotich(verb, "--workspace", kho, book_id, f"--since={wrong}")
        assert stopped.value.code == 2


@pytest.mark.parametrize("verb", ["books", "forms", "extracts", "search xyz"])
def test_heads_follow_the_language(kho: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], verb: str) -> None:
    imported(kho, tmp_path, capsys)
    name, *more = verb.split()
    heads = []
    for language in Language:
        where = () if name == "forms" else ("--workspace", kho)
        assert hotich("--lang", language.value, name, *where, *more) == 0
        heads.append(capsys.readouterr().out.splitlines()[0].split())
    assert not set(heads[0]) & set(heads[1]) - {"(UTC)"}, heads


def in_a_shell(line: str, encoding: str = "utf-8") -> subprocess.CompletedProcess[bytes]:
    """What became of a line with {hotich} in it, whose output goes into pipes and files."""
    program = f"{shlex.quote(sys.executable)} -m hotich"
    settings = {**os.environ, "PYTHONIOENCODING": encoding}
    return subprocess.run(["bash", "-c", line.format(hotich=program)], capture_output=True, env=settings)


posix = pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices of a POSIX shell")


@posix
def test_output_is_utf_8_wherever_it_goes() -> None:
    for encoding in ("cp1252", "ascii"):
        done = in_a_shell("{hotich} forms KS-2006", encoding)
        assert (done.returncode, done.stderr) == (0, b"") and "Họ" in done.stdout.decode("utf-8")


@posix
@pytest.mark.parametrize("line", ["{hotich} forms | true", "{hotich} forms --json | head -c 1"])
def test_a_reader_who_has_enough_is_no_fault(line: str) -> None:
    assert in_a_shell(line).stderr == b""


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_output_without_room_is_told() -> None:
    done = in_a_shell("{hotich} forms > /dev/full")
    told = done.stderr.decode("utf-8")
    assert done.returncode == 4 and "ổ đĩa đã đầy" in told and "Traceback" not in told


def test_progress_never_counts_past_its_end() -> None:
    told = io.StringIO()
    bar = ProgressBar(told)
    for done in range(4):
        bar.progress(done, 3, f"việc {done}")
    assert [line.split("]")[0] for line in told.getvalue().splitlines()] == ["[1/3", "[2/3", "[3/3", "[3/3"]


def test_a_page_twice_is_told(kho: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book_id = imported(kho, tmp_path, capsys)
    assert hotich("import", "--workspace", kho, "--book", book_id[:8], picture_file(tmp_path, "lại.jpg")) == 0
    out = capsys.readouterr().out
    assert "lại.jpg" in out and "trang 1.jpg" in out


def test_an_unknown_book_is_refused_with_6(kho: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(kho, tmp_path, capsys)
    assert hotich("check", "--workspace", kho, "không-có") == 6
    assert "không-có" in capsys.readouterr().err


def test_an_empty_book_is_not_exported(kho: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book_id = imported(kho, tmp_path, capsys)
    assert hotich("export", "--workspace", kho, book_id, "--to", tmp_path) == 6
    assert not list(tmp_path.glob("*.hotich.zip"))


def test_a_book_without_records_has_no_findings(kho: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book_id = imported(kho, tmp_path, capsys)
    assert hotich("check", "--json", "--workspace", kho, book_id) == 0
    assert json.loads(capsys.readouterr().out)["counts"] == {"error": 0, "warning": 0, "note": 0}


def test_a_workspace_that_is_not_there_gives_5(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert hotich("books", "--workspace", tmp_path / "không có") == 5
    assert capsys.readouterr().err.strip()


def test_something_that_is_no_package_does_not_verify(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.hotich.zip").write_bytes(b"khong phai zip")
    assert hotich("verify", tmp_path / "x.hotich.zip") == 9


def test_a_package_that_is_not_there_gives_8(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert hotich("verify", tmp_path / "x.hotich.zip") == 8


def test_forms_are_listed_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert hotich("forms", "--json") == 0
    ids = {form["id"] for form in json.loads(capsys.readouterr().out)}
    assert {"KS-1961", "KT-1999", "KH-2006", "CN-2006"} <= ids
    assert hotich("forms", "KS-2006") == 0
    assert "nksHoTen" in capsys.readouterr().out


def test_an_unknown_form_names_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert hotich("forms", "KS-1900") == 4
    assert "KS-2006" in capsys.readouterr().err


def test_english_sentences_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    assert hotich("--lang", "en", "forms", "KS-1900") == 4
    assert "There is no form" in capsys.readouterr().err


@pytest.mark.parametrize(
    "verb", ["import", "read", "check", "export", "verify", "books", "forms", "practice", "window"]
)
def test_every_verb_has_help_with_exit_codes(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        hotich(verb, "--help")
    assert stopped.value.code == 0
    assert "exit codes" in capsys.readouterr().out


def test_wrong_words_give_2() -> None:
    with pytest.raises(SystemExit) as stopped:
        hotich("nhập")
    assert stopped.value.code == 2


def test_without_a_screen_the_practice_run_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert default_verb() == "practice"
    monkeypatch.setenv("DISPLAY", ":0")
    assert default_verb() == "window"


def test_the_module_runs_as_a_program() -> None:
    done = subprocess.run([sys.executable, "-m", "hotich", "--version"], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and done.stdout.startswith("hotich ")


def test_progress_ends_each_bar_with_a_line() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    bar = ProgressBar(stream)
    bar.progress(0, 2, "Đặng.jpg")
    bar.progress(2, 2)
    assert stream.getvalue().endswith("\n") and "2/2" in stream.getvalue()


def test_a_table_lines_its_columns_up() -> None:
    out = io.StringIO()
    Console(False, Language.VIETNAMESE, out).table(("a", "số"), [("Sổ khai sinh", "7"), ("b", "12")])
    lines = out.getvalue().splitlines()
    assert lines[2].endswith(" 7") and lines[3].endswith("12")
    assert len({line.rindex(line.strip()[-1]) for line in lines[2:]}) == 1
