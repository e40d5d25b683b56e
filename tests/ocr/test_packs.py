"""Model packs: what is let in, what is used, and the way back."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from hotich.errors import PackageError
from hotich.ocr.handwriting_engine import CARD, MODEL_FOLDER, load_card
from hotich.ocr.packs import install, installed, model_in_use, read_pack, take_back


def pack_file(folder: Path, name: str = "Bộ chữ Hà Giang", spoil: str = "", without: str = "") -> Path:
    """A pack of the weights that ship."""
    card = load_card()
    files = {each: (MODEL_FOLDER / each).read_bytes() for each in (CARD, card.weights, card.words)}
    told = {"name": name, "made_at": "2026-01-01T00:00:00Z", "base": card.weights_sha256, "source": "thử"}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in told.items()]
    lines += ["lines = 10", "cer_before = 0.2", "cer_after = 0.1", "[files]"]
    lines += [f'"{each}" = "{hashlib.sha256(data).hexdigest()}"' for each, data in files.items() if each != without]
    file = folder / f"{name}.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("pack.toml", "\n".join(lines))
        for each, data in files.items():
            archive.writestr(each, data if each != spoil else data[:-1] + b"!")
    return file


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


@pytest.mark.parametrize("spoil", [CARD, "hotich-hand.onnx", "words.txt.gz"])
def test_a_changed_file_is_refused_and_named(tmp_path: Path, spoil: str) -> None:
    with pytest.raises(PackageError) as refused:
        install(pack_file(tmp_path, spoil=spoil), tmp_path / "mô hình")
    assert spoil in refused.value.facts["files"]
    assert installed(tmp_path / "mô hình") is None


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
def test_a_name_that_leaves_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    sha256 = hashlib.sha256(b"x").hexdigest()
    head = 'name = "x"\nmade_at = ""\nbase = ""\nsource = ""\nlines = 1\ncer_before = 0.1\ncer_after = 0.1\n[files]\n'
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("pack.toml", f'{head}"{name}" = "{sha256}"')
        archive.writestr(name, b"x")
    with pytest.raises(PackageError):
        install(tmp_path / "x.zip", tmp_path / "mô hình")
