"""Who signs what leaves by the export screen: chosen once, kept in the workspace; the secret is asked every time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

import msgspec

from hotich.pipeline.trust import (
    SignatureReport,
    Signer,
    TokenChoice,
    file_signer,
    is_stranger,
    own_signer,
    token_signer,
    trust_key,
)
from hotich.store import Workspace
from hotich.ui.presenters.desk import Desk
from hotich.ui.presenters.typed_path import typed_path

_SETTING = "export-signing"


class SignBy(StrEnum):
    """This machine's own key, a certificate in a file, or one on a token."""

    OWN = "own"
    FILE = "file"
    TOKEN = "token"


class SigningChoice(msgspec.Struct, frozen=True):
    """`file` is the .p12 file or the token's library, `label` that of the token where there are several."""

    by: SignBy = SignBy.OWN
    file: str = ""
    label: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing."""
        return self.by is SignBy.OWN or bool(self.file.strip())


BY_OWN_KEY = SigningChoice()


def remembered(workspace: Workspace) -> SigningChoice:
    """The choice of last time."""
    try:
        return msgspec.json.decode(workspace.setting(_SETTING, "{}"), type=SigningChoice)
    except ValueError:
        return BY_OWN_KEY


def remember(workspace: Workspace, choice: SigningChoice) -> None:
    """Keeps the choice. Raises StoreError."""
    workspace.remember(_SETTING, msgspec.json.encode(choice).decode("utf-8"))


@contextmanager
def signer_of(choice: SigningChoice, secret: str, name: str) -> Iterator[Signer]:
    """Signs as chosen for as long as the `with` lasts. Raises SetupError: passphrase, PIN, certificate, token."""
    file = typed_path(choice.file) or Path()
    match choice.by:
        case SignBy.OWN:
            yield own_signer(name)
        case SignBy.FILE:
            yield file_signer(file, secret)
        case SignBy.TOKEN:
            with token_signer(TokenChoice(file, choice.label.strip()), secret) as signer:
                yield signer


def offer_to_note(desk: Desk, signature: SignatureReport) -> None:
    """Ask whether the fingerprint of a signer not known here was compared; note them when it was."""
    if not is_stranger(signature):
        return
    facts = {"name": signature.name, "fingerprint": signature.fingerprint}

    def note() -> None:
        if desk.attempt(lambda: trust_key(signature.fingerprint, signature.name)):
            desk.shell.note(desk.say("trust-added", **facts))

    desk.shell.confirm(desk.say("ui-note-signer", **facts), note)
