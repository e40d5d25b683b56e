"""Model packs: other weights for the handwriting recogniser, put in from a file and taken back again.

A pack is a ZIP file with the model's files and `pack.toml`, which names each of them with its SHA-256 and tells where
the weights come from. Packs are kept side by side, each in a folder named by its hash; the list `installed` names them
in the order in which they came, and the last one is in use. Without any the weights that ship are used.
"""

from __future__ import annotations

import hashlib
import shutil
import tomllib
import zipfile
from pathlib import Path
from typing import Final

import msgspec

from hotich.errors import PackageError, StoreError
from hotich.ocr.handwriting_engine import CARD, MODEL_FOLDER, HandwritingEngine

PACK_CARD: Final = "pack.toml"
LIST: Final = "installed"
LARGEST: Final = 64_000_000
"""Bytes of one file of a pack; the weights that ship have 13 million."""


class PackCard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a pack says of itself: error rates are of lines held back from training, `base` is what it began from."""

    name: str
    made_at: str
    base: str
    lines: int
    cer_before: float
    cer_after: float
    source: str
    files: dict[str, str]


class Pack(msgspec.Struct, frozen=True):
    """A pack's card and the SHA-256 of the whole file."""

    sha256: str
    card: PackCard


def models_folder() -> Path:
    """Where the packs of this user are kept."""
    import platformdirs

    return Path(platformdirs.user_data_dir("hotich", appauthor=False)) / "models"


def read_pack(file: Path) -> Pack:
    """The pack of a file, every hash checked. Raises PackageError when it is no pack or not whole."""
    return _opened(file)[0]


def _opened(file: Path) -> tuple[Pack, dict[str, bytes]]:
    try:
        data = file.read_bytes()
        with zipfile.ZipFile(file) as archive:
            if any(item.file_size > LARGEST for item in archive.infolist()):
                raise ValueError("too large")
            card = msgspec.convert(tomllib.loads(archive.read(PACK_CARD).decode("utf-8")), PackCard)
            contents = {name: archive.read(name) for name in card.files}
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, RuntimeError) as failure:
        raise PackageError("model-pack-unreadable", file=file.name, detail=type(failure).__name__) from failure
    wrong = [name for name, sha256 in card.files.items() if hashlib.sha256(contents[name]).hexdigest() != sha256]
    wrong += [name for name in card.files if Path(name).name != name or name.startswith(".")]
    if wrong or CARD not in card.files:
        raise PackageError("model-pack-damaged", file=file.name, files=", ".join(wrong) or CARD)
    return Pack(hashlib.sha256(data).hexdigest(), card), contents


def install(file: Path, folder: Path) -> Pack:
    """The pack, from now on in use. Raises PackageError when it is not whole or its weights cannot be run."""
    pack, contents = _opened(file)
    place = folder / pack.sha256[:16]
    half = folder / f"{pack.sha256[:16]}.half"
    try:
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(parents=True)
        for name, data in contents.items():
            (half / name).write_bytes(data)
        _write_card(half, pack)
        _try_out(half, file)
        shutil.rmtree(place, ignore_errors=True)
        half.rename(place)
        _set_names(folder, [*(name for name in _names(folder) if name != place.name), place.name])
    except OSError as failure:
        raise StoreError("model-folder-failed", folder=folder, detail=failure.strerror or "") from failure
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return pack


def take_back(folder: Path) -> Pack | None:
    """The pack that was in use and no longer is; the one before it, or what ships, is used again. None without any."""
    names = _names(folder)
    if not names:
        return None
    pack = _pack_in(folder / names[-1])
    try:
        _set_names(folder, names[:-1])
    except OSError as failure:
        raise StoreError("model-folder-failed", folder=folder, detail=failure.strerror or "") from failure
    shutil.rmtree(folder / names[-1], ignore_errors=True)
    return pack


def installed(folder: Path) -> Pack | None:
    """The pack in use, or None where the weights that ship are used."""
    names = _names(folder)
    return _pack_in(folder / names[-1]) if names else None


def model_in_use(folder: Path) -> Path:
    """The folder whose weights read handwriting."""
    names = _names(folder)
    return folder / names[-1] if names else MODEL_FOLDER


def _names(folder: Path) -> list[str]:
    try:
        names = (folder / LIST).read_text(encoding="utf-8").split()
    except OSError:
        return []
    # A folder that somebody deleted is as if it had been taken back.
    return [name for name in names if (folder / name / CARD).is_file()]


def _set_names(folder: Path, names: list[str]) -> None:
    half = folder / f"{LIST}.half"
    half.write_text("\n".join(names), encoding="utf-8")
    half.replace(folder / LIST)


def _write_card(place: Path, pack: Pack) -> None:
    (place / "pack.json").write_bytes(msgspec.json.encode(pack))


def _pack_in(place: Path) -> Pack:
    try:
        return msgspec.json.decode((place / "pack.json").read_bytes(), type=Pack)
    except (OSError, ValueError) as failure:
        raise PackageError("model-pack-damaged", file=place.name, files="pack.json") from failure


def _try_out(place: Path, file: Path) -> None:
    """Loads the weights and reads an empty line. Raises PackageError."""
    import numpy as np

    try:
        engine = HandwritingEngine(place)
        engine.logs_of(np.full((48, 96), 255, np.uint8))
        # The words are loaded with their hash checked.
        if not engine.language.counts:
            raise ValueError("no words")
    except Exception as failure:
        # onnxruntime raises kinds of its own for a graph that it cannot run.
        raise PackageError("model-pack-unreadable", file=file.name, detail=type(failure).__name__) from failure
