"""What people, programs and disks do to a package."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hotich.export import Verification, verify
from hotich.export.container import ContainerWriter
from hotich.export.package_types import MANIFEST, RECORDS, SEAL
from hotich.export.trust import SIGNATURE_FILES, OwnSigner, SignatureKind
from hotich.signing import keys_folder, own_key

Change = Callable[[dict[str, Any], list[dict[str, Any]]], None]


def verified(data: bytes, folder: Path) -> Verification:
    """What verification says of those bytes."""
    file = folder / "gói.hotich.zip"
    file.write_bytes(data)
    return verify(file)


def keys(found: Verification) -> set[str]:
    """The rules of the problems."""
    return {problem.rule_id for problem in found.problems}


def unpacked(package: Path) -> dict[str, bytes]:
    """The members in their order."""
    with zipfile.ZipFile(package) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed_again(members: dict[str, bytes], target: Path) -> Path:
    """The members in an archive as any other program makes it."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target


def sealed_again(members: dict[str, bytes], target: Path) -> Path:
    """The members with a seal that fits, as somebody who knows the format could make it."""
    with target.open("w+b") as file:
        writer = ContainerWriter(file)
        for name, data in members.items():
            if name != SEAL:
                writer.add(name, [data])
        writer.close(hashlib.sha256(members[MANIFEST]).hexdigest())
    return target


def signed_again(members: dict[str, bytes]) -> dict[str, bytes]:
    """The members with a signature of their manifest by the key that packages of these tests are signed with."""
    signature = SIGNATURE_FILES[SignatureKind.OWN_KEY]
    holder = json.loads(members[signature])["statement"]["holder"]
    return {**members, signature: OwnSigner(own_key(keys_folder()), holder).sign(members[MANIFEST])}


def forged(package: Path, target: Path, change: Change) -> Path:
    """The package after a change of its manifest and records, with every hash and the signature made to fit."""
    members = unpacked(package)
    manifest, records = json.loads(members[MANIFEST]), json.loads(members[RECORDS])
    change(manifest, records)
    lines = [compact(record) for record in records]
    members[RECORDS] = b"[\n" + b",\n".join(lines) + b"\n]\n"
    for check, record, line in zip(manifest["records"], records, lines, strict=False):
        check["sha256"] = hashlib.sha256(line).hexdigest()
        check["fields"] = "".join(f"{zlib.crc32(compact(field)):08x}" for field in record["fields"].values())
    data = members[RECORDS]
    manifest["files"][RECORDS] = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    unchanged = members[MANIFEST] == compact(manifest)
    members[MANIFEST] = compact(manifest)
    return sealed_again(members if unchanged else signed_again(members), target)


def compact(value: object) -> bytes:
    """JSON as packages have it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
