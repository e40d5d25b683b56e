"""One field's text: typing as Vietnamese input methods type, suggestions, lists."""

import unicodedata

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from hotich.text import ACCENTED, nfc
from hotich.ui.typing_guard import TypingGuard
from hotich.ui.widgets.choice_list import Choice, ChoiceList, fitting
from hotich.ui.widgets.field_edit import FieldEdit
from tests.ui.keyboard import press, type_text

SEX = [Choice("Nam", "1"), Choice("Nữ", "2"), Choice("Không xác định", "3")]
PLACES = [Choice("xã Đắk Drông"), Choice("xã Ea Tul"), Choice("thị trấn Đắk Mil")]


@pytest.fixture
def pair(qtbot):
    window = QWidget()
    layout = QVBoxLayout(window)
    first, second = FieldEdit(window), FieldEdit(window)
    for edit in (first, second):
        layout.addWidget(edit)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    first.setFocus()
    yield first, second
    window.close()


def compose(edit: QWidget, preedit: str, commit: str) -> None:
    QCoreApplication.sendEvent(edit, QInputMethodEvent(preedit, []))
    event = QInputMethodEvent("", [])
    event.setCommitString(commit)
    QCoreApplication.sendEvent(edit, event)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("letter", sorted(ACCENTED))
def test_every_letter_arrives_composed_whatever_the_input_method_sends(pair, letter, form):
    edit = pair[0]
    compose(edit, unicodedata.normalize(form, letter), unicodedata.normalize(form, f"a{letter}b"))
    assert edit.written == nfc(f"a{letter}b") and edit.edited


def test_there_are_134_letters():
    assert len(set(ACCENTED)) == 134


def test_nothing_counts_as_typed_while_a_word_is_composed(pair):
    edit = pair[0]
    QCoreApplication.sendEvent(edit, QInputMethodEvent("nguyễ", []))
    assert edit.written == "" and not edit.edited


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_the_key_that_ends_a_word_waits_for_the_word(pair, qtbot, key):
    """Some input methods send Enter or Tab to the field before the word that it ends."""
    first, second = pair
    guard = TypingGuard(first)
    QApplication.instance().installEventFilter(guard)
    got = []
    first.accepted.connect(lambda: got.append(first.written))
    first.left_edited.connect(lambda: got.append(first.written))
    QCoreApplication.sendEvent(first, QInputMethodEvent("hường", []))
    QCoreApplication.sendEvent(first, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))
    assert guard.composing and not got
    event = QInputMethodEvent("", [])
    event.setCommitString("hường")
    QCoreApplication.sendEvent(first, event)
    qtbot.waitUntil(lambda: bool(got))
    QApplication.instance().removeEventFilter(guard)
    assert got == ["hường"] and second.written == ""


def test_other_keys_pass_the_guard(pair):
    first, _ = pair
    guard = TypingGuard(first)
    QApplication.instance().installEventFilter(guard)
    QTest.keyClicks(first, "abc")
    QApplication.instance().removeEventFilter(guard)
    assert first.written == "abc"


def test_typing_replaces_a_suggestion_and_f2_edits_it(pair):
    edit = pair[0]
    edit.show_value("Trần Thị Xê", "suggested")
    type_text("Lò")
    assert edit.written == "Lò" and edit.edited
    edit.show_value("Trần Thị Xê", "suggested")
    edit.begin_edit()
    type_text("n")
    assert edit.written == "Trần Thị Xên"


def test_escape_takes_the_typed_text_back(pair):
    edit = pair[0]
    edit.show_value("Trần Thị Xê", "suggested")
    type_text("Lò")
    press("Esc")
    assert (edit.written, edit.edited, edit.property("state")) == ("Trần Thị Xê", False, "suggested")


def test_leaving_by_tab_tells_that_something_was_typed(pair, qtbot):
    edit = pair[0]
    type_text("Vừ A Dính")
    with qtbot.waitSignal(edit.left_edited):
        press("Tab")


def test_leaving_an_untouched_field_tells_nothing(pair, qtbot):
    with qtbot.assertNotEmitted(pair[0].left_edited):
        press("Tab")


def test_arrows_ask_for_the_fields_around(pair, qtbot):
    steps = []
    pair[0].stepped.connect(steps.append)
    press("Down")
    press("Up")
    assert steps == [1, -1]


def test_undo_belongs_to_the_record_until_something_is_typed(pair):
    edit = pair[0]
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    event.ignore()
    QCoreApplication.sendEvent(edit, event)
    assert not event.isAccepted()
    type_text("a")
    QCoreApplication.sendEvent(edit, event)
    assert event.isAccepted()


@pytest.mark.parametrize(
    ("typed", "texts"),
    [
        ("", ["Nam", "Nữ", "Không xác định"]),
        ("2", ["Nữ"]),
        ("n", ["Nam", "Nữ"]),
        ("nu", ["Nữ"]),
        ("xac", ["Không xác định"]),
        ("9", []),
    ],
)
def test_choices_are_found_by_code_or_first_letters_without_marks(typed, texts):
    assert [choice.text for choice in fitting(SEX, typed)] == texts


def test_d_with_stroke_is_found_by_d():
    assert [choice.text for choice in fitting(PLACES, "dak")] == ["xã Đắk Drông", "thị trấn Đắk Mil"]


@pytest.fixture
def coded(pair):
    edit = pair[0]
    edit.set_choices(ChoiceList("Danh sách", edit.window()), lambda: SEX, coded=True)
    return edit


@pytest.fixture
def listed(pair):
    edit = pair[0]
    edit.set_choices(ChoiceList("Danh sách", edit.window()), lambda: PLACES, coded=False)
    return edit


@pytest.mark.parametrize(("keys", "text"), [("2", "Nữ"), ("nu", "Nữ"), ("k", "Không xác định"), ("n", "n")])
def test_a_choice_is_taken_by_its_code_or_when_only_one_fits(coded, keys, text):
    QTest.keyClicks(coded, keys)
    press("Return")
    assert coded.written == text


def test_what_was_typed_stays_as_typed_where_the_list_is_only_an_offer(listed):
    type_text("xã Ea")
    press("Return")
    assert listed.written == "xã Ea"


def test_an_offer_is_taken_by_going_into_the_list(listed):
    type_text("dak")
    press("Down", 2)
    press("Return")
    assert listed.written == "thị trấn Đắk Mil" and listed.edited


def test_the_list_never_writes_while_somebody_types(listed):
    """UniKey on Windows sends Backspace and letters; a list that completes by itself garbles them."""
    QTest.keyClicks(listed, "tra")
    QTest.keyClick(listed, Qt.Key.Key_Backspace)
    type_text("àn", composed=False)
    assert listed.written == "tràn"


def test_no_field_completes_by_itself(coded):
    assert isinstance(coded, QLineEdit) and coded.completer() is None
