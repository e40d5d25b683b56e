"""Signatures: by the own key and by certificates; other programs read them; not one byte can be changed."""

from __future__ import annotations

import asyncio
import hashlib
import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotich.errors import PackageError, SetupError
from hotich.export.trust import OwnSigner, SignatureKind, check_fit_to_sign, open_key_file
from hotich.export.trust.cms import checked_cms
from hotich.export.trust.own_signer import checked_document
from hotich.messages import explain
from hotich.signing import own_key
from tests.export.trust.authority import LONG, PASSPHRASE, Holder, made
from tests.export.trust.conftest import Authority, signer_of

MANIFEST = '{"book": "Sổ khai sinh 1982", "files": {}}'.encode()


@pytest.fixture(scope="module", params=["rsa", "ec"])
def holder(request: pytest.FixtureRequest, authority: Authority) -> Holder:
    found: Holder = getattr(authority, request.param)
    return found


@pytest.fixture(scope="module")
def signed(authority: Authority) -> bytes:
    return signer_of(authority.ec).sign(MANIFEST)


def test_a_certificate_tells_who_signed_and_when(holder: Holder) -> None:
    signer = signer_of(holder)
    before = datetime.now(UTC).replace(microsecond=0)
    found = checked_cms(MANIFEST, signer.sign(MANIFEST))
    assert found.chain == (holder.certificate, *holder.above)
    assert before <= found.signed_at <= datetime.now(UTC)
    assert signer.kind is SignatureKind.CERTIFICATE and "UBND xã Tân Lập" in signer.name
    assert "001099000001" not in signer.name
    full = hashlib.sha256(holder.certificate.public_bytes(_der())).hexdigest()
    assert full.startswith(signer.fingerprint.replace(" ", ""))


