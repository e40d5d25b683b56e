"""The checks on dates within one record that rules may name."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

from hotich.dates import Order, PartialDate, compare
from hotich.forms.formspec import FieldKind
from hotich.rules.hit import Hit
from hotich.rules.rulespec import RecordView, RuleContext, RuleSpec


def date_order(view: RecordView, rule: RuleSpec, context: RuleContext) -> Iterator[Hit]:
    """The first of two `fields` surely after the second."""
    first, second = rule.fields
    earlier, later = view.date(first), view.date(second)
    if earlier is not None and later is not None and compare(earlier, later) is Order.AFTER:
        yield Hit((first, second), {"first": view.written(first), "second": view.written(second)})


def year_sanity(view: RecordView, rule: RuleSpec, context: RuleContext) -> Iterator[Hit]:
    """Dates before `numbers.first` or in the future, such as the year 5005 for 2005."""
    for field in context.spec.fields:
        date = view.date(field.id) if field.kind is FieldKind.DATE else None
        if date is None or not isinstance(date.year, int):
            continue
        first = date.earliest()
        if date.year < rule.numbers["first"] or (first is not None and first > context.today):
            yield Hit((field.id,), {"label": context.label(field.id), "value": view.written(field.id)})


def number_year(view: RecordView, rule: RuleSpec, context: RuleContext) -> Iterator[Hit]:
    """The year after the stroke of `fields[0]` against the year of the date `fields[1]`."""
    number, date_field = rule.fields
    date, year = view.date(date_field), view.normal(number).rpartition("/")[2]
    if date is not None and isinstance(date.year, int) and year.isdecimal() and int(year) != date.year:
        yield Hit((number, date_field), {"number": view.normal(number), "date": view.written(date_field)})


def book_year(view: RecordView, rule: RuleSpec, context: RuleContext) -> Iterator[Hit]:
    """The year after the stroke of the book's number against the year the book was opened under."""
    (number,) = rule.fields
    year = view.normal(number).rpartition("/")[2]
    if year.isdecimal() and int(year) != context.book.year:
        yield Hit((number,), {"number": view.normal(number), "year": str(context.book.year)})


def within_book(view: RecordView, rule: RuleSpec, context: RuleContext) -> Iterator[Hit]:
    """A date outside the days on which the book was opened and closed, as far as those are known."""
    (field_id,) = rule.fields
    date = view.date(field_id)
    opened, closed = _stored_day(context.book.opened), _stored_day(context.book.closed)
    if date is None:
        return
    first, last = date.earliest(), date.latest()
    too_early = opened is not None and last is not None and last < opened
    too_late = closed is not None and first is not None and first > closed
    if too_early or too_late:
        yield Hit((field_id,), {"date": view.written(field_id)})


def late(view: RecordView, rule: RuleSpec, context: RuleContext) -> Iterator[Hit]:
    """An event told later than `numbers.days` that is not marked so: `fields` are event, registration, kind of entry.

    `words` are the codes that mark it.
    """
    event, registered, kind = rule.fields
    happened, told = _day(view.date(event)), _day(view.date(registered))
    if happened is None or told is None or not view.normal(kind) or view.normal(kind) in rule.words:
        return
    if (told - happened).days > rule.numbers["days"]:
        yield Hit((event, registered, kind), {"days": str((told - happened).days)})


def age_at(view: RecordView, rule: RuleSpec, context: RuleContext) -> Iterator[Hit]:
    """An age at an event outside `numbers.least`..`numbers.most`: `fields` are date of birth and date of the event.

    Only what is sure counts: the youngest and the oldest the person can have been.
    """
    born, event = rule.fields
    ages = _ages(view.date(born), view.date(event))
    if ages is None:
        return
    youngest, oldest = ages
    if oldest < rule.numbers.get("least", -1) or youngest > rule.numbers.get("most", 999):
        told = str(youngest) if youngest == oldest else f"{youngest}-{oldest}"
        yield Hit((born, event), {"age": told})


def of_age(view: RecordView, rule: RuleSpec, context: RuleContext) -> Iterator[Hit]:
    """Someone younger than `numbers.years` years and `numbers.days` days on the day of `fields[1]`.

    A missing month counts as January and a missing day as the first (TTLT 01/2016, for ages only).
    """
    born, event = rule.fields
    birth, day = _filled(view.date(born)), _filled(view.date(event))
    if birth is None or day is None:
        return
    threshold = _plus_years(birth, int(rule.numbers["years"])) + datetime.timedelta(rule.numbers.get("days", 0))
    if day < threshold:
        yield Hit((born, event), {"born": view.written(born), "event": view.written(event)})


def age_gap(view: RecordView, rule: RuleSpec, context: RuleContext) -> Iterator[Hit]:
    """An elder (`fields[0]`) who is surely not `numbers.years` older than the younger (`fields[1]`)."""
    elder, younger = rule.fields
    ages = _ages(view.date(elder), view.date(younger))
    if ages is not None and ages[1] < rule.numbers["years"]:
        yield Hit((elder, younger), {"elder": view.written(elder), "younger": view.written(younger)})


def _ages(born: PartialDate | None, event: PartialDate | None) -> tuple[int, int] | None:
    """The least and greatest whole years between two partial dates, or None when a year is missing."""
    if born is None or event is None:
        return None
    first_birth, last_birth, first_day, last_day = born.earliest(), born.latest(), event.earliest(), event.latest()
    if first_birth is None or last_birth is None or first_day is None or last_day is None:
        return None
    return (_whole_years(last_birth, first_day), _whole_years(first_birth, last_day))


def _whole_years(start: datetime.date, end: datetime.date) -> int:
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def _plus_years(day: datetime.date, years: int) -> datetime.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _day(date: PartialDate | None) -> datetime.date | None:
    return date.earliest() if date is not None and date.is_complete and not date.lunar else None


def _filled(date: PartialDate | None) -> datetime.date | None:
    return None if date is None or date.lunar else date.earliest()


def _stored_day(stored: str) -> datetime.date | None:
    """The day of an ISO date, or None when the book does not say."""
    try:
        return datetime.date.fromisoformat(stored)
    except ValueError:
        return None


DATE_CHECKS: dict[str, Callable[[RecordView, RuleSpec, RuleContext], Iterator[Hit]]] = {
    "date-order": date_order,
    "year-sanity": year_sanity,
    "number-year": number_year,
    "book-year": book_year,
    "within-book": within_book,
    "late": late,
    "age-at": age_at,
    "of-age": of_age,
    "age-gap": age_gap,
}
