"""The verb that opens the window."""

from __future__ import annotations

import argparse

from hotich.commands.console import Console
from hotich.commands.verbs import default_workspace


def show(words: argparse.Namespace, console: Console) -> int:
    """The window until it is closed: on the workspace that the words name and nothing else, or on the user's own.

    Until the user's own workspace holds a book the window begins on the practice workspace beside it.
    """
    from hotich import app

    named = getattr(words, "workspace", None)
    if named is not None:
        return app.main(named, console.language)
    own, begin_own = default_workspace(), getattr(words, "no_practice", False)
    return app.main(own, console.language, practice=own.with_name("practice"), begin_own=begin_own)
