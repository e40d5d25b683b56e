"""The review screen: the list, the page, and the values beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from hotich.messages import Language
from hotich.pipeline.entry import EntryView, FieldRow
from hotich.pipeline.pictures import PagePicture
from hotich.ui.actions import bind, button
from hotich.ui.models.rows_model import Column, RowsModel
from hotich.ui.presenters.desk import Desk
from hotich.ui.presenters.review import ReviewPresenter
from hotich.ui.presenters.wording import MARKS, SIGNS, of_status
from hotich.ui.qtimage import to_qimage
from hotich.ui.widgets.flow import in_rows
from hotich.ui.widgets.labels import label, set_look
from hotich.ui.widgets.scan_view import ScanView
from hotich.ui.widgets.table import RowTable
from hotich.values import Record, Status


class ReviewView(QWidget):
    """Shows what waits for a reviewer and forwards what he decides."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.presenter = ReviewPresenter(desk, self)
        self.queue_model: RowsModel[Record] = RowsModel(self._queue_columns(), self)
        self.queue = RowTable(self.tr("Danh sách kiểm tra"), self.queue_model, self)
        self.values_model: RowsModel[FieldRow] = RowsModel(self._value_columns(), self)
        self.values = RowTable(self.tr("Nội dung bản ghi"), self.values_model, self)
        self.scan = ScanView(self.tr("Ảnh trang"), self)
        self.heading = label("", "title", self)
        self.remark = label("", "banner", self)
        self.nothing = label("", "banner", self)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._page_id = ""
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Show the list as it is."""
        self.presenter.refresh()

    def start(self) -> None:
        """Put the focus on the list, on what waits."""
        self.presenter.begin()
        self.queue.setFocus()

    def show_queue(self, records: tuple[Record, ...], current: int, waiting: int) -> None:
        """Show the list; the record in hand is marked."""
        self._stack.setCurrentIndex(0)
        self.queue_model.replace(records)
        self.queue_model.ensure(current)
        self.queue.choose(current)
        self.heading.setText(self.tr("Chờ kiểm tra: {0}").format(waiting))

    def show_record(self, view: EntryView, remark: str) -> None:
        """Show the values that were confirmed, in the order of the page."""
        told = tuple(row for row in view.rows if row.value is not None or row.findings or row.question is not None)
        self.values_model.replace(told)
        self.values_model.ensure(len(told) - 1)
        waits = view.record.status is Status.SUBMITTED
        self.remark.setText(remark)
        self.remark.setVisible(bool(remark))
        set_look(self.remark, "look", "banner-error" if waits or view.record.held else "banner")
        self.answer.setEnabled(view.record.held)
        self.approve.setEnabled(waits)
        self.give_back.setEnabled(view.record.status in (Status.SUBMITTED, Status.APPROVED))
        self._show_field(self.values.currentIndex().row())

    def await_picture(self) -> None:
        """Take the picture down until the one of the page in hand is there."""
        self.scan.take_down()

    def show_picture(self, page_id: str, picture: PagePicture, cleaned: bool, final: bool) -> None:
        """Put up the page."""
        same = page_id == self._page_id
        self._page_id = page_id
        self.scan.show_picture(to_qimage(picture.pixels), picture.to_original, same_page=same)

    def show_nothing(self, sentence: str) -> None:
        """Say why nothing waits."""
        self.nothing.setText(sentence)
        self._stack.setCurrentIndex(1)
        self.scan.clear()

    def _show_field(self, place: int) -> None:
        row = self.values_model.row(place)
        self.scan.show_region(row.region.quad if row is not None and row.region is not None else None)

    def _connect(self) -> None:
        self.queue.row_chosen.connect(self.presenter.choose)
        self.queue.opened.connect(lambda row: self.values.setFocus())
        self.values.row_chosen.connect(self._show_field)
        bind(self, "review-next", lambda: self.presenter.step(1))
        bind(self, "review-before", lambda: self.presenter.step(-1))

    def _lay_out(self) -> None:
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.heading)
        column.addWidget(self.queue)
        self.queue.stretch(1)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.scan)
        self.splitter.addWidget(self._right())
        self.splitter.setSizes([250, 380, 550])
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setChildrenCollapsible(False)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.splitter)
        page = QWidget(self)
        QVBoxLayout(page).addWidget(self.nothing, 0, Qt.AlignmentFlag.AlignTop)
        self._stack.addWidget(page)

    def _right(self) -> QWidget:
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(4, 4, 4, 4)
        self.values.stretch(1, 2)
        self.values.grow_rows()
        column.addWidget(self.remark)
        column.addWidget(self.values, 1)
        self.approve = button(self, self.tr("Duyệt"), "approve", self.presenter.approve, main=True)
        self.give_back = button(self, self.tr("Trả lại"), "give-back", self.presenter.give_back)
        cleaned = button(self, self.tr("Ảnh gốc/sạch"), "review-cleaned", self.presenter.toggle_cleaned)
        self.answer = button(self, self.tr("Trả lời"), "answer", self.presenter.answer)
        column.addLayout(in_rows((self.approve, self.give_back, self.answer, cleaned)))
        return right

    def _queue_columns(self) -> list[Column[Record]]:
        return [
            Column(self.tr("Số"), lambda record: record.written("so") or "—"),
            Column(self.tr("Người nhập"), _clerk_of),
            Column(self.tr("Trạng thái"), self._status),
        ]

    def _value_columns(self) -> list[Column[FieldRow]]:
        return [
            Column("", lambda row: MARKS[row.status]),
            Column(self.tr("Ô"), lambda row: self._name(row)),
            Column(self.tr("Nội dung"), self._content),
        ]

    def _status(self, record: Record) -> str:
        return self._desk.say("ui-status-held") if record.held else of_status(record.status, self._desk.language)

    def _name(self, row: FieldRow) -> str:
        return row.field.name(self._desk.language is Language.ENGLISH)

    def _content(self, row: FieldRow) -> str:
        text = row.text or of_blank(row, self.tr("(để trống)"), self.tr("(không đọc được)"))
        normal = row.value.normal if row.value is not None else ""
        lines = [text if not normal or normal == text else f"{text}  →  {normal}"]
        for finding in row.findings:
            reason = f" ✓ {finding.accepted_reason}" if finding.accepted_reason else ""
            lines.append(f"{SIGNS[finding.severity]} {finding.message}{reason}")
        if row.question is not None:
            lines.append(self._desk.say("ui-asked", who=row.question.asked_by.name, text=row.question.text))
        if row.question is not None and row.question.answered_by is not None:
            who = row.question.answered_by.name
            lines.append(self._desk.say("ui-answered", who=who, text=row.question.answer))
        if row.together:
            lines.append(f"· {self._desk.say('ui-field-together')}")
        return "\n".join(lines)


def _clerk_of(record: Record) -> str:
    """Who handed it over, or who asks."""
    asking = next((question.asked_by.name for question in record.questions if not question.answer), "")
    return record.submitted_by or asking


def of_blank(row: FieldRow, blank: str, unreadable: str) -> str:
    """The words for a field without text."""
    return unreadable if row.status.value == "unreadable" else blank
