"""Whatever is done to a package, verification finds it, names it, and never falls over."""

from __future__ import annotations

import io
import itertools
import re
import struct
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotich.errors import PackageError
from hotich.export import verify
from hotich.export.package_types import MANIFEST, RECORDS, SEAL, SIGNATURES
from hotich.messages import all_messages
from tests.export.tamper import keys, packed_again, sealed_again, unpacked, verified

MEMBERS = 10


def test_an_untouched_package_is_whole(package: Path) -> None:
    found = verify(package)
    assert (found.ok, found.problems, found.records) == (True, (), 3)
    assert found.book is not None and found.book.place == "UBND xã Tân Lập"


@settings(max_examples=200)
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_any_flipped_bit_is_found(whole: bytes, folder: Path, place: float, bit: int) -> None:
    at = int(place * len(whole))
    changed = whole[:at] + bytes([whole[at] ^ (1 << bit)]) + whole[at + 1 :]
    found = verified(changed, folder)
    assert not found.ok and found.problems


def test_every_byte_of_the_structure_counts(practice_package: Path, folder: Path) -> None:
    """Local headers, the central directory, its end and the seal: each byte of them, changed alone, is found."""
    whole = practice_package.read_bytes()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        headers = [(info.header_offset, info.header_offset + 30 + len(info.filename)) for info in archive.infolist()]
        seal_at = archive.getinfo(SEAL).header_offset
    offsets = {at for start, end in headers for at in range(start, end)} | set(range(seal_at, len(whole)))
    missed = []
    for at in sorted(offsets):
        changed = whole[:at] + bytes([whole[at] ^ 0x5A]) + whole[at + 1 :]
        if verified(changed, folder).ok:
            missed.append(at)
    assert missed == []


def test_even_the_unused_bits_at_the_end_of_a_packed_stream_count(package: Path, folder: Path) -> None:
    """They change no byte of what is unpacked: only the seal knows them."""
    whole = package.read_bytes()
    with zipfile.ZipFile(package) as archive:
        ends = [
            info.header_offset + 29 + len(info.filename) + info.compress_size
            for info in archive.infolist()
            if info.compress_type == zipfile.ZIP_DEFLATED
        ]
    assert len(ends) == 6
    for end, bit in itertools.product(ends, range(8)):
        changed = whole[:end] + bytes([whole[end] ^ (1 << bit)]) + whole[end + 1 :]
        assert not verified(changed, folder).ok, (end, bit)


@settings(max_examples=80)
@given(place=st.floats(0, 1), data=st.binary(min_size=1, max_size=40))
def test_any_inserted_bytes_are_found(whole: bytes, folder: Path, place: float, data: bytes) -> None:
    at = int(place * len(whole))
    assert not verified(whole[:at] + data + whole[at:], folder).ok


@settings(max_examples=80)
@given(place=st.floats(0, 1, exclude_max=True), length=st.integers(1, 3000))
def test_any_deleted_bytes_are_found(whole: bytes, folder: Path, place: float, length: int) -> None:
    at = int(place * len(whole))
    assert not verified(whole[:at] + whole[at + length :], folder).ok


@settings(max_examples=80)
@given(first=st.floats(0, 1, exclude_max=True), data=st.binary(min_size=1, max_size=400))
def test_any_overwritten_bytes_are_found(whole: bytes, folder: Path, first: float, data: bytes) -> None:
    at = int(first * len(whole))
    changed = (whole[:at] + data + whole[at + len(data) :])[: len(whole)]
    assert verified(changed, folder).ok is (changed == whole)


@given(data=st.binary(max_size=400))
def test_any_bytes_at_all_are_told_and_not_raised(folder: Path, data: bytes) -> None:
    assert not verified(data, folder).ok
    assert not verified(data + b"PK\x05\x06" + data, folder).ok


def test_what_is_appended_or_cut_off_is_named(whole: bytes, folder: Path) -> None:
    assert "package-tail" in keys(verified(whole + b"them", folder))
    assert "package-not-zip" in keys(verified(whole[:-30], folder))
    assert "package-not-zip" in keys(verified(b"", folder))
    assert "package-not-zip" in keys(verified(b"khong phai zip" * 9000, folder))


@pytest.mark.parametrize("name", ["README.txt", "pages/0002.jpg", RECORDS, MANIFEST, "schema/records.schema.json"])
def test_a_changed_file_is_named(package: Path, tmp_path: Path, name: str) -> None:
    members = unpacked(package)
    members[name] = members[name][:-9] + b"*" + members[name][-8:]
    found = verify(packed_again(members, tmp_path / "p.zip"))
    assert any(p.rule_id == "package-file-changed" and name in p.message for p in found.problems), found.problems


def test_every_missing_file_is_named(package: Path, tmp_path: Path) -> None:
    members = unpacked(package)
    assert len(members) == MEMBERS
    for name in members:
        rest = {other: data for other, data in members.items() if other != name}
        for found in (
            verify(packed_again(rest, tmp_path / "p.zip")),
            verify(sealed_again(rest, tmp_path / "s.zip")) if name not in (MANIFEST, SEAL) else None,
        ):
            key = "package-signature-missing" if name in SIGNATURES else "package-file-missing"
            missing = "" if found is None else _messages(found.problems, key)
            assert found is None or (name in missing and not found.ok)


def _messages(problems: tuple[object, ...], key: str) -> str:
    return " ".join(getattr(p, "message", "") for p in problems if getattr(p, "rule_id", "") == key)


