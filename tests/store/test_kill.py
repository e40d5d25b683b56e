"""A program killed at any instant loses at most the field being typed, and the file opens."""

from pathlib import Path

from tests.store.kill import run


def test_kills_at_random_instants_lose_no_acknowledged_field(folder: Path) -> None:
    tally = run(folder, kills=25)
    assert tally.faults == []
    assert tally.kills == 25
    assert tally.extra <= 25
    assert tally.acknowledged > 0, "no kill met a program at work"
