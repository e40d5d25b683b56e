"""Packages whose hashes all fit, and which contradict themselves all the same."""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

import jsonschema
import msgspec
import pytest

from hotich.export import verify
from hotich.export.container import ContainerWriter
from hotich.export.package_types import MANIFEST, RECORDS, SEAL
from hotich.export.problems import Problems
from hotich.export.schema import fault_of, manifest_schema
from hotich.messages import Language
from tests.export.tamper import Change, compact, forged, keys, packed_again, sealed_again, signed_again, unpacked

Manifest, Records = dict[str, Any], list[dict[str, Any]]


def _region_outside(manifest: Manifest, records: Records) -> None:
    records[0]["fields"]["so"]["region"]["original"][1][0] = 5000.0


def _region_elsewhere(manifest: Manifest, records: Records) -> None:
    records[1]["fields"]["so"]["region"]["delivered"][0][0] += 30.0


def _region_on_another_page(manifest: Manifest, records: Records) -> None:
    records[1]["fields"]["so"]["region"]["page"] = 1


def _row(manifest: Manifest, records: Records) -> None:
    records[2]["national"]["nksHoTen"] = "Trần Thị Khác"


def _practice(manifest: Manifest, records: Records) -> None:
    manifest["practice"] = True


def _fewer_counted(manifest: Manifest, records: Records) -> None:
    manifest["counts"]["records"] = 2


def _more_pages_counted(manifest: Manifest, records: Records) -> None:
    manifest["counts"]["pages"] = 4


def _record_dropped(manifest: Manifest, records: Records) -> None:
    del records[1]


def _record_doubled(manifest: Manifest, records: Records) -> None:
    records[1] = records[0]


def _records_swapped(manifest: Manifest, records: Records) -> None:
    manifest["records"].reverse()


def _own_approval(manifest: Manifest, records: Records) -> None:
    records[0]["approval"]["by"] = "Nguyễn Thị Lan"


def _own_approval_in_capitals(manifest: Manifest, records: Records) -> None:
    records[0]["approval"]["by"] = "NGUYỄN THỊ LAN"


def _people(manifest: Manifest, records: Records) -> None:
    manifest["people"]["approved"][0]["name"] = "Người Khác"


def _forms(manifest: Manifest, records: Records) -> None:
    manifest["forms"][0]["sha256"] = "0" * 64


def _blank_with_value(manifest: Manifest, records: Records) -> None:
    records[0]["fields"]["so"]["state"] = "blank"


def _unconfirmed(manifest: Manifest, records: Records) -> None:
    records[0]["fields"]["nksHoTen"]["confirmed"] = None


def _column_dropped(manifest: Manifest, records: Records) -> None:
    del records[0]["national"]["ghiChu"]


def _other_type(manifest: Manifest, records: Records) -> None:
    records[0]["record_type"] = "KT"


def _key_dropped(manifest: Manifest, records: Records) -> None:
    del records[0]["fields"]["so"]["as_written"]


def _surplus_key(manifest: Manifest, records: Records) -> None:
    records[0]["fields"]["so"]["secret"] = 1


def _wrong_kind(manifest: Manifest, records: Records) -> None:
    records[0]["entry"] = "1"


def _manifest_key_dropped(manifest: Manifest, records: Records) -> None:
    del manifest["people"]


def _manifest_surplus_key(manifest: Manifest, records: Records) -> None:
    manifest["book"]["secret"] = "x"


def _page_renumbered(manifest: Manifest, records: Records) -> None:
    manifest["pages"][0]["number"] = 7


def _picture_size(manifest: Manifest, records: Records) -> None:
    manifest["pages"][0]["delivered"]["width"] -= 1


def _file_unlisted(manifest: Manifest, records: Records) -> None:
    del manifest["files"]["pages/0001.jpg"]


def _file_listed_too_much(manifest: Manifest, records: Records) -> None:
    manifest["files"]["virus.exe"] = {"size": 0, "sha256": "0" * 64}


def _size_told_wrong(manifest: Manifest, records: Records) -> None:
    manifest["files"]["README.txt"]["size"] += 1


