"""The code and the tables of docs/importers.md hold for a real package."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hotich.export.load.tables import BOOK_COLUMNS, TABLES, view_name
from hotich.export.package_types import (
    SCHEMA_VERSION,
    Change,
    Delta,
    Manifest,
    PackageField,
    PackageNote,
    PackageRecord,
    PackageRefusal,
    Withdrawn,
)
from hotich.export.streams.csv_rows import RISKY
from hotich.export.streams.stream_types import StreamBook, StreamEnd, StreamHead, StreamPage, StreamRecord
from hotich.forms.loader import load_catalogue
from tests.export.tamper import packed_again, unpacked

DOCUMENT = (Path(__file__).parents[2] / "docs" / "importers.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def load_package() -> Callable[[Path], tuple[dict[str, Any], list[dict[str, Any]]]]:
    (code,) = re.findall(r"```python\n(.*?)```", DOCUMENT, re.S)
    assert len([line for line in code.splitlines() if line.strip()]) <= 22
    shown: dict[str, Any] = {}
    exec(compile(code, "importers.md", "exec"), shown)
    loader: Callable[[Path], tuple[dict[str, Any], list[dict[str, Any]]]] = shown["load_package"]
    return loader


def test_the_code_loads_a_package(load_package: Callable[..., Any], package: Path) -> None:
    manifest, records = load_package(package)
    assert [record["national"]["so"] for record in records] == ["01/2009", "02/2009", "03/2009"]
    assert tuple(records[0]["national"]) == tuple(manifest["book"]["columns"])


def test_the_code_refuses_a_changed_file(load_package: Callable[..., Any], package: Path, tmp_path: Path) -> None:
    members = unpacked(package)
    members["records.json"] = members["records.json"].replace(b"2009", b"2008", 1)
    with pytest.raises(ValueError, match=r"changed since it was written: records\.json"):
        load_package(packed_again(members, tmp_path / "p.zip"))


def test_the_code_refuses_practice_and_later_versions(
    load_package: Callable[..., Any], practice_package: Path, package: Path, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="practice"):
        load_package(practice_package)
    members = unpacked(package)
    members["manifest.json"] = members["manifest.json"].replace(b'"1.2.0"', b'"2.0.0"')
    with pytest.raises(ValueError, match="newer"):
        load_package(packed_again(members, tmp_path / "p.zip"))


@pytest.mark.parametrize(
    "kind", [Manifest, PackageRecord, PackageField, PackageNote, PackageRefusal, Delta, Change, Withdrawn, StreamEnd]
)
def test_every_key_is_explained(kind: type[Any]) -> None:
    told = set(re.findall(r"`([a-z_0-9]+)`", DOCUMENT))
    assert set(kind.__struct_fields__) <= told


def test_every_file_is_explained(package: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        for name in archive.namelist():
            known = name if "/" not in name else {"pages": "pages/0001.jpg", "schema": "schema/*"}[name.split("/")[0]]
            assert known in DOCUMENT, name
        version = json.loads(archive.read("manifest.json"))["schema_version"]
    assert f"This document describes {version}." in DOCUMENT


def test_every_table_view_and_line_is_explained() -> None:
    told = set(re.findall(r"`([a-z_0-9]+)`", DOCUMENT))
    assert {table.name for table in TABLES} | set(BOOK_COLUMNS) <= told
    assert {view_name(spec) for spec in load_catalogue().records.values()} <= told
    lines = (StreamHead, StreamBook, StreamPage, StreamRecord, StreamEnd)
    assert {line.__struct_config__.tag for line in lines} <= told


def test_every_risky_sign_is_named() -> None:
    names = {"\t": "a tab", "\r": "line break", "\n": "line break", "'": "apostrophe"}
    ordinary = [sign for sign in RISKY if sign.isascii()]
    assert all(names.get(sign, f"`{sign}`") in DOCUMENT for sign in ordinary)


def test_the_versions_are_told_up_to_this_one() -> None:
    rows = re.findall(r"^\| (\d+\.\d+\.\d+) \|", DOCUMENT, re.M)
    assert rows[0] == SCHEMA_VERSION and rows == sorted(rows, reverse=True)


def test_every_file_that_is_pointed_at_is_there() -> None:
    folder = Path(__file__).parents[2] / "docs"
    places = re.findall(r"\]\(([^)#]+)\)", DOCUMENT)
    assert "read_package.py" in places and all((folder / place).exists() for place in places)
