"""The reader that importers copy: one file that runs on nothing but Python itself, and trusts no changed byte."""

from __future__ import annotations

import ast
import contextlib
import hashlib
import importlib.util
import io
import json
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotich.pipeline.confidential import Passphrase, locked_copy
from tests.export.tamper import compact, forged, packed_again, sealed_again, unpacked

READER = Path(__file__).parents[2] / "docs" / "read_package.py"
WRONG = (None, True, 0, 7, -1.5, "", "chữ", [], [1], {}, {"x": 1})
"""One value of each type of JSON, none of which belongs into most places of a manifest."""


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


@pytest.fixture(scope="module")
def reader() -> ModuleType:
    """The reader as a module, as a program that copied it has it."""
    spec = importlib.util.spec_from_file_location("read_package", READER)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def is_refused(reader: ModuleType, file: Path, data: bytes) -> bool:
    """Whether the reader refuses these bytes; any error but its own comes through."""
    file.write_bytes(data)
    try:
        reader.open_package(file, practice=True).close()
    except reader.PackageError:
        return True
    return False


def test_every_byte_of_the_structure_counts(reader: ModuleType, practice_package: Path, folder: Path) -> None:
    """Local headers, SEAL, the central directory and its end: each byte of them, changed alone."""
    data = practice_package.read_bytes()
    with zipfile.ZipFile(practice_package) as archive:
        headers = [(info.header_offset, info.header_offset + 30 + len(info.filename)) for info in archive.infolist()]
    places = {at for start, end in headers for at in range(start, end)} | set(range(headers[-1][0], len(data)))
    missed = [
        (at, flip)
        for at in sorted(places)
        for flip in (0x01, 0x5A)
        if not is_refused(reader, folder / "a.zip", data[:at] + bytes([data[at] ^ flip]) + data[at + 1 :])
    ]
    assert len(places) > 1000 and missed == []


@settings(max_examples=200)
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_it_trusts_no_flipped_bit(reader: ModuleType, whole: bytes, folder: Path, place: float, bit: int) -> None:
    at = int(place * len(whole))
    assert is_refused(reader, folder / "b.zip", whole[:at] + bytes([whole[at] ^ (1 << bit)]) + whole[at + 1 :])


@given(place=st.floats(0, 1, exclude_max=True), data=st.binary(max_size=40), length=st.integers(0, 3000))
def test_it_trusts_nothing_put_in_or_cut_out(
    reader: ModuleType, whole: bytes, folder: Path, place: float, data: bytes, length: int
) -> None:
    at = int(place * len(whole))
    changed = whole[:at] + data + whole[at + length :]
    assert is_refused(reader, folder / "c.zip", changed) is (changed != whole)


@given(place=st.floats(0, 1, exclude_max=True))
def test_it_trusts_nothing_cut_short(reader: ModuleType, whole: bytes, folder: Path, place: float) -> None:
    assert is_refused(reader, folder / "d.zip", whole[: int(place * len(whole))])


@given(data=st.binary(max_size=300))
def test_any_bytes_at_all_are_refused_plainly(reader: ModuleType, folder: Path, data: bytes) -> None:
    assert is_refused(reader, folder / "e.zip", data)
    assert is_refused(reader, folder / "e.zip", b"PK\3\4" + data + b"PK\5\6" + data)


def patched(data: bytes, at: int, form: str, *values: int) -> bytes:
    """The bytes with some numbers put over them."""
    put = struct.pack(form, *values)
    return data[:at] + put + data[at + len(put) :]


def with_hidden_bytes(data: bytes) -> bytes:
    """Bytes between SEAL and the central directory, counted to SEAL in both of its headers."""
    central, end = data.rindex(b"PK\1\2"), len(data) - 22
    (local,) = struct.unpack("<L", data[central + 42 : central + 46])
    (packed,) = struct.unpack("<L", data[central + 20 : central + 24])
    (directory,) = struct.unpack("<L", data[end + 16 : end + 20])
    data = patched(patched(data, central + 20, "<L", packed + 4), local + 18, "<L", packed + 4)
    data = patched(data, end + 16, "<L", directory + 4)
    return data[:directory] + b"giau" + data[directory:]


def with_surplus_member(data: bytes) -> bytes:
    """An empty manifest.p7s behind SEAL, where no hash reaches."""
    file = io.BytesIO(data)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("manifest.p7s", b"")
    return file.getvalue()


OUTSIDE: dict[str, Callable[[bytes], bytes]] = {
    "appended": lambda data: data + b"them",
    "comment": lambda data: patched(data, len(data) - 2, "<H", 4) + b"them",
    "length of comment": lambda data: patched(data, len(data) - 2, "<H", 4),
    "number of entries": lambda data: patched(data, len(data) - 14, "<HH", 1, 1),
    "attributes": lambda data: patched(data, data.rindex(b"PK\1\2") + 38, "<L", 0o120777 << 16),
    "made by": lambda data: patched(data, data.rindex(b"PK\1\2") + 4, "<H", 0),
    "size in the directory": lambda data: patched(data, data.rindex(b"PK\1\2") + 24, "<L", 9),
    "encrypted": lambda data: patched(data, data.rindex(b"PK\1\2") + 8, "<H", 1),
    "method 99": lambda data: patched(data, data.rindex(b"PK\1\2") + 10, "<H", 99),
    "method 12": lambda data: patched(data, data.rindex(b"PK\1\2") + 10, "<H", 12),
    "method 14": lambda data: patched(data, data.rindex(b"PK\1\2") + 10, "<H", 14),
    "method 8": lambda data: patched(data, data.rindex(b"PK\1\2") + 10, "<H", 8),
    "text of the seal": lambda data: data.replace(b"hotich-seal", b"hotich-SEAL"),
    "name in SEAL's header": lambda data: data.replace(b"SEALhotich", b"SEALhotish", 1),
    "behind the seal's text": with_hidden_bytes,
    "member behind the seal": with_surplus_member,
}


