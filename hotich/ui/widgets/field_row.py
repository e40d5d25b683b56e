"""One line of the entry form: mark, label, text, state in words, and what the rules say."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from hotich.messages import Language, sentence
from hotich.pipeline.entry import FieldRow, FieldStatus
from hotich.ui.presenters.wording import MARKS, SIGNS
from hotich.ui.widgets.field_edit import FieldEdit
from hotich.ui.widgets.labels import label, scaled, set_look
from hotich.values import FieldState, Finding, Origin, Severity

SHORT = 40
"""Longest other reading told under a field; longer ones are in its list."""

LARGE_TYPE = 22
"""Height of a line in pixels from which the label stands over the text rather than beside it."""
QWIDGETSIZE_MAX = 16777215
"""What Qt takes for no limit."""

LABEL_WIDTH, MARK_WIDTH, STATE_WIDTH = 150, 20, 92


class FieldLine(QWidget):
    """Shows one FieldRow; the same widget serves the same field of every record.

    `short` takes the label printed on the page, which needs a heading that says whose it is.
    """

    def __init__(self, row: FieldRow, language: Language, short: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._row: FieldRow | None = None
        self._touched = False
        """Whether another text was written into the field since the row was shown."""
        self._preview: Callable[[str], str] = lambda text: ""
        self._source: Callable[[FieldRow], str] = lambda row: ""
        spec = row.field
        self.field_id = spec.id
        self.mark = QLabel(self)
        self.mark.setFixedWidth(scaled(MARK_WIDTH, self))
        self.mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        english = language is Language.ENGLISH
        name = spec.name(english)
        self.label = label(row.label.strip(" :") if short and row.on_page else name, parent=self)
        self.label.setFixedWidth(scaled(LABEL_WIDTH, self))
        self.edit = FieldEdit(self)
        self.edit.setAccessibleName(name)
        # Typing aids ask for it: capitals are for names only.
        self.edit.setProperty("kind", spec.kind.value)
        # Explanations are Vietnamese; an English reader is helped more by the words to look for on the page.
        self.edit.setToolTip(spec.label if english else spec.help)
        self.edit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.label.setBuddy(self.edit)
        self.state = label("", "muted", self)
        self.state.setFixedWidth(scaled(STATE_WIDTH, self))
        self.told = {severity: label("", severity.value, self) for severity in Severity}
        self.edit.textChanged.connect(self._changed)
        self.edit.textEdited.connect(self._typing)
        self.edit.dropped.connect(self._dropped)
        self._lay_out()

    @property
    def row(self) -> FieldRow | None:
        """What the line shows."""
        return self._row

    def foretell(self, preview: Callable[[str], str], source: Callable[[FieldRow], str]) -> None:
        """Let `preview` say under the field what a typed text would become, and `source` where a suggestion is from."""
        self._preview, self._source = preview, source

    def show_row(self, row: FieldRow) -> None:
        """Show the field as it is now. Nothing is done where nothing changed: a key is answered in milliseconds."""
        if not self._touched and self._row == row:
            return
        self._row = row
        word = _state_word(row, self._language)
        self.edit.show_value(row.text, row.status.value)
        self._touched = False
        # A blank is no text: it stands there grey as long as nobody types.
        blank = row.suggests_blank or row.status is FieldStatus.BLANK
        self.edit.setPlaceholderText(sentence("ui-blank-there", language=self._language) if blank else "")
        self.mark.setText(MARKS[row.status])
        set_look(self.mark, "look", _look(row.status))
        self.state.setText(word)
        lines = self._tell_all(row)
        self.edit.setAccessibleDescription(" ".join([word, *(line for told in lines.values() for line in told)]))

    def _tell_all(self, row: FieldRow) -> dict[Severity, list[str]]:
        """The lines told under the field; they are shown when this returns."""
        lines = _lines(row, self._language)
        if row.offered is not None and (source := self._source(row)):
            lines[Severity.NOTE].insert(0, source)
        for severity in self.told:
            self._tell(severity, lines[severity])
        return lines

    def _tell(self, severity: Severity, lines: Sequence[str]) -> None:
        shown = self.told[severity]
        shown.setText("\n".join(lines))
        shown.setVisible(bool(lines))

    def _changed(self) -> None:
        self._touched = True

    def _typing(self, text: str) -> None:
        self.state.setText(sentence("ui-field-typing", language=self._language))
        told = self._preview(text)
        self._tell(Severity.NOTE, [told] if told else [])

    def _dropped(self) -> None:
        if self._row is not None:
            self.state.setText(_state_word(self._row, self._language))
            self._tell_all(self._row)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(2, 1, 2, 1)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(1)
        # In large type a label beside the text would leave no room for it.
        beside = self.fontMetrics().height() <= LARGE_TYPE
        grid.addWidget(self.mark, 0, 0)
        grid.addWidget(self.label, 0, 1)
        grid.addWidget(self.edit, *((0, 2) if beside else (1, 1, 1, 2)))
        grid.addWidget(self.state, 0, 3 if beside else 2)
        if not beside:
            self.label.setMinimumWidth(0)
            self.label.setMaximumWidth(QWIDGETSIZE_MAX)
        for row, shown in enumerate(self.told.values(), 1 if beside else 2):
            shown.hide()
            grid.addWidget(shown, row, 2 if beside else 1, 1, 2)
        grid.setColumnStretch(2 if beside else 1, 1)


def alternatives(row: FieldRow) -> tuple[str, ...]:
    """The other ways to read a field that nobody confirmed yet, the likeliest first."""
    if row.value is not None or row.reading is None:
        return ()
    return tuple(other.text for other in row.reading.alternatives if other.normal and other.text != row.text)


def _state_word(row: FieldRow, language: Language) -> str:
    """The state of a field in a word or two."""
    if row.question is not None and not row.question.answer:
        return sentence("ui-field-asked", language=language)
    from_book = row.has_suggestion and row.origin is Origin.BOOK
    if row.together and row.status is FieldStatus.CONFIRMED:
        return sentence("ui-field-together", language=language)
    return sentence("ui-field-from-book" if from_book else f"ui-field-{row.status.value}", language=language)


def _lines(row: FieldRow, language: Language) -> dict[Severity, list[str]]:
    """What is told under the field, by how grave it is; an accepted finding is only a note."""
    lines: dict[Severity, list[str]] = {severity: [] for severity in Severity}
    lines[Severity.NOTE] += _remarks(row, language)
    for finding in row.findings:
        severity = Severity.NOTE if finding.accepted_reason else finding.severity
        lines[severity].append(_line(finding, language))
    for finding in row.foreseen:
        # Not yet true: it would be, if the suggestion were taken.
        lines[Severity.WARNING].append(_line(finding, language))
    return lines


def _line(finding: Finding, language: Language) -> str:
    text = f"{SIGNS[finding.severity]} {finding.message}"
    if finding.accepted_reason:
        return f"✓ {finding.message} ({sentence('ui-let-stand', {'reason': finding.accepted_reason}, language)})"
    return text


def _remarks(row: FieldRow, language: Language) -> list[str]:
    """What is worth knowing beside the text: the normal form where it differs, and other ways to read it."""
    remarks = [*_said_of(row, language), *_unseen(row, language)]
    if row.value is not None and row.value.normal and row.value.normal != row.value.as_written:
        remarks.append(f"→ {row.value.normal}")
    if row.value is None and row.reading is not None:
        if row.reading.ditto:
            remarks.append(sentence("ui-ditto", {"above": row.reading.normal}, language))
        others = [text for text in alternatives(row)[:3] if len(text) <= SHORT]
        if row.status is FieldStatus.DOUBTFUL and others:
            remarks.append(sentence("ui-or", {"others": " / ".join(others)}, language))
    return remarks


def _unseen(row: FieldRow, language: Language) -> list[str]:
    """That a name is to be typed from the picture; and once it was, what the machine had read, where that differs."""
    if not row.unseen or row.reading is None or row.suggests_blank:
        return []
    if row.value is None:
        return [] if row.text else [sentence("ui-name-unseen", language=language)]
    if row.value.state is not FieldState.VALUE or row.value.as_written == row.reading.text:
        return []
    return [sentence("ui-name-read-as", {"text": row.reading.text}, language)]


def _said_of(row: FieldRow, language: Language) -> list[str]:
    """The question about the field and its answer."""
    if row.question is None:
        return []
    asked = sentence("ui-asked", {"who": row.question.asked_by.name, "text": row.question.text}, language)
    who = row.question.answered_by.name if row.question.answered_by is not None else ""
    answer = sentence("ui-answered", {"who": who, "text": row.question.answer}, language)
    return [asked, answer] if row.question.answer else [asked]


def _look(status: FieldStatus) -> str:
    return {FieldStatus.DOUBTFUL: "warning", FieldStatus.CONFIRMED: "fine", FieldStatus.BLANK: "fine"}.get(
        status, "muted"
    )
