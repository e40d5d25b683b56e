"""Keys on a token, with SoftHSM in place of one."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from hotich.errors import SetupError
from hotich.export.trust import TokenChoice, certificate_fingerprint
from hotich.export.trust.cms import checked_cms
from hotich.export.trust.token import _tries_left
from hotich.messages import explain
from hotich.pipeline.trust import token_signer
from tests.export.trust.authority import Holder
from tests.export.trust.conftest import PIN, Authority, SoftToken

MANIFEST = b'{"files": {}}'


@pytest.fixture(scope="module")
def filled(soft_token: SoftToken, authority: Authority) -> SoftToken:
    """The token with an RSA and an EC key."""
    soft_token.put(authority.rsa, b"\x01")
    soft_token.put(authority.ec, b"\x02")
    return soft_token


@pytest.mark.parametrize("kind", ["rsa", "ec"])
def test_a_token_signs(filled: SoftToken, authority: Authority, kind: str) -> None:
    holder: Holder = getattr(authority, kind)
    choice = TokenChoice(filled.module, filled.label, certificate_fingerprint(holder.certificate))
    with token_signer(choice, PIN) as signer:
        first, second = signer.sign(MANIFEST), signer.sign(MANIFEST + b" ")
    assert checked_cms(MANIFEST, first).chain[0] == holder.certificate
    assert checked_cms(MANIFEST + b" ", second).chain[0] == holder.certificate


def test_several_certificates_are_offered_by_name_and_fingerprint(filled: SoftToken, authority: Authority) -> None:
    told = _refused(TokenChoice(filled.module), PIN)
    assert told.key == "token-which-certificate"
    assert certificate_fingerprint(authority.rsa.certificate) in explain(told) and "H'Hen Niê" in explain(told)


def _refused(choice: TokenChoice, pin: str) -> SetupError:
    with pytest.raises(SetupError) as told, token_signer(choice, pin):
        pass
    chain: BaseException | None = told.value
    while chain is not None:
        assert pin not in f"{chain!r} {chain}"
        chain = chain.__cause__
    return told.value


def test_a_wrong_pin_is_told_with_how_near_the_token_is_to_locking(filled: SoftToken) -> None:
    told = _refused(TokenChoice(filled.module), "000111222")
    assert told.key in ("token-pin-wrong", "token-pin-few-tries", "token-pin-last-try") and "lần" in explain(told)


def test_no_token_no_library_and_no_such_certificate_are_told(filled: SoftToken, tmp_path: Path) -> None:
    assert _refused(TokenChoice(filled.module, "Xã khác"), PIN).key == "token-absent"
    assert _refused(TokenChoice(tmp_path / "không có.so"), PIN).key == "token-module-missing"
    (tmp_path / "rác.so").write_bytes(b"khong phai thu vien")
    assert _refused(TokenChoice(tmp_path / "rác.so"), PIN).key == "token-module-unusable"
    assert _refused(TokenChoice(filled.module, "", "0000 " * 8), PIN).key == "token-which-certificate"


def test_a_token_that_goes_away_while_it_signs_is_told(filled: SoftToken, authority: Authority) -> None:
    choice = TokenChoice(filled.module, filled.label, certificate_fingerprint(authority.ec.certificate))
    with token_signer(choice, PIN) as signer:
        signer.identity.close()
        with pytest.raises(SetupError) as told:
            signer.sign(MANIFEST)
    assert told.value.key == "token-failed"


@pytest.mark.parametrize(
    ("flags", "key"),
    [
        ((), "token-pin-wrong"),
        (("USER_PIN_COUNT_LOW",), "token-pin-few-tries"),
        (("USER_PIN_COUNT_LOW", "USER_PIN_FINAL_TRY"), "token-pin-last-try"),
        (("USER_PIN_LOCKED",), "token-locked"),
    ],
)
def test_what_a_token_tells_of_its_tries(flags: tuple[str, ...], key: str) -> None:
    """A token in software never locks, so this one only tells."""
    pkcs11 = pytest.importorskip("pkcs11", reason="python-pkcs11 is not installed")
    told = pkcs11.TokenFlag(sum(pkcs11.TokenFlag[flag] for flag in flags))
    token = SimpleNamespace(flags=told)
    token.slot = SimpleNamespace(get_token=lambda: token)
    assert _tries_left(token) == key


def test_without_the_extra_a_token_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pkcs11", None)
    told = _refused(TokenChoice(tmp_path / "x.so"), PIN)
    assert told.key == "token-extra-missing" and "hotich[token]" in explain(told)
