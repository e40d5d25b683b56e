"""The verb `model`: consent before lines leave, a card before weights come in, and the way back."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from hotich.commands.parser import run
from hotich.ocr.packs import installed, read_pack
from hotich.signing import own_key
from hotich.store import Workspace
from tests.ocr.test_packs import pack_file, with_members
from tests.pipeline.test_learning import Book


def hotich(*words: object) -> int:
    return run([str(word) for word in words])


@pytest.fixture(scope="module")
def book_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Book(tmp_path_factory.mktemp("models"))
    made.workspace.close()
    return made.workspace.folder


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hotich.ocr.packs.models_folder", lambda: tmp_path / "models")
    monkeypatch.setattr("hotich.signing.keys_folder", lambda: tmp_path / "config")


def test_lines_leave_with_a_supervisors_consent(
    book_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "dòng chữ"
    consent = ("--name", "Trần Văn Hòa", "--consent", "Huấn luyện mô hình của tỉnh")
    assert hotich("model", "export", "--json", "--workspace", book_folder, "--to", out, *consent) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == json.loads((out / "consent.json").read_text(encoding="utf-8"))
    assert (told["agreed_by"], told["consent"]) == ("Trần Văn Hòa", "Huấn luyện mô hình của tỉnh")
    with (out / "lines.tsv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(rows) == told["lines"] >= 30
    for row in rows:
        picture = cv2.imdecode(np.frombuffer((out / row["file"]).read_bytes(), np.uint8), cv2.IMREAD_GRAYSCALE)
        assert picture is not None and picture.shape[0] <= 64 and row["text"]
    assert hotich("model", "export", "--workspace", book_folder, "--to", out, *consent) == 5


@pytest.mark.parametrize("words", [(), ("--name", "Hòa"), ("--consent", "được"), ("--name", "Hòa", "--consent", " ")])
def test_no_line_leaves_without_consent(words: tuple[str, ...], book_folder: Path, tmp_path: Path) -> None:
    assert hotich("model", "export", "--workspace", book_folder, "--to", tmp_path / "x", *words) == 6
    assert not (tmp_path / "x").exists()


def test_a_pack_is_installed_after_its_card_was_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = pack_file(tmp_path)
    assert hotich("model", "install", pack) == 0
    assert "Bộ chữ Hà Giang" in capsys.readouterr().out
    assert hotich("model", "show", "--json") == 0
    assert json.loads(capsys.readouterr().out)["pack"] is None
    assert hotich("model", "install", pack, "--sha256", "00", "--yes") == 8
    assert hotich("model", "install", pack, "--yes") == 0
    capsys.readouterr()
    assert hotich("model", "show", "--json") == 0
    assert json.loads(capsys.readouterr().out)["pack"]["card"]["name"] == "Bộ chữ Hà Giang"
    assert hotich("model", "remove") == 0
    capsys.readouterr()
    assert hotich("model", "show", "--json") == 0
    assert json.loads(capsys.readouterr().out)["pack"] is None


def test_a_pack_is_installed_for_the_fingerprint_of_its_signer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = pack_file(tmp_path)
    signer = read_pack(pack).fingerprint
    assert hotich("model", "install", pack, "--trust", "0000 " * 8) == 8
    assert "khóa" in capsys.readouterr().err and installed(tmp_path / "models") is None
    assert hotich("model", "install", pack, "--json", "--trust", signer) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["installed"], told["known_signer"], told["pack"]["fingerprint"]) == (True, False, signer)
    assert hotich("model", "install", pack, "--json") == 0
    assert json.loads(capsys.readouterr().out)["known_signer"]


def test_an_altered_pack_is_refused_in_plain_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed = with_members(pack_file(tmp_path), lambda members: members.update({"words.txt.gz": b"x"}))
    assert hotich("model", "install", changed, "--yes") == 8
    assert "không nguyên vẹn: words.txt.gz" in capsys.readouterr().err
    unsigned = with_members(pack_file(tmp_path), lambda members: members.pop("pack.sig"))
    assert hotich("model", "install", unsigned, "--yes") == 8
    assert "không có chữ ký" in capsys.readouterr().err


def test_the_own_key_is_shown_and_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert hotich("model", "key", "--json") == 0
    first = json.loads(capsys.readouterr().out)
    assert hotich("model", "key") == 0
    assert first["fingerprint"] in capsys.readouterr().out
    assert own_key(tmp_path / "config").public_key == first["public_key"]


def test_a_book_is_learned_from_the_shell(book_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Workspace.read_only(book_folder) as workspace:
        (row,) = workspace.books()
    assert hotich("model", "learn", "--json", "--workspace", book_folder, row.book.book_id[:8]) == 0
    told = json.loads(capsys.readouterr().out)["learned"]
    assert told["lines"] == told["held_back"] >= 25
