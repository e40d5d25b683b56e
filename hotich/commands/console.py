"""How verbs talk to the shell: sentences or JSON on standard output, progress and errors on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import TextIO

import msgspec

from hotich.errors import HotichError, SetupError
from hotich.messages import Language, explain, sentence

BAR = 24
REDRAW_SECONDS = 0.1


class Console:
    """Where a verb writes; with `as_json` its result is one JSON document and nothing else is on standard output."""

    def __init__(self, as_json: bool, language: Language, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self.as_json = as_json
        self.language = language
        self._out = out or sys.stdout
        self._err = err or sys.stderr
        self._lost: OSError | None = None

    def say(self, key: str, **facts: object) -> None:
        """One sentence; silent with `as_json`."""
        if not self.as_json:
            self.line(sentence(key, {name: str(fact) for name, fact in facts.items()}, self.language))

    def line(self, text: str = "") -> None:
        """One line as it is; silent with `as_json`."""
        if not self.as_json:
            self._write(text)

    def result(self, value: object) -> None:
        """The verb's result as JSON; silent without `as_json`."""
        if self.as_json:
            self._write(msgspec.json.format(msgspec.json.encode(value), indent=2).decode("utf-8"))

    def _write(self, text: str) -> None:
        """What nobody reads any more, or has no room, must not stop the work that is told of."""
        if self._lost is None:
            try:
                print(text, file=self._out, flush=True)
            except OSError as error:
                self._lost = error

    def finish(self, code: int) -> int:
        """The exit code of a verb that ended with that one: another where its words could not be written.

        A reader who has enough, as `head`, is no fault.
        """
        if code or self._lost is None or isinstance(self._lost, BrokenPipeError):
            return code
        return self.error(SetupError("commands-output-lost", detail=self._lost.strerror or self._lost))

    def head(self, *names: str) -> tuple[str, ...]:
        """The heads of columns in the language of the console."""
        return tuple(sentence(f"commands-head-{name}", language=self.language) for name in names)

    def table(self, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
        """Rows in columns as wide as their longest cell, numbers to the right."""
        widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
        for row in (head, tuple("-" * width for width in widths), *rows):
            self.line("  ".join(_cell(text, width) for text, width in zip(row, widths, strict=True)).rstrip())

    def error(self, error: HotichError) -> int:
        """Tells what happened and gives the exit code of that kind of error."""
        with suppress(OSError):
            print(explain(error, self.language), file=self._err, flush=True)
        if self.as_json:
            self.result({"error": error.key, "facts": error.facts, "sentence": explain(error, self.language)})
        return error.exit_code


def _cell(text: str, width: int) -> str:
    numeric = text.replace(".", "", 1).replace("%", "", 1).replace(" ", "").isdecimal()
    return text.rjust(width) if numeric else text.ljust(width)


class ProgressBar:
    """A ticket that draws a bar on standard error where that is a terminal, else a line for each new step."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._drawn = 0.0
        self._last = ""

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Draws at most ten times a second, and always the end."""
        with suppress(OSError):  # Nobody watches any more; the work goes on.
            self._draw(done, total, text)

    def _draw(self, done: int, total: int, text: str) -> None:
        now = time.monotonic()
        if self._stream.isatty():
            if done < total and now - self._drawn < REDRAW_SECONDS:
                return
            self._drawn = now
            filled = BAR * done // total if total else BAR
            ending = "\n" if done >= total else ""
            bar = "█" * filled + "░" * (BAR - filled)
            print(f"\r{bar} {done}/{total} {text[:40]:<40}", end=ending, file=self._stream, flush=True)
        elif text and text != self._last:
            self._last = text
            print(f"[{min(done + 1, total)}/{total}] {text}", file=self._stream, flush=True)

    def check(self) -> None:
        """Nothing: the shell stops a verb by Ctrl+C, which leaves every finished page in the workspace."""
