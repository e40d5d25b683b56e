"""Takes pictures of the window without a display: what it shows, with the dialog in front of it."""

from __future__ import annotations

import os
import time
from pathlib import Path

# Without being told otherwise Qt takes a display that is not there to be 800 wide.
os.environ.setdefault("QT_QPA_PLATFORM", f"offscreen:configfile={Path(__file__).with_name('screen.json')}")
os.environ["OMP_THREAD_LIMIT"] = "1"
os.environ["QT_SCALE_FACTOR"] = "1"

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from hotich.messages import Language
from hotich.store import Workspace
from hotich.ui.preferences import Preferences
from hotich.ui.program import Program, make_application
from hotich.ui.store_kind import StoreKind
from hotich.ui.theme import ThemeName
from hotich.values import Actor

SIZE = (1366, 768)


class Camera:
    """A window on a workspace of its own, and the folder that its pictures go to."""

    def __init__(self, workspace: Workspace, folder: Path, worker: Actor) -> None:
        self.folder = folder
        self.workspace = workspace
        self.app = make_application()
        self.preferences = Preferences(workspace.folder / "window.ini")
        # What the machine reads must not change while pictures are taken.
        self.preferences.learning = False
        self.open(StoreKind.NAMED)
        self.become(worker)
        self.window.show()

    def open(self, kind: StoreKind) -> None:
        """Another window, as that kind of workspace has it."""
        self.program = Program(self.app, self.workspace, self.preferences, kind)
        self.window.setFixedSize(*SIZE)

    @property
    def window(self):
        return self.program.window

    def become(self, actor: Actor) -> None:
        """Let that person work."""
        self.window.set_person(actor)

    def settle(self) -> None:
        """Let the window finish what it does."""
        quiet = 0
        while quiet < 5:
            self.app.processEvents()
            quiet = 0 if self.program.jobs.live else quiet + 1
            time.sleep(0.02)

    def take(self, name: str) -> None:
        """A picture of the window, with the dialog that is open in its middle."""
        self.settle()
        picture = self.window.grab()
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            _paste(picture, dialog)
        self.window.setFixedSize(*SIZE)
        file = self.folder / f"{name}.png"
        picture.save(str(file))
        _make_small(file)
        print(name, flush=True)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key in the window."""
        QTest.keyClick(QApplication.activeModalWidget() or QApplication.focusWidget() or self.window, key, modifiers)
        self.settle()

    def close_dialog(self) -> None:
        """Escape."""
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            dialog.close()
        self.settle()
        self.window.activateWindow()
        self.settle()

    def dress(self, theme: ThemeName, language: Language = Language.VIETNAMESE) -> None:
        """Other colours or another language."""
        self.preferences.theme, self.preferences.language = theme, language
        self.program.rebuild()
        self.window.setFixedSize(*SIZE)
        self.settle()


def _make_small(file: Path) -> None:
    """256 colours are enough to see a screen."""
    with Image.open(file) as picture:
        picture.convert("RGB").quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
            file, optimize=True
        )


def _paste(picture, dialog: QWidget) -> None:
    from PySide6.QtGui import QColor, QPainter

    with QPainter(picture) as painter:
        painter.fillRect(picture.rect(), QColor(0, 0, 0, 90))
        shot = dialog.grab()
        painter.drawPixmap((picture.width() - shot.width()) // 2, (picture.height() - shot.height()) // 2, shot)
