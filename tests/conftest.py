"""What every test stands on: no screen, one size of pixel, one thread of Tesseract, no trace in the home folder."""

import gc
import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Qt, Tesseract and numpy read these when they are loaded, hence before any test module is.
os.environ.update(
    LC_ALL="C.UTF-8",
    OMP_THREAD_LIMIT="1",
    OPENBLAS_NUM_THREADS="1",
    QT_QPA_PLATFORM="offscreen",
    QT_SCALE_FACTOR="1",
)

# Qt objects in rings of references must not end on a worker thread, which is where Python may collect them.
gc.disable()
_FULL_EVERY = 40
_torn_down = itertools.count(1)


def pytest_collection_finish() -> None:
    """What was loaded stays to the end: no later collection need look at it again."""
    gc.collect()
    gc.freeze()


def pytest_runtest_teardown() -> None:
    """Collects what a test left, on the main thread: the young garbage always, all of it now and then."""
    gc.disable()
    gc.collect(2 if next(_torn_down) % _FULL_EVERY == 0 else 1)


# No deadline: how fast a busy machine is says nothing about the product; speed is measured in bench/.
settings.register_profile("suite", deadline=None, max_examples=60, derandomize="CI" in os.environ)
settings.load_profile("suite")


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home folder of the test run's own, so that no test reads or changes the settings of who runs it."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
            patch.setenv(name, str(home))
        for name in ("CONFIG", "DATA", "CACHE", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        yield home
