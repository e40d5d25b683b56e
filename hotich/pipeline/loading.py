"""Packages taken over into a database: each is verified first, and one that fails does not stop the others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from hotich.errors import HotichError, PolicyError
from hotich.export import Verification, verify
from hotich.export.load import Loaded, database_at, load
from hotich.export.load.database import Database
from hotich.export.package_reader import PackageReader
from hotich.messages import Language, explain
from hotich.pipeline.ticket import SILENT, Ticket


class LoadReport(msgspec.Struct, frozen=True):
    """What became of one package: what was loaded, or the sentence why it was refused."""

    path: Path
    loaded: Loaded | None = None
    refused: str = ""


def load_packages(
    paths: Sequence[Path], url: str, ticket: Ticket = SILENT, *, language: Language = Language.VIETNAMESE
) -> tuple[LoadReport, ...]:
    """Loads the packages into the database of that URL, earlier ones of a book before later ones, whatever the order.

    Raises SetupError or StoreError when the database cannot be opened, and Cancelled; the package that was being loaded
    then leaves nothing.
    """
    reports: list[LoadReport] = []
    sound: list[tuple[str, int, Path]] = []
    for path in paths:
        ticket.check()
        try:
            sound.append(_checked(path, language))
        except HotichError as error:
            reports.append(LoadReport(path, refused=explain(error, language)))
    database = database_at(url)
    try:
        reports += [_loaded(database, path, ticket, language) for _, _, path in sorted(sound)]
    finally:
        database.close()
    return tuple(reports)


def _checked(path: Path, language: Language) -> tuple[str, int, Path]:
    """Book and history of a package that may be loaded."""
    found: Verification = verify(path, language)
    if not found.ok:
        raise PolicyError("load-not-sound", file=path.name, first=found.problems[0].message)
    with PackageReader(path) as package:
        if package.manifest.practice:
            raise PolicyError("load-practice", file=path.name)
        return package.manifest.book.book_id, package.manifest.history.actions, path


def _loaded(database: Database, path: Path, ticket: Ticket, language: Language) -> LoadReport:
    def progress(done: int, total: int) -> None:
        ticket.check()
        ticket.progress(done, total, path.name)

    try:
        with PackageReader(path) as package:
            return LoadReport(path, load(database, package, progress))
    except HotichError as error:
        return LoadReport(path, refused=explain(error, language))
