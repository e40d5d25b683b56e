"""What helps while a clerk types in a field: remembered texts, dates in short spelled out, the normal form to come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hotich.date_near import Near, near_dates
from hotich.dates import TypedDate, parse_date, to_ministry, typed_dates
from hotich.forms.formspec import FieldKind
from hotich.pipeline import entry as verbs
from hotich.pipeline.entry import EntryView, FieldRow
from hotich.pipeline.offers import is_whole_day
from hotich.pipeline.value_memory import completions
from hotich.text import fold
from hotich.time_typed import spelled_time
from hotich.ui.keys import picking
from hotich.ui.presenters.desk import Desk
from hotich.values import Alternative

MOST_ALTERNATIVES = 5
LETTERED = (FieldKind.PERSON_NAME, FieldKind.PLACE, FieldKind.TEXT, FieldKind.NOTE)
"""Kinds in which a question mark stands for a letter that nobody can read."""
BAR = "▁▂▃▄▅▆▇█"
"""A probability as the height of a bar, for eyes that do not read figures."""


@dataclass(frozen=True, slots=True)
class Way:
    """One more way to fill a field: the text and what speaks for it."""

    text: str
    detail: str = ""


def _read_like(row: FieldRow, typed: str) -> list[str]:
    """The machine's readings of a field that begin as was typed; none before anything is, none of an unseen name."""
    if row.reading is None or row.unseen or not typed.strip():
        return []
    texts = (row.reading.text, *(other.text for other in row.reading.alternatives))
    return [text for text in texts if text and fold(text).startswith(fold(typed))]


def _near(view: EntryView, field_id: str) -> Near:
    """What a day typed in short in that field is read against."""
    above = view.above
    entry = above.fields.get(field_id) if above is not None else None
    if above is None or entry is None or entry.value is None:
        return Near(view.book.year)
    return Near(view.book.year, parse_date(above.normal(field_id)).date, entry.value.as_written)


class TypingHelp:
    """Answers for the record in hand; `view` gives it."""

    def __init__(self, desk: Desk, view: Callable[[], EntryView | None]) -> None:
        self._desk = desk
        self._view = view

    def completions(self, field_id: str, typed: str) -> tuple[Way, ...]:
        """What the beginning of a text may become: readings of a short date, remembered texts, names of the list."""
        view = self._view()
        if view is None:
            return ()
        readings = self.dates(field_id, typed)
        if len(readings) > 1:
            return tuple(Way(made.written, self._meant(made)) for made in readings)
        read = _read_like(view.row(field_id), typed)
        found = completions(self._desk.memory, view.book, view.spec.field(field_id), typed)
        return tuple(Way(text) for text in dict.fromkeys((*read, *found)) if text != typed)

    def alternatives(self, row: FieldRow) -> tuple[Way, ...]:
        """The other readings of a field, the likeliest first, with how likely each is and why."""
        if row.reading is None:
            return ()
        reading = row.reading
        first = (Alternative(reading.text, reading.normal, reading.confidence, reading.reason, reading.about),)
        told = (*(first if row.unseen else ()), *reading.alternatives)
        others = (other for other in told if other.text != row.text)
        return tuple(
            Way(other.text, self._speaks_for(other.probability, other.reason, other.about)) for other in others
        )[:MOST_ALTERNATIVES]

    def shown_reading(self, row: FieldRow) -> str:
        """What speaks for the suggestion that is shown, in words; '' where nothing is suggested."""
        if not row.has_suggestion:
            return ""
        if row.offered is not None:
            return self._desk.say(row.offered.source, **self._persons(row.offered.facts))
        reason = row.reading.reason if row.reading is not None and row.origin.value == "reading" else "neighbour"
        about = row.reading.about if row.reading is not None and reason == row.reading.reason else ""
        return self._speaks_for(row.confidence, reason, about)

    def _persons(self, facts: dict[str, str]) -> dict[str, str]:
        return {
            name: self._desk.say(f"ui-person-{value}") if name == "person" else value for name, value in facts.items()
        }

    def _speaks_for(self, probability: float, reason: str, about: str = "") -> str:
        bar = BAR[min(int(probability * len(BAR)), len(BAR) - 1)]
        return f"{bar} {probability:.0%}  {self._why(reason, about)}"

    def _why(self, reason: str, about: str) -> str:
        """The reason in words; with the number of the record that it speaks of, as the heading counts them."""
        view = self._view()
        ids = self._desk.workspace.record_ids(view.book.book_id) if about and view is not None else ()
        if about not in ids:
            return self._desk.say(reason)
        return self._desk.say(f"{reason}-number", number=ids.index(about) + 1)

    def dates(self, field_id: str, text: str) -> tuple[TypedDate, ...]:
        """What a date typed in short can mean, the likeliest first; () in fields that hold no date."""
        view = self._view()
        if view is None or view.spec.field(field_id).kind is not FieldKind.DATE:
            return ()
        if not is_whole_day(view.spec.field(field_id)):
            return typed_dates(text, view.book.year)
        return near_dates(text, _near(view, field_id))

    def _meant(self, made: TypedDate) -> str:
        """What a reading stands for: its rule where that names the whole day, else the date."""
        if "date" in made.facts:
            return self._desk.say(made.rule, **made.facts)
        return to_ministry(made.date) if made.date else ""

    def may_accept(self, field_id: str, text: str) -> bool:
        """Whether a typed text says one thing; where a date can be read in several ways, that is told."""
        readings = self.dates(field_id, text)
        if len(readings) > 1:
            ways = ", ".join(f"{picking(number)} {made.written}" for number, made in enumerate(readings, 1))
            self._desk.shell.note(self._desk.say("ui-date-several", ways=ways))
        return len(readings) <= 1

    def spelled_out(self, field_id: str, text: str) -> str:
        """The text to keep: a date or time typed in short is spelled out, everything else stays as it is."""
        readings = self.dates(field_id, text)
        if len(readings) == 1 and readings[0].date is not None:
            return readings[0].written
        return self._time(field_id, text) or text

    def _time(self, field_id: str, text: str) -> str:
        """A time of day typed in figures, spelled out as in the record above; '' for anything else."""
        view = self._view()
        if view is None or view.spec.field(field_id).kind is not FieldKind.TIME:
            return ""
        return spelled_time(text, view.above.written(field_id) if view.above is not None else "")

    def preview(self, field_id: str, text: str) -> str:
        """What a typed text would become, told before Enter: its normal form, or that there is none; '' if the same."""
        view, typed = self._view(), text.strip()
        if view is None or not typed:
            return ""
        if "?" in typed and view.spec.field(field_id).kind in LETTERED:
            return self._desk.say("ui-lost-letters")
        readings = self.dates(field_id, typed)
        if len(readings) > 1:
            ways = " / ".join(made.written for made in readings)
            return self._desk.say("ui-date-ways", ways=ways)
        written = readings[0].written if readings else self._time(field_id, typed) or typed
        known = verbs.understood(self._desk.workspace, view.record, field_id, written)
        if known.problem and not known.normal:
            return self._desk.say("ui-not-understood")
        parts = [part for part in dict.fromkeys((written, known.normal)) if part and part != typed]
        rule = self._desk.say(readings[0].rule, **readings[0].facts) if readings and readings[0].rule else ""
        return "  ".join([f"→ {' → '.join(parts)}" if parts else "", rule]).strip()
