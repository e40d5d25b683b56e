"""Locked packages: only those open them for whom they were locked, and whatever was changed is found."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotich.errors import PackageError, SetupError
from hotich.export import verify
from hotich.export.trust import FileIdentity
from hotich.export.trust.locked import CHUNK, MAGIC, TAG, is_locked, lock, open_package
from hotich.export.trust.locks import HeldKey, KnownFileKey, Lock, Passphrase, Recipient
from tests.export.tamper import keys
from tests.export.trust.authority import made
from tests.export.trust.conftest import Authority

CHEAP = 12
"""scrypt's cost in these tests: seconds are of no use here."""

WORDS = "trâu vàng uống nước trong"


def locked(data: bytes, file: Path, *locks: Lock) -> bytes:
    """The file's key."""
    with file.open("wb") as target:
        return lock(io.BytesIO(data), target, locks or [Passphrase(WORDS, CHEAP)])


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 77])
def test_everyone_for_whom_it_was_locked_reads_it(authority: Authority, tmp_path: Path, size: int) -> None:
    data, file = os.urandom(size), tmp_path / "x.locked"
    recipients = [Recipient(holder.certificate) for holder in (authority.rsa, authority.ec)]
    key = locked(data, file, Passphrase(WORDS, CHEAP), *recipients)
    held = [HeldKey(FileIdentity(each.certificate, (), each.key)) for each in (authority.rsa, authority.ec)]
    for unlock in (Passphrase(WORDS), *held, KnownFileKey(key)):
        with open_package(file, unlock) as opened:
            assert opened.read() == data
    chunks = max(1, -(-size // CHUNK))
    assert is_locked(file) and file.read_bytes()[:16] == MAGIC
    head = int.from_bytes(file.read_bytes()[16:20], "big")
    assert file.stat().st_size == 20 + head + size + chunks * TAG
    assert size < 20 or data[:20] not in file.read_bytes()


@settings(max_examples=40)
@given(data=st.binary(min_size=1, max_size=400_000), reads=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 90_000))))
def test_any_place_can_be_read(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, reads: list[tuple[float, int]]
) -> None:
    file = tmp_path_factory.getbasetemp() / "chỗ nào cũng đọc.locked"
    with open_package(file, KnownFileKey(locked(data, file))) as opened:
        for place, length in reads:
            at = opened.seek(int(place * len(data)))
            assert opened.read(length) == data[at : at + length]
        assert opened.seek(0, io.SEEK_END) == len(data) and opened.read() == b""


def test_nobody_else_reads_it(authority: Authority, tmp_path: Path) -> None:
    file = tmp_path / "x.locked"
    locked(b"mat", file, Passphrase(WORDS, CHEAP), Recipient(authority.ec.certificate))
    stranger = made("Người lạ", kind="rsa")
    for unlock in (
        Passphrase("trâu vàng uống nước đục"),
        HeldKey(FileIdentity(stranger.certificate, (), stranger.key)),
        HeldKey(FileIdentity(authority.ec.certificate, (), stranger.key)),
    ):
        with pytest.raises(PackageError) as refused:
            open_package(file, unlock)
        assert refused.value.key == "locked-wrong-key" and "trâu" not in str(refused.value)
    with pytest.raises(PackageError) as refused:
        open_package(file)
    assert refused.value.key == "locked-needs-key"


def test_a_passphrase_is_the_same_however_its_letters_are_composed(tmp_path: Path) -> None:
    import unicodedata

    file = tmp_path / "x.locked"
    locked(b"mat", file, Passphrase(unicodedata.normalize("NFD", WORDS), CHEAP))
    with open_package(file, Passphrase(unicodedata.normalize("NFC", WORDS))) as opened:
        assert opened.read() == b"mat"


def test_a_short_passphrase_is_refused_and_none_is_ever_shown(tmp_path: Path) -> None:
    with pytest.raises(SetupError) as refused:
        locked(b"mat", tmp_path / "x", Passphrase("mật khẩu"))
    assert refused.value.key == "lock-passphrase-short" and "mật khẩu" not in str(refused.value)
    assert WORDS not in repr(Passphrase(WORDS)) + str(Passphrase(WORDS)) + repr(KnownFileKey(WORDS.encode()))


@settings(max_examples=150)
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_any_flipped_bit_is_found(tmp_path_factory: pytest.TempPathFactory, place: float, bit: int) -> None:
    data, file = b"ho tich " * 20_000, tmp_path_factory.getbasetemp() / "lật.locked"
    key = locked(data, file)
    whole = bytearray(file.read_bytes())
    whole[int(place * len(whole))] ^= 1 << bit
    file.write_bytes(whole)
    try:
        with open_package(file, KnownFileKey(key)) as opened:
            read = opened.read()
    except PackageError:
        return
    # Only a file that no longer says that it is locked is given back as it is: for zipfile to refuse.
    assert not whole.startswith(MAGIC) and read == bytes(whole)


@pytest.mark.parametrize("change", ["cut", "cut-chunk", "added", "swapped", "repeated"])
def test_portions_cut_added_or_moved_are_found(tmp_path: Path, change: str) -> None:
    data, file = os.urandom(3 * CHUNK), tmp_path / "x.locked"
    key = locked(data, file)
    whole = file.read_bytes()
    start = len(whole) - 3 * (CHUNK + TAG)
    head, chunks = whole[:start], [whole[start + at * (CHUNK + TAG) :][: CHUNK + TAG] for at in range(3)]
    made_of = {
        "cut": [chunks[0], chunks[1], chunks[2][:-5]],
        "cut-chunk": chunks[:2],
        "added": [*chunks, b"them"],
        "swapped": [chunks[1], chunks[0], chunks[2]],
        "repeated": [chunks[0], chunks[0], chunks[2]],
    }[change]
    file.write_bytes(head + b"".join(made_of))
    with pytest.raises(PackageError) as refused, open_package(file, KnownFileKey(key)) as opened:
        opened.read()
    assert refused.value.key == "locked-damaged"


@given(data=st.binary(max_size=300))
def test_any_head_at_all_is_told_and_not_raised(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "đầu.locked"
    for head in (data, len(data).to_bytes(4, "big") + data):
        file.write_bytes(MAGIC + head)
        with pytest.raises(PackageError):
            open_package(file, Passphrase(WORDS))


def test_a_head_cannot_make_a_guess_cost_more_than_a_gigabyte(tmp_path: Path) -> None:
    file = tmp_path / "x.locked"
    locked(b"mat", file)
    whole = file.read_bytes()
    assert b'"log_cost":12' in whole
    file.write_bytes(whole.replace(b'"log_cost":12', b'"log_cost":31'))
    with pytest.raises(PackageError) as refused:
        open_package(file, Passphrase(WORDS))
    assert refused.value.key == "locked-head-damaged"


def test_a_locked_package_is_verified_without_being_written_anywhere(certified_package: Path, tmp_path: Path) -> None:
    file = tmp_path / "CN.locked"
    key = locked(certified_package.read_bytes(), file)
    found = verify(file, unlock=KnownFileKey(key))
    assert found.ok and found.records == 1 and found.signature.name.startswith("H'Hen")
    whole = bytearray(file.read_bytes())
    whole[len(whole) // 2] ^= 1
    file.write_bytes(whole)
    damaged = verify(file, unlock=KnownFileKey(key))
    assert not damaged.ok and "package-locked-damaged" in keys(damaged)
    whole[-1] ^= 1
    file.write_bytes(whole)
    assert keys(verify(file, unlock=KnownFileKey(key))) == {"package-locked-damaged"}
    assert [each.name for each in tmp_path.iterdir()] == ["CN.locked"]
