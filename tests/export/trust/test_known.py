"""Whom this machine believes, and what it tells of a signer."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from hotich.errors import PackageError, SetupError
from hotich.export.trust import OwnSigner, SignatureKind, SignatureReport, SignatureState, Standing, Trust
from hotich.export.trust.known import KEYS, ROOTS
from hotich.export.trust.report import report_of
from hotich.messages import Language
from hotich.pipeline.trust import distrust, own_signer, trust_here, trust_key, trust_root, trusted
from hotich.signing import own_key
from hotich.values import Severity
from tests.export.trust.authority import LONG, Holder, made
from tests.export.trust.conftest import Authority, signer_of

MANIFEST = b'{"files": {}}'


def told(holder: Holder, trust: Trust) -> SignatureReport:
    """What is told of a signature by that holder."""
    document = signer_of(holder).sign(MANIFEST)
    return report_of(MANIFEST, document, SignatureKind.CERTIFICATE, trust, Language.VIETNAMESE)


def warned(found: SignatureReport) -> set[str]:
    return {note.rule_id for note in found.notes if note.severity is Severity.WARNING}


def test_a_root_that_nobody_put_there_is_not_known_and_not_broken(authority: Authority, tmp_path: Path) -> None:
    found = told(authority.ec, trust_here(tmp_path))
    assert (found.state, found.standing) == (SignatureState.FITS, Standing.UNKNOWN)
    assert warned(found) == {"signature-root-unknown"}
    assert [link.name.split(",")[0] for link in found.chain] == ["H'Hen Niê", "CA thử nghiệm", "Gốc thử nghiệm"]
    assert found.chain[-1].is_root and not found.chain[0].is_root
    assert "chưa được biết ở đây" in " ".join(found.sentences) and "thu hồi" in found.sentences[-1]


@pytest.mark.parametrize("level", ["root", "middle"])
def test_a_root_in_the_folder_of_roots_is_known(authority: Authority, tmp_path: Path, level: str) -> None:
    anchor: Holder = getattr(authority, level)
    (tmp_path / "gốc.crt").write_bytes(anchor.pem)
    assert trust_root(tmp_path / "gốc.crt", tmp_path)[0].kind == "root"
    found = told(authority.rsa, trust_here(tmp_path))
    assert found.standing is Standing.KNOWN_ROOT and not warned(found)
    assert found.known_as.startswith(anchor.certificate.subject.rdns[0].rfc4514_string()[3:])
    assert found.chain[-1].name == found.known_as
    assert distrust(found.known_as, tmp_path) == (found.known_as,)
    assert told(authority.rsa, trust_here(tmp_path)).standing is Standing.UNKNOWN


def test_a_root_of_the_same_name_with_another_key_is_another_one(authority: Authority, tmp_path: Path) -> None:
    (tmp_path / "giả.pem").write_bytes(made("Gốc thử nghiệm", authority=True).pem)
    trust_root(tmp_path / "giả.pem", tmp_path)
    assert told(authority.ec, trust_here(tmp_path)).standing is Standing.UNKNOWN


@pytest.mark.parametrize(
    ("span", "signs", "kind", "key"),
    [
        ((-LONG, -timedelta(days=1)), True, "ec", "signature-outside-time"),
        ((timedelta(days=1), LONG), True, "ec", "signature-outside-time"),
        ((-LONG, LONG), False, "ec", "signature-not-for-signing"),
        ((-LONG, LONG), True, "weak", "signature-weak"),
    ],
)
def test_a_doubtful_certificate_is_a_warning_and_under_no_known_root(
    authority: Authority, tmp_path: Path, span: tuple[timedelta, timedelta], signs: bool, kind: str, key: str
) -> None:
    (tmp_path / "gốc.pem").write_bytes(authority.root.pem)
    trust_root(tmp_path / "gốc.pem", tmp_path)
    found = told(made("Người ký", authority.middle, kind, span=span, signs=signs), trust_here(tmp_path))
    assert found.state is SignatureState.FITS and found.standing is Standing.UNKNOWN
    assert key in warned(found)


def test_somebody_who_is_no_authority_cannot_vouch_for_others(authority: Authority, tmp_path: Path) -> None:
    (tmp_path / "gốc.pem").write_bytes(authority.root.pem)
    trust_root(tmp_path / "gốc.pem", tmp_path)
    found = told(made("Kẻ mạo danh", authority.ec), trust_here(tmp_path))
    assert found.standing is Standing.UNKNOWN and "signature-chain-unlawful" in warned(found)


def test_the_own_key_is_known_as_such_and_another_one_once_it_was_compared(tmp_path: Path) -> None:
    here, there = tmp_path / "đây", tmp_path / "kia"
    assert trust_here(here).own == "" and not here.exists()
    own = own_signer("Lan", here)
    other = OwnSigner(own_key(there), "Hòa")
    for signer, standing in ((own, Standing.OWN), (other, Standing.UNKNOWN)):
        assert _own_told(signer.sign(MANIFEST), here).standing is standing
    spaced = other.fingerprint.upper().replace(" ", ":")
    assert trust_key(spaced, "Phòng Tư pháp", here).fingerprint == other.fingerprint
    found = _own_told(other.sign(MANIFEST), here)
    assert (found.standing, found.known_as, found.name) == (Standing.KNOWN_KEY, "Phòng Tư pháp", "Hòa")
    assert [row.kind for row in trusted(here)] == ["own", "key"]
    trust_key(other.fingerprint, "Tên mới", here)
    assert [row.name for row in trusted(here)] == ["", "Tên mới"]
    assert distrust(other.fingerprint, here) == ("Tên mới",)
    assert _own_told(other.sign(MANIFEST), here).standing is Standing.UNKNOWN


def _own_told(document: bytes, folder: Path) -> SignatureReport:
    return report_of(MANIFEST, document, SignatureKind.OWN_KEY, trust_here(folder), Language.VIETNAMESE)


@pytest.mark.parametrize("given", ["", "abcd", "zzzz " * 8, "abcd " * 9])
def test_what_is_no_fingerprint_is_refused(tmp_path: Path, given: str) -> None:
    with pytest.raises(SetupError) as refused:
        trust_key(given, "Ai đó", tmp_path)
    assert refused.value.key == "trust-no-fingerprint"


def test_files_that_are_no_certificates_are_refused_or_passed_over(authority: Authority, tmp_path: Path) -> None:
    (tmp_path / "rác.pem").write_bytes(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    for file in ("rác.pem", "không có.pem"):
        with pytest.raises(PackageError) as refused:
            trust_root(tmp_path / file, tmp_path)
        assert refused.value.key == "trust-no-certificate"
    (tmp_path / ROOTS).mkdir()
    (tmp_path / ROOTS / "rác.pem").write_bytes(b"rac")
    (tmp_path / ROOTS / "gốc.pem").write_bytes(authority.root.pem)
    assert trust_here(tmp_path).roots == (authority.root.certificate,)


def test_a_broken_list_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / KEYS).write_bytes(b"{")
    for use in (lambda: trust_here(tmp_path), lambda: trust_key("abcd " * 8, "Lan", tmp_path)):
        with pytest.raises(SetupError) as told:
            use()
        assert told.value.key == "trust-list-broken"
    assert (tmp_path / KEYS).read_bytes() == b"{"


def test_removing_somebody_unknown_is_told(tmp_path: Path) -> None:
    with pytest.raises(SetupError) as refused:
        distrust("Không ai", tmp_path)
    assert refused.value.key == "trust-nothing-to-remove"


def test_a_name_cannot_upset_a_screen(tmp_path: Path) -> None:
    """Signs that move the cursor or turn the line round are told as question marks."""
    signer = OwnSigner(own_key(tmp_path), "Lan\x1b[2J\u202egnas")
    found = _own_told(signer.sign(MANIFEST), tmp_path)
    assert found.name == "Lan?[2J?gnas" and "\x1b" not in " ".join(found.sentences)


def test_a_chain_with_a_key_of_an_unknown_kind_is_told_and_not_raised(tmp_path: Path) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    holder = made("Người ký", made("Gốc lạ", authority=True, key=Ed25519PrivateKey.generate()))
    assert {"signature-weak", "signature-root-unknown"} == warned(told(holder, trust_here(tmp_path)))
