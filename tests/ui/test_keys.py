"""The table of shortcuts."""

from itertools import combinations

import pytest
from PySide6.QtGui import QKeySequence

from hotich.messages import Language
from hotich.ui.keys import KEYS, Key, Where, key, keys_of
from hotich.ui.presenters.desk import Screen
from hotich.ui.views.help_dialog import guide, keys_table, typing_guide


@pytest.mark.parametrize("screen", [where for where in Where if where is not Where.EVERYWHERE])
def test_no_two_keys_collide_on_a_screen(screen):
    here = [*keys_of(Where.EVERYWHERE), *keys_of(screen)]
    for one, other in combinations(here, 2):
        assert QKeySequence(one.sequence) != QKeySequence(other.sequence), f"{one.id} / {other.id}: {one.sequence}"


@pytest.mark.parametrize("entry", KEYS, ids=lambda entry: entry.id)
def test_every_key_is_one_qt_knows_and_is_explained_in_both_languages(entry: Key):
    assert QKeySequence(entry.sequence).count() == 1
    assert "" not in QKeySequence(entry.sequence).toString().split("+") or entry.sequence.endswith("++")
    assert entry.vi and entry.en and entry.vi != entry.en


def test_ids_are_unique():
    assert len({entry.id for entry in KEYS}) == len(KEYS)
    with pytest.raises(KeyError):
        key("no-such-key")


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("screen", list(Screen))
def test_help_names_every_key_of_the_screen(screen, language):
    keys = keys_of(Where(screen.value))
    table = keys_table(keys, language, ("Phím", "Việc"))
    assert all(entry.label(language.value) in table for entry in keys)
    assert guide(screen, language).startswith("# ")


@pytest.mark.parametrize("language", list(Language))
def test_the_guide_to_typing_names_the_keys_as_they_are(language):
    told = typing_guide(language)
    assert all(key(key_id).sequence in told for key_id in ("typing", "short-codes", "expand-code"))
    assert "{" not in told and "5378" in told
