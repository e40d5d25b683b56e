"""One thread writes for all, and its errors reach who asked."""

from __future__ import annotations

import threading

import pytest
import sqlite_utils

from hotich.errors import StoreError
from hotich.store.lane import Lane


def memory() -> sqlite_utils.Database:
    return sqlite_utils.Database(memory=True, execute_plugins=False)


def test_all_work_runs_on_one_thread_that_is_not_the_callers() -> None:
    lane = Lane(memory)
    idents = {lane.run(lambda db: threading.get_ident()) for _ in range(5)}
    assert len(idents) == 1 and threading.get_ident() not in idents
    assert lane.run(lambda db: lane.run(lambda inner: inner is db)), "work may ask for more work"
    lane.close(lambda db: None)


def test_an_error_reaches_the_caller_and_the_lane_goes_on() -> None:
    lane = Lane(memory)
    with pytest.raises(ZeroDivisionError):
        lane.run(lambda db: 1 // 0)
    assert lane.run(lambda db: db.execute("SELECT 7").fetchone()) == (7,)
    lane.close(lambda db: None)


def test_a_lane_that_cannot_connect_leaves_no_thread() -> None:
    def refuse() -> sqlite_utils.Database:
        raise StoreError("store-damaged")

    before = threading.active_count()
    with pytest.raises(StoreError, match="store-damaged"):
        Lane(refuse)
    assert threading.active_count() == before


def test_a_closed_lane_says_so_even_when_the_farewell_failed() -> None:
    lane = Lane(memory)
    with pytest.raises(ZeroDivisionError):
        lane.close(lambda db: 1 // 0)
    with pytest.raises(StoreError, match="store-closed"):
        lane.run(lambda db: None)
