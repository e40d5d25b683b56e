"""Starts the program: the window, or a verb of the shell."""

from __future__ import annotations

import os
import sys

# Many small matrices are solved for every page: on two cores more threads make that ten times slower.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# More threads make Tesseract slower too. Both read these when they are loaded.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")


def main() -> int:
    """The exit code: 0 when all went well, otherwise by the kind of error (see `hotich --help`)."""
    from hotich.commands.parser import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
