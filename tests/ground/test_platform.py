"""The libraries underneath behave as the product needs; each of these once did not in some published version."""

import importlib.metadata
import sys
from pathlib import Path

import cv2
import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

REPEATS = 2000
# Far under one lost reference per call, far over what the test's own names hold.
ALLOWED_DRIFT = 50


class Sender(QObject):
    told = Signal(object)


class Painted(QWidget):
    """Counts its own repaints, through a Python override of a virtual function that returns nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.paints = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.paints += 1
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor("white"))


def reference_counts() -> list[int]:
    return [sys.getrefcount(constant) for constant in (None, True, False)]


def drift(before: list[int]) -> int:
    return max(abs(after - start) for start, after in zip(before, reference_counts(), strict=True))


def test_signals_keep_the_references_of_constants(qtbot):
    sender, heard = Sender(), []
    sender.told.connect(heard.append)
    before = reference_counts()
    for _ in range(REPEATS):
        sender.told.emit(None)
        sender.told.emit(True)
    assert len(heard) == 2 * REPEATS
    heard.clear()
    assert drift(before) < ALLOWED_DRIFT


def test_repaints_keep_the_references_of_constants(qtbot):
    widget = Painted()
    qtbot.addWidget(widget)
    widget.resize(200, 100)
    with qtbot.waitExposed(widget):
        widget.show()
    before, painted = reference_counts(), widget.paints
    for _ in range(REPEATS):
        widget.repaint()
    assert widget.paints - painted >= REPEATS
    assert drift(before) < ALLOWED_DRIFT


def test_opencv_is_the_headless_one():
    assert importlib.metadata.version("opencv-python-headless")
    for other in ("opencv-python", "opencv-contrib-python", "opencv-contrib-python-headless"):
        with pytest.raises(importlib.metadata.PackageNotFoundError):
            importlib.metadata.version(other)


def test_opencv_brings_no_second_qt():
    folder = Path(cv2.__file__).parent
    assert (folder / "__init__.py").is_file()
    beside = [folder, *folder.parent.glob("opencv_python*.libs")]
    assert [path for place in beside for path in place.rglob("*") if "qt" in path.name.lower()] == []
