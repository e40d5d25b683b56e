"""Model packs: what is let in, what is used, and the way back."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from hotich.errors import PackageError
from hotich.ocr.handwriting_engine import CARD, MODEL_FOLDER, load_card
from hotich.ocr.packs import (
    PURPOSE,
    PackCard,
    install,
    installed,
    is_trusted,
    model_in_use,
    read_pack,
    take_back,
    trusted_keys,
    write_pack,
)
from hotich.signing import SigningKey, own_key, sign


def made_key(folder: Path) -> SigningKey:
    return own_key(folder / "khóa")


def pack_file(folder: Path, name: str = "Bộ chữ Hà Giang", without: str = "") -> Path:
    """A signed pack of the weights that ship."""
    card = load_card()
    names = [each for each in (CARD, card.weights, card.words) if each != without]
    files = {each: (MODEL_FOLDER / each).read_bytes() for each in names}
    told = PackCard(name, "2026-01-01T00:00:00Z", card.weights_sha256, 10, 0.2, 0.1, "thử", {})
    file = folder / f"{name}.zip"
    write_pack(file, told, files, made_key(folder))
    return file


def small_pack(folder: Path) -> Path:
    """A signed pack whose files are too small to be a model: what is refused before they are tried."""
    file = folder / "nhỏ.zip"
    files = {CARD: b"[model]", "a.onnx": b"weights", "LICENSE": b"free"}
    write_pack(file, PackCard("nhỏ", "", "", 1, 0.2, 0.1, "", {}), files, made_key(folder))
    return file


def with_members(file: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """The same ZIP with other members."""
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    changed = file.with_name("sửa.zip")
    with zipfile.ZipFile(changed, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return changed


def test_a_pack_is_shown_installed_and_taken_back(tmp_path: Path) -> None:
    file, folder = pack_file(tmp_path), tmp_path / "mô hình"
    shown = read_pack(file)
    assert shown.card.name == "Bộ chữ Hà Giang" and installed(folder) is None
    assert install(file, folder) == shown == installed(folder)
    assert model_in_use(folder).parent == folder and load_card(model_in_use(folder)) == load_card()
    assert take_back(folder) == shown
    assert (installed(folder), model_in_use(folder), take_back(folder)) == (None, MODEL_FOLDER, None)


def test_the_pack_before_is_used_again(tmp_path: Path) -> None:
    folder = tmp_path / "mô hình"
    one, two = (install(pack_file(tmp_path, name), folder) for name in ("một", "hai"))
    assert installed(folder) == two
    take_back(folder)
    assert installed(folder) == one


MEMBERS = ("pack.toml", "pack.sig", CARD, "a.onnx", "LICENSE")


@pytest.mark.parametrize("name", MEMBERS)
def test_every_flipped_byte_is_found(tmp_path: Path, name: str) -> None:
    file = small_pack(tmp_path)
    with zipfile.ZipFile(file) as archive:
        length = archive.getinfo(name).file_size

    def flip(place: int, bit: int) -> Callable[[dict[str, bytes]], object]:
        def change(members: dict[str, bytes]) -> None:
            data = bytearray(members[name])
            data[place] ^= 1 << bit
            members[name] = bytes(data)

        return change

    for place in range(length):
        with pytest.raises(PackageError):
            read_pack(with_members(file, flip(place, place % 8)))


@pytest.mark.parametrize("name", MEMBERS)
def test_every_member_that_was_taken_out_is_missed(tmp_path: Path, name: str) -> None:
    with pytest.raises(PackageError):
        read_pack(with_members(small_pack(tmp_path), lambda members: members.pop(name)))


@pytest.mark.parametrize("name", ["thêm.txt", "pack.toml.bak", "thư mục/tệp", "../thoát"])
def test_every_member_that_was_put_in_is_found(tmp_path: Path, name: str) -> None:
    with pytest.raises(PackageError) as refused:
        read_pack(with_members(small_pack(tmp_path), lambda members: members.update({name: b"x"})))
    assert refused.value.key == "model-pack-damaged" and name in refused.value.facts["files"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    file = small_pack(tmp_path)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("a.onnx", b"weights")
    with pytest.raises(PackageError):
        read_pack(file)


def test_a_pack_signed_anew_by_somebody_else_bears_another_fingerprint(tmp_path: Path) -> None:
    mine, other = read_pack(small_pack(tmp_path)), own_key(tmp_path / "khác")

    def forge(members: dict[str, bytes]) -> None:
        members["pack.sig"] = sign(members["pack.toml"], PURPOSE, other)

    theirs = read_pack(with_members(small_pack(tmp_path), forge))
    assert theirs.fingerprint == other.fingerprint != mine.fingerprint == made_key(tmp_path).fingerprint


def test_a_key_is_remembered_once_a_pack_was_agreed_to(tmp_path: Path) -> None:
    file, folder = pack_file(tmp_path), tmp_path / "mô hình"
    assert not is_trusted(folder, read_pack(file))
    install(file, folder)
    assert is_trusted(folder, read_pack(pack_file(tmp_path, "hai")))
    take_back(folder)
    assert [key.first_pack for key in trusted_keys(folder)] == ["Bộ chữ Hà Giang"]


def test_a_pack_whose_weights_cannot_be_run_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "mô hình"
    with pytest.raises(PackageError):
        install(pack_file(tmp_path, without="words.txt.gz"), folder)
    assert installed(folder) is None and not list(folder.glob("*.half"))


@pytest.mark.parametrize("data", [b"", b"khong phai zip", b"PK\x05\x06" + bytes(18)])
def test_something_else_is_no_pack(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(data)
    with pytest.raises(PackageError):
        read_pack(tmp_path / "x.zip")


@pytest.mark.parametrize("name", ["../thoát.txt", "/tmp/thoát.txt", ".ẩn"])
def test_a_name_that_leaves_the_folder_is_refused_even_signed(tmp_path: Path, name: str) -> None:
    card = PackCard("x", "", "", 1, 0.1, 0.1, "", {})
    with pytest.raises(PackageError):
        write_pack(tmp_path / "x.zip", card, {CARD: b"[model]", name: b"x"}, made_key(tmp_path))
    with pytest.raises(PackageError):
        install(tmp_path / "x.zip", tmp_path / "mô hình")
