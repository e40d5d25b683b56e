"""Signatures: what was signed is what is checked, and the key is its owner's alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotich.errors import PackageError, SetupError
from hotich.messages import all_messages
from hotich.signing import KEY_FILE, checked_signature, fingerprint, own_key, same_fingerprint, sign

MANIFEST = b'{"files": {"a": "00"}}'


def test_a_signature_tells_whose_key_it_is(tmp_path: Path) -> None:
    key = own_key(tmp_path)
    found = checked_signature(MANIFEST, sign(MANIFEST, "gói", key), "gói")
    assert (found.public_key, found.fingerprint) == (key.public_key, key.fingerprint)
    assert found.fingerprint == fingerprint(key.public_key)


def test_the_key_stays_the_same_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "cấu hình"
    first = own_key(folder).fingerprint
    file = folder / KEY_FILE
    assert own_key(folder).fingerprint == first and own_key(tmp_path / "khác").fingerprint != first
    assert [each.name for each in folder.iterdir()] == [KEY_FILE]
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600 and stat.S_IMODE(folder.stat().st_mode) == 0o700
        file.chmod(0o644)
        own_key(folder)
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "damage", [b"", b"khong phai khoa", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"]
)
def test_a_damaged_key_is_told_and_never_replaced(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / KEY_FILE).write_bytes(damage)
    with pytest.raises(SetupError) as told:
        own_key(tmp_path)
    assert told.value.key in all_messages() and (tmp_path / KEY_FILE).read_bytes() == damage


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_bit_of_manifest_or_signature_can_be_changed(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    key = own_key(tmp_path_factory.getbasetemp() / "khóa")
    parts = [bytearray(MANIFEST), bytearray(sign(MANIFEST, "gói", key))]
    changed = parts[data.draw(st.integers(0, 1))]
    place = data.draw(st.integers(0, len(changed) - 1))
    changed[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(PackageError):
        checked_signature(bytes(parts[0]), bytes(parts[1]), "gói")


def test_a_signature_is_for_one_purpose(tmp_path: Path) -> None:
    with pytest.raises(PackageError):
        checked_signature(MANIFEST, sign(MANIFEST, "gói", own_key(tmp_path)), "khác")


def test_fingerprints_agree_however_they_are_written(tmp_path: Path) -> None:
    told = own_key(tmp_path).fingerprint
    assert same_fingerprint(told, told.replace(" ", "").upper()) and same_fingerprint(told.replace(" ", ":"), told)
    assert not same_fingerprint(told, told[:-1]) and not same_fingerprint("", "") and not same_fingerprint(told, "")
