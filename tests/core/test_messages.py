"""Every sentence exists in both languages with the same facts, and every key that the program names has one."""

from __future__ import annotations

import ast
import errno
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from hotich import errors
from hotich.errors import HotichError, InputError
from hotich.messages import Language, all_messages, explain, reason_in_words, sentence

PACKAGE = Path(__file__).parents[2] / "hotich"
ERRORS = {name for name in dir(errors) if name.endswith("Error")}


def facts_of(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", sorted(all_messages()))
def test_both_languages_say_the_same_facts(key: str) -> None:
    texts = all_messages()[key]
    assert set(texts) == {"vi", "en"}
    assert facts_of(texts["vi"]) == facts_of(texts["en"])
    assert all(text.strip() == text and text for text in texts.values())


def raised_keys() -> Iterator[tuple[str, str]]:
    """Every literal first argument of an error of ours, with its file."""
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in ERRORS | {"sentence", "say"} and isinstance(node.args[0].value, str):
                yield node.args[0].value, file.name


def test_every_key_that_the_program_names_has_a_sentence() -> None:
    missing = {key: file for key, file in raised_keys() if key not in all_messages()}
    assert not missing


def test_an_error_explains_itself_in_both_languages() -> None:
    error = HotichError("policy-four-eyes", name="Lê An")
    assert "Lê An" in explain(error) and "Lê An" in explain(error, Language.ENGLISH)


def test_a_missing_fact_does_not_hide_the_sentence() -> None:
    assert "{name}" in sentence("policy-four-eyes")


def test_an_unknown_key_is_told_as_it_is() -> None:
    assert explain(InputError("no-such-key")) == "no-such-key"


def test_what_the_system_says_is_told_in_the_language_of_the_sentence(tmp_path: Path) -> None:
    told = []
    for place in (tmp_path / "không có" / "a", tmp_path):
        with pytest.raises(OSError) as failed:
            place.read_bytes()
        told += [failed.value.strerror, failed.value]
    for reason in told:
        error = HotichError("export-cannot-write", folder="/nơi khác", detail=reason)
        assert not re.search("no such|directory|errno", explain(error), re.IGNORECASE), explain(error)
        assert "/nơi khác" in explain(error, Language.ENGLISH)


def test_a_refusal_of_the_system_is_told_in_words_of_ours(tmp_path: Path) -> None:
    with pytest.raises(OSError) as failed:
        (tmp_path / "none").read_bytes()
    assert reason_in_words(failed.value) == "không có tệp hoặc thư mục này"
    assert reason_in_words(failed.value, Language.ENGLISH) == "no such file or directory"


def test_words_that_only_windows_says_are_told_by_their_number() -> None:
    error = OSError(errno.EACCES, "Access is denied")
    assert reason_in_words(error) == "không có quyền"


def test_a_refusal_without_a_number_is_told_as_it_is() -> None:
    assert reason_in_words(OSError("strange")) == "strange"


def test_a_reason_that_nobody_translated_is_told_as_it_is() -> None:
    assert "strange" in explain(HotichError("export-cannot-write", folder="/a", detail="strange"))
