"""How smoothly the carousel and the sheet scroll, how soon pictures come, what Enter costs, and the memory it takes.

    python -m bench.carousel [--snippets 500] [--rows 10000]

Runs without a screen (Qt's offscreen platform, 1366 x 768) on a book made for the purpose, in which every snippet of
the carousel comes from a page file of its own. A frame is what one step of the scroll bar costs until it is painted.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractItemView, QApplication

    from hotich.ui.main_window import MainWindow
    from hotich.ui.program import Program
    from hotich.ui.views.carousel_view import CarouselView

# Qt reads it when it is loaded, hence the imports inside the functions.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

FIELD = "nksHoTen"


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--snippets", type=int, default=500)
    words.add_argument("--rows", type=int, default=10_000)
    chosen = words.parse_args()
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as folder:
        _carousel(Path(folder) / "carousel", chosen.snippets)
        _sheet(Path(folder) / "sheet", chosen.rows)


def _carousel(folder: Path, snippets: int) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from hotich.ui.presenters.desk import Screen

    with _Opened(folder, snippets, files=0) as opened:
        application, window = opened.application, opened.window
        before = _megabytes()
        start = time.perf_counter()
        window.go(Screen.CAROUSEL)
        view = window.carousel
        view.presenter.choose_field([field.id for field in view.presenter._fields].index(FIELD))
        _until(application, lambda: view.model.rowCount() > 0)
        print(f"{view.model.rowCount()} snippets dealt in {time.perf_counter() - start:.2f} s")
        _until(application, lambda: len(view.grid.in_sight()) > 0)
        print(f"first picture after {time.perf_counter() - start:.2f} s")
        _until(application, lambda: _all_there(view))
        page = len(view.grid.in_sight())
        print(f"first screen with its pictures, and the next one, after {time.perf_counter() - start:.2f} s")
        cold = _scrolled(application, view.grid, 40)
        _tell("scrolling, pictures still being cut", cold)
        start = time.perf_counter()
        _fetch_all(application, opened, snippets)
        print(f"all pictures cut by walking through once: {time.perf_counter() - start:.1f} s more")
        _tell("scrolling, by the wheel", _scrolled(application, view.grid, 40))
        _tell("scrolling, by the page", _scrolled(application, view.grid, 400))
        _tell("scrolling, anywhere", _thrown(application, view.grid))
        view.grid.setFocus()
        QTest.keyClick(view.grid, Qt.Key.Key_Home)
        arrows = [_timed(application, lambda: QTest.keyClick(view.grid, Qt.Key.Key_Right)) for _ in range(60)]
        _tell("an arrow", arrows)
        print(
            f"memory: {_megabytes() - before:.0f} MB more than without the carousel, "
            f"{view.grid.pictures.bytes / 1e6:.0f} MB of it pictures; widgets in the grid: "
            f"{len(view.grid.viewport().children())}"
        )
        _enter(application, opened, page)


def _enter(application: QApplication, opened: _Opened, page: int) -> None:
    """Enter over pages of snippets; the time of the look is not counted."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    view = opened.window.carousel
    QTest.keyClick(view.grid, Qt.Key.Key_Home)
    taken = []
    for _ in range(5):
        _until(application, lambda: bool(view.grid.in_sight()) and _all_there(view))
        _until(application, lambda: not view.presenter._looking.missing(view.grid.in_sight()))
        taken.append(_timed(application, lambda: QTest.keyClick(view.grid, Qt.Key.Key_Return)))
    kept = sum(
        type(action.event).__name__ == "FieldsConfirmed" for action in opened.workspace.actions(book_id=opened.book)
    )
    print(f"about {page} snippets a screen, {kept} confirmed and on disk by 5 times Enter")
    _tell("Enter over a screen", taken)


