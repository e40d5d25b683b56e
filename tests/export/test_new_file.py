"""Files appear whole, and what a killed program left behind goes."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from hotich.export.new_file import LEFT_AFTER, new_file


def test_what_was_left_a_day_ago_goes_and_what_is_being_written_stays(tmp_path: Path) -> None:
    old, young, other = (
        tmp_path / f".{letter * 16}{end}.part" for letter, end in (("a", ".x"), ("b", ".x"), ("c", ".y"))
    )
    for file in (old, young, other):
        file.write_bytes(b"1")
    for file in (old, other):
        os.utime(file, (time.time() - LEFT_AFTER - 60,) * 2)
    path, told = new_file(tmp_path, "KS", ".x", lambda file: file.write(b"22"))
    assert (path.read_bytes(), told) == (b"22", 2)
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted([young.name, other.name, "KS.x"])


def test_nothing_is_left_when_writing_fails(tmp_path: Path) -> None:
    def fail(file: object) -> None:
        raise ValueError

    with pytest.raises(ValueError):
        new_file(tmp_path, "KS", ".x", fail)
    assert not list(tmp_path.iterdir())