@pytest.mark.parametrize("name", OUTSIDE)
def test_what_no_hash_covers_is_told_in_one_line(whole: bytes, tmp_path: Path, name: str) -> None:
    file = tmp_path / "p.zip"
    file.write_bytes(OUTSIDE[name](whole))
    done = read("--records", file)
    assert (done.returncode, done.stdout) == (9, "")
    assert done.stderr.startswith(str(file)) and done.stderr.count("\n") == 1


def places_of(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something stands in a JSON document; of lists the first member speaks for all."""
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else list(enumerate(value))[:1] if isinstance(value, list) else ()
    for key, part in inner:
        yield from places_of(part, (*path, key))


def put(document: Any, path: tuple[Any, ...], value: object) -> None:
    for key in path[:-1]:
        document = document[key]
    document[path[-1]] = value


def take(document: Any, path: tuple[Any, ...]) -> None:
    for key in path[:-1]:
        document = document[key]
    del document[path[-1]]


def told(reader: ModuleType, *words: object) -> tuple[int, str, str]:
    """The exit code and what was printed, in this process; any error that comes through ends the test."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = reader.main([str(word) for word in words])
    return code, out.getvalue(), err.getvalue()


def test_a_manifest_of_any_shape_is_refused_or_changes_no_record(
    reader: ModuleType, package: Path, folder: Path
) -> None:
    """Sealed anew, so that only what is read of the manifest itself can tell."""
    members, file = unpacked(package), folder / "f.zip"
    # A package without pages, which are most of its bytes, has every key that is read.
    members = {name: data for name, data in members.items() if not name.startswith("pages/")}
    manifest = json.loads(members["manifest.json"])
    manifest["files"] = {name: check for name, check in manifest["files"].items() if name in members}
    members["manifest.json"] = compact(manifest)
    code, records, _ = told(reader, "--records", sealed_again(members, file))
    assert code == 0 and records
    refused = 0
    for path in places_of(manifest):
        for wrong in (take, *WRONG):
            changed = json.loads(members["manifest.json"])
            take(changed, path) if wrong is take else put(changed, path, wrong)
            sealed_again({**members, "manifest.json": compact(changed)}, file)
            code, out, err = told(reader, "--records", file)
            assert (code, out, err) == (0, records, "") or (code == 9 and err.count("\n") == 1), (path, wrong)
            assert told(reader, file)[0] in (0, 9)
            refused += code == 9
    assert refused > 100


@pytest.mark.parametrize("path", [("schema_version",), ("files",), ("counts",), ("practice",), ("records",)])
def test_a_manifest_without_what_is_needed_is_refused_before_any_record(
    reader: ModuleType, package: Path, folder: Path, path: tuple[str, ...]
) -> None:
    members = unpacked(package)
    for wrong in (take, 7, "chữ", None):
        changed = json.loads(members["manifest.json"])
        take(changed, path) if wrong is take else put(changed, path, wrong)
        file = sealed_again({**members, "manifest.json": compact(changed)}, folder / "g.zip")
        with pytest.raises(reader.PackageError):
            reader.open_package(file)


@pytest.mark.parametrize("text", [b"7", b"[]", b"null", b'"x"', b"{", b"\xff", b"[" * 100_000, b""])
def test_a_manifest_that_is_no_object_is_refused(reader: ModuleType, package: Path, folder: Path, text: bytes) -> None:
    file = sealed_again({**unpacked(package), "manifest.json": text}, folder / "h.zip")
    with pytest.raises(reader.PackageError):
        reader.open_package(file)


def test_records_of_another_shape_are_refused(reader: ModuleType, package: Path, folder: Path) -> None:
    for line in (b"7", b"[]", b"{}", b'{"record_id":[]}', b"{", b"\xff", b"[" * 100_000):
        members = unpacked(package)
        members["records.json"] = b"[\n" + line + b"\n]\n"
        manifest = json.loads(members["manifest.json"])
        digest = hashlib.sha256(members["records.json"]).hexdigest()
        manifest["files"]["records.json"] = {"size": len(members["records.json"]), "sha256": digest}
        members["manifest.json"] = compact(manifest)
        code, out, err = told(reader, "--records", sealed_again(members, folder / "i.zip"))
        assert (code, out, err.count("\n")) == (9, "", 1), line


def test_a_record_without_its_row_is_refused_where_rows_are_asked_for(
    reader: ModuleType, package: Path, folder: Path
) -> None:
    file = forged(package, folder / "k.zip", lambda _, records: records[0].pop("national"))
    assert told(reader, "--rows", file)[0] == 9


def test_half_a_letter_is_printed_as_json_writes_it(package: Path, tmp_path: Path) -> None:
    members = unpacked(package)
    manifest = json.loads(members["manifest.json"])
    line = b'{"record_id":"%s","national":{"so":"\\ud83d"}}' % manifest["records"][0]["record_id"].encode()
    members["records.json"] = b"[\n" + line + b"\n]\n"
    digest = hashlib.sha256(members["records.json"]).hexdigest()
    manifest["files"]["records.json"] = {"size": len(members["records.json"]), "sha256": digest}
    manifest["records"] = [{**manifest["records"][0], "sha256": hashlib.sha256(line).hexdigest()}]
    manifest["counts"]["records"] = 1
    members["manifest.json"] = compact(manifest)
    done = read("--rows", sealed_again(members, tmp_path / "p.zip"))
    assert (done.returncode, json.loads(done.stdout)) == (0, {"so": "\ud83d"})
