"""Crash reports hold no personal data."""

import sys
import threading

import pytest

from hotich.errors import StoreError
from hotich.ui.crash import CrashReporter, report_text


def fail(name: str) -> None:
    raise ValueError(f"không hiểu {name}")


def caught(name: str) -> BaseException:
    try:
        fail(name)
    except ValueError as error:
        return error
    raise AssertionError


def test_a_report_tells_where_and_what_but_no_names():
    text = report_text(caught("Nguyễn Thị Hường"))
    assert "builtins.ValueError" in text and "test_crash.py" in text and " fail" in text
    assert "Hường" not in text and "không hiểu" not in text


@pytest.fixture
def hooks():
    kept = (sys.excepthook, threading.excepthook)
    yield
    sys.excepthook, threading.excepthook = kept


def test_errors_of_the_window_and_of_threads_are_written_down(tmp_path, hooks):
    told = []
    CrashReporter(tmp_path / "báo lỗi", told.append, told.append).install()
    error = caught("A")
    sys.excepthook(type(error), error, error.__traceback__)
    thread = threading.Thread(target=fail, args=("Lò Văn Páo",))
    thread.start()
    thread.join()
    assert len(told) == 2 and all(path.is_file() for path in told)
    assert "Páo" not in "".join(path.read_text(encoding="utf-8") for path in told)


def test_an_error_of_the_outside_world_is_no_crash(tmp_path, hooks):
    reports, refusals = [], []
    CrashReporter(tmp_path, reports.append, refusals.append).install()
    error = StoreError("store-disk-full", folder=tmp_path)
    sys.excepthook(type(error), error, None)
    assert refusals == [error] and not reports and not list(tmp_path.iterdir())
