"""Model packs: other weights for the handwriting recogniser, put in from a file and taken back again.

A pack is a ZIP file with the model's files, `pack.toml`, which names each of them with its SHA-256 and tells where the
weights come from, and `pack.sig`, the signature over `pack.toml`. Nothing else may be in it. Packs are kept side by
side, each in a folder named by its hash; the list `installed` names them in the order in which they came, and the last
one is in use. Without any the weights that ship are used. `trusted.json` remembers the keys that were agreed to.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tomllib
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

from hotich.errors import PackageError, StoreError
from hotich.ocr.handwriting_engine import CARD, MODEL_FOLDER, HandwritingEngine
from hotich.signing import Signature, SigningKey, checked_signature, sign

PACK_CARD: Final = "pack.toml"
SIGNATURE: Final = "pack.sig"
PURPOSE: Final = "model pack 1"
LIST: Final = "installed"
TRUSTED: Final = "trusted.json"
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
    """A pack's card, the SHA-256 of the whole file, and the public key (hexadecimal) that it was signed with."""

    sha256: str
    card: PackCard
    public_key: str
    fingerprint: str


class TrustedKey(msgspec.Struct, frozen=True):
    """A key whose packs somebody agreed to, and the first of them."""

    public_key: str
    fingerprint: str
    first_pack: str


def models_folder() -> Path:
    """Where the packs of this user are kept."""
    import platformdirs

    return Path(platformdirs.user_data_dir("hotich", appauthor=False)) / "models"


def write_pack(file: Path, card: PackCard, contents: Mapping[str, bytes], key: SigningKey) -> Pack:
    """Writes a signed pack; the card's `files` are set to the hashes of the contents. Raises OSError."""
    told = msgspec.to_builtins(card)
    del told["files"]
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in told.items()]
    lines += ["[files]", *(f'"{name}" = "{_sha256(data)}"' for name, data in contents.items())]
    manifest = ("\n".join(lines) + "\n").encode()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {PACK_CARD: manifest, SIGNATURE: sign(manifest, PURPOSE, key), **contents}.items():
            archive.writestr(name, data)
    return read_pack(file)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def read_pack(file: Path) -> Pack:
    """The pack of a file, signature and every hash checked. Raises PackageError when it is no pack or not whole."""
    return _opened(file)[0]


def _opened(file: Path) -> tuple[Pack, dict[str, bytes]]:
    try:
        data = file.read_bytes()
        with zipfile.ZipFile(file) as archive:
            if any(item.file_size > LARGEST for item in archive.infolist()):
                raise ValueError("too large")
            names = archive.namelist()
            if SIGNATURE not in names:
                raise PackageError("model-pack-unsigned", file=file.name)
            contents = {name: archive.read(name) for name in dict.fromkeys(names)}
        manifest, signed = contents.pop(PACK_CARD), contents.pop(SIGNATURE)
        signature = _signature(file, manifest, signed)
        card = msgspec.convert(tomllib.loads(manifest.decode("utf-8")), PackCard)
    except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile, zlib.error, RuntimeError) as failure:
        raise PackageError("model-pack-unreadable", file=file.name, detail=type(failure).__name__) from failure
    wrong = _wrong_files(names, card, contents)
    if wrong:
        raise PackageError("model-pack-damaged", file=file.name, files=", ".join(wrong))
    return Pack(_sha256(data), card, signature.public_key, signature.fingerprint), contents


def _signature(file: Path, manifest: bytes, signed: bytes) -> Signature:
    try:
        return checked_signature(manifest, signed, PURPOSE)
    except PackageError as failure:
        raise PackageError("model-pack-forged", file=file.name) from failure


def _wrong_files(names: list[str], card: PackCard, contents: dict[str, bytes]) -> list[str]:
    """Names of files that are missing, changed, not on the card, there twice, or that would leave the folder."""
    wrong = {name for name, sha256 in card.files.items() if _sha256(contents.get(name, b"")) != sha256}
    wrong |= (contents.keys() ^ card.files.keys()) | {name for name in names if names.count(name) > 1}
    wrong |= {name for name in card.files if Path(name).name != name or name.startswith(".")}
    return sorted(wrong | ({CARD} - card.files.keys()))


def install(file: Path, folder: Path) -> Pack:
    """The pack, from now on in use, and its key among those agreed to.

    Raises PackageError when it is not whole or its weights cannot be run.
    """
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
        _trust(folder, pack)
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


def trusted_keys(folder: Path) -> tuple[TrustedKey, ...]:
    """The keys whose packs were agreed to here; none where the list is missing or damaged."""
    try:
        return msgspec.json.decode((folder / TRUSTED).read_bytes(), type=tuple[TrustedKey, ...])
    except (OSError, ValueError):
        return ()


def is_trusted(folder: Path, pack: Pack) -> bool:
    """Whether a pack with the same key was agreed to before."""
    return any(key.public_key == pack.public_key for key in trusted_keys(folder))


def _trust(folder: Path, pack: Pack) -> None:
    if not is_trusted(folder, pack):
        keys = (*trusted_keys(folder), TrustedKey(pack.public_key, pack.fingerprint, pack.card.name))
        _replaced(folder / TRUSTED, msgspec.json.format(msgspec.json.encode(keys), indent=2))


def _names(folder: Path) -> list[str]:
    try:
        names = (folder / LIST).read_text(encoding="utf-8").split()
    except OSError:
        return []
    # A folder that somebody deleted is as if it had been taken back.
    return [name for name in names if (folder / name / CARD).is_file()]


def _set_names(folder: Path, names: list[str]) -> None:
    _replaced(folder / LIST, "\n".join(names).encode())


def _replaced(file: Path, data: bytes) -> None:
    half = file.with_name(f"{file.name}.half")
    half.write_bytes(data)
    half.replace(file)


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
        if not engine.words.counts:
            raise ValueError("no words")
    except Exception as failure:
        # onnxruntime raises kinds of its own for a graph that it cannot run.
        raise PackageError("model-pack-unreadable", file=file.name, detail=type(failure).__name__) from failure
