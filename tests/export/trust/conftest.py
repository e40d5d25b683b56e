"""A made-up authority and packages signed under it, made once."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from hotich.export.trust import CertificateSigner, FileIdentity
from hotich.pipeline.delivery import export_book
from hotich.store import Workspace
from tests.export.made import REVIEWER, finished_book
from tests.export.trust.authority import Holder, made

MODULES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")
PIN = "246813"


@dataclass(frozen=True)
class Authority:
    """Root, the one below it, and two people that this one issued certificates to."""

    root: Holder
    middle: Holder
    rsa: Holder
    ec: Holder


@pytest.fixture(scope="session")
def authority() -> Authority:
    root = made("Gốc thử nghiệm", authority=True)
    middle = made("CA thử nghiệm", root, authority=True)
    return Authority(root, middle, made("Trần Văn Hòa", middle, "rsa"), made("H'Hen Niê", middle, "ec"))


def signer_of(holder: Holder) -> CertificateSigner:
    """Signs as that holder."""
    return CertificateSigner(FileIdentity(holder.certificate, holder.above, holder.key))


@pytest.fixture(scope="session")
def certified_package(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> Path:
    """A package of one record that a certificate signed."""
    folder = tmp_path_factory.mktemp("Gói có chứng thư")
    with Workspace.open(folder / "kho") as workspace:
        book = finished_book(workspace, folder, pages=1)
        return export_book(workspace, book.book_id, folder, REVIEWER, signer=signer_of(authority.ec)).path


@dataclass(frozen=True)
class SoftToken:
    """A token in software: its library, and a way to put a certificate with its key on it."""

    module: Path
    label: str
    folder: Path

    def put(self, holder: Holder, place: bytes) -> None:
        """Certificate and key, the key as one that cannot be taken out again."""
        import pkcs11
        from cryptography.hazmat.primitives import serialization
        from pkcs11 import Attribute
        from pkcs11.util.x509 import decode_x509_certificate

        file = self.folder / "khóa.pem"
        plain, layout = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
        file.write_bytes(holder.key.private_bytes(plain, layout, serialization.NoEncryption()))
        _softhsm("--import", str(file), "--token", self.label, "--label", "ky", "--id", place.hex(), "--pin", PIN)
        library = pkcs11.lib(str(self.module))
        library.reinitialize()
        told = decode_x509_certificate(holder.certificate.public_bytes(serialization.Encoding.DER))
        with library.get_token(token_label=self.label).open(rw=True, user_pin=PIN) as session:
            session.create_object({**told, Attribute.ID: place, Attribute.TOKEN: True})


def _softhsm(*words: str) -> None:
    subprocess.run(["softhsm2-util", *words], check=True, capture_output=True)


@pytest.fixture(scope="session")
def soft_token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoftToken]:
    """A token without certificates."""
    module = next((Path(each) for each in MODULES if Path(each).is_file()), None)
    if module is None or shutil.which("softhsm2-util") is None:
        pytest.skip("SoftHSM 2 is not installed")
    pkcs11: Any = pytest.importorskip("pkcs11", reason="python-pkcs11 is not installed")
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", os.fspath(settings))
        _softhsm("--init-token", "--free", "--label", "Xa Tan Lap", "--pin", PIN, "--so-pin", "13572468")
        yield SoftToken(module, "Xa Tan Lap", folder)
        pkcs11.unload(str(module))
