"""Passphrases and PINs: asked on the terminal, or taken from a variable or an open file, never from the words typed."""

from __future__ import annotations

import argparse
import getpass
import os
import sys

from hotich.commands.console import Console
from hotich.errors import SetupError
from hotich.messages import sentence

LONGEST = 4096


def add_secret(parser: argparse.ArgumentParser, name: str, what: str) -> None:
    """Lets a secret of that name come from a variable or a file descriptor."""
    parser.add_argument(f"--{name}-env", default="", metavar="NAME", help=f"take {what} from this environment variable")
    parser.add_argument(
        f"--{name}-fd", type=int, default=-1, metavar="N", help=f"take {what} from this open file descriptor"
    )


def secret(words: argparse.Namespace, name: str, question: str, console: Console) -> str:
    """The secret of that name; `question` is the key of the sentence that asks for it. Raises SetupError for none."""
    variable, descriptor = getattr(words, f"{name}_env"), getattr(words, f"{name}_fd")
    if variable:
        return _from_variable(variable)
    if descriptor >= 0:
        return _from_descriptor(descriptor)
    if not sys.stdin.isatty():
        raise SetupError("secret-not-given", name=name)
    return getpass.getpass(sentence(question, language=console.language) + " ")


def _from_variable(name: str) -> str:
    found = os.environ.get(name, "")
    if not found:
        raise SetupError("secret-variable-empty", name=name)
    return found


def _from_descriptor(number: int) -> str:
    try:
        with os.fdopen(number, "rb", closefd=False) as stream:
            line = stream.readline(LONGEST)
        return line.decode("utf-8").rstrip("\r\n")
    except (OSError, ValueError) as failure:
        raise SetupError("secret-descriptor", number=number) from failure
