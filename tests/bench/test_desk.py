"""The scripted operator: whole records of every type by keys alone, and the counting of keys."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from bench.desk_clerk import Likeness, like
from bench.desk_commune import commune_book
from bench.desk_hands import weight
from bench.desk_readings import ACCURACY
from bench.desk_session import key_book
from bench.desk_telex import keys_of, shown, strokes
from bench.desk_ways import Change, Help


@pytest.mark.parametrize(
    ("text", "keys", "count"),
    [
        ("Nguyễn", "Nguyeenx", 9),
        ("Đường", "Dduwowngf", 10),
        ("Kbuôr", "Kbuoorr", 8),
        ("thôn 4", "thoon 4", 7),
        ("29/2009", "29/2009", 7),
    ],
)
def test_keys_of_a_telex_typist(text: str, keys: str, count: int) -> None:
    assert keys_of(text) == keys
    assert shown(keys) == text
    assert strokes(text) == count


@pytest.mark.parametrize(("sequence", "count"), [("Return", 1), ("Ctrl+Return", 2), ("Ctrl+Shift+D", 3), ("Ctrl++", 2)])
def test_every_part_of_a_combination_is_a_key(sequence: str, count: int) -> None:
    assert weight(sequence) == count


@pytest.mark.parametrize(
    ("old", "new", "count"),
    [
        ("ngày một", "Ngày một", 1 + 1 + 2),
        ("Thôn Đông, xã Yên", "Thôn Đoài, xã Yên", 1 + 6 + 3 + 4),
        ("Lê Thị Hoa", "Lê Thị Hòa", 1 + 1 + 2),
    ],
)
def test_a_change_is_met_from_the_nearer_end(old: str, new: str, count: int) -> None:
    assert Change.between(old, new).strokes == count


@pytest.mark.parametrize(
    ("read", "true", "likeness"),
    [
        ("Lê Thị Hoa", "Lê Thị Hòa", Likeness.MARK),
        ("Lê Thị Hoa", "Lê Thị Hoo", Likeness.LETTER),
        ("05/03/2009", "06/03/2009", Likeness.FIGURE),
        ("Nam", "Nữ", Likeness.OTHER),
    ],
)
def test_how_texts_differ(read: str, true: str, likeness: Likeness) -> None:
    assert like(read, true) is likeness


@pytest.mark.parametrize(
    ("record", "used"),
    [("KS", Help.TYPED), ("KS", Help.READINGS), ("KT", Help.MEMORY), ("KH", Help.READINGS), ("CN", Help.MEMORY)],
)
def test_records_by_keys_alone_are_as_on_the_paper(record: str, used: Help, qtbot: QtBot) -> None:
    """The operator itself holds every record against the paper; a slip of the window ends the run."""
    done = key_book(commune_book(record, 2, seed=3), used, ACCURACY, seed=3)
    assert len(done.tallies) == 2
    assert done.mouse == 0
    assert all(0 < tally.keys < tally.plain for tally in done.tallies)
