"""Native libraries in processes of their own: when one dies, the field or page at hand fails and the program lives.

A process is begun when it is first asked, answers one question after another, and is begun anew after a death. It ends
with the program.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import multiprocessing
import threading
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from hotich.errors import EngineError, HotichError
from hotich.ocr.ctc import Logs
from hotich.ocr.engine import Crop, RawReading
from hotich.ocr.handwriting_engine import HandwritingEngine
from hotich.ocr.handwriting_lines import Grey
from hotich.values import Word

PATIENCE: Final = 180.0
"""Seconds after which a question without an answer is given up: no page takes so long on the weakest machine."""

ENDING: Final = 2.0
"""Seconds that a process is given to end by itself."""


class Apart:
    """A process that answers for what `module.maker(*arguments)` makes there. Safe to ask from several threads."""

    def __init__(self, name: str, module: str, maker: str, *arguments: Any) -> None:
        self._name, self._task = name, (module, maker, arguments)
        self._asking = threading.Lock()
        self._running: tuple[SpawnProcess, Connection] | None = None

    def ask(self, *question: Any) -> Any:
        """The answer to the question. Raises what the maker's function raises there, and EngineError when it dies."""
        with self._asking:
            if self._running is None:
                self._running = self._begun()
            process, line = self._running
            try:
                line.send(question)
                if not line.poll(PATIENCE):
                    raise TimeoutError
                worked, answer = line.recv()
            except (EOFError, OSError) as death:
                self._end()
                code = "" if process.exitcode is None else str(process.exitcode)
                raise EngineError("reading-engine-died", name=self._name, detail=code) from death
        if worked:
            return answer
        raise _error(*answer)

    def close(self) -> None:
        """End the process; the next question begins another."""
        with self._asking:
            self._end()

    def _begun(self) -> tuple[SpawnProcess, Connection]:
        context = multiprocessing.get_context("spawn")
        mine, theirs = context.Pipe()
        process = context.Process(target=_answer, args=(theirs, *self._task), daemon=True, name=f"hotich-{self._name}")
        process.start()
        theirs.close()
        atexit.register(self.close)
        return process, mine

    def _end(self) -> None:
        if self._running is None:
            return
        process, line = self._running
        self._running = None
        atexit.unregister(self.close)
        line.close()
        process.join(ENDING)
        if process.is_alive():
            process.kill()
            process.join()


def _answer(line: Connection, module: str, maker: str, arguments: tuple[Any, ...]) -> None:
    """What the process does: answers questions until nobody is left to ask."""
    function: Callable[..., Any] | None = None
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            question = line.recv()
            try:
                if function is None:
                    function = getattr(importlib.import_module(module), maker)(*arguments)
                line.send((True, function(*question)))
            except HotichError as error:
                line.send((False, (error.key, error.facts)))
            except Exception as error:
                # Only the kind of failure is told: its text may quote what stands on the page.
                line.send((False, ("reading-engine-failed", {"name": maker, "detail": type(error).__name__})))


def _error(key: str, facts: dict[str, str]) -> EngineError:
    return EngineError(key, **facts)


class EngineApart:
    """One of our engines, by name, in a process of its own."""

    def __init__(self, name: str) -> None:
        self._apart = Apart(name, "hotich.ocr.apart", "engine_function", name)
        self.name = name
        self._version = ""

    @property
    def version(self) -> str:
        """As the engine tells it."""
        self._version = self._version or str(self._apart.ask("version"))
        return self._version

    def read(self, crops: Sequence[Crop]) -> tuple[RawReading, ...]:
        """One reading per crop. Raises EngineError as the engine does, and when its process dies."""
        return tuple(self._apart.ask("read", tuple(crops)))

    def close(self) -> None:
        """End the process."""
        self._apart.close()


def engine_function(name: str) -> Callable[..., Any]:
    """What answers for an engine: its version, or its readings of crops."""
    from hotich.ocr.engine import recogniser

    engine = recogniser(name)

    def answer(what: str, crops: Sequence[Crop] = ()) -> Any:
        return engine.version if what == "version" else engine.read(crops)

    return answer


class HandwritingApart(HandwritingEngine):
    """The recogniser of handwriting with its network in a process of its own; words and learning stay here."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._apart = Apart(self.name, "hotich.ocr.apart", "network_function", folder)

    def _run(self, line: Grey) -> tuple[Logs, NDArray[np.float32]]:
        logs, features = self._apart.ask(line)
        return logs, features

    def close(self) -> None:
        """End the process."""
        self._apart.close()


def network_function(folder: Path) -> Callable[..., Any]:
    """What answers for the network in that folder: log probabilities and features of a line."""
    return HandwritingEngine(folder)._run


class WordsApart:
    """`find_words` in a process of its own."""

    def __init__(self) -> None:
        self._apart = Apart("tesserocr", "hotich.ocr.apart", "words_function")

    def __call__(self, picture: NDArray[np.uint8], dpi: float) -> tuple[Word, ...]:
        return tuple(self._apart.ask(picture, dpi))

    def close(self) -> None:
        """End the process."""
        self._apart.close()


def words_function() -> Callable[..., Any]:
    """What answers for the words of a page."""
    from hotich.ocr.words import find_words

    return find_words
