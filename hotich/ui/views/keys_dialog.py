"""The shortcuts, and other keys for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from hotich.messages import Language, sentence
from hotich.text import fold
from hotich.ui.actions import spelled
from hotich.ui.key_choice import canonical, objection
from hotich.ui.keys import KEYS, Key, Where
from hotich.ui.models.rows_model import Column, RowsModel
from hotich.ui.preferences import Preferences
from hotich.ui.views.dialogs import Button, ListSheet, Sheet
from hotich.ui.widgets.key_catcher import KeyCatcher
from hotich.ui.widgets.labels import label, scaled, set_look
from hotich.ui.widgets.table import RowTable


@dataclass(frozen=True, slots=True)
class _Line:
    """A shortcut as the list shows it."""

    key: Key
    sequence: str
    screen: str

    @property
    def is_changed(self) -> bool:
        return canonical(self.sequence) != canonical(self.key.sequence)


class KeysSheet(ListSheet):
    """A list with search; Enter on a line asks for the new keys. OK lets the whole choice hold."""

    def __init__(self, parent: QWidget, preferences: Preferences, then: Callable[[], None]) -> None:
        super().__init__(parent, "", "", Button.Ok | Button.Cancel)
        self.setWindowTitle(self.tr("Đổi phím tắt"))
        self.resize(scaled(760, self), scaled(560, self))
        self._preferences = preferences
        self._language = preferences.language
        self.chosen = dict(preferences.keys)
        self.search = QLineEdit(self)
        self.search.setAccessibleName(self.tr("Tìm phím hoặc việc"))
        self.search.setPlaceholderText(self.tr("Tìm phím hoặc việc"))
        self.search.textChanged.connect(lambda: self._fill())
        columns: tuple[Column[_Line], ...] = (
            Column(self.tr("Màn hình"), lambda line: line.screen),
            Column(self.tr("Việc"), lambda line: line.key.label(self._language.value)),
            Column(self.tr("Phím"), lambda line: spelled(line.sequence) + (" *" if line.is_changed else "")),
        )
        self._model = RowsModel[_Line](columns, self)
        self.table = RowTable(self.tr("Các phím tắt"), self._model, self)
        self.table.setMinimumHeight(120)
        self.table.opened.connect(lambda row: self._ask(row))
        self.table.stretch(1)
        self.search.returnPressed.connect(self.table.setFocus)
        self.told = label(self.tr("Enter: đổi phím của dòng đang chọn. Dấu * là phím đã đổi."), "muted", self)
        for widget in (self.search, self.table, self.told, self._row_of_buttons()):
            self.put(widget)
        self.accepted.connect(lambda: self._keep(then))
        self._fill()
        self.table.setFocus()

    def give(self, key_id: str, sequence: str) -> str:
        """Let the shortcut have these keys; '' when it may, else the sentence that says why not."""
        sentence_against = self.against(key_id, sequence)
        if not sentence_against:
            self.chosen[key_id] = canonical(sequence)
            self._fill()
        return sentence_against

    def against(self, key_id: str, sequence: str) -> str:
        """The sentence that speaks against these keys, '' when nothing does."""
        found = objection(key_id, sequence, self.chosen)
        if found is None:
            return ""
        other = found.other.label(self._language.value) if found.other is not None else ""
        return sentence(found.problem.value, {"keys": spelled(sequence), "other": other}, self._language)

    def reset(self, key_id: str) -> None:
        """Give the shortcut its keys of the table again, if no other one has taken them."""
        changed = self.chosen.pop(key_id, "")
        entry = next(entry for entry in KEYS if entry.id == key_id)
        problem = self.against(key_id, entry.sequence) if changed else ""
        if problem:
            self.chosen[key_id] = changed
        self._say(problem)
        self._fill()

    def reset_all(self) -> None:
        """Give every shortcut its keys of the table again."""
        self.chosen.clear()
        self._say("")
        self._fill()

    def _row_of_buttons(self) -> QWidget:
        row = QWidget(self)
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        for text, act in (
            (self.tr("Đổi phím…"), lambda: self._ask(self.table.currentIndex().row())),
            (self.tr("Trả phím này về như cũ"), self._reset_row),
            (self.tr("Trả tất cả về như cũ"), self.reset_all),
        ):
            made = QPushButton(text, row)
            made.setAccessibleName(text)
            made.setAutoDefault(False)
            made.clicked.connect(act)
            across.addWidget(made)
        across.addStretch(1)
        return row

    def _reset_row(self) -> None:
        line = self._model.row(self.table.currentIndex().row())
        if line is not None:
            self.reset(line.key.id)

    def _ask(self, row: int) -> None:
        line = self._model.row(row)
        if line is not None:
            CatchSheet(self, line.key, self._language, self).open()

    def _say(self, problem: str) -> None:
        self.told.setText(problem or self.tr("Enter: đổi phím của dòng đang chọn. Dấu * là phím đã đổi."))
        set_look(self.told, "look", "error" if problem else "muted")

    def _fill(self) -> None:
        held = self._model.row(self.table.currentIndex().row())
        wanted = fold(self.search.text())
        lines = [_Line(key, self.chosen.get(key.id, key.sequence), self._screen(key.where)) for key in KEYS]
        shown = [line for line in lines if wanted in fold(f"{line.screen} {line.key.label(self._language.value)}")]
        keys = self.search.text().strip().lower()
        shown += [line for line in lines if keys and keys in spelled(line.sequence).lower() and line not in shown]
        self._model.replace(shown)
        self._model.ensure(len(shown) - 1)
        place = next((row for row, line in enumerate(shown) if held is not None and line.key is held.key), 0)
        self.table.choose(place)

    def _screen(self, where: Where) -> str:
        return sentence(f"ui-where-{where.value}", {}, self._language)

    def _keep(self, then: Callable[[], None]) -> None:
        self._preferences.keys = {
            key_id: keys for key_id, keys in self.chosen.items() if not _is_of_table(key_id, keys)
        }
        then()


def _is_of_table(key_id: str, sequence: str) -> bool:
    return any(entry.id == key_id and canonical(entry.sequence) == canonical(sequence) for entry in KEYS)


class CatchSheet(Sheet):
    """Shows the keys as they are pressed and what speaks against them; OK takes them."""

    def __init__(self, parent: QWidget, key: Key, language: Language, keys: KeysSheet) -> None:
        super().__init__(parent, "", "", Button.Ok | Button.Cancel)
        self.setWindowTitle(self.tr("Phím mới"))
        told = self.tr("Nhấn phím mới cho «{0}». Tab rồi Enter: nhận; Esc: bỏ.").format(key.label(language.value))
        self.setAccessibleDescription(told)
        self.put(label(told, parent=self))
        self._key, self._keys, self._sequence = key, keys, ""
        self.catcher = KeyCatcher(self.tr("Phím mới"), self)
        self.catcher.setText(spelled(keys.chosen.get(key.id, key.sequence)))
        self.catcher.caught.connect(self._caught)
        self.problem = label("", "error", self)
        for widget in (self.catcher, self.problem):
            self.put(widget)
        self._ok = self.buttons.button(Button.Ok)
        self._ok.setEnabled(False)
        self.accepted.connect(lambda: keys.give(key.id, self._sequence))
        self.catcher.setFocus()

    def _caught(self, sequence: str) -> None:
        self._sequence = sequence
        self.catcher.setText(spelled(sequence))
        problem = self._keys.against(self._key.id, sequence)
        self.problem.setText(problem)
        self.catcher.setAccessibleDescription(f"{spelled(sequence)} {problem}")
        self._ok.setEnabled(not problem)
