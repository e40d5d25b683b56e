"""The verbs `verify`, `unlock` and `trust`: what a package proves, opening locked ones, and whom to believe."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from hotich.commands.console import Console, ProgressBar
from hotich.commands.signing import unlock_of
from hotich.commands.verbs import FOUND_ERRORS
from hotich.errors import PackageError, PolicyError, SetupError
from hotich.messages import sentence
from hotich.redaction import CONFIDENTIAL, redacted_finding
from hotich.values import Finding, Severity

if TYPE_CHECKING:
    from hotich.export import Verification

YES = ("c", "có", "co", "y", "yes")


def verify(words: argparse.Namespace, console: Console) -> int:
    """Tells who signed packages and what was done to them since; 9 when anything was, or an asked signer is not it."""
    from hotich.pipeline.delivery import verify_package

    unlock = unlock_of(words, console, words.packages)
    results = {str(path): verify_package(path, language=console.language, unlock=unlock) for path in words.packages}
    fine = True
    for path, found in results.items():
        _tell(path, found, console)
        if found.ok and not _is_by(found, words):
            console.say("verify-not-by" if words.by else "verify-not-known", path=path, wanted=words.by)
        fine = fine and found.ok and _is_by(found, words)
    console.result({path: msgspec.structs.replace(found, problems=_shown(found)) for path, found in results.items()})
    return 0 if fine else FOUND_ERRORS


def _tell(path: str, found: Verification, console: Console) -> None:
    key = "commands-verified" if found.ok else "commands-not-verified"
    console.say(key, path=path, records=found.records, problems=len(found.problems))
    for problem in _shown(found):
        console.line(f"  - {problem.message}")
    for note in found.signature.notes:
        console.line(f"  {'!' if note.severity is Severity.WARNING else '·'} {note.message}")


def _shown(found: Verification) -> tuple[Finding, ...]:
    """What is wrong, without the values of confidential records."""
    hidden = found.book is not None and found.book.record_type in CONFIDENTIAL
    return tuple(map(redacted_finding, found.problems)) if hidden else found.problems


def _is_by(found: Verification, words: argparse.Namespace) -> bool:
    """Whether it was signed as the words ask: by that key, or by anybody known here."""
    from hotich.export.trust import SignatureState, Standing
    from hotich.signing import same_fingerprint

    signature = found.signature
    if words.by:
        return signature.state is SignatureState.FITS and same_fingerprint(words.by, signature.fingerprint)
    return not words.known or (signature.state is SignatureState.FITS and signature.standing is not Standing.UNKNOWN)


def unlock(words: argparse.Namespace, console: Console) -> int:
    """Writes the package inside a locked file into a folder, for its owner alone."""
    from hotich.pipeline.confidential import unlock_to

    held = unlock_of(words, console, [words.package])
    if held is None:
        raise PackageError("unlock-not-locked", file=words.package.name)
    written = unlock_to(words.package, words.to, held, ProgressBar())
    console.say("unlock-written", path=written)
    console.result({"path": str(written)})
    return 0


def run(words: argparse.Namespace, console: Console) -> int:
    """What the words after `trust` ask for."""
    return {"add": _add, "list": _list, "remove": _remove}[words.action](words, console)


def _add(words: argparse.Namespace, console: Console) -> int:
    """Believes a key by its fingerprint, the signer of a package, or the root certificates of a file."""
    from hotich.pipeline.trust import trust_key, trust_root

    file = Path(words.what)
    if file.is_file() and not _is_package(file):
        added = trust_root(file)
    else:
        fingerprint, name = _signer_of(file, console) if file.is_file() else (words.what, "")
        if not (words.called or name):
            raise SetupError("trust-name-missing")
        if file.is_file() and not _agreed(words, console):
            raise PolicyError("trust-needs-yes")
        added = (trust_key(fingerprint, words.called or name),)
    for row in added:
        console.say("trust-added", name=row.name, fingerprint=row.fingerprint)
    console.result(added)
    return 0


def _is_package(file: Path) -> bool:
    import zipfile

    return zipfile.is_zipfile(file)


def _signer_of(file: Path, console: Console) -> tuple[str, str]:
    """Fingerprint and name of who signed that package. Raises PackageError when it is not whole or not signed."""
    from hotich.export.trust import SignatureState
    from hotich.pipeline.delivery import verify_package

    found = verify_package(file, language=console.language)
    if not found.ok or found.signature.state is not SignatureState.FITS:
        raise PackageError("trust-package-unsigned", file=file.name)
    for text in found.signature.sentences:
        console.line(f"  {text}")
    return found.signature.fingerprint, found.signature.name


def _agreed(words: argparse.Namespace, console: Console) -> bool:
    if words.yes or console.as_json or not sys.stdin.isatty():
        return bool(words.yes)
    return input(sentence("trust-question", language=console.language) + " ").strip().lower() in YES


def _list(words: argparse.Namespace, console: Console) -> int:
    """Everybody believed here."""
    from hotich.pipeline.trust import trusted

    rows = trusted()
    told = [
        (sentence(f"trust-kind-{row.kind}", language=console.language), row.name, row.fingerprint, row.added_at[:10])
        for row in rows
    ]
    head = tuple(
        sentence(f"trust-column-{name}", language=console.language) for name in ("kind", "name", "print", "day")
    )
    console.table(head, told)
    console.result(rows)
    return 0


def _remove(words: argparse.Namespace, console: Console) -> int:
    """Believes somebody no longer."""
    from hotich.pipeline.trust import distrust

    gone = distrust(words.what)
    console.say("trust-removed", names=", ".join(gone))
    console.result(gone)
    return 0