def test_every_renamed_file_is_found_under_both_names(package: Path, tmp_path: Path) -> None:
    members = unpacked(package)
    for name in members:
        renamed = {("x/" + other if other == name else other): data for other, data in members.items()}
        found = verify(packed_again(renamed, tmp_path / "p.zip"))
        missing = "package-signature-missing" if name in SIGNATURES else "package-file-missing"
        assert name in _messages(found.problems, missing), name
        assert name == MANIFEST or "x/" + name in _messages(found.problems, "package-file-surplus"), name


def test_a_surplus_file_is_named(package: Path, tmp_path: Path) -> None:
    members = {**unpacked(package), "ghi-chú.docx": b"them"}
    assert "ghi-chú.docx" in _messages(
        verify(packed_again(members, tmp_path / "p.zip")).problems, "package-file-surplus"
    )


def test_a_page_that_the_manifest_does_not_know_is_named(package: Path, tmp_path: Path) -> None:
    members = unpacked(package)
    members["pages/0004.jpg"] = members["pages/0003.jpg"]
    for found in (
        verify(packed_again(members, tmp_path / "p.zip")),
        verify(sealed_again(members, tmp_path / "s.zip")),
    ):
        assert not found.ok and "pages/0004.jpg" in _messages(found.problems, "package-file-unlisted")


def test_pictures_that_changed_places_are_both_named(package: Path, tmp_path: Path) -> None:
    members = unpacked(package)
    members["pages/0001.jpg"], members["pages/0003.jpg"] = members["pages/0003.jpg"], members["pages/0001.jpg"]
    for found in (
        verify(packed_again(members, tmp_path / "p.zip")),
        verify(sealed_again(members, tmp_path / "s.zip")),
    ):
        told = _messages(found.problems, "package-file-changed")
        assert "pages/0001.jpg" in told and "pages/0003.jpg" in told


def test_a_doubled_file_is_named(package: Path, tmp_path: Path) -> None:
    target = packed_again(unpacked(package), tmp_path / "p.zip")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        with zipfile.ZipFile(target, "a") as archive:
            archive.writestr(RECORDS, b"[]")
    assert RECORDS in _messages(verify(target).problems, "package-file-doubled")


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "/etc/passwd", "C:\\Windows\\x.dll", "pages\\..\\..\\x"])
def test_a_name_that_would_unpack_elsewhere_is_told(package: Path, tmp_path: Path, name: str) -> None:
    found = verify(packed_again({**unpacked(package), name: b"x"}, tmp_path / "p.zip"))
    assert "package-name-dangerous" in keys(found) and not found.ok


def test_packing_again_with_nothing_changed_is_found_all_the_same(package: Path, tmp_path: Path) -> None:
    assert keys(verify(packed_again(unpacked(package), tmp_path / "p.zip"))) == {"package-structure"}


def test_a_bomb_is_not_unpacked(package: Path, tmp_path: Path) -> None:
    members = unpacked(package)
    members[RECORDS] = b"[\n" + b" " * 30_000_000
    for target in (packed_again(members, tmp_path / "p.zip"), sealed_again(members, tmp_path / "s.zip")):
        found = verify(target)
        assert "package-bomb" in keys(found) and found.records == 0


def test_a_bomb_that_lies_about_its_size_is_found(package: Path, tmp_path: Path) -> None:
    members = unpacked(package)
    members[RECORDS] = b"[\n" + b" " * 30_000_000
    target = sealed_again(members, tmp_path / "s.zip")
    honest, lie = struct.pack("<L", len(members[RECORDS])), struct.pack("<L", 1000)
    data = target.read_bytes()
    assert data.count(honest) == 2
    target.write_bytes(data.replace(honest, lie))
    assert not verify(target).ok


def test_a_record_without_end_does_not_fill_the_memory(package: Path, tmp_path: Path) -> None:
    members = unpacked(package)
    # Numbers that pack to about a half: no bomb, yet one line of 9 MB.
    members[RECORDS] = b"[\n" + b"".join(b"%08d" % (number * 7919 % 10**8) for number in range(1_125_000))
    assert "package-records-layout" in keys(verify(packed_again(members, tmp_path / "p.zip")))


def test_data_hidden_behind_a_packed_stream_is_found(whole: bytes, folder: Path, package: Path) -> None:
    """Bytes counted to a member but behind the end of its deflate stream: every other program passes over them."""
    with zipfile.ZipFile(package) as archive:
        info = archive.getinfo("README.txt")
    hidden = b"giau o day"
    end = 30 + len(info.filename) + info.compress_size
    grown = whole[:18] + struct.pack("<L", info.compress_size + len(hidden)) + whole[22:end] + hidden + whole[end:]
    assert not verified(grown, folder).ok


def test_a_file_that_cannot_be_opened_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PackageError):
        verify(tmp_path / "không có.hotich.zip")
    with pytest.raises(PackageError):
        verify(tmp_path)


def test_every_problem_has_its_sentence_in_both_languages() -> None:
    source = Path(__file__).parents[2] / "hotich" / "export"
    used = {
        key
        for file in source.glob("*.py")
        for key in re.findall(r'"((?:package|export)-[a-z-]+)"', file.read_text("utf-8"))
    }
    told = all_messages()
    assert len(used) > 30
    assert {key for key in used if not {"vi", "en"} <= told.get(key, {}).keys()} == set()
