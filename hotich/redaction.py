"""What lists, logs and consoles show of confidential records: enough to count them and to tell them apart, no more.

The rule. Records of adoption are confidential unless they are made up for practice. Where people only need to count or
to find a line (results of a search, lists of findings, what a command prints) they keep their number, book, day of
registration and page. Of a name each word keeps its first letter (`Trần Thị Bé` is `T… T… B…`): leaving out the given
name alone would not do, since among the Ê Đê the family's name comes last. Of a sentence everything between “ ” and
every date goes. A stranger's sentence, such as the importer's reason, may name people without quoting them: in it two
or more words with capitals keep but their first letters. The whole record is seen only by opening it, which stands in
the history of actions.
"""

from __future__ import annotations

import re
from itertools import groupby

import msgspec

from hotich.text import nfc
from hotich.values import Book, Finding, RecordType

CONFIDENTIAL = frozenset({RecordType.ADOPTION})
"""Personal secrets of the registers are told to nobody (law 60/2014, articles 61 and 74); here every record is one."""

HIDDEN = "•••"
_QUOTED = re.compile(r"“[^”]*”?")
_OTHER_QUOTES = re.compile(r'"[^"]*"?|«[^»]*»?')
_WORD = r"[^\W\d_](?:[\w'’]*\w)?"
_WORDS = re.compile(rf"{_WORD}(?:\s+{_WORD})*")
_DATE = re.compile(r"\b(?:\d{1,2}[./-]){1,2}\d{4}\b")


def is_confidential(book: Book) -> bool:
    """Whether what the book says may not be read by everybody; made-up people have no secrets."""
    return book.record_type in CONFIDENTIAL and not book.practice


def redacted_name(name: str) -> str:
    """The name as lists show it: the first letter of each word."""
    return " ".join(f"{word[0]}…" for word in name.split())


def redacted_sentence(text: str) -> str:
    """A sentence about a record without the values it quotes."""
    return _DATE.sub(HIDDEN, _QUOTED.sub(f"“{HIDDEN}”", text))


def redacted_statement(text: str) -> str:
    """A sentence of a stranger about a record, without what it quotes and without names that it does not quote."""
    unquoted = _OTHER_QUOTES.sub(f"“{HIDDEN}”", redacted_sentence(nfc(text)))
    return _WORDS.sub(lambda found: _without_names(found.group()), unquoted)


def _without_names(words: str) -> str:
    """Words in a row; of those with capitals that stand beside others of the kind only the first letters."""
    told: list[str] = []
    for capital, run in groupby(words.split(), key=lambda word: word[0].isupper()):
        same = list(run)
        told += redacted_name(" ".join(same)).split() if capital and len(same) > 1 else same
    return " ".join(told)


def redacted_finding(finding: Finding) -> Finding:
    """The finding with its sentence as lists show it."""
    message, reason = redacted_sentence(finding.message), redacted_sentence(finding.accepted_reason)
    return msgspec.structs.replace(finding, message=message, accepted_reason=reason)


def shown_findings(findings: tuple[Finding, ...], book: Book) -> tuple[Finding, ...]:
    """The findings of a book as lists show them."""
    return tuple(map(redacted_finding, findings)) if is_confidential(book) else findings
