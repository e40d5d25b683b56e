"""How a verb that writes something signs it, and locks what is confidential."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hotich.commands.console import Console
from hotich.commands.secret import add_secret, secret
from hotich.errors import SetupError

if TYPE_CHECKING:
    from hotich.export.trust import Signer
    from hotich.pipeline.confidential import Protection, Unlock

MODULE_VARIABLE = "HOTICH_PKCS11_MODULE"


def add_signing(parser: argparse.ArgumentParser) -> None:
    """What may be said of who signs."""
    parser.add_argument(
        "--sign", default="own", metavar="own|FILE.p12|token", help="who signs: this machine's key, a file, or a token"
    )
    parser.add_argument("--token-module", type=Path, help=f"PKCS#11 library of the token (or {MODULE_VARIABLE})")
    parser.add_argument("--token-label", default="", help="which token, where several are plugged in")
    parser.add_argument("--token-certificate", default="", metavar="FINGERPRINT", help="which certificate on the token")
    add_secret(parser, "sign", "passphrase or PIN of the signer")


def add_locking(parser: argparse.ArgumentParser) -> None:
    """What may be said of how a confidential book leaves."""
    parser.add_argument("--lock", action="store_true", help="lock the package with a passphrase")
    parser.add_argument(
        "--lock-for", type=Path, action="append", default=[], metavar="CERTIFICATE", help="lock it for this certificate"
    )
    parser.add_argument("--unlocked-because", default="", metavar="REASON", help="a supervisor's reason for no lock")
    add_secret(parser, "lock", "the passphrase to lock with")


def add_unlocking(parser: argparse.ArgumentParser) -> None:
    """What may be said of how a locked package is opened."""
    parser.add_argument("--key", type=Path, metavar="FILE.p12", help="open locked packages with the key in this file")
    add_secret(parser, "unlock", "the passphrase of a locked package or of --key")


@contextmanager
def signer_of(words: argparse.Namespace, console: Console, name: str) -> Iterator[Signer]:
    """Who signs, for as long as the `with` lasts; `name` is what the holder of the own key calls themselves."""
    from hotich.pipeline import trust

    if words.sign == "own":
        yield trust.own_signer(name)
    elif words.sign == "token":
        choice = trust.TokenChoice(_module(words), words.token_label, words.token_certificate)
        with trust.token_signer(choice, secret(words, "sign", "secret-ask-pin", console)) as signer:
            yield signer
    else:
        passphrase = secret(words, "sign", "secret-ask-key-file", console)
        yield trust.file_signer(Path(words.sign), passphrase)


def _module(words: argparse.Namespace) -> Path:
    named = words.token_module or os.environ.get(MODULE_VARIABLE, "")
    if not named:
        raise SetupError("token-module-unnamed", variable=MODULE_VARIABLE)
    return Path(named)


def protection_of(words: argparse.Namespace, console: Console) -> Protection:
    """How the book leaves."""
    from hotich.pipeline.confidential import Lock, Passphrase, Protection, recipient

    locks: list[Lock] = [recipient(file) for file in words.lock_for]
    if words.lock:
        locks.append(Passphrase(_new_passphrase(words, console)))
    return Protection(tuple(locks), words.unlocked_because)


def _new_passphrase(words: argparse.Namespace, console: Console) -> str:
    """Asked twice on a terminal: nobody can open what a slip of the finger locked."""
    first = secret(words, "lock", "secret-ask-lock", console)
    if words.lock_env or words.lock_fd >= 0:
        return first
    if secret(words, "lock", "secret-ask-lock-again", console) != first:
        raise SetupError("secret-differs")
    return first


def unlock_of(words: argparse.Namespace, console: Console, files: list[Path]) -> Unlock | None:
    """What opens locked packages; nothing is asked where none of the files is locked."""
    from hotich.export.trust.locked import is_locked
    from hotich.pipeline.confidential import Passphrase, held_key

    if not any(is_locked(file) for file in files):
        return None
    if words.key is not None:
        return held_key(words.key, secret(words, "unlock", "secret-ask-key-file", console))
    return Passphrase(secret(words, "unlock", "secret-ask-unlock", console))
