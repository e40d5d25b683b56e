"""Entry: the clerk confirms field after field; every one is on the disk before the next key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from hotich.errors import PolicyError
from hotich.pipeline import entry as verbs
from hotich.pipeline.asking import asking_records
from hotich.pipeline.entry import EntryView, FieldRow
from hotich.store import Place
from hotich.ui.presenters.desk import Desk
from hotich.ui.presenters.entry_asides import EntryAsides, is_allowed
from hotich.ui.presenters.entry_copies import EntryCopies
from hotich.ui.presenters.entry_moves import (
    Step,
    first_trouble,
    neighbour,
    next_in_line,
    next_look,
    starting_field,
    stay,
    sure_left,
)
from hotich.ui.presenters.entry_places import EntryPlaces, place_of
from hotich.ui.presenters.entry_warnings import EntryWarnings
from hotich.ui.presenters.picture_setup import PictureLook, SetupScreen
from hotich.ui.presenters.pictures import PictureFeed, PictureScreen
from hotich.ui.presenters.typed_guard import TypedGuard
from hotich.ui.presenters.typing_help import TypingHelp
from hotich.ui.presenters.wording import no_entries, of_share
from hotich.values import Actor, FieldState, Quad, Region
from hotich.workflow import Action, FieldsConfirmed, RecordVoided


class EntryScreen(PictureScreen, SetupScreen, Protocol):
    """The entry screen as a widget. `current` counts fields; one past the last means the hand-over button."""

    def show_record(self, view: EntryView, current: int) -> None: ...

    def show_fields(self, view: EntryView) -> None: ...

    def show_current(self, current: int) -> None: ...

    def show_nothing(self, sentence: str) -> None: ...

    def edit_box(self, row: FieldRow) -> None: ...


class EntryPresenter:
    """What can be done to a record."""

    def __init__(self, desk: Desk, screen: EntryScreen) -> None:
        self._desk = desk
        self._screen = screen
        self._feed = PictureFeed(desk, screen)
        self._view: EntryView | None = None
        self._current = 0
        self.typing = TypingHelp(desk, lambda: self._view)
        self.copying = EntryCopies(desk, self)
        self.look = PictureLook(desk, screen, self._feed)
        self.asides = EntryAsides(desk, self)
        self._guard = TypedGuard(desk)
        self._warnings = EntryWarnings(desk, self)
        self._places = EntryPlaces(desk)

    @property
    def view(self) -> EntryView | None:
        """The record in hand."""
        return self._view

    @property
    def current(self) -> int:
        """Place of the field in hand among the rows."""
        return self._current

    @property
    def place(self) -> Place | None:
        """Where the clerk is at work, or None while no record is in hand."""
        return place_of(self._view, self.row) if self._view is not None else None

    def begin_at(self, place: Place | None) -> None:
        """Have the screen begin at that place of its book when it is shown for the first time."""
        self._places.hand(place)

    def refresh(self) -> None:
        """Show the record in hand again, or the first one to do in the book in hand."""
        held = self._view
        if held is not None and held.book.book_id == self._desk.book_id:
            self._show(held.record.record_id, self._current)
            return
        record_id, field_id = self._places.start()
        if record_id:
            self.open(record_id, field_id)
        else:
            self._view, self._current, desk = None, 0, self._desk
            self.asides.finder.take_book(desk.book_id)
            self._screen.show_nothing(no_entries(desk) if desk.book_id else desk.say("ui-no-book"))

    def open(self, record_id: str, field_id: str = "") -> None:
        """Take that record in hand, at that field or at the first one that is open."""
        view = self._seen(record_id)
        self._desk.begin_to_remember()
        self._desk.book_id = view.book.book_id
        places = [place for place, row in enumerate(view.rows) if row.field.id == field_id]
        self._show(record_id, places[0] if places else starting_field(view))
        self._remember()

    def choose(self, place: int) -> None:
        """Take that field in hand."""
        if place != self._current:
            self._take(place)

    def accept(self, text: str, edited: bool, *, in_line: bool = False) -> bool:
        """Enter: keep what was typed or the suggestion shown, and go on to what needs a look, or to the next field.

        An empty, untouched field stays open; a suggestion that the rules speak against needs F7, typed over or not, and
        anything else typed against them a second Enter. False when what was typed still waits in the field."""
        row = self.row
        way = next_in_line if in_line else next_look
        if row is None:
            self.submit()
        elif edited:
            return self._keep_typed(row, self.typing.spelled_out(row.field.id, text), way)
        elif row.has_suggestion and (refusal := self._against(row)):
            self._desk.shell.note(refusal)
            self.show_again()
        elif row.has_suggestion:
            self.write(lambda: self._accept(row), way)
        else:
            self._go_to(way)
        return True

    def _against(self, row: FieldRow) -> str:
        """What speaks against taking the suggestion as shown: a word said of the field meanwhile, or the rules."""
        view, refusal = self._view, self._guard.against_suggestion(self._view, row)
        fresh = self._seen(view.record.record_id).row(row.field.id) if refusal and view is not None else row
        if fresh.value is None:
            return refusal
        return self._desk.say("ui-kept-meanwhile", label=row.label.strip(" :"), now=fresh.text or "—")

    def keep(self, place: int, text: str) -> bool:
        """The clerk left that field with something typed in it: it is kept, and the clerk goes where he went.

        False when it was not kept; the reason has been told."""
        kept = False
        if self._view is not None and place < len(self._view.rows):
            row, written = self._view.rows[place], self.typing.spelled_out(self._view.rows[place].field.id, text)
            if refusal := self._guard.against_retyped(self._view, row, written):
                self._desk.shell.note(refusal)
            elif kept := self._desk.attempt(lambda: self._confirm(row, written, FieldState.VALUE)):
                self._desk.shell.note(self._desk.say("ui-saved"))
            self._view = self._seen(self._view.record.record_id)
            self._screen.show_fields(self._view)
        return kept

    def _keep_typed(self, row: FieldRow, text: str, way: Step) -> bool:
        view = self._view
        if view is not None and (told := self._guard.against_typed(view, row, text)):
            self._desk.shell.note(told)
            return False
        self.write(lambda: self._confirm(row, text, FieldState.VALUE), way)
        return True

    def unreadable(self, text: str) -> None:
        """F8: there is writing that nobody can read; what can be guessed stays beside it, `?` for each lost letter."""
        row = self.row
        if row is not None:
            self.write(lambda: self._confirm(row, text, FieldState.UNREADABLE), next_look)

    def blank(self) -> None:
        """F9: nothing is written there."""
        row = self.row
        if row is not None:
            self.write(lambda: self._confirm(row, "", FieldState.BLANK), next_look)

    def go(self, step: int) -> None:
        """To the next or previous field that concerns the clerk; past the last one is the hand-over."""
        if self._view is not None:
            self._go_to(lambda view, current: neighbour(view, current, step))

    def _go_to(self, way: Step) -> None:
        if self._view is not None:
            self._take(way(self._view, self._current))

    def _take(self, place: int) -> None:
        self._current = place
        self._remember()
        self._screen.show_current(place)

    def undo(self) -> None:
        """Take back the last thing this person did in the book."""
        self._step_history(self._desk.workspace.undo, "ui-nothing-to-undo", "ui-undone")

    def redo(self) -> None:
        """Do again what was taken back."""
        self._step_history(self._desk.workspace.redo, "ui-nothing-to-redo", "ui-redone")

    def turn(self, step: int) -> None:
        """To the record before or after."""
        view = self._view
        if view is None:
            return
        found = verbs.neighbour(self._desk.workspace, view.record.record_id, step)
        if found is None:
            self._desk.shell.note(self._desk.say("ui-last-record" if step > 0 else "ui-first-record"))
        else:
            self.open(found)

    def submit(self) -> None:
        """Hand the record over and go to the next one to do; a refusal is told and leads to the open field."""
        view = self._view
        if view is None:
            return
        desk = self._desk
        if (sure := sure_left(view)) and sure == len(view.open_rows):
            # Nothing needs a look any more: one key takes what is left.
            desk.shell.note(desk.say("ui-rest-is-sure", count=sure))
            return
        if told := self._guard.against_hand_over(view):
            desk.shell.note(told)
            return
        try:
            verbs.submit(desk.workspace, view.record.record_id, desk.actor, language=desk.language)
        except PolicyError as refusal:
            desk.shell.tell(desk.explain(refusal))
            self._show(view.record.record_id, first_trouble(view))
            return
        desk.shell.note(desk.say("ui-submitted"))
        desk.shell.changed()
        self._after_hand_over(view)

    def accept_rest(self) -> None:
        """Ctrl+Enter: confirm every suggestion at or above the supervisor's target; where none is left, hand over."""
        view, desk = self._view, self._desk
        if view is None:
            return
        if not sure_left(view):
            self.submit()
            return
        target, done = desk.settings.accept_rest_above, list[Action | None]()

        def act() -> None:
            done.append(verbs.accept_above(desk.workspace, view.record.record_id, target, desk.actor, view))

        if not self.write(act, lambda fresh, _: starting_field(fresh)):
            return
        events = (action.event for action in done if action is not None)
        count = sum(len(event.values) for event in events if isinstance(event, FieldsConfirmed))
        left = len(self._view.open_rows) if self._view is not None else 0
        told = ("ui-rest-accepted" if left else "ui-rest-accepted-all") if count else "ui-rest-changed"
        desk.shell.note(desk.say(told, count=count, left=left, target=of_share(target, desk.language)))

    def accept_warning(self) -> None:
        """F7: accept what looks unlikely, or let the warning of this field stand; for a reason."""
        self._warnings.accept()

    def void(self) -> None:
        """This entry holds no record."""
        view = self._view
        if view is None or not is_allowed(self._desk, view, RecordVoided("")):
            return
        record_id, desk = view.record.record_id, self._desk

        def told(reason: str) -> None:
            self.write(lambda: verbs.void_record(desk.workspace, record_id, reason, desk.actor))

        desk.shell.ask_reason(desk.say("ui-why-void"), told)

    def start_moving_box(self) -> None:
        """Ctrl+B: the box of this field follows the arrow keys."""
        row = self.row
        if row is None or row.region is None:
            self._desk.shell.note(self._desk.say("ui-no-box"))
        else:
            self._screen.edit_box(row)

    def move_box(self, field_id: str, quad: Quad) -> None:
        """The box of that field stands there now."""
        view = self._view
        if view is None:
            return
        region = Region(field_id, view.record.page_id, quad)
        desk, record_id = self._desk, view.record.record_id
        self.write(lambda: verbs.move_region(desk.workspace, record_id, region, desk.actor))

    @property
    def row(self) -> FieldRow | None:
        """The field in hand; None on the hand-over button."""
        view = self._view
        return view.rows[self._current] if view is not None and self._current < len(view.rows) else None

    def _confirm(self, row: FieldRow, text: str, state: FieldState) -> None:
        if self._view is not None:
            verbs.confirm(
                self._desk.workspace, self._view.record.record_id, row.field.id, text, self._desk.actor, state
            )

    def _accept(self, row: FieldRow) -> None:
        if self._view is not None:
            verbs.accept_row(self._desk.workspace, self._view, row, self._desk.actor)

    def write(self, act: Callable[[], object], way: Step = stay) -> bool:
        """Whether it was done; the record is shown as it then is, and the place in hand goes on that way.

        A refusal is told."""
        view = self._view
        if view is None:
            return False
        if not self._desk.attempt(act):
            self._show(view.record.record_id, self._current)
            return False
        fresh = self._seen(view.record.record_id)
        self._view = fresh
        self._current = way(fresh, self._current)
        self._screen.show_record(fresh, self._current)
        self._desk.shell.note(self._desk.say("ui-saved"))
        self._remember()
        return True

    def show_again(self) -> None:
        """Show the record in hand as it is now."""
        if self._view is not None:
            self._show(self._view.record.record_id, self._current)

    def _seen(self, record_id: str) -> EntryView:
        asked = self.copying.asked_for(record_id)
        return verbs.entry_view(self._desk.workspace, record_id, language=self._desk.language, asked=asked)

    def _show(self, record_id: str, current: int) -> None:
        view = self._seen(record_id)
        turned = self._view is None or self._view.record.page_id != view.record.page_id
        self._view, self._current = view, min(current, len(view.rows))
        self.look.take_book(view.book.book_id)
        self.asides.finder.take_book(view.book.book_id)
        if turned:
            self._feed.show(view.record.page_id)
        self._screen.show_record(view, self._current)
        if turned:
            self._prepare_next(record_id)

    def _prepare_next(self, record_id: str) -> None:
        """Have the page of the next record ready, so that it is there as soon as its values."""
        workspace = self._desk.workspace
        following = verbs.neighbour(workspace, record_id, 1)
        record = workspace.record(following) if following is not None else None
        if record is not None:
            self._feed.prepare(record.page_id)

    def _remember(self) -> None:
        if self._view is not None:
            self._places.remember(self._view, self.row)

    def _after_hand_over(self, view: EntryView) -> None:
        if following := self._places.following(view):
            self.open(following)
        else:
            self._show(view.record.record_id, len(view.rows))
            held = len(asking_records(self._desk.workspace, view.book.book_id))
            self._desk.shell.tell(self._desk.say("ui-book-waits" if held else "ui-book-entered", count=held))

    def _step_history(self, act: Callable[[Actor, str], Action | None], nothing: str, did: str) -> None:
        desk, view = self._desk, self._view
        if view is None:
            return
        found: list[Action | None] = []
        if not desk.attempt(lambda: found.append(act(desk.actor, desk.book_id))):
            return
        action = found[0]
        desk.shell.note(desk.say(did if action is not None else nothing))
        # What was taken back may stand in another record: the clerk is led there.
        elsewhere = action is not None and action.record_id not in ("", view.record.record_id)
        if action is not None and elsewhere:
            self.open(action.record_id)
        else:
            self._show(view.record.record_id, self._current)