CASES: list[tuple[Change, str, str]] = [
    (_region_outside, "package-region-outside", "so"),
    (_region_elsewhere, "package-region-outside", "so"),
    (_region_on_another_page, "package-region-outside", "so"),
    (_row, "package-row-differs", "nksHoTen"),
    (_practice, "package-practice-mixed", ""),
    (_fewer_counted, "package-count", ""),
    (_more_pages_counted, "package-count", ""),
    (_record_dropped, "package-record-missing", ""),
    (_record_doubled, "package-record-doubled", ""),
    (_records_swapped, "package-record-order", ""),
    (_own_approval, "package-four-eyes", ""),
    (_own_approval_in_capitals, "package-four-eyes", ""),
    (_people, "package-people", ""),
    (_forms, "package-forms", ""),
    (_blank_with_value, "package-state-differs", "so"),
    (_unconfirmed, "package-unconfirmed", "nksHoTen"),
    (_column_dropped, "package-columns", ""),
    (_other_type, "package-record-type", ""),
    (_key_dropped, "package-record-breach", ""),
    (_surplus_key, "package-record-breach", ""),
    (_wrong_kind, "package-record-breach", ""),
    (_manifest_key_dropped, "package-manifest-breach", ""),
    (_manifest_surplus_key, "package-manifest-breach", ""),
    (_page_renumbered, "package-page-number", ""),
    (_picture_size, "package-picture", ""),
    (_file_unlisted, "package-file-unlisted", ""),
    (_file_listed_too_much, "package-file-unlawful", ""),
    (_size_told_wrong, "package-size", ""),
]


def test_a_forgery_that_changes_nothing_is_whole(package: Path, tmp_path: Path) -> None:
    """What the cases below find is not of the forger's making."""
    target = forged(package, tmp_path / "p.zip", lambda manifest, records: None)
    assert target.read_bytes() == package.read_bytes()
    assert verify(target).ok


@pytest.mark.parametrize(("change", "key", "field"), CASES, ids=[case[0].__name__.strip("_") for case in CASES])
def test_a_contradiction_is_found(package: Path, tmp_path: Path, change: Change, key: str, field: str) -> None:
    found = verify(forged(package, tmp_path / "p.zip", change))
    assert not found.ok
    named = [problem for problem in found.problems if problem.rule_id == key]
    assert named, found.problems
    assert not field or (field,) in {problem.fields for problem in named}


def test_a_breach_is_told_with_its_place(package: Path, tmp_path: Path) -> None:
    found = verify(forged(package, tmp_path / "p.zip", _wrong_kind))
    (breach,) = [problem for problem in found.problems if problem.rule_id == "package-record-breach"]
    assert "“entry”" in breach.message and '"1" sai kiểu, phải là integer' in breach.message and breach.record_id


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ("{}", "breach-required"),
        ("[]", "breach-type"),
        ('{"schema_version": "1.2.0", "x": 1}', "breach-extra"),
        ('{"book": {"record_type": "ZZ"}}', "breach-choice"),
        ('{"counts": {"records": -1}}', "breach-other"),
    ],
)
def test_a_breach_says_what_the_schema_asks_for(data: str, key: str) -> None:
    errors = jsonschema.Draft202012Validator(manifest_schema()).iter_errors(json.loads(data))
    faults = {fault.key: fault for fault in map(fault_of, errors)}
    problems = Problems(Language.VIETNAMESE)
    problems.add("package-manifest-breach", place="book", detail=faults[key])
    (told,) = problems.findings
    assert "“book”" in told.message and "{value}" not in told.message and "breach" not in told.message


def test_a_value_changed_by_hand_is_told_to_the_field(package: Path, tmp_path: Path) -> None:
    members = unpacked(package)
    assert members[RECORDS].count("Y Moan Êban".encode()) == 3
    members[RECORDS] = members[RECORDS].replace(b'"as_written":"Y Moan', b'"as_written":"Y Moau')
    for found in (
        verify(packed_again(members, tmp_path / "p.zip")),
        verify(sealed_again(members, tmp_path / "s.zip")),
    ):
        (changed,) = [problem for problem in found.problems if problem.rule_id == "package-field-changed"]
        assert changed.fields == ("nksHoTen",) and changed.record_id
        assert "trang 2, mục 1" in changed.message and "nksHoTen" in changed.message


def test_a_change_outside_the_fields_is_told_to_the_record(package: Path, tmp_path: Path) -> None:
    members = unpacked(package)
    members[RECORDS] = members[RECORDS].replace('"by":"Trần Văn Hòa"'.encode(), '"by":"Trần Văn Hoà"'.encode(), 1)
    found = verify(packed_again(members, tmp_path / "p.zip"))
    assert {"package-record-changed", "package-people"} <= keys(found)


