"""What happens when the program itself is wrong: a report without personal data, and one plain sentence."""

from __future__ import annotations

import platform
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from hotich import __version__
from hotich.errors import HotichError

Tell = Callable[[Path], None]


def report_text(error: BaseException) -> str:
    """Versions, the kind of error and the places in the code.

    The error's own words and every local value are left out: they may hold a person's name.
    """
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    head = [
        f"HoTich {__version__}",
        f"Python {platform.python_version()} {platform.system()} {platform.release()}",
        f"{type(error).__module__}.{type(error).__name__}",
    ]
    return "\n".join([*head, *places, ""])


class CrashReporter:
    """Writes a report for every error that nobody caught, in any thread, and tells where it lies.

    `tell` gets the file, `refuse` an error of the outside world; both are called in the thread of the error.
    """

    def __init__(self, folder: Path, tell: Tell, refuse: Callable[[HotichError], None]) -> None:
        self._folder = folder
        self._tell = tell
        self._refuse = refuse

    def install(self) -> None:
        """Take over from Python's own way, which prints names and dates to the console."""
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread

    def write(self, error: BaseException) -> Path:
        """The file that now holds the report."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"loi-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.txt"
        path.write_text(report_text(error), encoding="utf-8")
        return path

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        if isinstance(error, HotichError):
            # Not the program's fault: the disk is full, a file is gone. It has a sentence of its own.
            self._refuse(error)
        else:
            self._tell(self.write(error))

    def _uncaught_in_thread(self, facts: threading.ExceptHookArgs) -> None:
        if facts.exc_value is not None:
            self._uncaught(facts.exc_type, facts.exc_value, facts.exc_traceback)
