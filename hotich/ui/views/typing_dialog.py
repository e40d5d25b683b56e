"""How to type Vietnamese: the own Telex or VNI, where tones stand, short codes, capitals."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QWidget

from hotich.ui.preferences import Preferences, TypingWish
from hotich.ui.typing_desk import TypingDesk
from hotich.ui.views.dialogs import Button, Sheet
from hotich.ui.widgets.labels import label


class TypingSheet(Sheet):
    """What is chosen can be tried in the line below, and holds when the sheet is accepted."""

    def __init__(self, parent: QWidget, preferences: Preferences, desk: TypingDesk, then: Callable[[], None]) -> None:
        super().__init__(parent, "", "", Button.Ok | Button.Cancel)
        self.setWindowTitle(self.tr("Cách gõ tiếng Việt"))
        self._preferences, self._desk, self._before = preferences, desk, preferences.typing
        self.method = QComboBox(self)
        for text, name in (
            (self.tr("Không (dùng UniKey, ibus, fcitx của máy)"), ""),
            ("Telex", "telex"),
            (self.tr("Telex, [ là ơ, ] là ư"), "telex-brackets"),
            ("VNI", "vni"),
        ):
            self.method.addItem(text, name)
        self.new_place = QCheckBox(self.tr("Đặt dấu kiểu mới: hoà, khoẻ, thuý"), self)
        self.any_word = QCheckBox(self.tr("Cho đặt dấu cả chữ không đúng chính tả"), self)
        self.short_codes = QCheckBox(self.tr("Gõ tắt: nv và dấu cách thành Nguyễn Văn"), self)
        self.capitals = QCheckBox(self.tr("Tự viết hoa họ tên: nguyễn văn an thành Nguyễn Văn An"), self)
        self.trial = QLineEdit(self)
        self.trial.setProperty("kind", "person-name")
        self._lay_out()
        self._show(self._before)
        self.method.currentIndexChanged.connect(lambda: self._try())
        for box in (self.new_place, self.any_word, self.short_codes, self.capitals):
            box.setAccessibleName(box.text())
            box.toggled.connect(lambda: self._try())
        self.accepted.connect(then)
        self.rejected.connect(self._back)
        self.method.setFocus()

    @property
    def wish(self) -> TypingWish:
        """What is chosen now."""
        return TypingWish(
            method=str(self.method.currentData() or ""),
            new_tone_place=self.new_place.isChecked(),
            any_word=self.any_word.isChecked(),
            short_codes=self.short_codes.isChecked(),
            capitals=self.capitals.isChecked(),
        )

    def _lay_out(self) -> None:
        found = self._desk.input_method
        if found:
            told = self.tr("Máy này có {0}, nên để «Không».").format(found)
        else:
            told = self.tr("Không thấy UniKey, ibus hay fcitx trên máy này: nên chọn Telex hoặc VNI.")
        self.put(label(told, "banner", self))
        rows = QWidget(self)
        form = QFormLayout(rows)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.method.setAccessibleName(self.tr("Bộ gõ của HoTich"))
        form.addRow(self.tr("Bộ gõ của HoTich"), self.method)
        for box in (self.new_place, self.any_word, self.short_codes, self.capitals):
            form.addRow(box)
        self.trial.setAccessibleName(self.tr("Gõ thử"))
        self.trial.setPlaceholderText(self.tr("Gõ thử họ tên ở đây"))
        form.addRow(self.tr("Gõ thử"), self.trial)
        self.put(rows)
        hint = self.tr("Backspace hoặc Ctrl+Z ngay sau đó trả lại chữ vừa gõ. HoTich tự tắt bộ gõ khi thấy bộ gõ khác.")
        self.put(label(hint, "muted", self))

    def _show(self, wish: TypingWish) -> None:
        self.method.setCurrentIndex(max(0, self.method.findData(wish.method)))
        self.new_place.setChecked(wish.new_tone_place)
        self.any_word.setChecked(wish.any_word)
        self.short_codes.setChecked(wish.short_codes)
        self.capitals.setChecked(wish.capitals)

    def _try(self) -> None:
        self._preferences.typing = self.wish
        self._desk.follow()

    def _back(self) -> None:
        self._preferences.typing = self._before
        self._desk.follow()
