"""One field's text: typing as Vietnamese input methods type, suggestions, lists."""

import unicodedata

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QImage, QInputMethodEvent, QKeyEvent, QKeySequence
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


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [(Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)],
)
def test_keys_that_lead_out_of_the_field_wait_for_the_word_too(pair, qtbot, key, modifiers):
    first, _ = pair
    guard = TypingGuard(first)
    QApplication.instance().installEventFilter(guard)
    seen = []
    first.stepped.connect(lambda step: seen.append(first.written))
    first.numbered.connect(lambda number: seen.append(first.written))
    QCoreApplication.sendEvent(first, QInputMethodEvent("hường", []))
    QCoreApplication.sendEvent(first, QKeyEvent(QEvent.Type.KeyPress, key, modifiers))
    late = QInputMethodEvent("", [])
    late.setCommitString("hường")
    QCoreApplication.sendEvent(first, late)
    qtbot.waitUntil(lambda: bool(seen))
    QApplication.instance().removeEventFilter(guard)
    assert seen == ["hường"]


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


def send_key(edit: QWidget, key: Qt.Key, text: str = "", modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    """One key as an input method of Windows sends it: the letter may be any letter."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(edit, QKeyEvent(kind, key, modifiers, text))


@pytest.fixture
def remembering(pair):
    """A field whose list is found by what was typed."""
    edit = pair[0]
    names = [Choice("Nguyễn Văn An"), Choice("Nguyễn Văn Ánh", detail="▆ 70%")]
    edit.set_choices(
        ChoiceList("Danh sách", edit.window()),
        lambda: names,
        coded=False,
        complete=lambda typed: names if typed else [],
    )
    return edit


def test_a_line_is_taken_and_accepted_by_its_number(remembering, qtbot):
    type_text("nva")
    with qtbot.waitSignal(remembering.accepted):
        press("Alt+2")
    assert remembering.written == "Nguyễn Văn Ánh" and remembering.edited


def test_a_number_without_a_list_asks_for_the_alternative(remembering, qtbot):
    wanted = []
    remembering.numbered.connect(wanted.append)
    press("Alt+1")
    assert wanted == [1] and remembering.written == ""


def test_a_number_that_no_line_has_changes_nothing(remembering):
    type_text("nva")
    press("Alt+4")
    assert remembering.written == "nva"


def test_enter_and_tab_take_no_line_that_only_hovers(remembering, qtbot):
    type_text("nva")
    with qtbot.waitSignal(remembering.accepted):
        press("Return")
    assert remembering.written == "nva"
    remembering.put_away()
    press("Tab")
    assert remembering.written == "nva"


def test_a_marked_line_can_be_taken_over_to_change_it(remembering):
    type_text("nva")
    press("Down")
    remembering.begin_edit()
    type_text("h")
    assert remembering.written == "Nguyễn Văn Anh"


def test_shift_enter_accepts_too_and_alt_up_goes_back(remembering, qtbot):
    type_text("nva")
    press("Down")
    with qtbot.waitSignal(remembering.passed_on):
        press("Shift+Return")
    assert remembering.written == "Nguyễn Văn An"
    with qtbot.waitSignal(remembering.went_back):
        press("Alt+Up")


def test_a_held_enter_accepts_once(pair, qtbot):
    accepted = []
    pair[0].accepted.connect(lambda: accepted.append(1))
    for repeated in (False, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", repeated, 1)
        QCoreApplication.sendEvent(pair[0], event)
    assert accepted == [1]


def test_a_menu_writes_nothing_and_tells_what_was_chosen(remembering):
    chosen = []
    remembering.show_value("Lò Thị Ban", "confirmed")
    for keys in (["Down", "Return"], ["Alt+2"]):
        remembering.open_menu([Choice("Mẹ"), Choice("Cha")], lambda choice: chosen.append(choice.text))
        for key in keys:
            press(key)
    assert chosen == ["Cha", "Cha"] and remembering.written == "Lò Thị Ban" and not remembering.edited


def test_a_click_takes_the_line_of_the_field_that_the_list_stands_under(remembering, pair):
    type_text("nva")
    popup = remembering._popup
    assert popup is not None
    popup._clicked(popup._list.item(0))
    assert remembering.written == "Nguyễn Văn An" and pair[1].written == ""


UNIKEY = {
    # trafn: the letters, then Backspaces over what is to be marked, then the marked letters.
    "backspaces": [*"tra", "<", "à", "n"],
    "backspaces, whole word": [*"tran", "<", "<", *"àn"],
    # Where a program is known for completing by itself, UniKey chooses the letters first.
    "chosen letters": [*"tra", "^", "à", "n"],
    "empty letter first": [*"tra", "\u202f", "<", "<", "à", "n"],
}


@pytest.mark.parametrize("way", UNIKEY)
def test_no_key_of_unikey_takes_a_line_of_the_list(pair, way):
    edit = pair[0]
    offered = [Choice("Trang"), Choice("Trần Văn Trang")]
    edit.set_choices(ChoiceList("Danh sách", edit.window()), lambda: offered, coded=False, complete=lambda _: offered)
    for key in UNIKEY[way]:
        if key == "<":
            send_key(edit, Qt.Key.Key_Backspace)
        elif key == "^":
            send_key(edit, Qt.Key.Key_Left, modifiers=Qt.KeyboardModifier.ShiftModifier)
        else:
            send_key(edit, Qt.Key(0), key)
    assert edit.written == "tràn"


def test_the_list_waits_while_a_word_is_composed(remembering):
    """ibus and fcitx5 show the word in the making; the list comes when it is there."""
    QCoreApplication.sendEvent(remembering, QInputMethodEvent("nguyê", []))
    assert not remembering._popup_open
    compose(remembering, "nguyễn", "nguyễn ")
    assert remembering._popup_open


@pytest.mark.parametrize("keys", ["Ctrl+D", "Ctrl+K", "Ctrl+H", "Ctrl+B"])
def test_keys_of_the_screen_are_no_editing(pair, keys):
    edit = pair[0]
    type_text("abc")
    combination = QKeySequence(keys)[0]
    event = QKeyEvent(QEvent.Type.ShortcutOverride, combination.key(), combination.keyboardModifiers())
    event.ignore()
    QCoreApplication.sendEvent(edit, event)
    assert not event.isAccepted() and edit.written == "abc"


def test_lines_are_numbered_unless_they_have_codes(remembering, qtbot):
    popup = remembering._popup
    type_text("n")
    assert [popup._list.item(row).text() for row in range(2)] == ["1  Nguyễn Văn An", "2  Nguyễn Văn Ánh    ▆ 70%"]
    popup.offer(remembering, SEX, decide=False)
    assert popup._list.item(0).text() == "1  Nam"


def test_the_picture_of_the_field_stands_over_its_readings(remembering):
    crop = QImage(300, 40, QImage.Format.Format_RGB888)
    remembering.open_list([Choice("Nguyễn Văn An")], crop)
    popup = remembering._popup
    assert popup._crop.isVisible() and not popup._crop.pixmap().isNull()
    remembering.open_list([Choice("Nguyễn Văn An")])
    assert not popup._crop.isVisible()
