"""The sheet: a book as rows and columns with the habits of Excel. Nothing is changed but by a person's action."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Protocol

import msgspec

from hotich.errors import StoreError
from hotich.forms.formspec import FieldSpec
from hotich.pipeline.bulk import Change, Outcome
from hotich.pipeline.cells import known_values
from hotich.pipeline.clipboard import from_clipboard, to_clipboard
from hotich.pipeline.pictures import Pixels
from hotich.pipeline.sheet import (
    ColumnFilter,
    Replacement,
    RowMode,
    Search,
    SheetOrder,
    SheetReader,
    SheetRow,
    change_cells,
    filled_down,
    keep_order,
    kept_order,
    pasted,
    sheet_columns,
)
from hotich.pipeline.snippets import Wanted, snippet_pictures
from hotich.pipeline.ticket import Ticket
from hotich.text import sort_key
from hotich.ui.presenters.carousel_screen import Open
from hotich.ui.presenters.desk import Desk, Running, Screen
from hotich.ui.presenters.sheet_range import Range, wrong_among
from hotich.ui.presenters.sheet_rows import SheetRows
from hotich.ui.presenters.wording import no_entries
from hotich.values import FieldState, Origin
from hotich.workflow import Action, Way

AT_ONCE = 200
"""Rows that are read again at once after a change; more come in the background."""


class SheetScreen(Protocol):
    """The sheet as a widget."""

    def show_sheet(self, columns: tuple[FieldSpec, ...], rows: int, order: SheetOrder) -> None: ...

    def show_rows(self, first: int, last: int) -> None:
        """These rows are there now, or have changed."""

    def show_cell(self, row: int, column: int) -> None:
        """Take that cell in hand."""

    def show_count(self, rows: int, total: int, order: SheetOrder) -> None: ...

    def show_picture(self, pixels: Pixels | None) -> None: ...

    def show_busy(self) -> None: ...

    def show_nothing(self, sentence: str) -> None: ...


class SheetPresenter:
    """What can be done in the sheet."""

    def __init__(self, desk: Desk, screen: SheetScreen, open_entry: Open) -> None:
        self._desk, self._screen, self._open_entry = desk, screen, open_entry
        self._book_id = ""
        self._columns: tuple[FieldSpec, ...] = ()
        self._order = self._kept = SheetOrder()
        self._reader: SheetReader | None = None
        self._rows = SheetRows(desk, screen.show_rows)
        self._total = 0
        self._asked = 0
        self._picture: tuple[str, str] = ("", "")
        self._fetching: Running | None = None
        self._searching: Running | None = None
        self._here = ("", 0)

    @property
    def columns(self) -> tuple[FieldSpec, ...]:
        """The fields across."""
        return self._columns

    @property
    def order(self) -> SheetOrder:
        """How the sheet is looked at."""
        return self._order

    def row(self, place: int) -> SheetRow | None:
        """The row at that place; None while it is on its way."""
        return self._rows.row(place)

    def refresh(self) -> None:
        """Show the book in hand as it stands."""
        desk = self._desk
        if not desk.book_id:
            self._screen.show_nothing(desk.say("ui-no-book"))
            return
        if desk.book_id != self._book_id:
            self.keep()
            self._book_id = desk.book_id
            self._order = self._kept = kept_order(desk.workspace, desk.book_id)
            self._here = ("", 0)
            self._rows.clear(())
        self._read()

    def choose(self, row: int, column: int) -> None:
        """That cell is in hand: its row is there at once, for typing does not wait, and its picture is brought."""
        shown = self._at_once(row)
        if shown is None or not 0 <= column < len(self._columns):
            return
        self._here = (shown.record_id, column)
        field_id = self._columns[column].id
        if self._picture == (shown.record_id, field_id):
            return
        self._picture = (shown.record_id, field_id)
        if self._fetching is not None:
            self._fetching.cancel()
        region = shown.regions.get(field_id)
        if region is None:
            self._screen.show_picture(None)
            return
        workspace, wanted = self._desk.workspace, Wanted(field_id, region.quad)
        page_id, asked = region.page_id, self._picture
        self._fetching = self._desk.shell.fetch(
            lambda ticket: snippet_pictures(workspace, page_id, [wanted]),
            lambda found: self._screen.show_picture(found[field_id]) if asked == self._picture else None,
        )

    def type_over(self, row: int, column: int, text: str) -> None:
        """What was typed into a cell is kept; an empty text means that it is blank on the page."""
        self._change([self._change_of(row, column, text)], Way.SHEET)

    def say_state(self, cells: Range, state: FieldState) -> None:
        """Blank on the page, or unreadable, for all these cells."""
        places = [(row, column) for row in cells.rows for column in cells.columns]
        self._change([self._change_of(row, column, "", state) for row, column in places], Way.SHEET)

    def accept(self, row: int, column: int) -> None:
        """Confirm the suggestion of one cell: each is looked at by itself."""
        shown = self._at_once(row)
        cell = shown.cells[self._columns[column].id] if shown is not None else None
        if shown is None or cell is None or not cell.suggested:
            self._desk.shell.note(self._desk.say("ui-sheet-nothing-to-accept"))
            return
        change = Change(shown.record_id, self._columns[column].id, cell.text, FieldState.VALUE, cell.origin)
        self._change([change], Way.SHEET)

    def copy(self, cells: Range) -> str:
        """The range as text for Excel: what people confirmed. Suggestions are no values and stay behind."""
        rows = self._rows.all(cells.rows)
        fields = [self._columns[column].id for column in cells.columns]
        found = [[row.cells[name] for name in fields] for row in rows]
        left = sum(cell.suggested for line in found for cell in line)
        desk = self._desk
        told = "ui-sheet-copied-some" if left else "ui-sheet-copied"
        desk.shell.note(desk.say(told, cells=len(found) * len(fields) - left, left=left))
        return to_clipboard([[cell.text if cell.settled else "" for cell in line] for line in found])

    def paste(self, cells: Range, text: str) -> None:
        """A range from Excel from the first cell on; one value fills all the cells that are chosen."""
        desk, grid = self._desk, from_clipboard(text)
        if not any(text.strip() for line in grid for text in line):
            desk.shell.note(desk.say("ui-sheet-nothing-to-paste"))
            return
        if len(grid) == len(grid[0]) == 1 and not cells.single:
            grid = tuple(tuple(grid[0][0] for _ in cells.columns) for _ in cells.rows)
        found: list[Change] = []
        names = [field.id for field in self._columns]
        if desk.attempt(lambda: found.extend(pasted(grid, self._rows.ids, names, cells.top, cells.left))):
            self._change(found, Way.PASTE)

    def fill_down(self, cells: Range) -> None:
        """Ctrl+D: the first row's values for the rows under it; a single cell takes the one above it."""
        if cells.top == cells.bottom:
            cells = msgspec.structs.replace(cells, top=cells.top - 1)
        if cells.top < 0:
            self._desk.shell.note(self._desk.say("ui-sheet-nothing-above"))
            return
        rows = self._rows.all(cells.rows)
        fields = [self._columns[column].id for column in cells.columns]
        found: list[Change] = []
        if self._desk.attempt(lambda: found.extend(filled_down(rows, fields))):
            self._change(found, Way.FILL)

    def preview(self, search: Search, column: int | None) -> list[Replacement]:
        """What replacing would change, in one column or in all, among the rows shown."""
        fields = self._columns if column is None else self._columns[column : column + 1]
        if self._reader is None:
            return []
        return self._reader.replacements(self._rows.ids, [field.id for field in fields], search)

    def replace(self, chosen: Sequence[Replacement]) -> None:
        """Carry out these lines of the preview as one step."""
        changes = [Change(each.record_id, each.field_id, each.new, FieldState.VALUE, Origin.TYPED) for each in chosen]
        self._change(changes, Way.REPLACE)

    def undo(self) -> None:
        """Take back the last step."""
        self._history(self._desk.workspace.undo_step, "ui-nothing-to-undo", "ui-undone-many")

    def redo(self) -> None:
        """Bring back what was taken back last."""
        self._history(self._desk.workspace.redo_step, "ui-nothing-to-redo", "ui-redone-many")

    def to_entry(self, row: int, column: int) -> None:
        """The record of that row on the entry screen."""
        shown = self._at_once(row)
        if shown is not None:
            # First the screen: changing it moves the focus, and with it the field in hand.
            self._desk.shell.go(Screen.ENTRY)
            self._open_entry(shown.record_id, self._columns[column].id)

    def cycle_mode(self) -> None:
        """All rows, open ones, doubtful ones, wrong ones."""
        modes = list(RowMode)
        self.choose_mode(modes[(modes.index(self._order.mode) + 1) % len(modes)])

    def choose_mode(self, mode: RowMode) -> None:
        """Only such rows."""
        self._arrange(msgspec.structs.replace(self._order, mode=mode))

    def filter_column(self, field_id: str, wanted: ColumnFilter) -> None:
        """Only rows whose field passes."""
        others = {name: kept for name, kept in self._order.filters.items() if name != field_id}
        filters = {**others, field_id: wanted} if wanted.active else others
        self._arrange(msgspec.structs.replace(self._order, filters=filters))

    def clear_filters(self) -> None:
        """All rows again, in the order of the pages."""
        order = msgspec.structs.replace(self._order, filters={}, mode=RowMode.ALL, sort_by="", descending=False)
        self._arrange(order)

    def sort(self, field_id: str, *, descending: bool) -> None:
        """The rows in the order of that field, '' for the order of the pages; the records stay where they are."""
        self._arrange(msgspec.structs.replace(self._order, sort_by=field_id, descending=descending))

    def toggle_everything(self) -> None:
        """Also the columns that stand on no page."""
        self._arrange(msgspec.structs.replace(self._order, everything=not self._order.everything))

    def keep_width(self, field_id: str, pixels: int) -> None:
        """A column was made so wide; remembered with the book."""
        self._order = msgspec.structs.replace(self._order, widths={**self._order.widths, field_id: pixels})

    def keep(self) -> None:
        """Remember how the sheet is looked at; a closed or full workspace only means that it is forgotten."""
        if self._book_id and self._order != self._kept:
            self._kept = self._order
            with suppress(StoreError):
                keep_order(self._desk.workspace, self._book_id, self._order)

    def values_in(self, field_id: str) -> tuple[tuple[str, int], ...]:
        """The texts of a column with how often each stands there, in their order."""
        counts: dict[str, int] = {}
        for cell in (self._reader.column(field_id) if self._reader is not None else {}).values():
            counts[cell.text] = counts.get(cell.text, 0) + 1
        return tuple(sorted(counts.items(), key=lambda item: sort_key(item[0])))

    def values_for(self, column: int) -> tuple[tuple[str, str], ...]:
        """What a cell of that column may hold, with codes."""
        if not 0 <= column < len(self._columns):
            return ()
        known = known_values(self._columns[column])
        if any(code for _, code in known):
            return known
        before = self._desk.workspace.last_values(self._book_id, self._columns[column].id, 50)
        return tuple(dict.fromkeys((*((text, "") for text in before), *known)))

    def kind_of(self, column: int) -> str:
        """What kind of text that column takes, '' beyond the last one."""
        return self._columns[column].kind.value if 0 <= column < len(self._columns) else ""

    def closed(self, row: int) -> bool:
        """Whether that row cannot be changed; says so."""
        shown = self.row(row)
        if shown is None or shown.changeable:
            return False
        self._desk.shell.note(self._desk.say("ui-record-closed"))
        return True

    def _at_once(self, row: int) -> SheetRow | None:
        return next(iter(self._rows.all(range(row, row + 1))), None)

    def _arrange(self, order: SheetOrder) -> None:
        self._order = order
        self.keep()
        self._read()

    def _read(self) -> None:
        """Which rows there are is found in the background; the rows themselves come as they are looked at."""
        desk, order = self._desk, self._order
        self._columns = sheet_columns(desk.workspace, self._book_id, everything=order.everything)
        if not self._columns:
            self._screen.show_nothing(no_entries(desk))
            return
        reader = self._reader = SheetReader(desk.workspace, self._book_id, self._columns, desk.language)
        # Counted by the store: walking through the ids of a large book would hold the window up.
        counts = desk.workspace.book(self._book_id)
        self._total = sum(counts.counts.values()) if counts is not None else 0
        self._asked += 1
        asked = self._asked
        if not self._rows.ids:
            self._screen.show_busy()

        def found(ids: tuple[str, ...]) -> None:
            if asked == self._asked:
                self._arrived(reader, ids)

        if self._searching is not None:
            self._searching.cancel()
        self._searching = desk.shell.fetch(lambda ticket: reader.ids(order, ticket), found)

    def _arrived(self, reader: SheetReader, ids: tuple[str, ...]) -> None:
        self._rows.clear(ids, reader)
        self._picture = ("", "")
        self._screen.show_count(len(ids), self._total, self._order)
        if not ids:
            self._screen.show_nothing(self._desk.say("ui-sheet-none-such"))
            return
        self._screen.show_sheet(self._columns, len(ids), self._order)
        record_id, column = self._here
        place = ids.index(record_id) if record_id in ids else 0
        self._rows.all(range(place, place + 1))
        self._screen.show_cell(place, min(column, len(self._columns) - 1))

    def _change_of(self, row: int, column: int, text: str, state: FieldState = FieldState.VALUE) -> Change:
        return Change(self._rows.ids[row], self._columns[column].id, text, state)

    def _change(self, changes: Sequence[Change], way: Way) -> None:
        """Write the changes; what touches many records is long work with a strip of its own."""
        desk, reader = self._desk, self._reader
        touched = list(dict.fromkeys(change.record_id for change in changes))
        if reader is None:
            return
        if len(touched) <= AT_ONCE:
            found: list[Outcome] = []
            if desk.attempt(lambda: found.append(change_cells(desk.workspace, changes, desk.actor, way))):
                self._tell(found[0], wrong_among(self._rows.reread(touched), changes), way)
            return

        def work(ticket: Ticket) -> tuple[Outcome, int]:
            outcome = change_cells(desk.workspace, changes, desk.actor, way)
            wrong = 0
            for start in range(0, len(touched), AT_ONCE):
                # What is written is written: whoever stops this only goes without the count.
                ticket.progress(start, len(touched))
                wrong += wrong_among(reader.rows(touched[start : start + AT_ONCE]), changes)
            return outcome, wrong

        def done(result: tuple[Outcome, int]) -> None:
            self._rows.drop(touched)
            self._tell(*result, way)

        desk.shell.run(desk.say("ui-job-sheet"), work, done)

    def _tell(self, outcome: Outcome, wrong: int, way: Way) -> None:
        desk = self._desk
        facts = {"values": outcome.values, "records": len(outcome.actions), "wrong": wrong}
        told = desk.say("ui-sheet-written-wrong" if wrong else "ui-sheet-written", **facts)
        if not outcome.values:
            # Nothing to take back: undo would take back what was done before.
            told = desk.say("ui-sheet-unchanged")
        if outcome.left_out:
            told = f"{told} {desk.say('ui-sheet-left-out', count=len(outcome.left_out))}"
        # What was done to many cells at once has to be read when something of it did not go as thought.
        serious = bool(outcome.left_out) or (outcome.values > 0 and wrong > 0 and way is not Way.SHEET)
        (desk.shell.tell if serious else desk.shell.note)(told)

    def _again(self, record_ids: Sequence[str]) -> None:
        if len(record_ids) <= AT_ONCE:
            self._rows.reread(record_ids)
        else:
            self._rows.drop(record_ids)

    def _history(self, act: Callable[..., tuple[Action, ...]], nothing: str, did: str) -> None:
        desk = self._desk
        found: list[tuple[Action, ...]] = []
        if not desk.attempt(lambda: found.append(act(desk.actor, self._book_id))):
            return
        actions = found[0]
        desk.shell.note(desk.say(did, count=len(actions)) if actions else desk.say(nothing))
        self._again([action.record_id for action in actions])
        place = self._rows.place(actions[0].record_id) if actions else -1
        if place >= 0:
            self._screen.show_cell(place, self._here[1])
