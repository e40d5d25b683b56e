"""Puts the parts together: workspace, preferences, crash reports, window. The only module that knows them all."""

from __future__ import annotations

from pathlib import Path

from hotich.errors import HotichError
from hotich.messages import Language, explain
from hotich.store import Workspace

PREFERENCES_FILE = "window.ini"
CRASH_FOLDER = "crash-reports"


def main(folder: Path, language: Language = Language.VIETNAMESE, *, offer_practice: bool = True) -> int:
    """The exit code once the window was closed. A workspace that cannot be opened is told in a dialog."""
    from hotich.ui.crash import CrashReporter
    from hotich.ui.preferences import Preferences
    from hotich.ui.program import Program, make_application, refuse

    app = make_application()
    try:
        workspace = Workspace.open(folder)
    except HotichError as error:
        refuse(explain(error, language))
        return error.exit_code
    with workspace:
        preferences = Preferences(folder / PREFERENCES_FILE)
        if language is Language.ENGLISH:
            preferences.language = language
        program = Program(app, workspace, preferences)
        CrashReporter(folder / CRASH_FOLDER, program.tell_crash, program.tell_refusal).install()
        program.start(offer_practice=offer_practice)
        return program.run()
