"""Questions and notices. They open and answer later: nothing in the window waits for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from hotich.ui.widgets.labels import label

Button = QDialogButtonBox.StandardButton


class _Scroller(QScrollArea):
    """Wants as much room as what is in it, makes do with less, and keeps the focus in sight."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("look", "bare")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        """The room that nothing needs scrolling in."""
        held = self.widget()
        return held.sizeHint() if held is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As wide as its content, and high enough to read a few lines."""
        held = self.widget()
        least = held.minimumSizeHint() if held is not None else QSize()
        few = self.fontMetrics().height() * 6
        return QSize(min(least.width(), self.screen().availableGeometry().width() - 40), min(least.height(), few))


class Sheet(QDialog):
    """A dialog with a text, whatever a subclass puts under it, and buttons."""

    def __init__(self, parent: QWidget, title: str, text: str, buttons: Button) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setMinimumWidth(min(460, self.screen().availableGeometry().width()))
        frame = QVBoxLayout(self)
        frame.setSpacing(10)
        self._room = _Scroller(self)
        frame.addWidget(self._room, 1)
        self.content = QWidget(self._room)
        self.body = QVBoxLayout(self.content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(10)
        self._room.setWidget(self.content)
        if text:
            told = label(text, parent=self)
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.body.addWidget(told)
            self.setAccessibleDescription(text)
        self.buttons = QDialogButtonBox(buttons, self)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        for made in self.buttons.buttons():
            made.setAccessibleName(made.text().replace("&", ""))
            # Some desktops put their own pictures here, which no theme of ours fits.
            made.setIcon(QIcon())
        frame.addWidget(self.buttons)

    def put(self, widget: QWidget) -> None:
        """Put a widget above the buttons."""
        self.body.addWidget(widget)

    def fit(self) -> None:
        """Take the height that the content wants now, as far as the display has it."""
        held, room = self.content, self._room.viewport()
        for inside in (*held.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly), held):
            layout = inside.layout()
            if layout is not None:
                layout.activate()
        wrapped = held.heightForWidth(room.width()) if held.hasHeightForWidth() else 0
        missing = max(wrapped, held.sizeHint().height()) - room.height()
        if missing > 0:
            self.resize(self.width(), min(self.height() + missing, self.screen().availableGeometry().height()))

    def showEvent(self, event: QShowEvent) -> None:
        """Never larger than the display: what has no room is scrolled to."""
        room = self.screen().availableGeometry()
        self.resize(min(self.width(), room.width()), min(self.height(), room.height()))
        super().showEvent(event)


class ListSheet(Sheet):
    """A sheet around a list: Enter in one of its lines is for that line, never for the OK button."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter of a line from the button that a dialog would press."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and isinstance(self.focusWidget(), (QLineEdit, QAbstractItemView)):
            event.accept()
        else:
            super().keyPressEvent(event)


def in_turn(*widgets: QWidget) -> None:
    """Let Tab go from each of these to the next."""
    for one, after in pairwise(widgets):
        QWidget.setTabOrder(one, after)


def tell(parent: QWidget, title: str, text: str) -> None:
    """Show a sentence until it has been read."""
    sheet = Sheet(parent, title, text, Button.Ok)
    sheet.buttons.button(Button.Ok).setFocus()
    sheet.open()


def confirm(parent: QWidget, title: str, text: str, then: Callable[[], None]) -> None:
    """Ask yes or no; `then` is called for yes."""
    sheet = Sheet(parent, title, text, Button.Yes | Button.No)
    sheet.accepted.connect(then)
    sheet.buttons.button(Button.No).setFocus()
    sheet.open()


class ReasonSheet(Sheet):
    """Asks for a sentence. Enter gives it, Shift+Enter starts a new line."""

    def __init__(self, parent: QWidget, title: str, question: str, then: Callable[[str], None]) -> None:
        super().__init__(parent, title, question, Button.Ok | Button.Cancel)
        self.edit = QLineEdit(self)
        self.edit.setAccessibleName(question)
        self.edit.setPlaceholderText(self.tr("Viết một câu"))
        self.put(self.edit)
        self._then = then
        self._ok = self.buttons.button(Button.Ok)
        self._ok.setEnabled(False)
        self.edit.textChanged.connect(lambda text: self._ok.setEnabled(bool(text.strip())))
        self.accepted.connect(lambda: then(self.edit.text().strip()))
        self.edit.setFocus()


def ask_reason(parent: QWidget, title: str, question: str, then: Callable[[str], None]) -> None:
    """Ask for a sentence; `then` gets it unless the person gives up."""
    ReasonSheet(parent, title, question, then).open()


class PathsSheet(Sheet):
    """Asks for files or a folder: typed, one a line, or chosen."""

    def __init__(self, parent: QWidget, then: Callable[[Sequence[Path]], None]) -> None:
        super().__init__(parent, "", "", Button.Ok | Button.Cancel)
        self.setWindowTitle(self.tr("Nạp ảnh trang"))
        self.put(
            label(
                self.tr("Tệp ảnh, PDF hoặc thư mục, mỗi dòng một đường dẫn. Cũng có thể kéo tệp thả vào danh sách sổ."),
                parent=self,
            )
        )
        self.edit = QPlainTextEdit(self)
        self.edit.setAccessibleName(self.tr("Đường dẫn của tệp hoặc thư mục"))
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(110)
        self.put(self.edit)
        self._choosers()
        self.buttons.button(Button.Ok).setText(self.tr("Nạp"))
        self.buttons.button(Button.Ok).setAccessibleName(self.tr("Nạp"))
        self.accepted.connect(lambda: then(self.paths()))
        self.setMinimumWidth(620)
        self.edit.setFocus()

    def paths(self) -> list[Path]:
        """The paths named, quotes around them taken off."""
        lines = (line.strip().strip('"') for line in self.edit.toPlainText().splitlines())
        return [Path(line).expanduser() for line in lines if line]

    def _choosers(self) -> None:
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        for text, act in ((self.tr("Chọn tệp…"), self._choose_files), (self.tr("Chọn thư mục…"), self._choose_folder)):
            made = QPushButton(text, row)
            made.setAccessibleName(text)
            made.setAutoDefault(False)
            made.clicked.connect(act)
            layout.addWidget(made)
        layout.addStretch(1)
        self.put(row)

    def _choose_files(self) -> None:
        chooser = QFileDialog(self, self.tr("Chọn tệp…"))
        chooser.setFileMode(QFileDialog.FileMode.ExistingFiles)
        self._open(chooser)

    def _choose_folder(self) -> None:
        chooser = QFileDialog(self, self.tr("Chọn thư mục…"))
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        self._open(chooser)

    def _open(self, chooser: QFileDialog) -> None:
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.filesSelected.connect(lambda files: self.edit.appendPlainText("\n".join(files)))
        chooser.open()
