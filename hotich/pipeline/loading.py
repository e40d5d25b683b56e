"""Packages taken over into a database: each is verified first, and one that fails does not stop the others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from hotich.errors import HotichError, PolicyError
from hotich.export import verify
from hotich.export.load import Loaded, database_at, load
from hotich.export.load.database import Database
from hotich.export.package_reader import PackageReader
from hotich.messages import Language, explain
from hotich.pipeline.confidential import Unlock
from hotich.pipeline.ticket import SILENT, Ticket
from hotich.pipeline.trust import trust_here


class LoadReport(msgspec.Struct, frozen=True):
    """What became of one package: what was loaded and who signed it, or the sentence why it was refused."""

    path: Path
    loaded: Loaded | None = None
    refused: str = ""
    signed: str = ""


class _Sound(msgspec.Struct, frozen=True):
    """A package that may be loaded, with what puts it in its order."""

    book_id: str
    history: int
    path: Path
    signed: str


def load_packages(
    paths: Sequence[Path],
    url: str,
    ticket: Ticket = SILENT,
    *,
    language: Language = Language.VIETNAMESE,
    unlock: Unlock | None = None,
) -> tuple[LoadReport, ...]:
    """Loads the packages into the database of that URL, earlier ones of a book before later ones, whatever the order.

    Raises SetupError or StoreError when the database cannot be opened, and Cancelled; the package that was being loaded
    then leaves nothing. Locked packages are refused without the key that opens them.
    """
    reports: list[LoadReport] = []
    sound: list[_Sound] = []
    for path in paths:
        ticket.check()
        try:
            sound.append(_checked(path, language, unlock))
        except HotichError as error:
            reports.append(LoadReport(path, refused=explain(error, language)))
    database = database_at(url)
    try:
        for each in sorted(sound, key=lambda one: (one.book_id, one.history)):
            reports.append(_loaded(database, each, ticket, language, unlock))
    finally:
        database.close()
    return tuple(reports)


def _checked(path: Path, language: Language, unlock: Unlock | None) -> _Sound:
    """What may be loaded. Raises PolicyError for a changed or practice package, PackageError."""
    found = verify(path, language, trust_here(), unlock)
    if any(problem.rule_id == "package-newer" for problem in found.problems):
        raise PolicyError("load-newer", file=path.name, first=found.problems[0].message)
    if not found.ok:
        raise PolicyError("load-not-sound", file=path.name, first=found.problems[0].message)
    with PackageReader(path, unlock) as package:
        manifest = package.manifest
        if manifest.practice:
            raise PolicyError("load-practice", file=path.name)
        signed = " ".join(found.signature.sentences[:1])
        return _Sound(manifest.book.book_id, manifest.history.actions, path, signed)


def _loaded(database: Database, sound: _Sound, ticket: Ticket, language: Language, unlock: Unlock | None) -> LoadReport:
    path = sound.path

    def progress(done: int, total: int) -> None:
        ticket.check()
        ticket.progress(done, total, path.name)

    try:
        with PackageReader(path, unlock) as package:
            return LoadReport(path, load(database, package, progress), signed=sound.signed)
    except HotichError as error:
        return LoadReport(path, refused=explain(error, language))