@pytest.mark.parametrize("version", ["2.0.0", "0.9.0", "10.1.0"])
def test_another_major_version_asks_for_an_update_and_nothing_else(package: Path, tmp_path: Path, version: str) -> None:
    found = verify(forged(package, tmp_path / "p.zip", lambda manifest, _: manifest.update(schema_version=version)))
    assert keys(found) == {"package-newer"} and not found.ok
    assert version in found.problems[0].message and "cập nhật" in found.problems[0].message


def test_a_later_minor_version_may_say_more(package: Path, tmp_path: Path) -> None:
    def later(manifest: Manifest, records: Records) -> None:
        manifest["schema_version"] = "1.3.0"
        manifest["later"] = "later"
        records[0]["fields"]["so"]["matched"] = True

    found = verify(forged(package, tmp_path / "p.zip", later))
    assert (found.ok, found.records) == (True, 3), found.problems


@pytest.mark.parametrize("text", [b"", b"null", b"[]", b"{", b"\xff\xfe", b"[" * 100_000, b'{"schema_version": 1}'])
def test_a_manifest_that_is_none_is_told(package: Path, tmp_path: Path, text: bytes) -> None:
    found = verify(sealed_again({**unpacked(package), MANIFEST: text}, tmp_path / "p.zip"))
    assert "package-manifest-breach" in keys(found) and found.book is None


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"null",
        b"[]",
        b"[\n",
        b"[\n\n]\n",
        b"[\n{}\n]\n",
        b"[\n" + b"[" * 100_000 + b"\n]\n",
        b"[\n\xff\n]\n",
        b"\n" * 99,
    ],
)
def test_records_that_are_none_are_told(package: Path, tmp_path: Path, text: bytes) -> None:
    found = verify(sealed_again({**unpacked(package), RECORDS: text}, tmp_path / "p.zip"))
    assert "package-file-changed" in keys(found) and len(found.problems) > 1


def test_a_practice_package_is_whole_and_says_what_it_is(practice_package: Path) -> None:
    found = verify(practice_package)
    assert found.ok and keys(found) == {"package-practice"}
    assert "THỰC HÀNH" in unpacked(practice_package)["README.txt"].decode("utf-8-sig")


def test_another_schema_than_that_of_the_version_is_found(package: Path, tmp_path: Path) -> None:
    members = unpacked(package)
    name = "schema/records.schema.json"
    members[name] = b"{}\n"
    manifest = json.loads(members[MANIFEST])
    manifest["files"][name] = {"size": 3, "sha256": hashlib.sha256(members[name]).hexdigest()}
    members[MANIFEST] = compact(manifest)
    assert keys(verify(sealed_again(signed_again(members), tmp_path / "p.zip"))) == {"package-schema-differs"}


def test_files_in_another_order_are_found(package: Path, tmp_path: Path) -> None:
    members = unpacked(package)
    turned_round = dict(reversed(members.items()))
    assert keys(verify(sealed_again(turned_round, tmp_path / "p.zip"))) == {"package-order"}


class HidingWriter(ContainerWriter):
    """Hides bytes after the first member: between two members, or behind the end of its packed stream."""

    def __init__(self, file: BinaryIO, inside: bool) -> None:
        super().__init__(file)
        self._inside = inside

    def add(self, name: str, chunks: Iterable[bytes]) -> tuple[int, str]:
        told = super().add(name, chunks)
        if len(self._members) == 1:
            self._file.write(b"giau o day")
            if self._inside:
                first = msgspec.structs.replace(self._members[0], packed=self._members[0].packed + 10)
                self._finish(first)
                self._members[:] = [first]
        return told


@pytest.mark.parametrize("inside", [False, True])
def test_bytes_hidden_under_a_seal_that_fits_are_found(package: Path, tmp_path: Path, inside: bool) -> None:
    members = unpacked(package)
    target = tmp_path / "p.zip"
    with target.open("w+b") as file:
        writer = HidingWriter(file, inside)
        for name, data in members.items():
            if name != SEAL:
                writer.add(name, [data])
        writer.close(hashlib.sha256(members[MANIFEST]).hexdigest())
    assert unpacked(target).keys() == members.keys()
    assert keys(verify(target)) == {"package-structure"}


def test_bytes_hidden_before_the_directory_are_found(package: Path, tmp_path: Path) -> None:
    data = package.read_bytes()
    (place,) = struct.unpack("<L", data[-6:-2])
    target = tmp_path / "p.zip"
    target.write_bytes(data[:place] + b"giau o day" + data[place:-6] + struct.pack("<L", place + 10) + data[-2:])
    assert unpacked(target)["SEAL"] == unpacked(package)["SEAL"]
    assert keys(verify(target)) == {"package-structure"}
