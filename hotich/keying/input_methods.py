"""Whether a program for typing Vietnamese is at work on this computer."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

_BY_ENVIRONMENT: Final = ("QT_IM_MODULE", "QT_IM_MODULES", "GTK_IM_MODULE", "XMODIFIERS")
_BRIDGES: Final = ("ibus", "fcitx", "scim", "uim", "hime", "gcin")
_PROGRAMS: Final = (
    "unikey",
    "evkey",
    "openkey",
    "gotiengviet",
    "vietkey",
    "vpskeys",
    "laban",
    "ibus-daemon",
    "fcitx",
    "scim",
    "uim-xim",
    "xunikey",
    "x-unikey",
)
_PATIENCE_SECONDS: Final = 5


def found_input_method(environment: Mapping[str, str], running: Callable[[], Iterable[str]], platform: str) -> str:
    """Return the name of an input method that is set up or runs here, '' when none is found.

    `running` gives the names of programs and is only asked where the environment says nothing. A Mac always has one.
    """
    if platform == "darwin":
        return "macOS"
    for name in _BY_ENVIRONMENT if platform.startswith("linux") else ():
        bridge = next((bridge for bridge in _BRIDGES if bridge in environment.get(name, "").lower()), "")
        if bridge:
            return bridge
    for program in running():
        small = program.lower()
        if any(small.startswith(known) for known in _PROGRAMS):
            return program
    return ""


def running_programs() -> tuple[str, ...]:
    """Return the names of the programs that run, () where the computer does not tell."""
    if sys.platform == "win32":
        return _windows_programs()
    return tuple(_names_in(Path("/proc")))


def _names_in(folder: Path) -> Iterable[str]:
    for entry in folder.glob("[0-9]*/comm"):
        try:
            yield entry.read_text(encoding="utf-8", errors="replace").strip()
        except OSError:  # it ended meanwhile
            continue


def _windows_programs() -> tuple[str, ...]:
    command = ["tasklist", "/fo", "csv", "/nh"]
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        told = subprocess.run(
            command, capture_output=True, timeout=_PATIENCE_SECONDS, check=True, creationflags=flags
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return ()
    rows = csv.reader(io.StringIO(told.decode(errors="replace")))
    return tuple(row[0] for row in rows if row)
