"""The checks within one record that rules may name. Each yields a hit for every field or pair of fields it objects to.

A check speaks only of what somebody confirmed: an open field is no finding, it is unfinished work.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from hotich.dates import parse_date, words_agree
from hotich.forms.formspec import FieldKind, Need
from hotich.rules.date_checks import DATE_CHECKS
from hotich.rules.hit import Hit
from hotich.rules.rulespec import RecordView, RuleContext, RuleSpec
from hotich.text import fold, split_person_name
from hotich.values import FieldState

Check = Callable[[RecordView, RuleSpec, RuleContext], Iterator[Hit]]

_PARENT_UNKNOWN = {"meHoTen": {"2", "4", "5"}, "chaHoTen": {"3", "4", "5"}}
"""Codes of nksLoaiKhaiSinh (1437/BTP-CNTT, column 21) under which a parent's name may be empty."""


def required(view: RecordView, rule: RuleSpec, context: RuleContext) -> Iterator[Hit]:
    """Columns that the importer refuses empty."""
    for field in context.spec.fields:
        if field.need is Need.REQUIRED and view.known(field.id) and not view.normal(field.id):
            yield Hit((field.id,), {"label": context.label(field.id)})


def core(view: RecordView, rule: RuleSpec, context: RuleContext) -> Iterator[Hit]:
    """Columns without which a record says little."""
    for field in context.spec.fields:
        if field.need not in (Need.CORE, Need.CORE_UNLESS) or not view.known(field.id):
            continue
        excused = view.normal("nksLoaiKhaiSinh") in _PARENT_UNKNOWN.get(field.id, set())
        if not view.has_text(field.id) and not excused:
            yield Hit((field.id,), {"label": context.label(field.id)})


def pattern(view: RecordView, rule: RuleSpec, context: RuleContext) -> Iterator[Hit]:
    """Normal forms of the named fields that do not look as the rule's one word, a regular expression, asks."""
    shape = re.compile(rule.words[0])
    for field_id in rule.fields:
        normal = view.normal(field_id)
        if normal and shape.fullmatch(normal) is None:
            yield Hit((field_id,), _labelled(context, field_id, value=normal))


def not_understood(view: RecordView, rule: RuleSpec, context: RuleContext) -> Iterator[Hit]:
    """Fields of the kinds in `words` that hold text without a normal form."""
    for field in context.spec.fields:
        if field.kind.value in rule.words and view.has_text(field.id) and not view.normal(field.id):
            if field.kind is FieldKind.DATE and _is_lunar(view, field.id):
                continue
            yield Hit((field.id,), {"label": context.label(field.id), "value": view.written(field.id)})


def lunar(view: RecordView, rule: RuleSpec, context: RuleContext) -> Iterator[Hit]:
    """Dates that the page gives in the lunar calendar."""
    for field in context.spec.fields:
        if field.kind is FieldKind.DATE and view.has_text(field.id) and _is_lunar(view, field.id):
            yield Hit((field.id,), {"label": context.label(field.id), "value": view.written(field.id)})


def unreadable(view: RecordView, rule: RuleSpec, context: RuleContext) -> Iterator[Hit]:
    """Fields that a person could not read."""
    for field_id, value in view.values.items():
        if value.state is FieldState.UNREADABLE:
            yield Hit((field_id,), _labelled(context, field_id))


def only_punctuation(view: RecordView, rule: RuleSpec, context: RuleContext) -> Iterator[Hit]:
    """Texts without a letter or digit, such as a place of nothing but commas."""
    for field in context.spec.fields:
        if field.kind in (FieldKind.PLACE, FieldKind.PERSON_NAME, FieldKind.TEXT):
            normal = view.normal(field.id)
            if normal and not any(letter.isalnum() for letter in normal):
                yield Hit((field.id,), {"label": context.label(field.id), "value": normal})


def name_letters(view: RecordView, rule: RuleSpec, context: RuleContext) -> Iterator[Hit]:
    """Names with digits or signs that no name has."""
    for field in context.spec.fields:
        normal = view.normal(field.id) if field.kind is FieldKind.PERSON_NAME else ""
        if any(not (letter.isalpha() or letter in " '’.-()") for letter in normal):
            yield Hit((field.id,), {"label": context.label(field.id), "value": normal})


