"""Errors by who can do something about them. Wrong data is never an error: it is a finding of the rules."""

from __future__ import annotations


class HotichError(Exception):
    """Something outside the data went wrong. `key` names the sentence in `messages`, `facts` fill it.

    `exit_code` is what the command line returns for this family.
    """

    exit_code = 1

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key)
        self.key = key
        self.facts = {name: str(fact) for name, fact in facts.items()}

    def __str__(self) -> str:
        told = ", ".join(f"{name}={fact}" for name, fact in self.facts.items())
        return f"{self.key} ({told})" if told else self.key


class InputError(HotichError):
    """This file or page cannot be used; the others can."""

    exit_code = 3


class SetupError(HotichError):
    """Something the program needs is missing: a model, a font, room on the disk."""

    exit_code = 4


class StoreError(HotichError):
    """The workspace cannot be opened or written."""

    exit_code = 5


class PolicyError(HotichError):
    """Not allowed: four eyes, a closed record, an export with errors in it."""

    exit_code = 6


class EngineError(HotichError):
    """A recogniser failed on one page; the page is marked and the batch goes on."""

    exit_code = 7


class PackageError(HotichError):
    """A package cannot be read at all."""

    exit_code = 8


class Cancelled(Exception):
    """A person stopped a long piece of work between two steps."""
