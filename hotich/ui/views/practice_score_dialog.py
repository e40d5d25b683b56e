"""How the practice went: what was entered rightly, and where the paper says something else."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from hotich.messages import Language
from hotich.pipeline.practice_score import PracticeScore
from hotich.ui.models.rows_model import Column, RowsModel
from hotich.ui.views.dialogs import Button, Sheet
from hotich.ui.widgets.labels import label, scaled
from hotich.ui.widgets.table import RowTable


@dataclass(frozen=True, slots=True)
class ShownSlip:
    """A slip as the list says it."""

    record: str
    field: str
    entered: str
    on_paper: str
    accepted: bool


class PracticeScoreSheet(Sheet):
    """Seen by the person at work only: nothing of it is kept."""

    def __init__(self, parent: QWidget, score: PracticeScore, slips: tuple[ShownSlip, ...], language: Language) -> None:
        super().__init__(parent, "", "", Button.Close)
        self.setWindowTitle(self.tr("Kết quả thực hành"))
        self.resize(scaled(760, self), scaled(480, self))
        told = label(self._told(score), "title", self)
        self.setAccessibleDescription(told.text())
        self.put(told)
        if score.blind:
            blind = self.tr("{0} ô sai là gợi ý nhận nguyên: nhìn ảnh trước khi nhấn Enter.").format(score.blind)
            self.put(label(f"▲ {blind}", "warning", self))
        columns: tuple[Column[ShownSlip], ...] = (
            Column(self.tr("Bản ghi"), lambda slip: slip.record),
            Column(self.tr("Ô"), lambda slip: slip.field),
            Column(self.tr("Đã nhập"), lambda slip: f"▲ {slip.entered}" if slip.accepted else slip.entered),
            Column(self.tr("Trên giấy"), lambda slip: slip.on_paper),
        )
        model = RowsModel[ShownSlip](columns, self)
        model.replace(slips)
        self.table = RowTable(self.tr("Những ô khác với giấy"), model, self)
        self.table.setMinimumHeight(120)
        self.table.stretch(2, 3)
        self.table.setVisible(bool(slips))
        self.put(self.table)
        self.put(label(self.tr("Chỉ bạn thấy kết quả này; chương trình không lưu lại."), "muted", self))
        (self.table if slips else self.buttons.button(Button.Close)).setFocus()

    def _told(self, score: PracticeScore) -> str:
        if not score.fields:
            return self.tr("Chưa có ô nào được nhận trong sổ thực hành.")
        percent = 100 * score.right // score.fields
        return self.tr("Đúng {0} trên {1} ô đã nhận ({2} %)").format(score.right, score.fields, percent)
