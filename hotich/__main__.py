"""Starts the program: the window, or a verb of the shell."""

from __future__ import annotations

import sys


def main() -> int:
    """The exit code: 0 when all went well, otherwise by the kind of error (see `hotich --help`)."""
    from hotich.commands.parser import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
