"""The own Telex and VNI in real text fields, and that it steps aside for any other input method."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit

from hotich.keying.engine import Typing
from hotich.keying.telex import TELEX
from hotich.keying.vni import VNI
from hotich.ui.own_keyboard import OwnKeyboard
from hotich.ui.widgets.field_edit import FieldEdit


@pytest.fixture
def keyboard(qapp):
    made = OwnKeyboard()
    qapp.installEventFilter(made)
    made.use(Typing(TELEX))
    yield made
    qapp.removeEventFilter(made)


def text_of(field) -> str:
    return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()


@pytest.fixture(params=[QLineEdit, QPlainTextEdit, FieldEdit])
def field(request, qtbot, keyboard):
    made = request.param()
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    return made


def send_letter(field, letter: str) -> None:
    """A letter with its mark, as UniKey sends it."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(field, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def commit(field, text: str, preedit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(text)
    QCoreApplication.sendEvent(field, event)


def test_names_are_typed(field) -> None:
    QTest.keyClicks(field, "Nguyeenx Vawn An, H'Mluwng window 5378")
    assert text_of(field) == "Nguyễn Văn An, H'Mlưng window 5378"


def test_typing_counts_as_typing(qtbot, keyboard) -> None:
    field = FieldEdit()
    qtbot.addWidget(field)
    QTest.keyClicks(field, "DDinhj")
    assert field.edited and field.written == "Định"


def test_backspace_takes_one_letter_and_the_word_goes_on(field) -> None:
    QTest.keyClicks(field, "toanf")
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert text_of(field) == "tòa"
    QTest.keyClicks(field, "is")
    assert text_of(field) == "toái"


def test_a_word_left_and_come_back_to_is_not_marked(field) -> None:
    QTest.keyClicks(field, "an b")
    QTest.keyClick(field, Qt.Key.Key_Home)
    QTest.keyClicks(field, "s")
    assert text_of(field) == "san b"
    QTest.keyClick(field, Qt.Key.Key_End)
    QTest.keyClicks(field, "as")
    assert text_of(field) == "san bá"


def test_marked_text_is_replaced_by_what_is_typed(field) -> None:
    QTest.keyClicks(field, "cux")
    field.selectAll()
    QTest.keyClicks(field, "mowis")
    assert text_of(field) == "mới"


def test_shortcuts_are_no_letters(field) -> None:
    QTest.keyClicks(field, "an")
    QTest.keyClick(field, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert text_of(field) == "an"
    QTest.keyClicks(field, "s")
    assert text_of(field) == "ans"


def test_vni(field, keyboard) -> None:
    keyboard.use(Typing(VNI))
    QTest.keyClicks(field, "Nguye6n4 5378 D9inh5")
    assert text_of(field) == "Nguyễn 5378 Định"


def test_off_it_leaves_every_key_alone(field, keyboard) -> None:
    keyboard.use(None)
    QTest.keyClicks(field, "Nguyeenx")
    assert text_of(field) == "Nguyeenx"


@pytest.mark.parametrize("kind", ["choice", "id-number", "entry-number"])
def test_codes_and_numbers_are_typed_as_they_are(field, kind) -> None:
    field.setProperty("kind", kind)
    QTest.keyClicks(field, "aas01")
    assert text_of(field) == "aas01"


def test_nothing_is_typed_into_what_cannot_be_changed(field) -> None:
    field.setReadOnly(True)
    QTest.keyClicks(field, "aa")
    assert text_of(field) == ""


def test_unikey_at_work_makes_it_step_aside_and_the_word_is_right(field, keyboard, qtbot) -> None:
    # UniKey swallows the second e, takes the first one back by Backspace and sends the letter itself.
    QTest.keyClicks(field, "nguye")
    with qtbot.waitSignal(keyboard.stepped_aside, timeout=1000):
        QTest.keyClick(field, Qt.Key.Key_Backspace)
        send_letter(field, "ê")
    QTest.keyClicks(field, "n")
    for _ in range(2):
        QTest.keyClick(field, Qt.Key.Key_Backspace)
    send_letter(field, "ễ")
    QTest.keyClicks(field, "n")
    assert text_of(field) == "nguyễn" and keyboard.typing is None


def test_a_composing_input_method_makes_it_step_aside(field, keyboard, qtbot) -> None:
    with qtbot.waitSignal(keyboard.stepped_aside, timeout=1000):
        commit(field, "", "nguyê")
    commit(field, "nguyễn ")
    assert text_of(field) == "nguyễn " and keyboard.typing is None


def test_an_input_method_without_composing_is_noticed_by_its_marks(field, keyboard) -> None:
    commit(field, "Định")
    assert keyboard.typing is None and text_of(field) == "Định"


def test_composing_elsewhere_is_not_typing(keyboard, qtbot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.setReadOnly(True)
    commit(field, "ê")
    assert keyboard.typing is not None


def test_an_editable_list_is_typed_into_like_any_field(keyboard, qtbot) -> None:
    names = QComboBox()
    names.setEditable(True)
    names.setCompleter(None)
    qtbot.addWidget(names)
    names.show()
    names.setFocus()
    QTest.keyClicks(names, "Traanf Vawn Hoaf")
    QTest.keyClick(names, Qt.Key.Key_Backspace)
    QTest.keyClicks(names, "a")
    assert names.currentText() == "Trần Văn Hòa"
    commit(names.lineEdit(), "ữ")
    assert keyboard.typing is None


def test_letters_of_another_hand_in_the_word_end_it(field) -> None:
    QTest.keyClicks(field, "toa")
    if isinstance(field, QPlainTextEdit):
        field.setPlainText("xin")
        field.moveCursor(field.textCursor().MoveOperation.End)
    else:
        field.setText("xin")
    QTest.keyClicks(field, "s")
    assert text_of(field) == "xins"
