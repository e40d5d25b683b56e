"""Text that XML 1.0 can hold."""

from __future__ import annotations


def lawful(text: str) -> str:
    """The text without control letters and half letters."""
    return "".join(letter for letter in text if _is_lawful(letter))


def _is_lawful(letter: str) -> bool:
    """XML 1.0, production 2 (Char), less the carriage return, which readers turn into a line feed."""
    return letter in "\t\n" or " " <= letter < "\ud800" or "\ue000" <= letter <= "\ufffd" or letter > "\uffff"
