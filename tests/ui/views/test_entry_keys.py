"""The keys of the entry screen in the real window, by keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

from hotich.pipeline import entry
from hotich.pipeline.asking import open_questions
from hotich.values import MACHINE, Alternative, Origin, Reading, Severity, Status, Way
from hotich.workflow import Draft, ReadingsMade
from tests.ui.keyboard import focused, press, press_key, type_text
from tests.ui.made import ANSWERS, CLERK, REVIEWER, fill, record_now
from tests.ui.views.test_main_window import nameless
from tests.ui.windows import entry_screen


@pytest.fixture
def running(workspace, qtbot, tmp_path):
    with entry_screen(workspace, qtbot, tmp_path, pages=3) as made:
        yield made


@pytest.fixture
def presenter(running):
    return running.window.entry.presenter


def go_to(running, field_id: str, record: int = 0) -> None:
    running.window.entry.presenter.open(running.records[record], field_id)
    focused()


def read(workspace, record_id: str, *readings: Reading) -> None:
    record = record_now(workspace, record_id)
    workspace.append(Draft(record.book_id, ReadingsMade(readings), MACHINE, record_id, record.page_id))


def in_hand(presenter) -> str:
    return presenter.row.field.id if presenter.row is not None else ""


def test_three_letters_and_a_number_write_a_name_that_came_before(running, workspace, presenter):
    go_to(running, "nguoiKy")
    type_text("Nguyễn Văn Ánh")
    press("Return")
    go_to(running, "nguoiKy", 1)
    type_text("nva")
    press("Alt+1")
    value = record_now(workspace, running.records[1]).fields["nguoiKy"].value
    assert (value.as_written, value.origin) == ("Nguyễn Văn Ánh", Origin.TYPED)
    assert in_hand(presenter) != "nguoiKy"


def test_enter_keeps_what_was_typed_whatever_the_list_offers(running, workspace):
    go_to(running, "nguoiKy")
    type_text("Nguyễn Văn Ánh")
    press("Return")
    go_to(running, "nguoiKy", 1)
    type_text("Nguyễn Văn")
    press("Return")
    assert record_now(workspace, running.records[1]).written("nguoiKy") == "Nguyễn Văn"


def test_unikey_with_its_backspaces_types_beside_the_list(running, workspace):
    go_to(running, "nguoiKy")
    type_text("Tràng Văn Tràn")
    press("Return")
    go_to(running, "nguoiKy", 1)
    for key, text in [(0, "T"), (0, "r"), (0, "a"), (Qt.Key.Key_Backspace, ""), (0, "à"), (0, "n")]:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, Qt.Key(key), Qt.KeyboardModifier.NoModifier, text)
            QCoreApplication.sendEvent(focused(), event)
    press("Tab")
    assert record_now(workspace, running.records[1]).written("nguoiKy") == "Tràn"


def test_ibus_and_fcitx_deliver_the_word_late_and_it_stays_in_its_field(running, workspace, qtbot):
    """The key that ends the word comes first, as fcitx5 sends it through the ibus bridge."""
    go_to(running, "meHoTen")
    edit = focused()
    QCoreApplication.sendEvent(edit, QInputMethodEvent("Hường", []))
    press("Return")
    late = QInputMethodEvent("", [])
    late.setCommitString("Hường")
    QCoreApplication.sendEvent(edit, late)
    qtbot.waitUntil(lambda: record_now(workspace, running.records[0]).written("meHoTen") == "Hường")


def test_another_reading_is_one_key_away_and_shown_with_its_picture(running, workspace, presenter):
    others = (Alternative("Lò Thị Bạn", "Lò Thị Bạn", 0.3), Alternative("Lo Thị Ban", "Lo Thị Ban", 0.1))
    made = Reading("nksHoTen", "Lò Thị Ban", "Lò Thị Ban", 0.9, "thu", "1", alternatives=others)
    read(workspace, running.records[0], made)
    go_to(running, "nksHoTen")
    press("F4")
    popup = running.window.entry.panel._popup
    assert popup.isVisible() and "30%" in popup._list.item(0).text()
    press("Alt+2")
    value = record_now(workspace, running.records[0]).fields["nksHoTen"].value
    assert (value.as_written, value.origin) == ("Lo Thị Ban", Origin.ALTERNATIVE)
    press_key("undo")
    go_to(running, "nksHoTen")
    press("Alt+1")
    assert record_now(workspace, running.records[0]).written("nksHoTen") == "Lò Thị Bạn"


def test_a_record_that_was_read_well_costs_two_keys(running, workspace, presenter):
    record_id = running.records[0]
    fill(workspace, record_id)
    for _ in range(4):
        workspace.undo(CLERK, record_now(workspace, record_id).book_id)
    left = [row.field for row in entry.entry_view(workspace, record_id).open_rows]
    texts = {field.id: ANSWERS.get(field.id, "Một") for field in left}
    read(workspace, record_id, *(Reading(key, text, text, 0.999, "thu", "1") for key, text in texts.items()))
    presenter.refresh()
    press("Ctrl+Return")
    record = record_now(workspace, record_id)
    assert record.status is Status.DRAFT and {record.fields[field.id].way for field in left} == {Way.TOGETHER}
    press("Ctrl+Return")
    assert record_now(workspace, record_id).status is Status.SUBMITTED


def test_a_short_date_with_two_meanings_waits_for_a_choice(running, workspace, presenter):
    go_to(running, "meNgaySinh")
    type_text("11178", composed=False)
    press("Return")
    assert in_hand(presenter) == "meNgaySinh" and not record_now(workspace, running.records[0]).written("meNgaySinh")
    press("Alt+2")
    assert record_now(workspace, running.records[0]).normal("meNgaySinh") == "11.01.1978"


def test_the_normal_form_of_a_short_date_stands_there_before_enter(running):
    go_to(running, "meNgaySinh")
    type_text("5378", composed=False)
    line = running.window.entry.panel.line(running.window.entry.presenter.current)
    assert any("05.03.1978" in shown.text() for shown in line.told.values() if shown.isVisible())


def test_the_declarant_is_copied_from_the_mother_by_a_key_and_a_choice(running, workspace):
    go_to(running, "meHoTen")
    type_text("H'Lan Niê")
    press("Return")
    go_to(running, "nycHoTen")
    press_key("copy-person")
    press("Return")
    assert not record_now(workspace, running.records[0]).written("nycHoTen")
    press("Shift+Return")
    assert record_now(workspace, running.records[0]).written("nycHoTen") == "H'Lan Niê"


def test_a_field_and_the_shared_fields_are_as_above(running, workspace):
    for field_id, text in (("nguoiKy", "Lò Văn Ký"), ("nksDanToc", "Ê Đê")):
        go_to(running, field_id)
        type_text(text)
        press("Return")
    go_to(running, "nksDanToc", 1)
    press("Ctrl+D")
    press("Ctrl+Shift+D")
    record = record_now(workspace, running.records[1])
    assert (record.written("nksDanToc"), record.written("nguoiKy")) == ("Ê Đê", "Lò Văn Ký")


def test_a_record_is_found_by_a_name_without_marks(running, workspace, presenter, qtbot):
    entry.confirm(workspace, running.records[2], "nksHoTen", "Đặng Thị Ước", CLERK)
    entry.confirm(workspace, running.records[2], "so", "17", CLERK)
    for typed in ("dang", "17"):
        go_to(running, "nksHoTen")
        press("F3")
        type_text(typed, composed=False)
        press("Return")
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
        assert presenter.view.record.record_id == running.records[2]


def test_a_question_goes_to_the_reviewer_and_its_answer_comes_to_the_field(running, workspace, presenter, qtbot):
    go_to(running, "chaHoTen")
    press_key("ask")
    type_text("Y Moan hay Y Môn?")
    press("Return")
    assert record_now(workspace, running.records[0]).held
    running.window.set_person(REVIEWER)
    press_key("go-review")
    assert "Y Moan hay Y Môn?" in running.window.review.remark.text()
    press_key("answer")
    type_text("Y Moan")
    press("Return")
    assert not open_questions(record_now(workspace, running.records[0]))
    running.window.set_person(CLERK)
    press_key("go-entry")
    go_to(running, "chaHoTen")
    line = running.window.entry.panel.line(presenter.current)
    assert any("Y Moan" in shown.text() for shown in line.told.values() if shown.isVisible())


def test_margin_notes_are_entered_listed_and_taken_out_by_keyboard(running, workspace, presenter):
    go_to(running, "nksHoTen")
    press_key("margin-note")
    press("Down", 3)
    press("Tab")
    type_text("1/1/2015", composed=False)
    press("Tab")
    type_text("Đã chết")
    press("Return")
    note = record_now(workspace, running.records[0]).margin_notes[0]
    assert (note.kind.value, note.date, note.text) == ("death", "1/1/2015", "Đã chết")
    press("Esc")
    assert "Đã chết" in running.window.entry.remarks.text()
    assert record_now(workspace, running.records[0]).normal("ghiChu") == "1/1/2015: Đã chết"


@pytest.mark.parametrize("key_id", ["find-record", "margin-note", "ask"])
def test_every_input_of_the_sheets_has_a_name_and_escape_closes_them(running, key_id):
    go_to(running, "nksHoTen")
    press_key(key_id)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None and nameless(dialog) == []
    press("Esc")
    assert QApplication.activeModalWidget() is None


def test_the_page_is_looked_at_in_other_ways_without_leaving_the_field(running, presenter):
    go_to(running, "nksHoTen")
    edit = focused()
    for key_id in ("picture-contrast", "picture-invert", "picture-ruler", "picture-lens", "picture-turn"):
        press_key(key_id)
    setup = presenter.look.setup
    assert (setup.contrast, setup.inverted, setup.ruler, setup.lens, setup.turns) == (1, True, False, True, 1)
    assert focused() is edit


def test_only_a_word_with_a_reason_takes_what_the_rules_speak_against(running, workspace, presenter):
    go_to(running, "ngayDangKy")
    type_text("5/3/2009", composed=False)
    press("Return")
    read(workspace, running.records[0], Reading("nksNgaySinh", "9/3/2009", "09.03.2009", 0.999, "thu", "1"))
    go_to(running, "nksNgaySinh")
    press("Return")
    press("Ctrl+Return")
    assert not record_now(workspace, running.records[0]).written("nksNgaySinh")
    if QApplication.activeModalWidget() is not None:
        press("Return")
    go_to(running, "nksNgaySinh")
    press("F7")
    type_text("Sổ gốc ghi như vậy")
    press("Return")
    assert record_now(workspace, running.records[0]).written("nksNgaySinh") == "9/3/2009"


def test_a_year_that_may_be_a_day_is_answered_by_its_number_and_kept(running, workspace, presenter):
    """In a book of 2009 the figures 1918 may be a year or 1/9/18, and a person says which."""
    go_to(running, "chaNgaySinh")
    type_text("1918")
    press("Return")
    assert in_hand(presenter) == "chaNgaySinh" and not record_now(workspace, running.records[0]).written("chaNgaySinh")
    press("Alt+1")
    assert record_now(workspace, running.records[0]).written("chaNgaySinh") == "1918"
    assert record_now(workspace, running.records[0]).normal("chaNgaySinh") == "1918"
    go_to(running, "meNgaySinh")
    type_text("1918")
    press("Down", 2)
    press("Return")
    assert record_now(workspace, running.records[0]).written("meNgaySinh") == "1/9/18"


def test_what_was_chosen_and_then_changed_is_asked_about_again(running, workspace, presenter):
    go_to(running, "chaNgaySinh")
    type_text("1918")
    press("Down")
    press("F2")
    press("Backspace")
    type_text("7")
    press("Return")
    assert in_hand(presenter) == "chaNgaySinh" and not record_now(workspace, running.records[0]).written("chaNgaySinh")


def test_a_day_alone_is_one_of_the_month_above_and_told_before_enter(running, workspace, presenter):
    go_to(running, "ngayDangKy")
    type_text("05/03/2009")
    press("Return")
    go_to(running, "ngayDangKy", 1)
    type_text("9")
    line = running.window.entry.panel.line(presenter.current)
    assert "09/03/2009" in line.told[Severity.NOTE].text()
    press("Return")
    record = record_now(workspace, running.records[1])
    assert (record.written("ngayDangKy"), record.normal("ngayDangKy")) == ("09/03/2009", "09.03.2009")


@pytest.mark.parametrize("back", ["Alt+Up", "Up"])
def test_a_key_leads_from_the_button_back_into_the_form(running, presenter, back):
    presenter.go(len(presenter.view.rows))
    while presenter.row is not None:
        presenter.go(1)
    assert focused() is running.window.entry.submit
    press(back)
    assert presenter.row is not None and focused() is running.window.entry.panel.line(presenter.current).edit


def test_a_new_village_is_ended_by_a_number(running, workspace):
    go_to(running, "meNoiCuTru")
    type_text("Thôn Cũ, Hồng Thượng, T.Miện, HD")
    press("Return")
    go_to(running, "meNoiCuTru", 1)
    type_text("Thôn Mới,")
    popup = running.window.entry.panel._popup
    lines = [popup._list.item(row).text() for row in range(popup._list.count())]
    place = next(number for number, line in enumerate(lines, 1) if line.endswith("Thôn Mới, Hồng Thượng, T.Miện, HD"))
    press(f"Alt+{place}")
    assert record_now(workspace, running.records[1]).written("meNoiCuTru") == "Thôn Mới, Hồng Thượng, T.Miện, HD"


def test_a_doubtful_name_is_taken_by_no_key_until_it_is_typed(running, presenter, workspace):
    first = running.records[0]
    other = Alternative("Lê Ân", "Lê Ân", 0.3)
    read(workspace, first, Reading("nksHoTen", "Lê An", "Lê An", 0.4, "thu", "1", alternatives=(other,)))
    go_to(running, "nksHoTen")
    assert focused().text() == ""
    press("Return")
    press("Alt+1")
    press("Ctrl+Return")
    assert record_now(workspace, first).fields["nksHoTen"].value is None
    go_to(running, "nksHoTen")
    type_text("Lê Ân")
    press("Return")
    assert record_now(workspace, first).written("nksHoTen") == "Lê Ân"


def test_what_waits_for_a_second_enter_is_kept_when_the_clerk_goes_elsewhere(running, workspace, presenter):
    go_to(running, "ngayDangKy")
    type_text("5/3/2009", composed=False)
    press("Return")
    go_to(running, "nksNgaySinh")
    type_text("9/3/2009", composed=False)
    press("Return")
    assert not record_now(workspace, running.records[0]).written("nksNgaySinh") and in_hand(presenter) == "nksNgaySinh"
    press("Tab")
    assert record_now(workspace, running.records[0]).written("nksNgaySinh") == "9/3/2009"
    go_to(running, "so", 1)
    type_text("ab")
    press("Return")
    assert "Không hiểu được “ab”" in running.window._note.text() and in_hand(presenter) == "so"
    press("Return")
    assert record_now(workspace, running.records[1]).written("so") == "ab"
