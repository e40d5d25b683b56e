"""One field's text: a suggestion is grey until somebody types or confirms; letters are brought to NFC."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from hotich.text import nfc
from hotich.ui.widgets.choice_list import Choice, ChoiceList, fitting
from hotich.ui.widgets.labels import set_look

Offer = Callable[[], Sequence[Choice]]
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
LEAVING = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)


class FieldEdit(QLineEdit):
    """Enter accepts, Shift+Enter goes back, Escape takes the typed text back, arrows go to the fields around."""

    accepted = Signal()
    went_back = Signal()
    stepped = Signal(object)
    entered = Signal()
    left_edited = Signal()
    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self._state = "empty"
        self._edited = False
        self._composing = False
        self._popup: ChoiceList | None = None
        self._offer: Offer | None = None
        self._coded = False
        self.textEdited.connect(self._was_edited)

    def set_choices(self, popup: ChoiceList, offer: Offer, *, coded: bool) -> None:
        """Offer a list while typing; a `coded` field takes a code or the only line that fits, others what was typed."""
        self._popup, self._offer, self._coded = popup, offer, coded

    def show_value(self, text: str, state: str) -> None:
        """Show what is kept or suggested; what somebody is typing is put away."""
        self._shown, self._state, self._edited = text, state, False
        self.setText(text)
        self.setCursorPosition(0)
        set_look(self, "state", state)
        if self.hasFocus():
            self.choose_all()
        self._hide_popup()

    @property
    def edited(self) -> bool:
        """Whether somebody typed something that is not yet kept."""
        return self._edited

    @property
    def written(self) -> str:
        """The text in NFC."""
        return nfc(self.text()).strip()

    def begin_edit(self) -> None:
        """F2: the cursor goes to the end and the text can be changed letter by letter."""
        self.deselect()
        self.end(False)

    def choose_all(self) -> None:
        """Choose the whole text with the cursor before it, so that its beginning stays in sight."""
        self.end(False)
        self.home(True)

    def put_away(self) -> None:
        """Forget that something was typed: it has been kept or dropped."""
        self._edited = False
        self._hide_popup()

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the record unless something is being typed."""
        if not self._edited and event.type() == QEvent.Type.ShortcutOverride and _is_undo_or_redo(event):
            event.ignore()
            return False
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether a word is half typed."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Escape and the upright arrows; everything else types."""
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = modifiers == Qt.KeyboardModifier.NoModifier
        if key in ENTER and plain:
            self._take_marked()
            self.accepted.emit()
        elif key in ENTER and modifiers == Qt.KeyboardModifier.ShiftModifier:
            self.went_back.emit()
        elif key == Qt.Key.Key_Escape and (self._edited or self._popup_open):
            self._escape()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and plain:
            self._arrow(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Down and modifiers == Qt.KeyboardModifier.AltModifier:
            self._show_offer("")
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The whole text is chosen, so that typing replaces it."""
        super().focusInEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.choose_all()
            self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed is kept before the focus is anywhere else."""
        super().focusOutEvent(event)
        self._hide_popup()
        if self._edited and event.reason() in LEAVING:
            self.left_edited.emit()

    @property
    def _popup_open(self) -> bool:
        return self._popup is not None and self._popup.isVisible()

    def _was_edited(self, text: str) -> None:
        self._edited = True
        set_look(self, "state", "typing")
        self._show_offer(text)

    def _show_offer(self, typed: str) -> None:
        if self._popup is None or self._offer is None or self._composing:
            return
        if not typed and not self._coded and self._edited:
            self._hide_popup()
            return
        found = fitting(self._offer(), typed)
        exact = self._coded and bool(found) and found[0].code == typed.strip()
        self._popup.offer(self, found, decide=self._coded and bool(typed))
        if exact:
            self._popup.mark(0)

    def _take_marked(self) -> None:
        marked = self._popup.marked() if self._popup is not None else None
        if marked is not None:
            self.setText(marked.text)
            self._edited = True
        self._hide_popup()

    def _escape(self) -> None:
        if self._popup_open:
            self._hide_popup()
        else:
            self.show_value(self._shown, self._state)
            self.dropped.emit()

    def _arrow(self, step: int) -> None:
        if self._popup_open and self._popup is not None:
            self._popup.move_mark(step)
        else:
            self.stepped.emit(step)

    def _hide_popup(self) -> None:
        if self._popup is not None:
            self._popup.hide()


def _is_undo_or_redo(event: QEvent) -> bool:
    standard = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
    return isinstance(event, QKeyEvent) and any(event.matches(key) for key in standard)
