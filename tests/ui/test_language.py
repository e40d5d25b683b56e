"""What Qt itself says in the window's language: its dialogs for files and printing, and the menus of its fields."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTimer, QTranslator
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabWidget,
    QTreeView,
    QWidget,
)

from hotich.messages import Language
from hotich.ui.language import speak

SAME = ("QShortcut", "QGuiApplication", "QProgressBar", "QPageSize", "QCoreApplication")
"""Names of keys, of paper sizes, and signs: what stands on a keyboard and on a packet of paper is in no language."""


class Asked(QTranslator):
    """Notes every sentence that Qt asks for and leaves the answer to the translator below."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: set[tuple[str, str, str | None]] = set()

    def isEmpty(self) -> bool:  # noqa: N802
        return False

    def translate(self, context: str, text: str, comment: str | None = None, n: int = -1) -> str | None:
        self.texts.add((context, text, comment))
        return None

    def answers(self) -> dict[tuple[str, str], str]:
        """Each sentence that is of a language with what the window's translator says to it, "" for nothing."""
        return {
            (context, text): QCoreApplication.translate(context, text, comment)
            for context, text, comment in sorted(self.texts, key=str)
            if context not in SAME and any(letter.isalpha() for letter in text)
        }


@pytest.fixture
def asked(qapp):
    speak(Language.VIETNAMESE)
    noting = Asked()
    qapp.installTranslator(noting)
    yield noting
    qapp.removeTranslator(noting)


def words(top: QWidget) -> set[str]:
    """Everything that can be read in a dialog, the signs of its shortcuts taken off."""
    told = {top.windowTitle()}
    for widget in top.findChildren(QWidget):
        told.add(widget.toolTip())
        if isinstance(widget, (QLabel, QAbstractButton)):
            told.add(widget.text())
        elif isinstance(widget, QGroupBox):
            told.add(widget.title())
        elif isinstance(widget, QTabWidget):
            told.update(widget.tabText(place) for place in range(widget.count()))
        elif isinstance(widget, QComboBox):
            told.update(widget.itemText(place) for place in range(widget.count()))
        elif isinstance(widget, QTreeView) and widget.model() is not None:
            told.update(heads_and_cells(widget))
    return {text.replace("&", "") for text in told}


def heads_and_cells(tree: QTreeView) -> set[str]:
    model, top = tree.model(), tree.rootIndex()
    across = range(model.columnCount(top))
    heads = {str(model.headerData(column, Qt.Orientation.Horizontal)) for column in across}
    return heads | {
        str(model.index(row, column, top).data()) for row in range(model.rowCount(top)) for column in across
    }


def english(answers: dict[tuple[str, str], str]) -> set[str]:
    """The sentences of Qt that are others in Vietnamese."""
    return {text.replace("&", "") for (_, text), said in answers.items() if said != text}


def untranslated(answers: dict[tuple[str, str], str]) -> list[tuple[str, str]]:
    """The sentences with words that stay as they are in Qt."""
    units = {"mm", "in", "pt", "Pica (P̸)", "Didot (DD)", "Cicero (CC)", "P̸", "DD", "CC"}
    return [
        (context, text)
        for (context, text), said in answers.items()
        if said == text and text not in units and "x" not in text.partition("(")[2] and not text.startswith("Alt+")
    ]


@pytest.mark.parametrize(
    ("mode", "saves"),
    [
        (QFileDialog.FileMode.ExistingFiles, False),
        (QFileDialog.FileMode.Directory, False),
        (QFileDialog.FileMode.AnyFile, True),
    ],
)
def test_qts_own_dialog_for_files_is_vietnamese(asked, qtbot, tmp_path, mode, saves):
    (tmp_path / "Sổ 1984").mkdir()
    (tmp_path / "trang.png").write_bytes(b"x")
    chooser = QFileDialog(None, "Chọn tệp", str(tmp_path))
    qtbot.addWidget(chooser)
    chooser.setOption(QFileDialog.Option.DontUseNativeDialog)
    chooser.setFileMode(mode)
    chooser.setViewMode(QFileDialog.ViewMode.Detail)
    if saves:
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    chooser.show()
    qtbot.waitUntil(lambda: "Sổ 1984" in words(chooser) and "Thư mục" in words(chooser), timeout=5000)
    told = words(chooser)
    answers = asked.answers()
    assert len(answers) > 20 and untranslated(answers) == []
    assert told & english(answers) == set()
    assert {"Hủy", "Tên", "Cỡ", "Ngày sửa"} <= told


@pytest.mark.skipif(sys.platform != "linux", reason="The dialog belongs to the system.")
def test_the_dialog_for_printing_is_vietnamese(asked, qtbot):
    printing = pytest.importorskip("PySide6.QtPrintSupport")
    printer = printing.QPrinter()
    dialog = printing.QPrintDialog(printer)
    qtbot.addWidget(dialog)
    dialog.show()
    told = words(dialog)

    def read_properties() -> None:
        properties = QApplication.activeModalWidget()
        told.update(words(properties))
        properties.reject()

    QTimer.singleShot(200, read_properties)
    next(made for made in dialog.findChildren(QAbstractButton) if made.text() == "T&huộc tính").click()
    answers = asked.answers()
    assert len(answers) > 40 and untranslated(answers) == []
    assert told & english(answers) == set()
    assert {"In", "Hủy", "Khổ giấy:", "Lề"} <= told


def test_menus_of_fields_and_all_buttons_are_vietnamese(asked, qtbot):
    box = QDialogButtonBox()
    line, text = QLineEdit(), QPlainTextEdit()
    for widget in (box, line, text):
        qtbot.addWidget(widget)
    for kind in QDialogButtonBox.StandardButton:
        if kind.value.bit_count() == 1:
            box.addButton(kind)
    menus = [line.createStandardContextMenu(), text.createStandardContextMenu()]
    told = [action.text().split("\t")[0] for menu in menus for action in menu.actions()]
    answers = asked.answers()
    assert "&Dán" in told and untranslated(answers) == []
    assert {each.replace("&", "") for each in told} & english(answers) == set()
    assert words(box) & english(answers) == set()


def test_in_english_qt_speaks_its_own(qapp):
    speak(Language.ENGLISH)
    try:
        assert QCoreApplication.translate("QPrintDialog", "&Print") == "&Print"
    finally:
        speak(Language.VIETNAMESE)
