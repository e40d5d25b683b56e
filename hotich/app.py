"""Puts the parts together: workspaces, preferences, crash reports, window. The only module that knows them all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hotich.errors import HotichError, StoreError
from hotich.messages import Language, explain, sentence
from hotich.store import Workspace
from hotich.store.database import DATABASE_NAME

if TYPE_CHECKING:
    from hotich.ui.preferences import Preferences
    from hotich.ui.store_kind import StoreKind

PREFERENCES_FILE = "window.ini"
CRASH_FOLDER = "crash-reports"


@dataclass(frozen=True, slots=True)
class Ending:
    """How the window on one workspace ended: the exit code, the workspace to go on with, and whether it opened."""

    code: int
    following: StoreKind | None = None
    opened: bool = True


def main(
    own: Path, language: Language = Language.VIETNAMESE, *, practice: Path | None = None, begin_own: bool = False
) -> int:
    """The exit code once the window was closed. A workspace that cannot be opened is told in a dialog.

    With a `practice` folder the window begins there until the own workspace holds a book, unless `begin_own`; a key
    leads from the one to the other. Without it the own workspace is all there is.
    """
    from hotich.ui.preferences import Preferences
    from hotich.ui.program import make_application
    from hotich.ui.store_kind import StoreKind

    make_application()
    folders = {StoreKind.NAMED: own} if practice is None else {StoreKind.OWN: own, StoreKind.PRACTICE: practice}
    preferences = Preferences((own if practice is None else own.parent) / PREFERENCES_FILE)
    if language is Language.ENGLISH:
        preferences.language = language
    kind = next(iter(folders))
    if practice is not None and not begin_own and not has_book(own) and has_practice():
        kind = StoreKind.PRACTICE
    came_from: StoreKind | None = None
    while True:
        ending = _work_in(folders[kind], kind, preferences, came_from)
        if ending.following is None:
            return ending.code
        came_from = kind if ending.opened else None
        kind = ending.following


def _work_in(folder: Path, kind: StoreKind, preferences: Preferences, came_from: StoreKind | None) -> Ending:
    """One window on one workspace, from its opening to its end."""
    from hotich.ui.crash import CrashReporter
    from hotich.ui.program import Program, make_application

    try:
        workspace = Workspace.open(folder)
    except HotichError as error:
        return _refused(error, kind, came_from, preferences.language)
    with workspace:
        program = Program(make_application(), workspace, preferences, kind, switched=came_from is not None, greet=True)
        CrashReporter(folder / CRASH_FOLDER, program.tell_crash, program.tell_refusal).install()
        program.start()
        code = program.run()
        return Ending(code, program.following)


def _refused(error: HotichError, kind: StoreKind, came_from: StoreKind | None, language: Language) -> Ending:
    """Tells why a workspace does not open; without practice work goes on, without one's own only what was open."""
    from hotich.ui.program import refuse
    from hotich.ui.store_kind import StoreKind

    reason = explain(error, language)
    if kind is StoreKind.PRACTICE:
        refuse(sentence("ui-practice-unopened", {"reason": reason}, language))
        return Ending(error.exit_code, StoreKind.OWN, opened=False)
    refuse(reason)
    return Ending(error.exit_code, came_from, opened=False)


def has_book(folder: Path) -> bool:
    """Whether the workspace of that folder holds a book; one that cannot be looked into may hold any."""
    if not (folder / DATABASE_NAME).exists():
        return False
    try:
        with Workspace.read_only(folder) as workspace:
            return bool(workspace.books())
    except StoreError:
        return True


def has_practice() -> bool:
    """Whether practice books came along with the program."""
    from hotich.ui.practice import practice_truth

    return practice_truth() is not None
