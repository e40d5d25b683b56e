"""The pages of a book: their form, order and corrections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from hotich.forms.formspec import FormSpec
from hotich.forms.loader import load_catalogue
from hotich.imaging.recipe import (
    LIGHT,
    border_by_hand,
    deskew_by_hand,
    light_by_hand,
    turn_by_hand,
    whole_picture_by_hand,
)
from hotich.imaging.split import LEFT, RIGHT
from hotich.pipeline.cleaning import is_half, side_of, split_spread, turn_of, with_step
from hotich.pipeline.entry import move_region
from hotich.pipeline.intake import CLOSED, move_page, page_in_book, set_aside_page, take_back_page
from hotich.pipeline.opening import open_record
from hotich.pipeline.pictures import Pixels, page_picture, thumbnail
from hotich.pipeline.reading import PageReport, PageWish, read_page
from hotich.pipeline.ticket import Ticket
from hotich.store import PageRow, Place
from hotich.ui.keys import named
from hotich.ui.presenters.desk import Desk
from hotich.ui.presenters.pictures import PictureFeed, PictureScreen
from hotich.values import Placement, Quad, Region, StepMode, StepRecord


class PagesScreen(PictureScreen, Protocol):
    """The page list as a widget."""

    def show_pages(self, rows: tuple[PageRow, ...], current: int) -> None: ...

    def show_forms(self, forms: tuple[FormSpec, ...], form_id: str) -> None: ...

    def show_page(self, row: PageRow, notes: tuple[str, ...], wrong: bool) -> None: ...

    def show_boxes(self, regions: tuple[tuple[str, Region], ...]) -> None: ...

    def show_thumbnail(self, page_id: str, pixels: Pixels) -> None: ...

    def show_nothing(self, sentence: str) -> None: ...


class PagesPresenter:
    """What can be done to the pages of the book in hand."""

    def __init__(self, desk: Desk, screen: PagesScreen) -> None:
        self._desk = desk
        self._screen = screen
        self._feed = PictureFeed(desk, screen)
        self._rows: tuple[PageRow, ...] = ()
        self._current = 0
        self._asked: set[str] = set()
        self._told: dict[str, tuple[str, ...]] = {}
        self._verdicts: dict[str, tuple[str, ...]] = {}

    @property
    def row(self) -> PageRow | None:
        """The page in hand."""
        return self._rows[self._current] if self._current < len(self._rows) else None

    def refresh(self) -> None:
        """Show the pages of the book as they are."""
        held = self.row
        desk = self._desk
        self._rows = desk.workspace.pages(desk.book_id) if desk.book_id else ()
        if not self._rows:
            self._screen.show_nothing(desk.say("ui-no-pages" if desk.book_id else "ui-no-book"))
            return
        ids = [row.page.page_id for row in self._rows]
        kept = held is not None and held.page.page_id in ids
        self._current = ids.index(held.page.page_id) if held is not None and kept else 0
        self._screen.show_pages(self._rows, self._current)
        self._order_thumbnails()
        self.choose(self._current)

    def choose(self, place: int) -> None:
        """Take that page in hand."""
        if not 0 <= place < len(self._rows):
            return
        self._current = place
        row = self._rows[place]
        self._screen.show_forms(self._candidates(), self._form_of(row))
        self._tell(row)
        self._screen.show_boxes(self._boxes(row))
        self._feed.show(row.page.page_id)
        if row.page.page_id not in self._verdicts:
            self._order_verdict(row)
        self._desk.workspace.remember_place(self._desk.actor, Place(self._desk.book_id, row.page.page_id))

    def confirm_form(self, form_id: str) -> None:
        """The page is of that form: read it on it unless it was, then go to the next page.

        A page that is keyed on a plain form gets its first record instead.
        """
        row = self.row
        if row is None:
            return
        if self._is_plain(form_id):
            self._begin_plain(row, form_id)
            return
        if row.placement is not None and row.placement.form_id == form_id and row.entries:
            self.choose(self._current + 1)
            self._screen.show_pages(self._rows, self._current)
            return
        self._read(self._wishes(PageWish(form_id=form_id)), onward=True)

    def _begin_plain(self, row: PageRow, form_id: str) -> None:
        """A record on the page unless it has one, then the next page."""
        last = self._current + 1 >= len(self._rows)
        if not row.entries and not row.set_aside:
            self._open(row, form_id, 0, onward=not last)
        elif not last:
            self.choose(self._current + 1)
            self._screen.show_pages(self._rows, self._current)
        elif row.set_aside:
            self._refused(row)

    def read_again(self, form_id: str) -> None:
        """Read the page again on that form; what people confirmed stays."""
        self._read(self._wishes(PageWish(form_id=form_id)))

    def turn(self, form_id: str, quarter: int, onward: bool) -> None:
        """Turn the page by quarter turns clockwise, or every page from here on, each from where it is."""
        self._correct(form_id, lambda row: turn_by_hand(turn_of(row) + 90 * quarter), onward)

    def straighten(self, form_id: str, angle: float, onward: bool) -> None:
        """Bring lines level that fall by so many degrees to the right."""
        self._correct(form_id, lambda row: deskew_by_hand(angle), onward)

    def cut_border(self, form_id: str, corners: Quad | None, onward: bool) -> None:
        """The sheet lies between these corners, in original pixels; None when the picture is the sheet."""
        step = whole_picture_by_hand() if corners is None else border_by_hand(corners)
        self._correct(form_id, lambda row: step, onward)

    def even_light(self, form_id: str, even: bool, onward: bool) -> None:
        """Divide shading away, or leave the light of the page as it is."""
        self._correct(form_id, lambda row: light_by_hand(even), onward)

    @property
    def light_is_even(self) -> bool:
        """Whether shading is divided away on the page in hand."""
        step = self.row.recipe.step(LIGHT) if self.row is not None and self.row.recipe is not None else None
        return step is not None and bool(step.parameters.get("even", 0.0))

    def split(self, form_id: str) -> None:
        """Make two pages of a picture that shows two, and read both; after a question where somebody worked on it."""
        row, desk = self.row, self._desk
        if row is None:
            return
        records = desk.workspace.page_records(row.page.page_id)
        worked = [record for record in records if record.editors]
        if worked and not is_half(row) and not any(record.status in CLOSED for record in records):
            desk.shell.confirm(desk.say("ui-split-anyway", count=len(worked)), lambda: self._split(row, form_id))
        else:
            self._split(row, form_id)

    def name_of(self, row: PageRow) -> str:
        """What the list calls the page: its file, and which half of the picture it is."""
        key = {LEFT: "ui-page-left", RIGHT: "ui-page-right"}.get(side_of(row))
        return self._desk.say(key, file=row.page.file_name) if key else row.page.file_name

    def _split(self, row: PageRow, form_id: str) -> None:
        desk = self._desk
        halves: list[str] = []
        if desk.attempt(lambda: halves.append(split_spread(desk.workspace, row.page.page_id, desk.actor))):
            wish = PageWish(form_id=form_id)
            self._read([(page_id, wish) for page_id in (row.page.page_id, *halves)])

    def _correct(self, form_id: str, step: Callable[[PageRow], StepRecord], onward: bool) -> None:
        """Read the page, or every page from here on, with that step set by hand."""
        rows = self._run(onward)
        self._read([(row.page.page_id, PageWish(form_id=form_id, recipe=with_step(row, step(row)))) for row in rows])

    def corner_hint(self, form_id: str) -> str:
        """Which corners to mark: those of the ruled frame where the form has one, else those of the sheet."""
        from hotich.imaging.registration import corner_rectangle

        form = load_catalogue().forms.get(form_id)
        rect = corner_rectangle(form) if form is not None else None
        whole = rect is None or form is None or rect.w >= form.page_width
        return self._desk.say("ui-corners-of-sheet" if whole else "ui-corners-of-frame")

    def place_corners(self, form_id: str, corners: Quad, onward: bool) -> None:
        """The four corners of the page are there, in original pixels; the form is laid between them."""
        if not form_id:
            self._desk.shell.tell(self._desk.say("ui-form-first"))
            return
        self._read(self._wishes(PageWish(form_id=form_id, corners=corners), onward))

    def move_box(self, record_id: str, field_id: str, quad: Quad) -> None:
        """The box of that field stands there now."""
        row, desk = self.row, self._desk
        if row is not None:
            region = Region(field_id, row.page.page_id, quad)
            if desk.attempt(lambda: move_region(desk.workspace, record_id, region, desk.actor)):
                desk.shell.note(desk.say("ui-saved"))
            self._screen.show_boxes(self._boxes(row))

    def add_entry(self, form_id: str) -> None:
        """Open a record at the first free entry of the page, where the machine saw none."""
        row, desk = self.row, self._desk
        if row is None or not form_id:
            desk.shell.tell(desk.say("ui-form-first"))
            return
        if self._refused(row):
            return
        taken = {record.entry for record in desk.workspace.page_records(row.page.page_id)}
        count = load_catalogue().forms[form_id].grid.count
        free = next((entry for entry in range(count) if entry not in taken), None)
        if free is None:
            desk.shell.tell(desk.say("ui-page-full", count=count))
        else:
            self._open(row, form_id, free)

    def _open(self, row: PageRow, form_id: str, entry: int, *, onward: bool = False) -> None:
        desk = self._desk
        if desk.attempt(lambda: open_record(desk.workspace, row.page.page_id, entry, form_id, desk.actor)):
            self._current += int(onward)
            desk.shell.note(desk.say("ui-entry-added", entry=entry + 1))
            desk.shell.changed()

    def shift(self, step: int) -> None:
        """Have the page change places with its neighbour; the other way puts both back."""
        row, desk = self.row, self._desk
        if row is None:
            return
        moved: list[bool] = []
        if desk.attempt(lambda: moved.append(move_page(desk.workspace, row.page.page_id, step, desk.actor))):
            place = self._current + 1 + step
            end = "page-is-first" if step < 0 else "page-is-last"
            desk.shell.note(desk.say("page-moved", place=place, count=len(self._rows)) if any(moved) else desk.say(end))
            desk.shell.changed()

    def set_aside(self) -> None:
        """Take the page out of the book, with a reason; one that is out of it comes back."""
        row, desk = self.row, self._desk
        if row is None:
            return
        page_id = row.page.page_id
        if row.set_aside:
            self._take_back(page_id)
            return
        desk.shell.ask_reason(
            desk.say("ui-why-aside"),
            lambda reason: self._after(
                desk.attempt(lambda: set_aside_page(desk.workspace, page_id, reason, desk.actor))
            ),
        )

    def _take_back(self, page_id: str) -> None:
        desk = self._desk
        if desk.attempt(lambda: take_back_page(desk.workspace, page_id, desk.actor)):
            desk.shell.note(desk.say("page-taken-back"))
            desk.shell.changed()

    def _refused(self, row: PageRow) -> bool:
        """Whether nothing may be read or opened on the page because it is set aside; that has been told."""
        desk = self._desk
        return not desk.attempt(lambda: page_in_book(desk.workspace, row.page.page_id))

    def toggle_cleaned(self) -> None:
        """F6: the other picture of the page."""
        self._feed.toggle()

    def _after(self, done: bool) -> None:
        if done:
            self._desk.shell.changed()

    def _run(self, onward: bool) -> tuple[PageRow, ...]:
        rows = self._rows[self._current :] if onward else self._rows[self._current : self._current + 1]
        return tuple(row for row in rows if not row.set_aside)

    def _wishes(self, wish: PageWish, onward: bool = False) -> list[tuple[str, PageWish]]:
        """That wish for the page, or for every page from here on, those set aside left out."""
        return [(row.page.page_id, wish) for row in self._run(onward)]

    def _read(self, wishes: Sequence[tuple[str, PageWish]], onward: bool = False) -> None:
        """Read these pages, each as wished; where none is left because the page is set aside, that is told."""
        desk, row = self._desk, self.row
        if not wishes:
            if row is not None:
                self._refused(row)
            return

        def work(ticket: Ticket) -> tuple[PageReport, ...]:
            reports = []
            for number, (page_id, wish) in enumerate(wishes):
                ticket.check()
                ticket.progress(number, len(wishes))
                reports.append(read_page(desk.workspace, page_id, desk.engines(), wish, desk.actor))
            return tuple(reports)

        desk.shell.run(desk.say("ui-job-read"), work, lambda reports: self._were_read(reports, onward))

    def _were_read(self, reports: Sequence[PageReport], onward: bool) -> None:
        entries = sum(len(report.record_ids) for report in reports)
        self._told |= {report.page_id: report.notes for report in reports if report.notes}
        self._desk.shell.note(self._desk.say("ui-read", pages=len(reports), entries=entries))
        unfit = [report for report in reports if not report.record_ids]
        if onward and not unfit and self._current + 1 < len(self._rows):
            self._current += 1
        self._desk.shell.changed()

    def _candidates(self) -> tuple[FormSpec, ...]:
        book = self._desk.book()
        return load_catalogue().forms_for(book.record_type) if book is not None else ()

    def _form_of(self, row: PageRow) -> str:
        if row.placement is not None:
            return row.placement.form_id
        book = self._desk.book()
        if book is None:
            return ""
        usual = load_catalogue().forms_for(book.record_type, book.year)
        return book.form_id or (usual[0].id if usual else "")

    def by_columns(self, row: PageRow) -> bool:
        """Whether the page is keyed on a plain form, and waits for records rather than for its form."""
        return self._is_plain(self._form_of(row))

    def _is_plain(self, form_id: str) -> bool:
        form = load_catalogue().forms.get(form_id)
        return form is not None and form.is_plain

    def _misplaced(self, placement: Placement | None) -> bool:
        return placement is not None and placement.residual_mm > self._desk.settings.residual_mm_at_most

    def _tell(self, row: PageRow) -> None:
        verdicts = tuple(self._desk.say(key) for key in self._verdicts.get(row.page.page_id, ()))
        self._screen.show_page(row, (*self._notes(row), *verdicts), self._misplaced(row.placement))

    def _order_verdict(self, row: PageRow) -> None:
        """Have the picture looked at for blur, glare, faint ink."""
        page_id, workspace = row.page.page_id, self._desk.workspace

        def look(ticket: Ticket) -> tuple[str, ...]:
            from hotich.imaging.quality import quality

            return quality(page_picture(workspace, page_id).pixels).verdict_keys

        def seen(keys: tuple[str, ...]) -> None:
            self._verdicts[page_id] = keys
            if self.row is not None and self.row.page.page_id == page_id:
                self._tell(self.row)

        self._desk.shell.fetch(look, seen, patient=True)

    def _notes(self, row: PageRow) -> tuple[str, ...]:
        say, placement = self._desk.say, row.placement
        if row.set_aside:
            return (say("ui-page-aside", reason=row.set_aside), say("page-aside-back", keys=named("page-aside")))
        if placement is None and self.by_columns(row):
            return (say("ui-page-plain", count=row.entries, accept=named("page-confirm"), keys=named("page-entry")),)
        if placement is None:
            return tuple(say(note) for note in self._told.get(row.page.page_id, ("ui-page-unread",)))
        fit = "ui-page-misfit" if self._misplaced(placement) else "ui-page-fit"
        notes = [
            say(fit, mm=f"{placement.residual_mm:.1f}".replace(".", ",")),
            say("ui-page-entries", count=row.entries),
        ]
        left = [step for step in (row.recipe.steps if row.recipe else ()) if step.mode is StepMode.SKIPPED]
        # A step that has nothing to say was not needed: its name is for programs.
        return (*notes, *(say(step.note) for step in left if step.note))

    def _boxes(self, row: PageRow) -> tuple[tuple[str, Region], ...]:
        return tuple(
            (record.record_id, entry.region)
            for record in self._desk.workspace.page_records(row.page.page_id)
            for entry in record.fields.values()
            if entry.region is not None and entry.region.page_id == row.page.page_id
        )

    def _order_thumbnails(self) -> None:
        for row in self._rows:
            if row.page.page_id not in self._asked:
                self._asked.add(row.page.page_id)
                self._order_thumbnail(row.page.page_id)

    def _order_thumbnail(self, page_id: str) -> None:
        workspace, screen = self._desk.workspace, self._screen
        self._desk.shell.fetch(
            lambda ticket: thumbnail(workspace, page_id),
            lambda pixels: screen.show_thumbnail(page_id, pixels),
            patient=True,
        )
