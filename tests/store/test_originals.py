"""Page files are kept byte for byte."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotich.errors import InputError, StoreError
from hotich.messages import explain
from hotich.store import Workspace
from hotich.store.lock import LOCK_NAME
from hotich.store.originals import Originals

PICTURE = b"\xff\xd8 a picture"
SHA256 = hashlib.sha256(PICTURE).hexdigest()


@given(st.binary(max_size=3000))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_goes_in_comes_out(tmp_path: Path, data: bytes) -> None:
    originals = Originals(tmp_path)
    sha256 = originals.put(data)
    assert sha256 == hashlib.sha256(data).hexdigest()
    assert originals.get(sha256) == data
    assert originals.path(sha256) == tmp_path / "originals" / sha256[:2] / sha256


def test_the_same_bytes_are_written_once(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    originals.put(PICTURE)
    before = originals.path(SHA256).stat()
    originals.put(PICTURE)
    after = originals.path(SHA256).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert list(originals.all()) == [SHA256]


def test_a_changed_file_is_not_handed_out_and_is_healed_by_its_own_bytes(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    originals.put(PICTURE)
    path = originals.path(SHA256)
    path.chmod(0o644)
    path.write_bytes(PICTURE[:-1] + b"?")
    with pytest.raises(InputError) as caught:
        originals.get(SHA256)
    assert caught.value.key == "store-original-damaged" and SHA256 in explain(caught.value)
    originals.put(PICTURE)
    assert originals.get(SHA256) == PICTURE
    assert path.with_name(f"{SHA256}.damaged").exists(), "the damaged one stays to be looked at"


def test_a_missing_file_concerns_that_page_only(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="store-original-missing"):
        workspace.original("0" * 64)
    with pytest.raises(ValueError):
        workspace.original("../../etc/passwd")


def test_pictures_leave_room_for_the_typing(tmp_path: Path) -> None:
    originals = Originals(tmp_path, reserve=2**60)
    with pytest.raises(StoreError, match="store-disk-full"):
        originals.put(PICTURE)
    assert list(originals.all()) == []
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_picture_on_its_way_in_from_many_threads(workspace: Workspace) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(workspace.put_original, [PICTURE] * 16)) == {SHA256}
    assert workspace.original(SHA256) == PICTURE


def test_halves_left_by_a_power_cut_are_swept(folder: Path) -> None:
    with Workspace.open(folder) as workspace:
        workspace.put_original(PICTURE)
    half = folder / "originals" / SHA256[:2] / f".{SHA256}.1a2b3c4d.part"
    half.write_bytes(PICTURE[:4])
    (folder / LOCK_NAME).write_bytes(b"{}")
    with Workspace.open(folder) as workspace:
        assert not half.exists()
        assert workspace.original(SHA256) == PICTURE
