"""What a forged list of changes says against the package that holds it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest

from hotich.export import verify
from hotich.pipeline import entry, review
from hotich.pipeline.delivery import export_book
from hotich.pipeline.loading import load_packages
from hotich.store import Workspace
from hotich.values import Severity
from tests.export.made import CLERK, REVIEWER, approve, finished_book
from tests.export.tamper import forged, keys, unpacked


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A delta with one corrected and one withdrawn record."""
    folder = tmp_path_factory.mktemp("thay đổi")
    with Workspace.open(folder / "kho") as workspace:
        book = finished_book(workspace, folder)
        export_book(workspace, book.book_id, folder, REVIEWER)
        first, second, _ = workspace.record_ids(book.book_id)
        review.give_back(workspace, first, "Sai họ tên mẹ", REVIEWER)
        entry.confirm(workspace, first, "meHoTen", "H'Bia Niê", CLERK)
        approve(workspace, first)
        review.give_back(workspace, second, "Xem lại", REVIEWER)
        return export_book(workspace, book.book_id, folder, REVIEWER, since=1, reason="Đính chính").path


def test_an_honest_delta_is_sound_and_says_what_it_is(changed: Path) -> None:
    found = verify(changed)
    (note,) = found.problems
    assert found.ok and note.severity is Severity.NOTE
    assert "số 2, kể từ gói số 1: 1 bản ghi" in note.message and "1 bản ghi rút lại. Lý do: Đính chính" in note.message


def test_it_keeps_the_schemas_that_it_carries_by_both_validators(changed: Path) -> None:
    members = unpacked(changed)
    for name in ("manifest", "records"):
        schema, document = json.loads(members[f"schema/{name}.schema.json"]), json.loads(members[f"{name}.json"])
        jsonschema.Draft202012Validator(schema).validate(document)
        assert jsonschema_rs.Draft202012Validator(schema).is_valid(document)


def test_the_reader_of_one_file_tells_it_from_a_whole_book(changed: Path) -> None:
    reader = Path(__file__).parents[2] / "docs" / "read_package.py"
    done = subprocess.run([sys.executable, "-I", "-S", str(reader), str(changed)], capture_output=True, timeout=60)
    assert "1 records, 1 pages; changes since package 1: Đính chính" in done.stdout.decode("utf-8"), done.stderr


def _base(delta: dict[str, Any]) -> None:
    delta["base"] = 2


def _later(delta: dict[str, Any]) -> None:
    delta["base_history"] = 10**6


def _unlisted(delta: dict[str, Any]) -> None:
    delta["changes"] = []


def _surplus(delta: dict[str, Any]) -> None:
    delta["changes"].append({**delta["changes"][0], "record_id": "x"})


def _columns(delta: dict[str, Any]) -> None:
    delta["changes"][0]["fields"] = ["khongCo"]


def _twice(delta: dict[str, Any]) -> None:
    delta["withdrawn"].append({**delta["withdrawn"][0], "record_id": delta["changes"][0]["record_id"]})


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (_base, "package-delta-base"),
        (_later, "package-delta-base"),
        (_unlisted, "package-delta-list"),
        (_surplus, "package-delta-list"),
        (_columns, "package-delta-fields"),
        (_twice, "package-delta-twice"),
    ],
)
def test_a_forged_list_is_told(
    changed: Path, tmp_path: Path, change: Callable[[dict[str, Any]], None], key: str
) -> None:
    found = verify(forged(changed, tmp_path / "p.zip", lambda manifest, _: change(manifest["delta"])))
    assert not found.ok and keys(found) == {key, "package-delta"}


def test_a_margin_note_beside_the_page_is_told(changed: Path, tmp_path: Path) -> None:
    def place_outside(manifest: dict[str, Any], records: list[dict[str, Any]]) -> None:
        corners = [[0, 0], [99_999, 0], [99_999, 9], [0, 9]]
        region = {"page": 1, "original": corners, "delivered": corners}
        note = {"kind": "other", "date": "", "text": "ghi bên lề", "region": region}
        records[0]["margin_notes"] = [note]

    found = verify(forged(changed, tmp_path / "p.zip", place_outside))
    assert "package-region-outside" in keys(found)


def test_a_package_from_before_deltas_is_sound_and_loads(package: Path, tmp_path: Path) -> None:
    def older(manifest: dict[str, Any], records: list[dict[str, Any]]) -> None:
        manifest["schema_version"] = "1.1.0"
        for key in ("number", "delta"):
            del manifest[key]
        for record in records:
            del record["margin_notes"], record["refusals"]

    old = forged(package, tmp_path / "cũ.hotich.zip", older)
    assert verify(old).ok
    (report,) = load_packages([old], f"sqlite:///{tmp_path / 'x.sqlite'}")
    assert report.loaded is not None and report.loaded.added == 3
