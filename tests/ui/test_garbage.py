"""Garbage is collected on the window's thread alone."""

import gc
import threading

import pytest
from PySide6.QtCore import QObject

from hotich.ui.garbage import WindowGarbage, collect_due


class Ring:
    """Lives until the collector finds that it holds only itself; says on which thread it ended."""

    def __init__(self, ended):
        self.itself, self.ended = self, ended

    def __del__(self):
        self.ended.append(threading.current_thread())


@pytest.fixture
def garbage(qapp):
    parent = QObject()
    garbage = WindowGarbage(parent)
    yield garbage
    garbage.close()
    gc.disable()


def test_rings_made_beside_end_on_the_windows_thread(qtbot, garbage):
    ended = []

    def make_rings():
        for _ in range(5_000):
            Ring(ended)

    thread = threading.Thread(target=make_rings)
    thread.start()
    thread.join()
    assert not ended
    qtbot.waitUntil(lambda: len(ended) == 5_000, timeout=10_000)
    assert set(ended) == {threading.main_thread()}


def test_nothing_is_collected_before_it_is_due(garbage):
    gc.collect()
    assert collect_due() is None


def test_python_collects_by_itself_again_after_the_program(garbage):
    assert not gc.isenabled()
    garbage.close()
    assert gc.isenabled()
