"""Signing, verifying, locking and believing from the shell."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from hotich.commands.parser import run
from hotich.signing import keys_folder, own_key
from hotich.store import Workspace
from tests.export.made import finished_book
from tests.export.trust.authority import PASSPHRASE, Holder, made

LOCK = "trâu vàng uống nước trong"


def hotich(*words: object) -> int:
    return run([str(word) for word in words])


@pytest.fixture(scope="module")
def kho(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one finished book."""
    folder = tmp_path_factory.mktemp("lệnh")
    with Workspace.open(folder / "kho") as workspace:
        finished_book(workspace, folder, pages=1)
    return folder / "kho"


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "cấu hình"))
    monkeypatch.setenv("MAT_KHAU", PASSPHRASE)
    monkeypatch.setenv("KHOA_GOI", LOCK)


@pytest.fixture(scope="module")
def holder() -> Holder:
    return made("Trần Văn Hòa", made("Gốc thử nghiệm", authority=True))


def exported(kho: Path, to: Path, capsys: pytest.CaptureFixture[str], *words: object) -> Path:
    with Workspace.read_only(kho) as workspace:
        (row,) = workspace.books()
    capsys.readouterr()
    code = hotich("export", "--json", "--workspace", kho, row.book.book_id, "--to", to, "--name", "Hòa", *words)
    told = capsys.readouterr()
    assert code == 0, told.err
    return Path(json.loads(told.out)["path"])


def verified(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    """Exit code and what was printed."""
    capsys.readouterr()
    code = hotich("verify", *words)
    return code, capsys.readouterr().out


def test_a_package_is_signed_by_the_own_key_unless_told_otherwise(
    kho: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = exported(kho, tmp_path, capsys)
    code, told = verified(capsys, package)
    assert code == 0 and "“Hòa”" in told and "khóa của chính máy này" in told
    fingerprint = own_key(keys_folder()).fingerprint
    assert fingerprint in told
    assert verified(capsys, "--by", fingerprint, package)[0] == 0
    assert verified(capsys, "--by", "abcd " * 8, package)[0] == 9
    assert verified(capsys, "--known", package)[0] == 0


def test_a_key_file_signs_with_its_passphrase_from_a_variable_or_an_open_file(
    kho: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], holder: Holder
) -> None:
    file = holder.file(tmp_path / "ký.p12")
    package = exported(kho, tmp_path, capsys, "--sign", file, "--sign-env", "MAT_KHAU")
    code, told = verified(capsys, package)
    assert code == 0 and "Trần Văn Hòa, UBND xã Tân Lập" in told and "chưa được biết ở đây" in told
    assert verified(capsys, "--known", package)[0] == 9
    (tmp_path / "gốc.pem").write_bytes(made_root(holder))
    assert hotich("trust", "add", tmp_path / "gốc.pem") == 0
    assert verified(capsys, "--known", package)[0] == 0
    reading, writing = os.pipe()
    os.write(writing, f"{PASSPHRASE}\n".encode())
    os.close(writing)
    try:
        assert exported(kho, tmp_path, capsys, "--sign", file, "--sign-fd", reading).is_file()
    finally:
        os.close(reading)


def made_root(holder: Holder) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return holder.above[-1].public_bytes(Encoding.PEM)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--sign-env", "SAI"), "mật khẩu sai"),
        (("--sign-env", "KHONG_CO"), "KHONG_CO"),
        ((), "--sign-env"),
        (("--sign-fd", "999"), "999"),
    ],
)
def test_a_passphrase_that_is_wrong_or_missing_is_told_and_never_printed(
    kho: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    holder: Holder,
    words: tuple[str, ...],
    told: str,
) -> None:
    monkeypatch.setenv("SAI", "mat khau sai 77")
    file = holder.file(tmp_path / "ký.p12")
    with Workspace.read_only(kho) as workspace:
        (row,) = workspace.books()
    code = hotich("export", "--workspace", kho, row.book.book_id, "--to", tmp_path / "ra", "--sign", file, *words)
    printed = capsys.readouterr()
    assert code == 4 and told in printed.err
    assert "mat khau sai 77" not in printed.err + printed.out and not (tmp_path / "ra").exists()


def test_a_token_needs_its_library_named(kho: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Workspace.read_only(kho) as workspace:
        (row,) = workspace.books()
    assert hotich("export", "--workspace", kho, row.book.book_id, "--to", tmp_path, "--sign", "token") == 4
    assert "HOTICH_PKCS11_MODULE" in capsys.readouterr().err


def test_a_locked_package_is_verified_and_opened_with_its_passphrase(
    kho: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], holder: Holder
) -> None:
    (tmp_path / "nhận.pem").write_bytes(holder.pem)
    locks = ("--lock", "--lock-env", "KHOA_GOI", "--lock-for", tmp_path / "nhận.pem")
    package = exported(kho, tmp_path, capsys, *locks)
    assert package.name.endswith(".hotich.zip.locked")
    assert verified(capsys, package)[0] == 4
    assert verified(capsys, "--unlock-env", "KHOA_GOI", package)[0] == 0
    assert verified(capsys, "--unlock-env", "MAT_KHAU", package)[0] == 8
    key = holder.file(tmp_path / "nhận.p12")
    assert verified(capsys, "--key", key, "--unlock-env", "MAT_KHAU", package)[0] == 0
    assert hotich("unlock", package, "--to", tmp_path / "mở", "--unlock-env", "KHOA_GOI") == 0
    assert verified(capsys, *(tmp_path / "mở").iterdir())[0] == 0


def test_known_keys_are_added_listed_and_removed(
    kho: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    package = exported(kho, tmp_path, capsys)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "máy khác"))
    assert verified(capsys, "--known", package)[0] == 9
    assert hotich("trust", "add", package) == 6 and "--yes" in capsys.readouterr().err
    assert hotich("trust", "add", package, "--json") == 6
    assert json.loads(capsys.readouterr().out)["error"] == "trust-needs-yes"
    assert verified(capsys, "--known", package)[0] == 9
    assert hotich("trust", "add", package, "--yes", "--as", "UBND xã Tân Lập") == 0
    code, told = verified(capsys, "--known", package)
    assert code == 0 and "UBND xã Tân Lập" in told
    assert hotich("trust", "add", "ab:cd:" * 8, "--as", "Phòng Tư pháp") == 0
    capsys.readouterr()
    assert hotich("trust", "list", "--json") == 0
    names = [row["name"] for row in json.loads(capsys.readouterr().out)]
    assert names == ["UBND xã Tân Lập", "Phòng Tư pháp"]
    assert hotich("trust", "list") == 0 and "abcd abcd" in capsys.readouterr().out
    assert hotich("trust", "remove", "Phòng Tư pháp") == 0
    assert hotich("trust", "remove", "Phòng Tư pháp") == 4
    assert hotich("trust", "add", "không phải", "--as", "Ai") == 4
    assert hotich("trust", "add", "abcd " * 8) == 4


def test_a_changed_package_is_no_way_to_trust_its_signer(
    kho: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = exported(kho, tmp_path, capsys)
    whole = bytearray(package.read_bytes())
    whole[len(whole) // 2] ^= 1
    package.write_bytes(whole)
    assert hotich("trust", "add", package, "--yes") == 8
