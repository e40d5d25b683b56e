"""Shortcuts that somebody changed: what may be chosen, and that no saved choice makes two of them alike."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotich.ui.actions import shown_keys
from hotich.ui.key_choice import RESERVED, KeyProblem, canonical, collisions, objection, sound
from hotich.ui.keys import KEYS, choose, key, keys_of
from hotich.ui.typing_guard import never_typing


@pytest.fixture(autouse=True)
def table_again():
    yield
    choose({})


def test_the_table_itself_has_no_collisions_and_no_reserved_keys() -> None:
    assert collisions({}) == ()
    assert not {canonical(entry.sequence) for entry in KEYS} & RESERVED
    assert sound({entry.id: entry.sequence for entry in KEYS}).keys() == {entry.id for entry in KEYS}


@pytest.mark.parametrize(
    ("key_id", "sequence", "problem", "other"),
    [
        ("blank", "F8", KeyProblem.TAKEN, "unreadable"),
        ("blank", "F1", KeyProblem.TAKEN, "help"),
        ("help", "F9", KeyProblem.TAKEN, "blank"),
        ("blank", "Shift+Ctrl+U", KeyProblem.RESERVED, ""),
        ("blank", "Ctrl+Space", KeyProblem.RESERVED, ""),
        ("blank", "Ctrl+Alt+E", KeyProblem.RESERVED, ""),
        ("blank", "Alt+Z", KeyProblem.RESERVED, ""),
        ("blank", "A", KeyProblem.TYPES, ""),
        ("blank", "Shift+5", KeyProblem.TYPES, ""),
        ("blank", "Backspace", KeyProblem.TYPES, ""),
        ("blank", "Tab", KeyProblem.TYPES, ""),
        ("blank", "Ctrl+V", KeyProblem.TYPES, ""),
        ("blank", "Ctrl+Shift", KeyProblem.UNKNOWN, ""),
        ("accept", "F11", KeyProblem.TAKEN, "expand-code"),
        ("accept", "Shift+Return", KeyProblem.TAKEN, "next"),
        ("accept", "Space", KeyProblem.TYPES, ""),
        ("accept", "Shift+Left", KeyProblem.TYPES, ""),
        ("accept", "Shift+Ins", KeyProblem.TYPES, ""),
        ("next", "Backspace", KeyProblem.TYPES, ""),
        ("accept", "Alt+Z", KeyProblem.RESERVED, ""),
        ("accept", "Alt+3", KeyProblem.TAKEN, "pick"),
        ("previous", "Ctrl+6", KeyProblem.TAKEN, "go-carousel"),
        ("pick", "F10", KeyProblem.DIGIT, ""),
        ("pick", "Alt+2", KeyProblem.DIGIT, ""),
        ("pick", "Alt+Shift+1", KeyProblem.DIGIT, ""),
        ("pick", "Ctrl+1", KeyProblem.TAKEN, "go-books"),
        ("choices", "Ctrl+F", KeyProblem.TAKEN, "sheet-find"),
        ("snippets-confirm", "F2", KeyProblem.TAKEN, "snippet-edit"),
        ("sheet-down", "Tab", KeyProblem.TYPES, ""),
    ],
)
def test_what_cannot_be_chosen(key_id, sequence, problem, other) -> None:
    found = objection(key_id, sequence, {})
    assert found is not None and found.problem is problem
    assert (found.other.id if found.other else "") == other


@pytest.mark.parametrize(
    ("key_id", "sequence"),
    [
        ("blank", "F10"),
        ("blank", "F9"),
        ("zoom-in", "Ctrl+Shift++"),
        ("accept", "F10"),
        ("previous", "Ctrl+E"),
        ("pick", "Meta+1"),
        ("sheet-right", "Ctrl+E"),
        ("book-open", "F10"),
    ],
)
def test_what_can_be_chosen(key_id, sequence) -> None:
    assert objection(key_id, sequence, {}) is None


def test_enter_and_shift_enter_may_change_places() -> None:
    swapped = {"accept": "Shift+Return", "next": "Return"}
    assert sound(swapped) == swapped and collisions(swapped) == ()
    # Space opens no record from the entry field, whatever it does in the carousel.
    assert objection("snippets-confirm", "Space", {"snippet-entry": "Return"}) is None
    assert objection("accept", "Del", {}) is not None


def test_keys_that_were_given_away_are_free() -> None:
    assert objection("blank", "F8", {"unreadable": "F10"}) is None


def test_two_may_change_places() -> None:
    swapped = {"blank": "F8", "unreadable": "F9"}
    assert collisions(swapped) == () and sound(swapped) == swapped


def test_a_choice_is_followed_everywhere() -> None:
    choose({"person": "Ctrl+Shift+L"})
    assert key("person").sequence == "Ctrl+Shift+L"
    assert shown_keys("person") == "Ctrl+Shift+L"
    assert "Ctrl+Shift+L" in never_typing() and "Ctrl+U" not in never_typing()
    assert "Ctrl+Shift+L" in {entry.sequence for entry in keys_of(key("person").where)}
    choose({})
    assert key("person").sequence == "Ctrl+U"


_IDS = st.sampled_from([*(entry.id for entry in KEYS), "no-such-key"])
_SEQUENCES = st.one_of(
    st.sampled_from([entry.sequence for entry in KEYS]),
    st.sampled_from(sorted(RESERVED)),
    st.builds(
        "+".join,
        st.tuples(st.sampled_from(["Ctrl", "Alt", "Shift", "Ctrl+Shift"]), st.sampled_from(["A", "5", "F7", "+", ""])),
    ),
    st.text(max_size=6),
)


@settings(max_examples=80)
@given(st.dictionaries(_IDS, _SEQUENCES, max_size=8))
def test_no_saved_choice_makes_two_alike(saved) -> None:
    kept = sound(saved)
    assert collisions(kept) == ()
    assert "no-such-key" not in kept
    assert not set(kept.values()) & RESERVED
