"""Starts the program: the window, or a verb of the shell."""

from __future__ import annotations

import io
import os
import sys

# Many small matrices are solved for every page: on two cores more threads make that ten times slower.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# More threads make Tesseract slower too. Both read these when they are loaded.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")


def main() -> int:
    """The exit code: 0 when all went well, otherwise by the kind of error (see `hotich --help`)."""
    from hotich.commands.parser import run

    # A program without a console, as a window on Windows may be, has no such streams.
    streams = [stream for stream in (sys.stdout, sys.stderr) if isinstance(stream, io.TextIOWrapper)]
    for stream in streams:
        # Elsewhere than on a screen Windows would write its old code page, which lacks most Vietnamese letters.
        stream.reconfigure(encoding="utf-8", errors="replace")
    code = run(sys.argv[1:])
    for stream in streams:
        _let_go(stream)
    return code


def _let_go(stream: io.TextIOWrapper) -> None:
    """Leaves nothing that the interpreter would try to write to a pipe or disk that takes no more."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


if __name__ == "__main__":
    sys.exit(main())
