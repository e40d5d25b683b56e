"""The whole journey of one practice book, from its picture to a verified package, by the same verbs as the window."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from hotich.errors import SetupError
from hotich.pipeline.engines import load_engines
from hotich.pipeline.lookup import records_of
from hotich.pipeline.practice import CLERK, REVIEWER, run_practice
from hotich.pipeline.practice_truth import load_truths, sample_folder
from hotich.settings import load_settings
from hotich.store import Workspace
from hotich.values import Status

NAME = "cn-2002-minh-thuan-ha"


def test_a_practice_book_ends_in_a_verified_package(workspace: Workspace, tmp_path: Path) -> None:
    truth = next(each for each in load_truths(sample_folder()) if each.name == NAME)
    (outcome,) = run_practice(workspace, [truth], load_engines(load_settings()), tmp_path)
    assert not outcome.problems
    assert outcome.verified and outcome.entries == len(truth.entries)
    book_id = workspace.books()[0].book.book_id
    for record in records_of(workspace, book_id):
        assert record.status is Status.APPROVED
        assert record.editors == {CLERK.name} and record.approved_by == REVIEWER.name
    with zipfile.ZipFile(outcome.package) as package:
        records = json.loads(package.read("records.json"))
        manifest = json.loads(package.read("manifest.json"))
    assert len(records) == len(truth.entries)
    assert '"practice":true' in json.dumps(manifest, separators=(",", ":"))
    for known, record in zip(truth.entries, records, strict=True):
        national = record["national"]
        assert {code: national[code] for code in known.fields} == {c: f.normal for c, f in known.fields.items()}
    _handed_off(Path(outcome.handoff), records)


def _handed_off(folder: Path, records: list[dict[str, dict[str, str]]]) -> None:
    """The workbook says what the package says, and every row has its document."""
    (workbook,) = folder.glob("*.xlsx")
    codes, *rows = CalamineWorkbook.from_path(workbook).get_sheet_by_index(0).to_python()
    assert [dict(zip(codes, row, strict=True)) for row in rows] == [record["national"] for record in records]
    (archive,) = folder.glob("*.zip")
    with zipfile.ZipFile(archive) as documents:
        assert len(documents.namelist()) == len(records) and documents.testzip() is None


def test_answers_that_do_not_fit_are_told(tmp_path: Path) -> None:
    (tmp_path / "sổ").mkdir()
    (tmp_path / "sổ" / "truth.json").write_text('{"book": 1}', encoding="utf-8")
    with pytest.raises(SetupError, match="setup-samples-damaged"):
        load_truths(tmp_path)
