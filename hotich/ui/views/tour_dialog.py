"""Five cards for the first evening. Enter goes on, Left goes back, Esc skips the rest."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QPushButton, QWidget

from hotich.ui.actions import shown_keys
from hotich.ui.views.dialogs import Button, Sheet
from hotich.ui.widgets.labels import label, scaled, set_look


@dataclass(frozen=True, slots=True)
class _Card:
    title: str
    text: str


class TourSheet(Sheet):
    """One card at a time."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "", "", Button.Close)
        self.setWindowTitle(self.tr("Năm điều cần biết"))
        self._cards = self._written()
        self._place = 0
        self._number = label("", "muted", self)
        self._title = label("", "title", self)
        self._text = label("", "", self)
        self._text.setMinimumHeight(self.fontMetrics().height() * 6)
        self._text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        for widget in (self._number, self._title, self._text):
            self.put(widget)
        self.body.setStretchFactor(self._text, 1)
        skip = self.buttons.button(Button.Close)
        skip.setText(self.tr("Bỏ qua (Esc)"))
        skip.setAccessibleName(self.tr("Bỏ qua"))
        self.back = self._button(self.tr("Quay lại (←)"), lambda: self._turn(-1))
        self.on = self._button(self.tr("Tiếp (Enter)"), lambda: self._turn(1))
        set_look(self.on, "look", "main")
        self.on.setDefault(True)
        self._show()
        self.resize(scaled(560, self), scaled(260, self))

    @property
    def place(self) -> int:
        """The number of the card from 0."""
        return self._place

    @property
    def labels(self) -> tuple[QLabel, QLabel]:
        """Title and text of the card in hand."""
        return self._title, self._text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows turn the cards."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageDown: 1}
        if event.key() in step:
            self._turn(step[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _button(self, text: str, act: object) -> QPushButton:
        made = self.buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
        made.setAccessibleName(text)
        made.clicked.connect(act)
        return made

    def _turn(self, step: int) -> None:
        wanted = self._place + step
        if wanted >= len(self._cards):
            self.accept()
        elif wanted >= 0:
            self._place = wanted
            self._show()

    def _show(self) -> None:
        card = self._cards[self._place]
        self._number.setText(self.tr("{0} / {1}").format(self._place + 1, len(self._cards)))
        self._title.setText(card.title)
        self._text.setText(card.text)
        self.setAccessibleDescription(f"{card.title}. {card.text}")
        self.back.setEnabled(self._place > 0)
        last = self._place == len(self._cards) - 1
        self.on.setText(self.tr("Xong (Enter)") if last else self.tr("Tiếp (Enter)"))
        self.on.setAccessibleName(self.on.text())
        self.on.setFocus()

    def _written(self) -> tuple[_Card, ...]:
        return (
            _Card(
                self.tr("Từ sổ giấy đến dữ liệu"),
                self.tr(
                    "HoTich đọc ảnh trang sổ hộ tịch, gợi ý từng ô, và giữ những gì người làm đã nhận. "
                    "Chương trình không cần mạng; dữ liệu nằm trên máy này. "
                    "Mỗi ô được lưu ngay khi nhận, nên mất điện cũng không mất chữ."
                ),
            ),
            _Card(
                self.tr("Không cần chuột"),
                self.tr(
                    "Enter nhận ô và sang ô sau. {0}: giấy để trống. {1}: có chữ nhưng không đọc được. "
                    "{2}: hoàn tác. {3} cho biết mọi phím của màn hình, {4} để đổi phím. "
                    "Gõ bằng UniKey như mọi khi; máy không có thì nhấn {5}."
                ).format(*map(shown_keys, ("blank", "unreadable", "undo", "help", "keys", "typing"))),
            ),
            _Card(
                self.tr("Gợi ý chưa phải là dữ liệu"),
                self.tr(
                    "Chữ xám nghiêng là máy đoán (○ khá chắc, ? đáng ngờ). Nhìn ảnh rồi mới nhấn Enter: "
                    "khi đó ô có dấu ✓ và ghi tên người nhận. Máy đoán sai thì cứ gõ đè lên."
                ),
            ),
            _Card(
                self.tr("Sổ giấy luôn đúng"),
                self.tr(
                    "Ghi đúng như trên giấy, kể cả khi trông như lỗi. Dạng chuẩn được giữ riêng bên cạnh. "
                    "▲ là cảnh báo để xem lại, không phải lệnh sửa: giấy ghi đúng như vậy thì nhấn {0} và ghi lý do."
                ).format(shown_keys("accept-warning")),
            ),
            _Card(
                self.tr("Thực hành trước"),
                self.tr(
                    "{0} mở kho thực hành: sổ giống thật của những người không có thật, làm sai cũng không sao. "
                    "{1} cho biết đúng sai, chỉ mình bạn thấy. Xem lại năm điều này: {2}."
                ).format(*map(shown_keys, ("switch-store", "practice-score", "tour"))),
            ),
        )
