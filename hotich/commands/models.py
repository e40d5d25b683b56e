"""The verb `model`: what reads handwriting, what a book taught it, and where other weights come from and go."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from hotich.commands.console import Console, ProgressBar
from hotich.commands.verbs import book_named, look_at_workspace, open_workspace
from hotich.errors import PackageError
from hotich.messages import sentence
from hotich.values import Actor, Role

if TYPE_CHECKING:
    from hotich.ocr.packs import Pack


def run(words: argparse.Namespace, console: Console) -> int:
    """What the words after `model` ask for."""
    actions = {
        "export": _export,
        "install": _install,
        "show": _show,
        "remove": _remove,
        "learn": _learn,
        "key": _key,
    }
    return actions[words.action](words, console)


def _export(words: argparse.Namespace, console: Console) -> int:
    """Writes the confirmed lines of a workspace to a folder; 6 without a supervisor's consent."""
    from hotich.pipeline.line_export import export_lines

    with look_at_workspace(words) as workspace:
        supervisor = Actor(words.name, Role.SUPERVISOR)
        report = export_lines(workspace, words.to, supervisor, words.consent, ProgressBar())
    facts = {"lines": report.lines, "books": report.books, "left_out": report.left_out}
    console.say("model-exported", folder=words.to, **facts)
    console.result(report)
    return 0


def _learn(words: argparse.Namespace, console: Console) -> int:
    """Learns the hand of a book and, if wished, reads its open fields again."""
    from hotich.pipeline.engines import load_engines
    from hotich.pipeline.learning import learn_book, reread_open
    from hotich.pipeline.tuning import settings_of

    with open_workspace(words) as workspace:
        book_id = book_named(workspace, words.book).book_id
        engines = load_engines(settings_of(workspace))
        report = learn_book(workspace, book_id, engines, ProgressBar())
        again = reread_open(workspace, book_id, engines, ProgressBar()) if words.reread else None
    kept = sentence("model-kept" if report.kept else "model-not-kept", language=console.language)
    shares = {"before": f"{report.cer_before:.1%}", "after": f"{report.cer_after:.1%}"}
    console.say("model-learned", lines=report.lines, held_back=report.held_back, kept=kept, **shares)
    if again is not None:
        console.say("model-reread", fields=again.fields_read)
        for problem in again.problems:
            console.line(f"{problem.file_name}: {problem.sentence}")
    console.result({"learned": report, "reread": again})
    return 3 if again is not None and again.problems else 0


def _install(words: argparse.Namespace, console: Console) -> int:
    """Shows a pack's card and signer and, once agreed, reads with it; 8 when it is not whole or not theirs."""
    from hotich.ocr.packs import install, is_trusted, models_folder, read_pack
    from hotich.signing import same_fingerprint

    pack = read_pack(words.pack)
    if words.sha256 and words.sha256.lower() != pack.sha256:
        raise PackageError("model-pack-other-hash", file=words.pack.name, sha256=pack.sha256)
    if words.trust and not same_fingerprint(words.trust, pack.fingerprint):
        raise PackageError("model-pack-other-signer", file=words.pack.name, fingerprint=pack.fingerprint)
    known = is_trusted(models_folder(), pack)
    _tell(pack, console)
    console.say("model-signer-known" if known else "model-signer-new", fingerprint=pack.fingerprint)
    agreed = bool(words.yes or words.trust) or _agrees(console)
    if agreed:
        install(words.pack, models_folder())
    console.say("model-installed" if agreed else "model-install-needs-yes")
    console.result({"pack": pack, "known_signer": known, "installed": agreed})
    return 0


def _agrees(console: Console) -> bool:
    """Whether the person at the terminal says yes; nobody there says no."""
    if console.as_json or not sys.stdin.isatty():
        return False
    answer = input(sentence("model-install-question", language=console.language) + " ")
    return answer.strip().lower() in ("c", "có", "co", "y", "yes")


def _key(words: argparse.Namespace, console: Console) -> int:
    """Tells this user's own key, made at the first call."""
    from hotich.signing import keys_folder, own_key

    key = own_key(keys_folder())
    console.say("model-own-key", fingerprint=key.fingerprint, public_key=key.public_key, folder=keys_folder())
    console.result({"fingerprint": key.fingerprint, "public_key": key.public_key})
    return 0


def _show(words: argparse.Namespace, console: Console) -> int:
    """Tells what reads handwriting."""
    from hotich.ocr.handwriting_engine import load_card
    from hotich.ocr.packs import installed, model_in_use, models_folder

    pack = installed(models_folder())
    version = load_card(model_in_use(models_folder())).version
    if pack is None:
        console.say("model-shipped", version=version)
    else:
        _tell(pack, console)
    console.result({"version": version, "pack": pack})
    return 0


def _remove(words: argparse.Namespace, console: Console) -> int:
    """Takes the pack in use back."""
    from hotich.ocr.packs import models_folder, take_back

    pack = take_back(models_folder())
    if pack is not None:
        console.say("model-removed", name=pack.card.name)
        console.result({"removed": pack})
        return 0
    return _show(words, console)


def _tell(pack: Pack, console: Console) -> None:
    card = pack.card
    rates = {"before": f"{card.cer_before:.1%}", "after": f"{card.cer_after:.1%}"}
    facts = {"name": card.name, "made_at": card.made_at, "base": card.base[:16], "lines": card.lines}
    console.say("model-card", source=card.source, sha256=pack.sha256, **facts, **rates)
