"""The reader that importers copy: one file that runs on nothing but Python itself, and trusts no changed byte."""

from __future__ import annotations

import ast
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from hotich.pipeline.confidential import Passphrase, locked_copy
from tests.export.tamper import forged, packed_again, sealed_again, unpacked

READER = Path(__file__).parents[2] / "docs" / "read_package.py"


def read(*words: object) -> subprocess.CompletedProcess[str]:
    """What the reader prints, run without site packages and without this project."""
    command = [sys.executable, "-I", "-S", "-W", "error", str(READER), *map(str, words)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd="/", timeout=60)


def test_it_imports_the_standard_library_only() -> None:
    tree = ast.parse(READER.read_text(encoding="utf-8"), feature_version=(3, 9))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert names and names <= sys.stdlib_module_names
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]


def test_it_hands_out_the_records_of_a_package(package: Path) -> None:
    told = json.loads(unpacked(package)["records.json"])
    done = read("--records", package)
    assert (done.returncode, done.stderr) == (0, "")
    assert [json.loads(line) for line in done.stdout.splitlines()] == told
    rows = [json.loads(line) for line in read("--rows", package).stdout.splitlines()]
    assert rows == [record["national"] for record in told]
    assert "KS 2009 01, UBND xã Tân Lập; 3 records, 3 pages; the whole book" in read(package).stdout


def test_it_refuses_what_is_practice_later_or_no_package(package: Path, practice_package: Path, tmp_path: Path) -> None:
    later = forged(package, tmp_path / "sau.zip", lambda manifest, _: manifest.update(schema_version="2.0.0"))
    (tmp_path / "chữ.zip").write_text("không phải gói")
    locked = locked_copy(package, tmp_path, [Passphrase("chín chữ rất dài để khóa")])
    for path, said in (
        (practice_package, "made-up data"),
        (later, "version 2.0.0"),
        (locked, "hotich unlock"),
        (tmp_path / "chữ.zip", "no package"),
        (tmp_path / "không có.zip", "no package"),
    ):
        done = read("--records", path)
        assert (done.returncode, done.stdout) == (9, "") and said in done.stderr, done.stderr
    assert read().returncode == 2


def test_it_reads_a_later_minor_version(package: Path, tmp_path: Path) -> None:
    def later(manifest: dict[str, object], records: list[dict[str, object]]) -> None:
        manifest["schema_version"] = "1.9.0"
        records[0]["new"] = {"x": 1}

    assert read("--rows", forged(package, tmp_path / "p.zip", later)).returncode == 0


@pytest.mark.parametrize("name", ["README.txt", "pages/0001.jpg", "records.json", "manifest.json"])
def test_it_names_a_changed_file(package: Path, tmp_path: Path, name: str) -> None:
    members = unpacked(package)
    members[name] = members[name].replace(b"2009", b"2008", 1) if name.endswith("n") else members[name] + b" "
    done = read(
        sealed_again(members, tmp_path / "p.zip")
        if name != "manifest.json"
        else packed_again(members, tmp_path / "p.zip")
    )
    assert done.returncode == 9 and name in done.stderr


def test_it_misses_and_finds_files(package: Path, tmp_path: Path) -> None:
    members = unpacked(package)
    less = {name: data for name, data in members.items() if name != "pages/0002.jpg"}
    assert "pages/0002.jpg is missing" in read(sealed_again(less, tmp_path / "a.zip")).stderr
    assert "does not list" in read(sealed_again({**members, "thêm.txt".encode().hex(): b""}, tmp_path / "b.zip")).stderr
    unsealed = {name: data for name, data in members.items() if name != "SEAL"}
    assert "no seal" in read(packed_again(unsealed, tmp_path / "c.zip")).stderr


def test_it_trusts_no_flipped_byte_before_the_seal(package: Path, tmp_path: Path) -> None:
    import importlib.util

    spec = importlib.util.spec_from_file_location("read_package", READER)
    assert spec is not None and spec.loader is not None
    reader = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reader)
    data = package.read_bytes()
    file = tmp_path / "p.zip"
    places = random.Random(7).sample(range(data.rindex(b"hotich-seal")), 120)
    for place in places:
        file.write_bytes(data[:place] + bytes((data[place] ^ 4,)) + data[place + 1 :])
        with pytest.raises(reader.PackageError):
            reader.open_package(file).close()
