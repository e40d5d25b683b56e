"""Who works, and in what capacity."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox, QCompleter, QFormLayout, QWidget

from hotich.messages import Language
from hotich.text import nfc, squeeze
from hotich.ui.presenters.wording import of_role
from hotich.ui.views.dialogs import Button, Sheet
from hotich.values import Actor, Role

CHOSEN = (Role.CLERK, Role.SUPERVISOR)


class PersonSheet(Sheet):
    """Name and role. The name goes into the history of every record, so it is asked once and shown always."""

    def __init__(
        self,
        parent: QWidget,
        language: Language,
        known: Sequence[Actor],
        now: Actor | None,
        then: Callable[[Actor], None],
    ) -> None:
        super().__init__(parent, "", "", Button.Ok | Button.Cancel)
        self.setWindowTitle(self.tr("Người làm"))
        self.name = QComboBox(self)
        self.name.setEditable(True)
        self.name.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # Inline completion, which an editable list has by itself, breaks Vietnamese typing.
        completer = self.name.completer()
        if completer is not None:
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        for actor in known:
            self.name.addItem(actor.name, actor.role.value)
        self.role = QComboBox(self)
        for role in CHOSEN:
            self.role.addItem(of_role(role, language), role.value)
        self.name.setCurrentText(now.name if now is not None else "")
        self.role.setCurrentIndex(CHOSEN.index(now.role) if now is not None and now.role in CHOSEN else 0)
        rows = QWidget(self)
        form = QFormLayout(rows)
        for text, widget in ((self.tr("Họ và tên"), self.name), (self.tr("Vai trò"), self.role)):
            widget.setAccessibleName(text)
            form.addRow(text, widget)
        edit = self.name.lineEdit()
        if edit is not None:
            edit.setAccessibleName(self.tr("Họ và tên"))
            edit.selectAll()
        self.put(rows)
        self.name.editTextChanged.connect(self._look)
        self.name.activated.connect(self._known_chosen)
        self.accepted.connect(lambda: then(self.actor()))
        self._look()
        self.name.setFocus()

    def actor(self) -> Actor:
        """The person as given."""
        return Actor(squeeze(nfc(self.name.currentText())), Role(str(self.role.currentData())))

    def _known_chosen(self, place: int) -> None:
        """Somebody from the list most likely works in the same capacity as last time."""
        role = self.role.findData(self.name.itemData(place))
        if role >= 0:
            self.role.setCurrentIndex(role)

    def _look(self) -> None:
        self.buttons.button(Button.Ok).setEnabled(bool(self.name.currentText().strip()))
