"""Colours, type size, language, and the certainty that the supervisor asks for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QFormLayout, QWidget

from hotich.messages import Language
from hotich.ui.actions import shown_keys
from hotich.ui.preferences import TYPE_SIZES, Preferences
from hotich.ui.presenters.desk import Desk
from hotich.ui.theme import ThemeName
from hotich.ui.views.dialogs import Button, Sheet
from hotich.ui.widgets.labels import label

LEAST_TARGET = 50.0
"""Per cent; less certain suggestions are rather wrong than right."""


class DisplaySheet(Sheet):
    """What is chosen holds at once when the sheet is accepted; only a supervisor changes the certainty."""

    def __init__(self, parent: QWidget, desk: Desk, preferences: Preferences, then: Callable[[], None]) -> None:
        super().__init__(parent, "", "", Button.Ok | Button.Cancel)
        self.setWindowTitle(self.tr("Hiển thị"))
        self._preferences = preferences
        self._desk = desk
        names = {
            ThemeName.LIGHT: self.tr("Sáng"),
            ThemeName.DARK: self.tr("Tối"),
            ThemeName.CONTRAST: self.tr("Tương phản cao"),
        }
        self.theme = self._combo([(text, name.value) for name, text in names.items()], preferences.theme.value)
        sizes = [(f"{size} %", str(size)) for size in TYPE_SIZES]
        self.size_of_type = self._combo(sizes, str(preferences.type_size))
        tongues = [("Tiếng Việt", Language.VIETNAMESE.value), ("English", Language.ENGLISH.value)]
        self.language = self._combo(tongues, preferences.language.value)
        self.pace = QCheckBox(self.tr("Hiện số bản ghi, số ô của buổi này (chỉ mình tôi thấy)"), self)
        self.pace.setAccessibleName(self.pace.text())
        self.pace.setChecked(preferences.pace_shown)
        self.learning = QCheckBox(self.tr("Học nét chữ của sổ trong lúc nhập"), self)
        self.learning.setAccessibleName(self.learning.text())
        self.learning.setChecked(preferences.learning)
        rows = QWidget(self)
        form = QFormLayout(rows)
        asked = (
            (self.tr("Màu"), self.theme),
            (self.tr("Cỡ chữ"), self.size_of_type),
            (self.tr("Ngôn ngữ"), self.language),
        )
        for text, widget in asked:
            widget.setAccessibleName(text)
            form.addRow(text, widget)
        form.addRow(self.pace)
        form.addRow(self.learning)
        self.target = self._target_box()
        form.addRow(self.tr("Nhận phần còn lại ({0}) từ").format(shown_keys("submit")), self.target)
        form.addRow(label(desk.say("ui-target-for-supervisor"), "muted", rows))
        self.put(rows)
        self.accepted.connect(lambda: self._keep(then))
        self.theme.setFocus()

    def _keep(self, then: Callable[[], None]) -> None:
        self._preferences.theme = ThemeName(str(self.theme.currentData()))
        self._preferences.type_size = int(str(self.size_of_type.currentData()))
        self._preferences.language = Language(str(self.language.currentData()))
        self._preferences.pace_shown = self.pace.isChecked()
        self._preferences.learning = self.learning.isChecked()
        if self.target.isEnabled() and self.target.value() != self._shown_target:
            self._desk.set_target(self.target.value() / 100)
        then()

    def _target_box(self) -> QDoubleSpinBox:
        """The certainty in per cent; for a clerk only to be seen."""
        kept = self._desk.settings.accept_rest_above * 100
        box = QDoubleSpinBox(self)
        box.setDecimals(1)
        box.setSingleStep(0.5)
        box.setRange(min(LEAST_TARGET, kept), 100.0)
        box.setSuffix(" %")
        box.setValue(kept)
        box.setEnabled(self._desk.is_supervisor)
        box.setAccessibleName(self.tr("Độ tin cậy để nhận phần còn lại của bản ghi"))
        box.setAccessibleDescription(self._desk.say("ui-target-for-supervisor"))
        self._shown_target = box.value()
        return box

    def _combo(self, items: list[tuple[str, str]], chosen: str) -> QComboBox:
        combo = QComboBox(self)
        for text, data in items:
            combo.addItem(text, data)
        combo.setCurrentIndex(combo.findData(chosen))
        return combo