def _der() -> object:
    from cryptography.hazmat.primitives.serialization import Encoding

    return Encoding.DER


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_openssl_agrees(holder: Holder, authority: Authority, tmp_path: Path) -> None:
    (tmp_path / "m").write_bytes(MANIFEST)
    (tmp_path / "s").write_bytes(signer_of(holder).sign(MANIFEST))
    (tmp_path / "root").write_bytes(authority.root.pem)
    words = ["openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", "s", "-content", "m"]
    words += ["-CAfile", "root", "-purpose", "any", "-out", "o"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0 and "successful" in done.stderr, done.stderr
    (tmp_path / "m").write_bytes(MANIFEST.replace(b"1982", b"1983"))
    assert subprocess.run(words, cwd=tmp_path, capture_output=True).returncode != 0


def test_pyhanko_agrees(holder: Holder, authority: Authority) -> None:
    pytest.importorskip("pyhanko", reason="pyHanko is not installed")
    from asn1crypto import cms, x509
    from pyhanko.sign.validation.generic_cms import async_validate_detached_cms
    from pyhanko_certvalidator import ValidationContext

    told = cms.ContentInfo.load(signer_of(holder).sign(MANIFEST))["content"]
    roots = [x509.Certificate.load(authority.root.certificate.public_bytes(_der()))]
    found = asyncio.run(
        async_validate_detached_cms(MANIFEST, told, signer_validation_context=ValidationContext(trust_roots=roots))
    )
    assert found.intact and found.valid and found.trusted


def test_no_byte_of_a_signature_has_a_second_meaning(signed: bytes) -> None:
    """Certificates of the chain, and what is not signed itself, count as well."""
    missed = []
    for place in range(0, len(signed), 3):
        changed = signed[:place] + bytes([signed[place] ^ 1 << place % 8]) + signed[place + 1 :]
        try:
            checked_cms(MANIFEST, changed)
            missed.append(place)
        except PackageError as error:
            assert error.key in ("signature-wrong", "signature-unreadable")
    assert missed == []


@given(st.binary(max_size=300))
def test_any_bytes_are_told_and_not_raised(data: bytes) -> None:
    for check in (checked_cms, checked_document):
        with pytest.raises(PackageError):
            check(MANIFEST, data)


def test_another_manifest_does_not_fit(signed: bytes, tmp_path: Path) -> None:
    with pytest.raises(PackageError) as told:
        checked_cms(MANIFEST + b" ", signed)
    assert told.value.key == "signature-wrong"
    own = OwnSigner(own_key(tmp_path), "Lan").sign(MANIFEST)
    with pytest.raises(PackageError) as told:
        checked_document(MANIFEST + b" ", own)
    assert told.value.key == "signature-wrong"


def test_a_certificate_put_in_place_of_the_signers_is_found(signed: bytes, authority: Authority) -> None:
    """Another certificate of the same name, number, key and issuer: only its hash is another one."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    own = authority.ec.certificate
    built = x509.CertificateBuilder(
        issuer_name=own.issuer,
        subject_name=own.subject,
        public_key=own.public_key(),
        serial_number=own.serial_number,
        not_valid_before=own.not_valid_before_utc,
        not_valid_after=own.not_valid_after_utc + timedelta(days=1),
    )
    swapped = built.sign(authority.middle.key, hashes.SHA256()).public_bytes(_der())
    from asn1crypto import cms
    from asn1crypto import x509 as asn1

    told = cms.ContentInfo.load(signed)
    others = [asn1.Certificate.load(one.public_bytes(_der())) for one in authority.ec.above]
    told["content"]["certificates"] = [asn1.Certificate.load(swapped), *others]
    with pytest.raises(PackageError) as refused:
        checked_cms(MANIFEST, told.dump(force=True))
    assert refused.value.key == "signature-wrong"


def test_a_certificate_added_or_taken_away_is_found(signed: bytes, authority: Authority) -> None:
    from asn1crypto import cms
    from asn1crypto import x509 as asn1

    stranger = made("Người lạ").certificate
    for certificates in (
        [authority.ec.certificate, *authority.ec.above, stranger],
        [authority.ec.certificate, authority.middle.certificate],
        [authority.ec.certificate],
        [stranger],
    ):
        told = cms.ContentInfo.load(signed)
        told["content"]["certificates"] = [asn1.Certificate.load(one.public_bytes(_der())) for one in certificates]
        with pytest.raises(PackageError):
            checked_cms(MANIFEST, told.dump(force=True))


def test_the_time_cannot_be_changed(signed: bytes, tmp_path: Path) -> None:
    year = f"{datetime.now(UTC):%y%m}".encode()
    assert year in signed
    with pytest.raises(PackageError):
        checked_cms(MANIFEST, signed.replace(year, b"1901", 1))
    own = OwnSigner(own_key(tmp_path), "Lan").sign(MANIFEST)
    told = json.loads(own)["statement"]["signed_at"]
    with pytest.raises(PackageError) as refused:
        checked_document(MANIFEST, own.replace(told.encode(), b"1999" + told[4:].encode()))
    assert refused.value.key == "signature-wrong"


def test_the_own_key_tells_holder_and_time(tmp_path: Path) -> None:
    signer = OwnSigner(own_key(tmp_path), "Trần Văn Hòa")
    found = checked_document(MANIFEST, signer.sign(MANIFEST))
    assert found.statement.holder == signer.name and found.signature.fingerprint == signer.fingerprint
    assert abs(datetime.fromisoformat(found.statement.signed_at) - datetime.now(UTC)) < timedelta(minutes=1)


@given(data=st.data())
@settings(max_examples=150)
def test_no_bit_of_the_own_signature_can_be_changed(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    document = bytearray(OwnSigner(own_key(tmp_path_factory.getbasetemp() / "ký"), "Lan").sign(MANIFEST))
    place = data.draw(st.integers(0, len(document) - 1))
    document[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(PackageError):
        checked_document(MANIFEST, bytes(document))


def test_a_key_file_opens_with_its_passphrase_however_its_letters_are_composed(
    holder: Holder, authority: Authority, tmp_path: Path
) -> None:
    import unicodedata

    file = holder.file(tmp_path / "chứng thư.p12", extra=(made("Không liên quan").certificate,))
    for form in ("NFC", "NFD"):
        identity = open_key_file(file, unicodedata.normalize(form, PASSPHRASE))
        assert identity.certificate == holder.certificate
    assert "Không liên quan".encode() not in signer_of(holder).sign(MANIFEST)


def test_a_wrong_passphrase_is_told_and_never_shown(authority: Authority, tmp_path: Path) -> None:
    file = authority.ec.file(tmp_path / "ký.p12")
    with pytest.raises(SetupError) as told:
        open_key_file(file, "Sai Mật Khẩu 123")
    assert told.value.key == "key-file-locked" and "ký.p12" in explain(told.value)
    chain: BaseException | None = told.value
    while chain is not None:
        assert "Sai Mật" not in f"{chain!r} {chain}"
        chain = chain.__cause__


def test_files_that_cannot_sign_are_told(tmp_path: Path) -> None:
    with pytest.raises(SetupError) as told:
        open_key_file(tmp_path / "không có.p12", "x")
    assert told.value.key == "key-file-unreadable"
    (tmp_path / "rác.p12").write_bytes(b"khong phai p12")
    with pytest.raises(SetupError) as told:
        open_key_file(tmp_path / "rác.p12", "x")
    assert told.value.key == "key-file-locked"


@pytest.mark.parametrize(
    ("span", "signs", "kind", "key"),
    [
        ((-LONG, -timedelta(days=1)), True, "ec", "certificate-expired"),
        ((timedelta(days=1), LONG), True, "ec", "certificate-early"),
        ((-LONG, LONG), False, "ec", "certificate-not-for-signing"),
        ((-LONG, LONG), True, "weak", "certificate-weak"),
    ],
)
def test_a_certificate_that_may_not_sign_is_told(
    span: tuple[timedelta, timedelta], signs: bool, kind: str, key: str
) -> None:
    holder = made("Trần Văn Hòa", kind=kind, span=span, signs=signs)
    with pytest.raises(SetupError) as told:
        check_fit_to_sign(holder.certificate)
    assert told.value.key == key and "Trần Văn Hòa" in explain(told.value)
