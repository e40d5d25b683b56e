"""The entry screen: the page on the left, its fields on the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from hotich.pipeline.entry import EntryView, FieldRow
from hotich.pipeline.pictures import PagePicture
from hotich.ui.actions import bind, button
from hotich.ui.keys import key
from hotich.ui.presenters.desk import Desk
from hotich.ui.presenters.entry import EntryPresenter
from hotich.ui.presenters.picture_setup import PictureSetup
from hotich.ui.presenters.wording import SIGNS, of_share, of_status, record_remarks
from hotich.ui.qtimage import to_qimage
from hotich.ui.views.entry_sheets import FindSheet, NotesSheet
from hotich.ui.widgets.choice_list import Choice
from hotich.ui.widgets.field_edit import FieldEdit
from hotich.ui.widgets.field_panel import FieldPanel
from hotich.ui.widgets.labels import label, set_look
from hotich.ui.widgets.scan_view import ScanView
from hotich.values import Quad, Status

LARGE_TYPE = 22
"""Height of a line in pixels from which four buttons no longer fit beside one another."""


class EntryScreenView(QWidget):
    """Shows a record and forwards the clerk's keys."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.presenter = EntryPresenter(desk, self)
        self.scan = ScanView(self.tr("Ảnh trang"), self)
        self.panel = FieldPanel(self.tr("Các ô của bản ghi"), desk.language, self.presenter.typing, self)
        self.heading = label("", "title", self)
        self.state = label("", "muted", self)
        self.banner = label("", "banner-error", self)
        self.remarks = label("", "note", self)
        self.nothing = label("", "banner", self)
        # Without a record it alone has the focus, so that no key reaches the hidden fields.
        self.nothing.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._page_id = ""
        self._moving = ""
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Keep what is being typed and show the record as it is."""
        self.keep()
        self.presenter.refresh()

    def keep(self) -> bool:
        """Have what is being typed on disk before anything else happens; False when it was refused and that told."""
        return self._left(self.presenter.current)

    def start(self) -> None:
        """Put the focus into the field in hand, or on the sentence that says why there is none."""
        self._focus(self.presenter.current)

    def show_record(self, view: EntryView, current: int) -> None:
        """Fill in the record and put the cursor into that field."""
        self.show_fields(view)
        self.scan.show_boxes([])
        self.show_current(current)

    def show_fields(self, view: EntryView) -> None:
        """Fill in the record and leave the cursor where it is."""
        self._stack.setCurrentIndex(0)
        self.panel.show_record(view)
        self.heading.setText(self.tr("Bản ghi {0}/{1}").format(view.position, view.total))
        missing = len(view.open_rows)
        held = view.record.held
        status = self._desk.say("ui-status-held") if held else of_status(view.record.status, self._desk.language)
        left = self.tr("còn {0} ô").format(missing) if missing else self.tr("đủ các ô")
        changeable = view.record.status in (Status.DRAFT, Status.RETURNED)
        self.state.setText(f"{status} · {left}" if changeable else status)
        reason = view.record.return_reason or view.record.void_reason
        self.banner.setText(reason)
        self.banner.setVisible(bool(reason))
        general = [f"{SIGNS[finding.severity]} {finding.message}" for finding in view.findings if not finding.fields]
        general += record_remarks(view, self._desk)
        self.remarks.setText("\n".join(general))
        self.remarks.setVisible(bool(general))
        self.submit.setEnabled(changeable)
        self.rest.setEnabled(changeable)
        target = of_share(self._desk.settings.accept_rest_above, self._desk.language)
        self.rest.setToolTip(self._desk.say("ui-rest-target", target=target))
        set_look(self.state, "look", "warning" if missing and changeable else "muted")

    def show_current(self, current: int) -> None:
        """Put the cursor into that field; the page follows."""
        view = self.presenter.view
        if view is None:
            return
        region = view.rows[current].region if current < len(view.rows) else None
        self.scan.show_region(region.quad if region is not None else None)
        if self.isVisible():
            self._focus(current)

    def show_nothing(self, sentence: str) -> None:
        """Say why there is no record."""
        self.nothing.setText(sentence)
        self._stack.setCurrentIndex(1)
        self.scan.clear()
        if self.isVisible():
            self._focus(0)

    def await_picture(self) -> None:
        """Take the picture down until the one of the page in hand is there."""
        self.scan.take_down()

    def show_picture(self, page_id: str, picture: PagePicture, cleaned: bool, final: bool) -> None:
        """Put up the page."""
        same = page_id == self._page_id
        self._page_id = page_id
        self.scan.show_picture(to_qimage(picture.pixels), picture.to_original, same_page=same)

    def show_setup(self, setup: PictureSetup) -> None:
        """Look at the page in that way."""
        self.scan.show_setup(setup)

    def edit_box(self, row: FieldRow) -> None:
        """Let the box of that field be moved."""
        if row.region is not None:
            self._moving = row.field.id
            self._desk.shell.note(self.tr("Mũi tên: dời khung. Shift+mũi tên: đổi cỡ. Enter: giữ. Esc: bỏ."))
            self.scan.move_box(row.region.quad)

    def _focus(self, current: int) -> None:
        if self.presenter.view is None:
            self.nothing.setFocus(Qt.FocusReason.OtherFocusReason)
        elif current < len(self.panel.lines):
            self.panel.focus(current)
        elif self.submit.isEnabled():
            self.submit.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.scan.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.panel.accepted.connect(lambda: self._accept(in_line=False))
        self.panel.passed_on.connect(lambda: self._accept(in_line=True))
        self.panel.went_back.connect(lambda: self.presenter.go(-1))
        self.panel.chosen.connect(self.presenter.choose)
        self.panel.left_edited.connect(self._left)
        self.scan.box_set.connect(self._box_set)
        self.scan.tool_ended.connect(lambda: self._focus(self.presenter.current))
        # How to use the tool is no longer of interest.
        self.scan.tool_ended.connect(lambda: self._desk.shell.note(""))
        presenter = self.presenter
        bind(self, "edit", lambda: self._with_edit(FieldEdit.begin_edit))
        bind(self, "saved", lambda: self._desk.shell.note(self._desk.say("ui-saved-by-itself")))
        bind(self, "record-before", self._kept(lambda: presenter.turn(-1)))
        bind(self, "record-after", self._kept(lambda: presenter.turn(1)))
        bind(self, "redo", presenter.redo)
        bind(self, "zoom-in", lambda: self.scan.zoom(1))
        bind(self, "zoom-out", lambda: self.scan.zoom(-1))
        bind(self, "zoom-follow", self.scan.follow)
        self._bind_way_back()
        self._bind_copies()
        self._bind_picture()

    def _bind_way_back(self) -> None:
        """From the hand-over button the keys that go up in the form lead back into it."""
        back = QAction(self.submit)
        back.setShortcuts([QKeySequence(key("previous").sequence), QKeySequence(Qt.Key.Key_Up)])
        back.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        back.triggered.connect(lambda: self.presenter.go(-1))
        self.submit.addAction(back)

    def _bind_copies(self) -> None:
        copying, asides = self.presenter.copying, self.presenter.asides
        bind(self, "alternatives", self._show_alternatives)
        bind(self, "same-above", self._dropped(copying.same_as_above))
        bind(self, "shared-above", self._kept(copying.shared_from_above))
        bind(self, "copy-person", self._kept(self._choose_person))
        bind(self, "keep-value", copying.toggle_sticky)
        bind(self, "ask", self._kept(asides.ask))
        bind(self, "margin-note", self._kept(self._open_notes))
        bind(self, "find-record", self._kept(self._find_record))

    def _bind_picture(self) -> None:
        look = self.presenter.look
        bind(self, "picture-ruler", look.toggle_ruler)
        bind(self, "picture-contrast", look.more_contrast)
        bind(self, "picture-invert", look.invert)
        bind(self, "picture-lens", look.toggle_lens)
        bind(self, "picture-turn", look.turn)

    def _show_alternatives(self) -> None:
        row = self.presenter.row
        if row is None:
            return
        crop = self.scan.crop(row.region.quad) if row.region is not None else None
        if not self.panel.open_alternatives(self.presenter.current, crop):
            self._desk.shell.note(self._desk.say("ui-no-alternatives"))

    def _choose_person(self) -> None:
        """Ctrl+M: with one person to copy from at once, with several after a choice."""
        copying, line = self.presenter.copying, self.panel.line(self.presenter.current)
        rules = copying.copies()
        if not rules or line is None:
            self._desk.shell.note(self._desk.say("ui-no-copy"))
        elif len(rules) == 1:
            copying.copy_person(rules[0])
        else:
            names = [Choice(self._desk.say(f"ui-person-{rule.source}")) for rule in rules]
            line.edit.open_menu(names, lambda choice: copying.copy_person(rules[names.index(choice)]))

    def _open_notes(self) -> None:
        view = self.presenter.view
        if view is not None:
            NotesSheet(self, self._desk, self.presenter).open()

    def _find_record(self) -> None:
        lines = self.presenter.asides.finder.lines()
        if lines:
            FindSheet(self, self._desk, lines, self.presenter.asides.open).open()
        else:
            self._desk.shell.note(self._desk.say("ui-nothing-to-find"))

    def _accept(self, *, in_line: bool) -> None:
        line = self.panel.line(self.presenter.current)
        if line is None:
            return
        text, edited = line.edit.written, line.edit.edited
        # A reading that was chosen from the list is final, even where the same text typed could be read in other ways.
        if edited and not line.edit.chosen and not self.presenter.typing.may_accept(line.field_id, text):
            line.edit.offer_again()
            return
        line.edit.put_away()
        if not self.presenter.accept(text, edited, in_line=in_line):
            line.edit.go_on_typing()

    def _left(self, place: int) -> bool:
        """Whether nothing waits in that field any more that was typed there and is not kept."""
        line = self.panel.line(place)
        if line is None or not line.edit.edited:
            return True
        text = line.edit.written
        line.edit.put_away()
        return self.presenter.keep(place, text)

    def _unreadable(self) -> None:
        line = self.panel.line(self.presenter.current)
        if line is not None:
            text = line.edit.written if line.edit.edited else ""
            line.edit.put_away()
            self.presenter.unreadable(text)

    def _blank(self) -> None:
        self._with_edit(FieldEdit.put_away)
        self.presenter.blank()

    def _submit(self) -> None:
        self.keep()
        self.presenter.submit()

    def _accept_rest(self) -> None:
        self.keep()
        self.presenter.accept_rest()

    def _dropped(self, act: Callable[[], object]) -> Callable[[], object]:
        """The act, with what is being typed forgotten before it: it is replaced."""

        def dropped_first() -> None:
            self._with_edit(FieldEdit.put_away)
            act()

        return dropped_first

    def _kept(self, act: Callable[[], object]) -> Callable[[], object]:
        """The act, with what is being typed kept before it."""

        def kept_first() -> None:
            self.keep()
            act()

        return kept_first

    def _with_edit(self, act: Callable[[FieldEdit], object]) -> None:
        line = self.panel.line(self.presenter.current)
        if line is not None:
            act(line.edit)

    def _box_set(self, quad: Quad) -> None:
        self.presenter.move_box(self._moving, quad)

    def _lay_out(self) -> None:
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(6, 4, 6, 4)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(self.heading)
        head.addWidget(self.state, 1)
        column.addLayout(head)
        for widget in (self.banner, self.remarks):
            column.addWidget(widget)
            widget.hide()
        column.addWidget(self.panel, 1)
        column.addLayout(self._under_the_fields())
        left = QWidget(self)
        page = QVBoxLayout(left)
        page.setContentsMargins(0, 0, 4, 4)
        page.addWidget(self.scan, 1)
        page.addLayout(self._under_the_page())
        self.splitter.addWidget(left)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setSizes([620, 560])
        self.splitter.setChildrenCollapsible(False)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.splitter)
        empty = QWidget(self)
        QVBoxLayout(empty).addWidget(self.nothing, 0, Qt.AlignmentFlag.AlignTop)
        self._stack.addWidget(empty)

    def _under_the_page(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(button(self, self.tr("Ảnh gốc/sạch"), "original", self.presenter.look.toggle_cleaned))
        row.addWidget(button(self, self.tr("Chỉnh khung"), "move-box", self._kept(self.presenter.start_moving_box)))
        row.addStretch(1)
        return row

    def _under_the_fields(self) -> QGridLayout:
        presenter = self.presenter
        self.rest = button(self, self.tr("Nhận phần còn lại"), "submit", self._accept_rest)
        self.submit = button(self, self.tr("Chuyển kiểm tra"), "accept", self._submit, main=True)
        made = (
            button(self, self.tr("Để trống"), "blank", self._blank),
            button(self, self.tr("Không đọc được"), "unreadable", self._unreadable),
            button(self, self.tr("Vẫn nhận"), "accept-warning", self._kept(presenter.accept_warning)),
            button(self, self.tr("Hoàn tác"), "undo", presenter.undo),
            button(self, self.tr("Không có bản ghi"), "void", self._kept(presenter.void)),
            self.rest,
            self.submit,
        )
        grid = QGridLayout()
        grid.setSpacing(4)
        # Twelve parts to a row, so that rows of one to four buttons end flush.
        small = self.fontMetrics().height() <= LARGE_TYPE
        rows = (made[:4], made[4:]) if small else (made[:2], made[2:4], made[4:6], made[6:])
        for row, buttons in enumerate(rows):
            span = 12 // len(buttons)
            for column, one in enumerate(buttons):
                grid.addWidget(one, row, column * span, 1, span)
        return grid
