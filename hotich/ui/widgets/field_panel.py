"""The form of a record: one line a field, in the order of the page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from hotich.forms.formspec import FieldKind, FieldSpec
from hotich.forms.loader import load_catalogue
from hotich.messages import Language, sentence
from hotich.pipeline.entry import EntryView, FieldRow
from hotich.ui.presenters.typing_help import TypingHelp
from hotich.ui.widgets.choice_list import Choice, ChoiceList
from hotich.ui.widgets.field_row import FieldLine
from hotich.ui.widgets.labels import label


class FieldPanel(QScrollArea):
    """Builds its lines once a form and fills them for every record."""

    accepted = Signal()
    passed_on = Signal()
    went_back = Signal()
    chosen = Signal(object)
    left_edited = Signal(object)

    def __init__(self, name: str, language: Language, typing: TypingHelp, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._language = language
        self._typing = typing
        self._known: tuple[str, ...] = ()
        self._popup: ChoiceList | None = None
        self.lines: list[FieldLine] = []

    def show_record(self, view: EntryView) -> None:
        """Fill the lines with this record; they are built anew when the form is another one."""
        form = (view.form.id, *(row.field.id for row in view.rows))
        if form != self._known:
            self._build(view)
            self._known = form
        for line, row in zip(self.lines, view.rows, strict=True):
            line.show_row(row)

    def line(self, place: int) -> FieldLine | None:
        """The line of that field, or None past the last."""
        return self.lines[place] if 0 <= place < len(self.lines) else None

    def focus(self, place: int) -> None:
        """Put the cursor into that field and bring it into sight with its neighbours."""
        line = self.line(place)
        if line is not None:
            line.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            line.edit.choose_all()
            self.ensureWidgetVisible(line, 0, 3 * line.height())

    def _build(self, view: EntryView) -> None:
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.setSpacing(0)
        if self._popup is None:
            self._popup = ChoiceList(sentence("ui-choices", language=self._language), self.window())
        self.lines = []
        heading, grouped = "", is_grouped(view)
        for place, row in enumerate(view.rows):
            wanted = self._heading(row, grouped)
            if wanted and wanted != heading:
                layout.addWidget(label(wanted, "heading", body))
            heading = wanted
            line = self._line(place, row, grouped, body)
            self.lines.append(line)
            layout.addWidget(line)
        layout.addStretch(1)
        self.setWidget(body)

    def _heading(self, row: FieldRow, grouped: bool) -> str:
        if not row.on_page:
            return sentence("ui-not-on-page", language=self._language)
        if not grouped:
            return ""
        key = f"ui-person-{row.field.person or 'entry'}"
        found = sentence(key, language=self._language)
        return found if found != key else ""

    def _line(self, place: int, row: FieldRow, grouped: bool, body: QWidget) -> FieldLine:
        spec = row.field
        line = FieldLine(row, self._language, grouped, body)
        line.foretell(lambda text: self._typing.preview(spec.id, text), self._typing.shown_reading)
        edit = line.edit
        coded = spec.kind is FieldKind.CHOICE
        if self._popup is not None:
            complete = None if coded else partial(self._completions, spec.id)
            edit.set_choices(self._popup, lambda: self._choices(line, spec), coded=coded, complete=complete)
        edit.numbered.connect(lambda number: self._take_alternative(line, number))
        edit.accepted.connect(self.accepted)
        edit.passed_on.connect(self.passed_on)
        edit.went_back.connect(self.went_back)
        edit.entered.connect(lambda: self.chosen.emit(place))
        edit.stepped.connect(lambda step: self.focus(place + step))
        edit.left_edited.connect(lambda: self.left_edited.emit(place))
        return line

    def open_alternatives(self, place: int, crop: QImage | None) -> bool:
        """Show how else the field may be read, with the picture that it was read from; False when there is nothing."""
        line = self.line(place)
        if line is None or not (found := self._alternatives(line)):
            return False
        line.edit.open_list(found, crop)
        return True

    def _take_alternative(self, line: FieldLine, number: int) -> None:
        found = self._shown_alternatives(line)
        if number <= len(found):
            line.edit.take(found[number - 1])

    def _alternatives(self, line: FieldLine) -> list[Choice]:
        ways = self._typing.alternatives(line.row) if line.row is not None else ()
        return [Choice(way.text, detail=way.detail) for way in ways]

    def _shown_alternatives(self, line: FieldLine) -> list[Choice]:
        """The same for keys that do not ask for them: a name that is not shown is not put in by a number either."""
        return [] if line.row is not None and line.row.unseen else self._alternatives(line)

    def _completions(self, field_id: str, typed: str) -> Sequence[Choice]:
        return [Choice(way.text, detail=way.detail) for way in self._typing.completions(field_id, typed)]

    def _choices(self, line: FieldLine, spec: FieldSpec) -> Sequence[Choice]:
        """What the list shows before anything is typed: codes, or other readings and then what was written before."""
        if spec.kind is FieldKind.CHOICE:
            return [Choice(code.label, code.code) for code in load_catalogue().codes[spec.codes].entries]
        read = self._shown_alternatives(line)
        texts = {choice.text for choice in read}
        return [*read, *(choice for choice in self._completions(spec.id, "") if choice.text not in texts)]


def is_grouped(view: EntryView) -> bool:
    """Whether the fields of one person stand together on this form, so that headings can name the person."""
    persons = [row.field.person for row in view.rows if row.on_page]
    changes = sum(one != other for one, other in pairwise(persons))
    return changes <= len(set(persons)) + 2
