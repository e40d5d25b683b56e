"""A sheet keyed earlier: file, columns with three rows before and after, matches, taking in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec

from hotich.errors import HotichError
from hotich.forms.loader import load_catalogue
from hotich.incoming.headers import DOCUMENT
from hotich.incoming.plan import ColumnPlan, Sample, SheetPlan, SheetRow, samples
from hotich.incoming.sheets import Workbook
from hotich.legacy_text import Encoding
from hotich.messages import Language
from hotich.pipeline import old_sheets
from hotich.pipeline.old_sheets import SheetMatch, SheetTaken
from hotich.pipeline.ticket import Ticket
from hotich.redaction import is_confidential, redacted_name
from hotich.ui.presenters.desk import Desk, Running
from hotich.ui.presenters.typed_path import typed_path

T = TypeVar("T")


class ColumnLine(msgspec.Struct, frozen=True):
    """One column as it is listed. `samples` are rows before and after; `open` says that a person must name it."""

    place: int
    heading: str
    field_id: str
    field: str
    encoding: str
    proof: str
    samples: tuple[Sample, ...]
    open: bool


class MatchLine(msgspec.Struct, frozen=True):
    """One row, or record, that is not plainly matched."""

    row: str
    record: str
    remark: str
    text: str


class OldSheetScreen(Protocol):
    """The dialog as a widget."""

    def show_sheets(self, names: tuple[str, ...], chosen: int) -> None: ...

    def show_columns(self, lines: tuple[ColumnLine, ...]) -> None: ...

    def show_matches(self, lines: tuple[MatchLine, ...], summary: str, *, ready: bool, doubtful: int) -> None: ...

    def show_problem(self, sentence: str) -> None: ...

    def show_busy(self) -> None: ...

    def finish(self) -> None: ...


class OldSheetPresenter:
    """What can be done with a sheet that was keyed earlier, for the book in hand."""

    def __init__(self, desk: Desk, screen: OldSheetScreen) -> None:
        self._desk = desk
        self._screen = screen
        self._file: Workbook | None = None
        self._first: SheetPlan | None = None
        self._plan: SheetPlan | None = None
        self._match: SheetMatch | None = None
        self._told: set[int] = set()
        self._doubtful = False
        self._running: Running | None = None

    def open(self, name: str) -> None:
        """Read a file and show the sheet that looks most like a register."""
        path = typed_path(name) or Path()
        self._fetch(lambda ticket: old_sheets.open_sheet(path), self._opened)

    def choose_sheet(self, place: int) -> None:
        """Show the columns of that sheet."""
        if self._file is None:
            return
        table, workspace, book_id = self._file.tables[place], self._desk.workspace, self._desk.book_id
        self._fetch(lambda ticket: old_sheets.plan(workspace, book_id, table), self._planned)

    def fields(self) -> tuple[tuple[str, str], ...]:
        """What a column may hold: ids and names; '' leaves it out."""
        english = self._desk.language is Language.ENGLISH
        book = self._desk.book()
        own = load_catalogue().records[book.record_type].fields if book is not None else ()
        first = (("", self._desk.say("incoming-leave-out")), (DOCUMENT, self._desk.say("incoming-document")))
        return first + tuple((field.id, field.name(english)) for field in own)

    def encodings(self) -> tuple[tuple[Encoding, str], ...]:
        """The encodings with their names."""
        return tuple((each, self._desk.say(f"incoming-encoding-{each.value}")) for each in Encoding)

    def column(self, place: int) -> ColumnPlan | None:
        """The column at that place."""
        columns = self._plan.columns if self._plan is not None else ()
        return next((each for each in columns if each.column.place == place), None)

    def set_field(self, place: int, field_id: str) -> None:
        """Let the column hold that field."""
        if self._plan is not None:
            self._plan = self._plan.with_field(place, field_id)
            self._show_columns()

    def set_encoding(self, place: int, encoding: Encoding) -> None:
        """Read the column in that encoding, as a person says."""
        if self._plan is not None:
            self._told.add(place)
            self._plan = self._plan.with_encoding(place, encoding)
            self._show_columns()

    def agree(self) -> None:
        """The columns are right: look for the records. Columns whose encoding is open are named instead."""
        plan, file, desk = self._plan, self._file, self._desk
        if plan is None or file is None:
            return
        if still_open := [line.heading for line in self._lines(plan) if line.open]:
            self._screen.show_problem(desk.say("incoming-encoding-open", columns=", ".join(still_open)))
            return
        if not plan.mapped:
            self._screen.show_problem(desk.say("incoming-no-columns"))
            return
        book_id = desk.book_id
        self._fetch(
            lambda ticket: old_sheets.match_sheet(desk.workspace, book_id, plan, file.file_name, ticket),
            self._matched,
        )

    def choose_doubtful(self, wanted: bool) -> None:
        """Let rows matched in part only come in too, or not."""
        self._doubtful = wanted
        if self._match is not None:
            self._show_match(self._match)

    def take_in(self) -> None:
        """Write the suggestions; progress and stop are the window's."""
        desk, match, first, plan = self._desk, self._match, self._first, self._plan
        if match is None or first is None or plan is None:
            return
        actor, doubtful = desk.actor, self._doubtful
        self._screen.finish()

        def work(ticket: Ticket) -> SheetTaken:
            old_sheets.remember_columns(desk.workspace, first, plan)
            return old_sheets.take_in_sheet(desk.workspace, match, actor, ticket, doubtful=doubtful)

        desk.shell.run(desk.say("ui-job-old-sheet"), work, self._taken)

    def leave(self) -> None:
        """Stop what runs for the dialog."""
        if self._running is not None:
            self._running.cancel()

    def _fetch(self, work: Callable[[Ticket], T], done: Callable[[T], None]) -> None:
        self._screen.show_busy()

        def attempt(ticket: Ticket) -> T | HotichError:
            try:
                return work(ticket)
            except HotichError as error:
                return error

        def arrived(found: T | HotichError) -> None:
            self._running = None
            if isinstance(found, HotichError):
                self._screen.show_problem(self._desk.explain(found))
            else:
                done(found)

        self._running = self._desk.shell.fetch(attempt, arrived)

    def _opened(self, file: Workbook) -> None:
        book = self._desk.book()
        if book is None:
            return
        self._file = file
        place = old_sheets.likeliest_table(file, book.record_type)
        self._screen.show_sheets(tuple(table.name for table in file.tables), place)
        self.choose_sheet(place)

    def _planned(self, plan: SheetPlan) -> None:
        self._first = self._plan = plan
        self._told = set()
        self._match = None
        self._show_columns()

    def _show_columns(self) -> None:
        if self._plan is not None:
            self._screen.show_columns(self._lines(self._plan))

    def _lines(self, plan: SheetPlan) -> tuple[ColumnLine, ...]:
        names = dict(self.fields())
        return tuple(self._line(plan, each, names) for each in plan.columns if each.column.heading or each.filled)

    def _line(self, plan: SheetPlan, each: ColumnPlan, names: dict[str, str]) -> ColumnLine:
        place = each.column.place
        shown = samples(plan, place) if each.filled else ()
        named = each.field_id == DOCUMENT or (each.field_id and not each.field_id.startswith("@"))
        return ColumnLine(
            place=place,
            heading=each.column.heading or "—",
            field_id=each.field_id if named else "",
            field=names.get(each.field_id, names[""]),
            encoding="—" if each.guess.plain else self._desk.say(f"incoming-encoding-{each.encoding.value}"),
            proof=self._proof(each, place),
            samples=shown,
            open=bool(named) and each.needs_word and place not in self._told,
        )

    def _proof(self, each: ColumnPlan, place: int) -> str:
        """How well the encoding fits, in words."""
        if each.guess.plain:
            return ""
        facts = {"share": f"{each.guess.share:.0%}", "margin": f"{max(each.guess.margin, 0):.0%}"}
        told = self._desk.say("incoming-proof", **facts)
        if each.guess.others:
            told = f"{told} {self._desk.say('incoming-proof-mixed', count=sum(each.guess.others.values()))}"
        if each.needs_word and place not in self._told:
            told = f"{told} {self._desk.say('incoming-proof-open')}"
        return told

    def _matched(self, match: SheetMatch) -> None:
        self._match = match
        self._show_match(match)

    def _show_match(self, match: SheetMatch) -> None:
        wanted = len(match.matched) if self._doubtful else len(match.sure)
        facts = {"sure": len(match.sure), "doubtful": len(match.doubtful), "left": len(match.left)}
        say = self._desk.say
        told = [say("incoming-matched", **facts, without=len(match.without_row), uncertain=match.uncertain)]
        names = dict(self.fields())
        told += [
            say(
                f"incoming-note-{note.note.value}",
                field=names.get(note.field_id, ""),
                count=note.count,
                row=note.first_row,
            )
            for note in match.notes
        ]
        lines = tuple(self._match_lines(match))
        self._screen.show_matches(lines, "\n".join(told), ready=bool(wanted), doubtful=len(match.doubtful))

    def _match_lines(self, match: SheetMatch) -> Sequence[MatchLine]:
        say = self._desk.say
        places = {key: str(place) for place, key in enumerate(self._desk.workspace.record_ids(match.book_id), 1)}
        unsure = say("incoming-state-doubtful")
        lines = [
            MatchLine(str(each.row.number), places.get(each.record_id, ""), unsure, self._who(each.row))
            for each in match.doubtful
        ]
        lines += [MatchLine(str(each.row.number), "—", say(each.reason), self._who(each.row)) for each in match.left]
        names = dict(self.fields())
        cell = say("incoming-cell-doubtful")
        lines += [
            MatchLine(str(each.row), "—", f"{cell} {names.get(each.field_id, '')}", self._cell(each.text))
            for each in match.cells
        ]
        nobody = say("incoming-no-row")
        return lines + [MatchLine("—", places.get(key, ""), nobody, "") for key in match.without_row]

    def _who(self, row: SheetRow) -> str:
        """Number, date and the first names of a row; of confidential books the names' first letters."""
        names = [value.text for name, value in row.values.items() if name.endswith("HoTen")][:2]
        names = [self._cell(name) for name in names]
        return " · ".join(part for part in (row.text("so"), row.text("ngayDangKy"), *names) if part)

    def _cell(self, text: str) -> str:
        """A text of the sheet as lists show it."""
        book = self._desk.book()
        return redacted_name(text) if book is not None and is_confidential(book) else text

    def _taken(self, taken: SheetTaken) -> None:
        self._desk.shell.changed()
        facts = {"records": taken.records, "values": taken.values, "same": taken.same, "closed": taken.closed}
        self._desk.shell.tell(self._desk.say("incoming-sheet-taken", **facts))
