"""The verb that opens the window."""

from __future__ import annotations

import argparse

from hotich.commands.console import Console
from hotich.commands.verbs import default_workspace


def show(words: argparse.Namespace, console: Console) -> int:
    """The window until it is closed: the user's own workspace unless the words name another."""
    from hotich import app

    folder = getattr(words, "workspace", None) or default_workspace()
    return app.main(folder, console.language, offer_practice=not getattr(words, "no_practice", False))
