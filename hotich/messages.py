"""The sentence for each message key, Vietnamese first, English second, read from `texts/*.toml`.

A key is one table in one of those files: `["input-empty-file"]` with `vi = "..."` and `en = "..."`; `{name}` takes
a fact.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib import resources

from hotich.errors import HotichError


class Language(StrEnum):
    VIETNAMESE = "vi"
    ENGLISH = "en"


class DoubledKeyError(Exception):
    """Two text files give the same key: a mistake in the program, found at the first use."""


@cache
def all_messages() -> dict[str, dict[str, str]]:
    """Every key with its sentence by language. Raises DoubledKeyError."""
    merged: dict[str, dict[str, str]] = {}
    folder = resources.files("hotich") / "texts"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".toml"):
            continue
        for key, sentences in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if key in merged:
                raise DoubledKeyError(f"{file.name}: {key}")
            merged[key] = sentences
    return merged


class _Facts(dict[str, str]):
    """Leaves an unknown {name} standing, so that a missing fact never hides the sentence."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def sentence(key: str, facts: Mapping[str, str] | None = None, language: Language = Language.VIETNAMESE) -> str:
    """The sentence of that key with its facts filled in; the key itself when nobody wrote one."""
    texts = all_messages().get(key)
    if texts is None:
        return key
    return texts[language.value].format_map(_Facts(facts or {}))


def explain(error: HotichError, language: Language = Language.VIETNAMESE) -> str:
    """What happened and what to do, for a person; the reason that the system gave in English, in the same language."""
    facts = {name: _in_words(fact, language) if name in _REASONS else fact for name, fact in error.facts.items()}
    return sentence(error.key, facts, language)


def reason_in_words(error: OSError, language: Language = Language.VIETNAMESE) -> str:
    """Why the system refused, as it stands inside a sentence of ours; its own words where nobody translated them."""
    told = error.strerror or str(error)
    if told not in all_messages() and error.errno is not None:
        # Windows has words of its own; those of the number are the ones that stand in texts/system.toml.
        told = os.strerror(error.errno)
    return _in_words(told, language)


_REASONS = ("detail", "reason")
"""Facts that may be words of the operating system or of SQLite; those known stand in texts/system.toml."""

_NUMBERED = re.compile(r"\[Errno \d+\] ([^:]+)(?:: '.*')?", re.DOTALL)


def _in_words(fact: str, language: Language) -> str:
    numbered = _NUMBERED.fullmatch(fact)
    return sentence(numbered.group(1) if numbered else fact, language=language)
