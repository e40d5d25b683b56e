"""Short codes and capitals in real fields, and that one key takes them back."""

import unicodedata

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from hotich.keying.engine import Typing
from hotich.keying.macros import MacroTable
from hotich.keying.telex import TELEX
from hotich.letters import ACCENTED
from hotich.ui.own_keyboard import OwnKeyboard
from hotich.ui.typing_aids import TypingAids
from hotich.ui.widgets.field_edit import FieldEdit


@pytest.fixture
def aids(qapp):
    keyboard = OwnKeyboard()
    made = TypingAids()
    keyboard.use(Typing(TELEX))
    for one in (keyboard, made):
        qapp.installEventFilter(one)
    made.table = MacroTable().with_code("nv", "Nguyễn Văn").with_code("nt", "Nguyễn Thị")
    yield made
    for one in (keyboard, made):
        qapp.removeEventFilter(one)


@pytest.fixture
def field(qtbot, aids):
    made = FieldEdit()
    made.setProperty("kind", "person-name")
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    return made


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("nv An", "Nguyễn Văn An"),
        ("NV AN", "NGUYỄN VĂN AN"),
        ("nv,", "Nguyễn Văn,"),
        ("xnv ", "xnv "),
        ("nt ", "nt "),
    ],
)
def test_a_code_is_written_out_when_its_word_ends(field, keys, text) -> None:
    QTest.keyClicks(field, keys)
    assert field.text() == text and field.edited


@pytest.mark.parametrize("parts", [("nv ",), ("nv", " ")])
def test_a_code_that_an_input_method_commits_is_written_out(field, parts, qtbot) -> None:
    for part in parts:
        QCoreApplication.sendEvent(field, QInputMethodEvent(part.strip(), []))
        if part == " ":
            QTest.keyClick(field, Qt.Key.Key_Space)
            continue
        commit = QInputMethodEvent("", [])
        commit.setCommitString(part)
        QCoreApplication.sendEvent(field, commit)
    qtbot.waitUntil(lambda: field.text() == "Nguyễn Văn ")
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert field.text() == "nv "


def test_a_code_is_written_out_before_enter_accepts_it(field, qtbot) -> None:
    QTest.keyClicks(field, "nv")
    seen = []
    field.accepted.connect(lambda: seen.append(field.written))
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert seen == ["Nguyễn Văn"]


def test_same_as_above_is_expanded_only_when_asked_for(field, aids) -> None:
    QTest.keyClicks(field, "nt")
    assert aids.expand_now(field) and field.text() == "Nguyễn Thị"


def test_outside_a_register_nt_is_a_code_like_any_other(qtbot, aids) -> None:
    reason = QLineEdit()
    qtbot.addWidget(reason)
    QTest.keyClicks(reason, "nt ")
    assert reason.text() == "Nguyễn Thị "


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_one_key_takes_it_back(field, key, modifier) -> None:
    QTest.keyClicks(field, "nv ")
    QTest.keyClick(field, key, modifier)
    assert field.text() == "nv "
    QTest.keyClicks(field, "a")
    assert field.text() == "nv a"


def test_later_backspace_is_backspace(field) -> None:
    QTest.keyClicks(field, "nv A")
    for _ in range(2):
        QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert field.text() == "Nguyễn Văn"


def test_capitals_of_names_when_asked_for(field, aids) -> None:
    QTest.keyClicks(field, "nguyeenx vawn ")
    assert field.text() == "nguyễn văn "
    aids.capitals = True
    field.clear()
    QTest.keyClicks(field, "traanf thij h'mluwng ")
    assert field.text() == "Trần Thị H'Mlưng "
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert field.text() == "Trần Thị h'mlưng "


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("letter", ACCENTED[:67])
def test_every_letter_gets_its_capital_in_either_form(field, aids, letter, form) -> None:
    aids.capitals = True
    commit = QInputMethodEvent("", [])
    commit.setCommitString(unicodedata.normalize(form, f"{letter}n"))
    QCoreApplication.sendEvent(field, commit)
    QTest.keyClick(field, Qt.Key.Key_Space)
    assert field.written == f"{letter.upper()}n"


def test_capitals_are_for_names_only(field, aids) -> None:
    aids.capitals = True
    field.setProperty("kind", "text")
    QTest.keyClicks(field, "lafm ruoongj ")
    assert field.text() == "làm ruộng "


def test_the_last_word_gets_its_capital_on_enter(field, aids) -> None:
    aids.capitals = True
    QTest.keyClicks(field, "an")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.written == "An"


def test_codes_are_none_of_a_coded_field(field) -> None:
    field.setProperty("kind", "choice")
    QTest.keyClicks(field, "nv ")
    assert field.text() == "nv "
