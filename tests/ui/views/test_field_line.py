"""One line of the form: what it says of its field besides the text."""

from __future__ import annotations

import msgspec
import pytest

from hotich.messages import Language
from hotich.pipeline import entry
from hotich.pipeline.entry import FieldRow, FieldStatus
from hotich.pipeline.offers import Offered
from hotich.ui.widgets.field_row import FieldLine
from hotich.values import Actor, FieldValue, Finding, Question, Reading, Role, Severity
from tests.ui.keyboard import type_text

LAN, HOA = Actor("Lan", Role.CLERK), Actor("Hòa", Role.SUPERVISOR)


@pytest.fixture
def row(workspace, records) -> FieldRow:
    return entry.entry_view(workspace, records[0]).row("nksHoTen")


@pytest.fixture
def line(row, qtbot) -> FieldLine:
    made = FieldLine(row, Language.VIETNAMESE, False)
    qtbot.addWidget(made)
    made.show()
    made.edit.setFocus()
    qtbot.waitUntil(made.edit.hasFocus)
    return made


def changed(row: FieldRow, **facts: object) -> FieldRow:
    return msgspec.structs.replace(row, **facts)


def told(line: FieldLine) -> str:
    return " ".join(shown.text() for shown in line.told.values() if shown.isVisible())


def test_a_blank_stands_grey_and_is_no_text(line, row):
    line.show_row(changed(row, suggests_blank=True, status=FieldStatus.SUGGESTED))
    assert line.edit.placeholderText() == "(để trống)" and line.edit.written == ""
    line.show_row(row)
    assert line.edit.placeholderText() == ""


def test_what_typing_leads_to_is_told_at_once_and_taken_back_with_it(line, row, qtbot):
    line.foretell(lambda text: f"→ {text}!", lambda row: "")
    line.show_row(row)
    type_text("5378")
    assert told(line) == "→ 5378!"
    qtbot.keyClick(line.edit, "\x1b")
    line.edit.dropped.emit()
    assert told(line) == ""


def test_a_suggestion_that_was_not_read_says_where_it_is_from(line, row):
    line.foretell(lambda text: "", lambda row: "Chép từ: Mẹ.")
    line.show_row(changed(row, text="Lan", status=FieldStatus.SUGGESTED, offered=Offered("Lan", "ui-offer-person")))
    assert "Chép từ: Mẹ." in told(line) and "Chép từ: Mẹ." in line.edit.accessibleDescription()


def test_what_the_rules_would_say_is_told_before_anything_is_accepted(line, row):
    found = Finding("birth-words", Severity.WARNING, ("nksHoTen",), "Không khớp nhau.")
    line.show_row(changed(row, text="x", status=FieldStatus.SUGGESTED, foreseen=(found,)))
    assert "▲ Không khớp nhau." in told(line)


def test_a_question_and_its_answer_stand_at_the_field(line, row):
    asked = Question(7, "nksHoTen", "Chữ gì?", LAN)
    line.show_row(changed(row, question=asked))
    assert "Hỏi (Lan): Chữ gì?" in told(line) and line.state.text() == "đang hỏi"
    line.show_row(changed(row, question=msgspec.structs.replace(asked, answer="Hường", answered_by=HOA)))
    assert "Trả lời (Hòa): Hường" in told(line) and line.state.text() != "đang hỏi"


def test_in_large_type_the_label_stands_over_the_text(row, qtbot, qapp):
    before = qapp.font()
    large = qapp.font()
    large.setPointSizeF(before.pointSizeF() * 1.8)
    qapp.setFont(large)
    try:
        made = FieldLine(row, Language.ENGLISH, False)
        qtbot.addWidget(made)
        made.resize(500, 120)
        made.show()
        assert made.edit.width() > 400 and made.edit.y() > made.label.y()
    finally:
        qapp.setFont(before)


def test_what_was_taken_together_is_marked(line, row):
    line.show_row(changed(row, text="Lan", status=FieldStatus.CONFIRMED, together=True))
    assert line.state.text() == "nhận cùng lúc"


def test_a_name_that_is_not_shown_says_so_and_what_was_read_once_it_is_typed(line, row):
    reading = Reading("nksHoTen", "Lê An", "Lê An", 0.4, "thu", "1")
    line.show_row(changed(row, unseen=True, reading=reading))
    assert "gõ theo ảnh" in told(line) and "Lê An" not in told(line)
    typed = FieldValue("nksHoTen", "Lê Ân", "Lê Ân")
    line.show_row(changed(row, unseen=True, reading=reading, value=typed, status=FieldStatus.CONFIRMED, text="Lê Ân"))
    assert "Máy đọc khác: Lê An" in told(line)
    same = FieldValue("nksHoTen", "Lê An", "Lê An")
    line.show_row(changed(row, unseen=True, reading=reading, value=same, status=FieldStatus.CONFIRMED, text="Lê An"))
    assert told(line) == ""
