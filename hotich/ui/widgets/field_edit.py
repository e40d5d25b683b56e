"""One field's text: a suggestion is grey until somebody types or confirms; letters are brought to NFC.

Vietnamese input methods send Backspace, letters and at times Shift+Left or Shift+Insert of their own. A line of the
list is therefore taken only by keys that they never send: Down and then Enter, or Alt and a digit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtGui import QFocusEvent, QImage, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from hotich.text import nfc
from hotich.ui.keys import Where, keys_of
from hotich.ui.typed_keys import line_picked, pressed
from hotich.ui.widgets.choice_list import Choice, ChoiceList, fitting
from hotich.ui.widgets.labels import set_look

Offer = Callable[[], Sequence[Choice]]
Complete = Callable[[str], Sequence[Choice]]
_UNDO_AND_REDO = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
LEAVING = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)


class FieldEdit(QLineEdit):
    """Enter and Shift+Enter accept, Alt+Up goes back, Escape takes the typed text back, arrows go to fields around.

    All but Escape and the arrows may be other keys, see `typed_keys`. `enters` is the id of the shortcut that accepts.
    """

    enters = "accept"

    accepted = Signal()
    passed_on = Signal()
    """Shift+Enter: accepted, and the very next field is wanted."""
    numbered = Signal(object)
    """Alt and a digit while no list is open: the alternative of that number is wanted."""
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
        self._chosen = False
        self._composing = False
        self._popup: ChoiceList | None = None
        self._offer: Offer | None = None
        self._complete: Complete | None = None
        self._menu: Callable[[Choice], None] | None = None
        self._coded = False
        self.textEdited.connect(self._was_edited)

    def set_choices(self, popup: ChoiceList, offer: Offer, *, coded: bool, complete: Complete | None = None) -> None:
        """Offer a list while typing; a `coded` field takes a code or the only line that fits, others what was typed.

        `complete` finds the lines for what was typed; without it they are chosen from those of `offer`."""
        self._popup, self._offer, self._coded, self._complete = popup, offer, coded, complete
        popup.taken.connect(self._clicked)

    def open_list(self, choices: Sequence[Choice], crop: QImage | None = None) -> None:
        """Show these lines; the one that is taken is written and accepted."""
        if self._popup is not None:
            self._menu = None
            self._popup.offer(self, choices, decide=False, crop=crop)

    def offer_again(self) -> None:
        """Show the list for what is typed: one of its lines has to be chosen."""
        self._show_offer(self.text())

    def open_menu(self, choices: Sequence[Choice], then: Callable[[Choice], None]) -> None:
        """Show these lines; `then` gets the one that is taken, and nothing is written."""
        if self._popup is not None:
            self._popup.offer(self, choices, decide=False)
            self._popup.mark(0)
            self._menu = then

    def show_value(self, text: str, state: str) -> None:
        """Show what is kept or suggested; what somebody is typing is put away."""
        self._shown, self._state, self._edited, self._chosen = text, state, False, False
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
    def typing(self) -> bool:
        """Whether somebody is at it: a text that is not kept, or a word that an input method is still composing."""
        return self._edited or self._composing

    @property
    def chosen(self) -> bool:
        """Whether the text is a line of the list that somebody chose and did not change since."""
        return self._chosen

    @property
    def written(self) -> str:
        """The text in NFC."""
        return nfc(self.text()).strip()

    def begin_edit(self) -> None:
        """F2: the cursor goes to the end and the text, or the marked line, can be changed letter by letter."""
        marked = self._popup.marked() if self._popup is not None and self._menu is None else None
        if marked is not None:
            self._write(marked)
            self._hide_popup()
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

    def go_on_typing(self) -> None:
        """What was typed was not kept yet after all."""
        self._edited = True

    def event(self, event: QEvent) -> bool:
        """Leave the keys of the screen to the screen; undo and redo only while nothing is being typed."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_for_screen(event):
            event.ignore()
            return False
        return super().event(event)

    def _is_for_screen(self, event: QKeyEvent) -> bool:
        if any(event.matches(key) for key in _UNDO_AND_REDO):
            return not self._edited
        return QKeySequence(event.keyCombination()).toString() in screen_keys()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether a word is half typed."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the table, Escape and the upright arrows; everything else types."""
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self._takes(event):
            event.accept()
        elif number := line_picked(event):
            self._take_numbered(number)
        elif pressed(event, "choices"):
            self._show_offer("")
        elif key == Qt.Key.Key_Escape and (self._edited or self._popup_open):
            self._escape()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and modifiers == Qt.KeyboardModifier.NoModifier:
            self._arrow(1 if key == Qt.Key.Key_Down else -1)
        elif modifiers == Qt.KeyboardModifier.AltModifier and event.text():
            # Alt held down types nothing, whether or not it means a line of a list just now.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _takes(self, event: QKeyEvent) -> bool:
        """Whether the event was one of the keys that accept or go back."""
        if pressed(event, "previous"):
            self.went_back.emit()
            return True
        signal = self.accepted if pressed(event, self.enters) else self.passed_on
        if signal is self.passed_on and not pressed(event, "next"):
            return event.key() in ENTER and event.isAutoRepeat()
        if not event.isAutoRepeat():
            # A key that is held down has looked at nothing.
            self._enter(signal)
        return True

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
        self._edited, self._chosen = True, False
        set_look(self, "state", "typing")
        self._show_offer(text)

    def _show_offer(self, typed: str) -> None:
        if self._popup is None or self._offer is None or self._composing:
            return
        if not typed and not self._coded and self._edited:
            self._hide_popup()
            return
        self._menu = None
        found = self._complete(typed) if self._complete is not None and typed else fitting(self._offer(), typed)
        exact = self._coded and bool(found) and found[0].code == typed.strip()
        self._popup.offer(self, found, decide=self._coded and bool(typed))
        if exact:
            self._popup.mark(0)

    def _enter(self, signal: SignalInstance) -> None:
        """Take the marked line if there is one, then accept; a line of a menu only does what the menu is for."""
        marked = self._popup.marked() if self._popup is not None else None
        if marked is not None and self._menu is not None:
            self._choose(marked)
            return
        if marked is not None:
            self._write(marked)
        self._hide_popup()
        signal.emit()

    def _take_numbered(self, number: int) -> None:
        """The line of that number; without an open list whoever shows alternatives is asked."""
        choice = self._popup.numbered(number) if self._popup is not None else None
        if choice is not None:
            self._choose(choice)
        elif not self._popup_open:
            self.numbered.emit(number)

    def take(self, choice: Choice) -> None:
        """Write that line and accept it."""
        self._write(choice)
        self._hide_popup()
        self.accepted.emit()

    def _choose(self, choice: Choice) -> None:
        then, self._menu = self._menu, None
        if then is None:
            self.take(choice)
        else:
            self._hide_popup()
            then(choice)

    def _clicked(self, choice: Choice) -> None:
        """A line was clicked: it is written and can still be changed; a line of a menu does what the menu is for."""
        if self._popup is None or self._popup.editor is not self:
            return
        if self._menu is not None:
            self._choose(choice)
        else:
            self.setText(choice.text)
            self.textEdited.emit(self.text())
            self._chosen = True
            self._hide_popup()

    def _write(self, choice: Choice) -> None:
        self.setText(choice.text)
        self._edited = self._chosen = True

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


def screen_keys() -> frozenset[str]:
    """The keys of the entry screen as Qt spells them, which no field may take for editing."""
    undoing = ("undo", "redo")
    table = (key for key in keys_of(Where.ENTRY) if not key.typed and key.id not in undoing)
    return frozenset(QKeySequence(key.sequence).toString() for key in table)
