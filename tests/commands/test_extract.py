"""Searching, issuing, listing and checking from the shell."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest

from hotich.commands.parser import run
from hotich.export.extract import unseal
from hotich.pipeline import review
from hotich.store import Workspace
from tests.ui.made import REVIEWER, hand_over, small_book


def hotich(*words: object) -> int:
    return run([str(word) for word in words])


@pytest.fixture
def kho(tmp_path: Path) -> tuple[Path, str]:
    """A workspace with an approved record and one in review; the id of the first."""
    folder = tmp_path / "kho"
    with Workspace.open(folder) as workspace:
        _, ids = small_book(workspace, tmp_path)
        for record_id in ids:
            hand_over(workspace, record_id)
        review.approve(workspace, ids[0], REVIEWER)
    return folder, ids[0]


def result(capsys: pytest.CaptureFixture[str]) -> object:
    return json.loads(capsys.readouterr().out)


def test_search_lists_what_matches(kho: tuple[Path, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert hotich("search", "--workspace", kho[0], "moan", "eban") == 0
    out = capsys.readouterr().out
    assert "Y [Moan] [Êban]" in out and "2 bản ghi" in out and kho[1] in out
    assert hotich("search", "--json", "--workspace", kho[0], "--status", "approved", "niê 2009") == 0
    found = result(capsys)
    assert [hit["record_id"] for hit in found["hits"]] == [kho[1]]
    assert hotich("search", "--workspace", kho[0]) == 0
    assert "Hãy gõ" in capsys.readouterr().out


def test_an_extract_goes_out_is_logged_and_passes(
    kho: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, record_id = kho
    pdf = tmp_path / "trích lục.pdf"
    words = (
        "extract",
        "--json",
        "--workspace",
        folder,
        record_id,
        "--to",
        pdf,
        "--for",
        "Y Moan Êban",
        "--name",
        "Lan",
    )
    assert hotich(*words, "--name", "Lan", "--signer", "Lê Thị Mai", "--copies", 2) == 0
    told = result(capsys)
    assert told["path"] == str(pdf) and told["serial"].startswith("0001/")
    assert hotich("extracts", "--log", "--json", "--workspace", folder) == 0
    (line,) = result(capsys)
    assert (line["serial"], line["recipient"], line["copies"], line["by"]) == (told["serial"], "Y Moan Êban", 2, "Lan")
    assert line["sha256"] == told["sha256"]
    assert hotich("verify-extract", pdf, "--workspace", folder) == 0
    out = capsys.readouterr().out
    assert "nguyên vẹn" in out and "khóa của máy này" in out and "Sổ cấp ở đây" in out
    assert hotich("verify-extract", unseal(pdf.read_bytes()).payload) == 0
    assert "so từng mục" in capsys.readouterr().out.lower()


def test_words_that_mean_one_approved_record_name_it(
    kho: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("extract", "--workspace", kho[0], "--to", tmp_path / "a.pdf", "--for", "Lan", "--no-picture")
    assert hotich(*words, "moan eban") == 0
    capsys.readouterr()
    assert hotich(*words, "không có ai") == 6
    assert "0 bản ghi" in capsys.readouterr().err
    assert hotich("extract", "--workspace", kho[0], "--to", tmp_path / "b.pdf", "--for", " ", kho[1]) == 6


def test_a_changed_extract_gives_9(kho: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pdf = tmp_path / "a.pdf"
    assert hotich("extract", "--workspace", kho[0], kho[1], "--to", pdf, "--for", "Lan", "--no-picture") == 0
    capsys.readouterr()
    with pikepdf.open(pdf, allow_overwriting_input=True) as opened:
        attached = opened.attachments["hotich-extract.json"].get_file().read_bytes()
        opened.attachments["hotich-extract.json"] = attached.replace(b"H'Hen", b"H'Hon")
        opened.save(pdf)
    assert hotich("verify-extract", "--json", pdf) == 9
    assert result(capsys)["ok"] is False
    assert hotich("verify-extract", tmp_path / "không có.pdf") == 3
