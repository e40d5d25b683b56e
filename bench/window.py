"""How quickly the window answers: start of the program, a key to the next field, the next record on screen.

    python -m bench.window [--records 40]

Runs without a screen (Qt's offscreen platform) on a book of KS-2006 pages drawn for the purpose, whose fields have
suggestions that Enter accepts. Every accepted field is on disk before the next key is looked at, so its time is in it.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from hotich.store import Workspace
    from hotich.values import Actor

# Qt reads it when it is loaded, hence the imports inside the functions.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

START = """
import time; start = time.perf_counter()
from pathlib import Path; import sys
from hotich.store import Workspace
from hotich.ui.preferences import Preferences
from hotich.ui.program import Program, make_application
application = make_application()
with Workspace.open(Path(sys.argv[1])) as workspace:
    program = Program(application, workspace, Preferences(Path(sys.argv[1]) / "window.ini"))
    program.window.show()
    application.processEvents()
    print(time.perf_counter() - start)
    program.window.close()
    program.end()
"""


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--records", type=int, default=40)
    chosen = words.parse_args()
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as folder:
        starts = [_start(Path(folder) / "start") for _ in range(5)]
        print(f"start to first window: first {starts[0]:.2f} s, then median {statistics.median(starts[1:]):.2f} s")
        _keys(Path(folder) / "keys", chosen.records)


def _start(folder: Path) -> float:
    done = subprocess.run([sys.executable, "-c", START, str(folder)], capture_output=True, text=True, check=True)
    return float(done.stdout)


def _keys(folder: Path, records: int) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from hotich.store import Workspace
    from hotich.ui.preferences import Preferences
    from hotich.ui.presenters.desk import Screen
    from hotich.ui.program import Program, make_application

    application = make_application()
    with Workspace.open(folder) as workspace:
        book_id, clerk = _book(workspace, folder, records)
        program = Program(application, workspace, Preferences(folder / "window.ini"))
        window = program.window
        window.set_person(clerk)
        window.resize(1366, 768)
        window.show()
        window.desk.book_id = book_id
        window.go(Screen.ENTRY)
        application.processEvents()
        fields, nexts = [], []
        for _ in range(records - 1):
            for _ in range(20):
                fields.append(_timed(application, lambda: QTest.keyClick(_focus(), Qt.Key.Key_Return)))
            nexts.append(_timed(application, lambda: QTest.keyClick(_focus(), Qt.Key.Key_PageDown)))
        kept = sum(type(action.event).__name__ == "FieldsConfirmed" for action in workspace.actions(book_id=book_id))
        print(f"{len(fields)} times Enter, {kept} fields confirmed and on disk")
        _tell("Enter to the next field", fields)
        _tell("PgDn to the next record", nexts)
        window.close()
        program.end()
        QApplication.processEvents()


def _focus() -> QWidget:
    from PySide6.QtWidgets import QApplication

    return QApplication.focusWidget() or QApplication.activeWindow() or QApplication.topLevelWidgets()[0]


def _timed(application: QApplication, press: Callable[[], object]) -> float:
    start = time.perf_counter()
    press()
    application.processEvents()
    return (time.perf_counter() - start) * 1000


def _book(workspace: Workspace, folder: Path, records: int) -> tuple[str, Actor]:
    """A book of one-entry pages with a suggestion in every field."""
    from hotich.forms.loader import load_catalogue
    from hotich.pipeline.books import NewBook, open_book
    from hotich.pipeline.intake import import_paths
    from hotich.pipeline.opening import open_record
    from hotich.pipeline.practice_truth import load_truths, sample_folder
    from hotich.values import MACHINE, Actor, Reading, RecordType, Role
    from hotich.workflow import Draft, ReadingsMade

    clerk = Actor("đo", Role.CLERK)
    truth = next(each for each in load_truths(sample_folder()) if each.book.form_id == "KS-2006")
    form = load_catalogue().forms["KS-2006"]
    book = open_book(workspace, NewBook(record_type=RecordType.BIRTH, year=2009, number="01", place="Xã"), clerk)
    known = truth.entries[0].fields
    for number in range(records):
        file = folder / f"{number:04}.jpg"
        file.write_bytes(truth.files[0].read_bytes() + number.to_bytes(4, "big"))
        page = import_paths(workspace, book.book_id, [file], clerk).added[0]
        record_id = open_record(workspace, page.page_id, 0, form.id, clerk)
        readings = tuple(
            Reading(zone.field_id, known[zone.field_id].written, known[zone.field_id].normal, 0.95, "bench", "1")
            for zone in form.zones
        )
        workspace.append(Draft(book.book_id, ReadingsMade(readings), MACHINE, record_id, page.page_id))
    return book.book_id, clerk


def _tell(what: str, milliseconds: list[float]) -> None:
    ordered = sorted(milliseconds)
    high = ordered[int(0.95 * (len(ordered) - 1))]
    print(f"{what}: median {statistics.median(ordered):.1f} ms, 95 % {high:.1f} ms, worst {ordered[-1]:.1f} ms")


if __name__ == "__main__":
    main()