def _sheet(folder: Path, rows: int) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from hotich.pipeline.sheet import ColumnFilter, RowMode
    from hotich.ui.presenters.desk import Screen

    with _Opened(folder, rows, files=3) as opened:
        application, window = opened.application, opened.window
        before = _megabytes()
        start = time.perf_counter()
        window.go(Screen.SHEET)
        view = window.sheet
        _until(application, lambda: view.presenter.row(0) is not None)
        print(
            f"sheet of {view.model.rowCount()} rows x {view.model.columnCount()} columns open in "
            f"{time.perf_counter() - start:.2f} s"
        )
        _tell("scrolling, by the wheel", _scrolled(application, view.table, 60)[:400])
        _tell("scrolling, anywhere, rows not read yet", _thrown(application, view.table))
        view.table.setFocus()
        view.table.show_cell(0, 8)
        _until(application, lambda: view.presenter.row(0) is not None)
        down = [_timed(application, lambda: QTest.keyClick(view.table, Qt.Key.Key_Down)) for _ in range(200)]
        _tell("an arrow", down)
        typed = [_timed(application, lambda n=n: view.presenter.type_over(n, 9, "Kinh")) for n in range(60)]
        _tell("a cell typed over, on disk", typed)
        for what, act in (
            ("filter by letters", lambda: view.presenter.filter_column("nksHoTen", ColumnFilter(contains="bao"))),
            ("sort by name", lambda: view.presenter.sort("nksHoTen", descending=False)),
            ("only doubtful rows", lambda: view.presenter.choose_mode(RowMode.DOUBTFUL)),
        ):
            start, asked = time.perf_counter(), view.presenter._rows.times_dealt
            act()
            answered = time.perf_counter() - start
            _until(application, lambda asked=asked: view.presenter._rows.times_dealt > asked)
            print(
                f"{what}: {time.perf_counter() - start:.2f} s, of which the window stood still {answered * 1000:.0f} ms"
            )
        print(f"memory: {_megabytes() - before:.0f} MB more than without the sheet")


class _Opened:
    """A window on a book made for measuring."""

    def __init__(self, folder: Path, records: int, files: int) -> None:
        self._folder, self._records, self._files = folder, records, files

    def __enter__(self) -> _Opened:
        from bench.made_books import CLERK, large_book
        from hotich.store import Workspace
        from hotich.ui.preferences import Preferences
        from hotich.ui.program import Program, make_application

        self._folder.mkdir(parents=True)
        self.application = make_application()
        self.workspace = Workspace.open(self._folder / "kho")
        self.book = large_book(self.workspace, self._folder, self._records, files=self._files)
        self.program: Program = Program(self.application, self.workspace, Preferences(self._folder / "window.ini"))
        self.window: MainWindow = self.program.window
        self.window.set_person(CLERK)
        self.window.setFixedSize(1366, 768)
        self.window.show()
        self.window.desk.book_id = self.book
        return self

    def __exit__(self, *told: object) -> None:
        self.window.close()
        self.program.end()
        self.application.processEvents()
        self.workspace.close()


def _scrolled(application: QApplication, view: QAbstractItemView, step: int) -> list[float]:
    """The time of each frame from the top to the bottom, at most 600 of them."""
    bar = view.verticalScrollBar()
    bar.setValue(0)
    taken = []
    while bar.value() < bar.maximum() and len(taken) < 600:
        taken.append(_timed(application, lambda: bar.setValue(bar.value() + step)))
    return taken


def _thrown(application: QApplication, view: QAbstractItemView) -> list[float]:
    """The time of each frame at places that chance chooses."""
    bar, chance = view.verticalScrollBar(), random.Random(3)
    return [_timed(application, lambda: bar.setValue(chance.randrange(bar.maximum() + 1))) for _ in range(100)]


def _fetch_all(application: QApplication, opened: _Opened, snippets: int) -> None:
    grid = opened.window.carousel.grid
    bar = grid.verticalScrollBar()
    bar.setValue(0)
    while True:
        _until(application, lambda: _all_there(opened.window.carousel))
        if bar.value() >= bar.maximum():
            return
        bar.setValue(bar.value() + grid.viewport().height() // 2)
        application.processEvents()
        application.processEvents()


def _all_there(view: CarouselView) -> bool:
    """Whether every picture that is wanted just now has come."""
    return bool(view.grid._wanted) and all(key in view.grid.pictures for key in view.grid._wanted)


def _timed(application: QApplication, act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    application.processEvents()
    return (time.perf_counter() - start) * 1000


def _until(application: QApplication, holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    application.processEvents()
    while not holds() and time.monotonic() < deadline:
        application.processEvents()
        time.sleep(0.005)
    application.processEvents()


def _megabytes() -> float:
    """Resident memory of this process."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def _tell(what: str, milliseconds: list[float]) -> None:
    ordered = sorted(milliseconds)
    high = ordered[int(0.95 * (len(ordered) - 1))]
    print(f"{what}: median {statistics.median(ordered):.1f} ms, 95 % {high:.1f} ms, worst {ordered[-1]:.1f} ms")


if __name__ == "__main__":
    main()