def name_capitals(view: RecordView, rule: RuleSpec, context: RuleContext) -> Iterator[Hit]:
    """Names wholly in capitals."""
    for field in context.spec.fields:
        normal = view.normal(field.id) if field.kind is FieldKind.PERSON_NAME else ""
        if len(normal) > 3 and normal.isupper():
            yield Hit((field.id,), {"label": context.label(field.id), "value": normal})


def middle_name_sex(view: RecordView, rule: RuleSpec, context: RuleContext) -> Iterator[Hit]:
    """A middle name that is nearly always of the other sex; `fields` are name and sex, `words` "middle=code"."""
    name, sex = rule.fields
    code = view.normal(sex)
    middle = fold(split_person_name(view.normal(name)).middle).split()
    for word, expected in (pair.split("=") for pair in rule.words):
        if code in ("1", "2") and code != expected and fold(word) in middle:
            yield Hit((name, sex), {"word": word, "name": view.normal(name)})


def words_against_figures(view: RecordView, rule: RuleSpec, context: RuleContext) -> Iterator[Hit]:
    """A date in figures and the same in words (`fields` in that order) that do not agree."""
    figures, words = rule.fields
    date = view.date(figures)
    if date is not None and view.has_text(words) and words_agree(date, view.written(words)) is False:
        yield Hit((figures, words), {"figures": view.written(figures), "words": view.written(words)})


def paper_without_number(view: RecordView, rule: RuleSpec, context: RuleContext) -> Iterator[Hit]:
    """A kind of identity paper (any but 0 and 8) whose number is empty; `fields` come in pairs of kind and number."""
    for kind, number in zip(rule.fields[::2], rule.fields[1::2], strict=True):
        if view.normal(kind) not in ("", "0", "8") and view.known(number) and not view.normal(number):
            yield Hit((kind, number), _labelled(context, number))


def paper_number_length(view: RecordView, rule: RuleSpec, context: RuleContext) -> Iterator[Hit]:
    """Numbers of a CMND (9 digits) or CCCD (12 digits) of another length; `fields` in pairs of kind and number."""
    for kind, number in zip(rule.fields[::2], rule.fields[1::2], strict=True):
        digits = {"1": (9, 12), "4": (12,)}.get(view.normal(kind))
        normal = view.normal(number)
        if digits and normal and not (normal.isdecimal() and len(normal) in digits):
            yield Hit((number,), _labelled(context, number, value=normal))


def personal_number(view: RecordView, rule: RuleSpec, context: RuleContext) -> Iterator[Hit]:
    """A 12-digit number against sex and year of birth: `fields` are number, sex and date of birth.

    Digit 4 is the century and sex (0 man, 1 woman of 1900-1999; 2, 3 of 2000-2099), digits 5-6 the year.
    """
    number, sex, born = rule.fields
    digits, date = view.normal(number), view.date(born)
    if not (digits.isdecimal() and len(digits) == 12):
        return
    year = date.year if date is not None and isinstance(date.year, int) else None
    if year is not None and (int(digits[4:6]) != year % 100 or int(digits[3]) // 2 != (year - 1900) // 100):
        yield Hit((number, born), {"value": digits, "other": view.written(born)})
    if view.normal(sex) in ("1", "2") and int(digits[3]) % 2 != int(view.normal(sex)) - 1:
        yield Hit((number, sex), {"value": digits, "other": view.written(sex)})


def _is_lunar(view: RecordView, field_id: str) -> bool:
    date = parse_date(view.written(field_id)).date
    return date is not None and date.lunar


def _labelled(context: RuleContext, field_id: str, **facts: str) -> dict[str, str]:
    return {"label": context.label(field_id), **facts}


RECORD_CHECKS: dict[str, Check] = {
    "required": required,
    "core": core,
    "pattern": pattern,
    "not-understood": not_understood,
    "lunar": lunar,
    "unreadable": unreadable,
    "only-punctuation": only_punctuation,
    "name-letters": name_letters,
    "name-capitals": name_capitals,
    "middle-name-sex": middle_name_sex,
    "words-against-figures": words_against_figures,
    "paper-without-number": paper_without_number,
    "paper-number-length": paper_number_length,
    "personal-number": personal_number,
    **DATE_CHECKS,
}
