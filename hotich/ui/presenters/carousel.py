"""The carousel: one field over many records, confirmed by the page, never faster than it can be looked at."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence

import msgspec

from hotich.forms.formspec import FieldSpec
from hotich.pipeline.carousel import (
    Deck,
    Group,
    Show,
    Snippet,
    books_like,
    carousel_fields,
    confirm_snippets,
    correct_snippet,
    deck_of,
    refreshed,
    wanted,
    with_snippet,
)
from hotich.pipeline.cells import known_values
from hotich.pipeline.entry_view import FieldStatus
from hotich.pipeline.trials import keep_score, with_trials
from hotich.ui.presenters.carousel_screen import CarouselScreen, Open
from hotich.ui.presenters.desk import Desk, Running, Screen
from hotich.ui.presenters.looking import Looking, rounded_up
from hotich.ui.presenters.wording import no_entries
from hotich.values import FieldState
from hotich.workflow import Action


class CarouselPresenter:
    """What can be done to the snippets. `clock` counts seconds; `chance` chooses where known answers are put."""

    def __init__(
        self,
        desk: Desk,
        screen: CarouselScreen,
        open_entry: Open,
        clock: Callable[[], float] = time.monotonic,
        chance: random.Random | None = None,
    ) -> None:
        self._desk, self._screen, self._open_entry = desk, screen, open_entry
        self._looking = Looking(clock)
        self._chance = chance or random.Random()
        self._fields: tuple[FieldSpec, ...] = ()
        self._field_id = ""
        self._book_id = ""
        self._deck: Deck | None = None
        self._groups: tuple[Group, ...] = ()
        self._by_key: dict[str, Snippet] = {}
        self._left_out: set[str] = set()
        self._kept: set[str] = set()
        self._show = Show.OPEN
        self._many_books = False
        self._current = ""
        self._order = 0
        self._dealing: Running | None = None

    @property
    def field(self) -> FieldSpec | None:
        """The field in hand."""
        return next((field for field in self._fields if field.id == self._field_id), None)

    @property
    def many_books(self) -> bool:
        """Whether all books of the type are shown."""
        return self._many_books

    @property
    def show(self) -> Show:
        """Which snippets are shown."""
        return self._show

    def snippet(self, key: str) -> Snippet | None:
        """The snippet of that key."""
        return self._by_key.get(key)

    def refresh(self) -> None:
        """Deal the snippets of the book in hand anew; what was on the screen stays on it."""
        desk = self._desk
        if not desk.book_id:
            self._screen.show_nothing(desk.say("ui-no-book"))
            return
        if desk.book_id != self._book_id:
            self._take_book()
        if not self._field_id:
            self._screen.show_nothing(no_entries(desk))
            return
        self._deal()

    def choose_field(self, place: int) -> None:
        """Another field."""
        if 0 <= place < len(self._fields) and self._fields[place].id != self._field_id:
            self._field_id = self._fields[place].id
            self._remember_field()
            self._afresh()

    def cycle_show(self) -> None:
        """Open ones, doubtful ones, all."""
        order = list(Show)
        self.choose_show(order[(order.index(self._show) + 1) % len(order)])

    def choose_show(self, show: Show) -> None:
        """Only these snippets; what was settled meanwhile leaves the screen."""
        self._show = show
        self._kept.clear()
        if self._deck is not None:
            self._lay_out()

    def toggle_books(self) -> None:
        """This book, or all books of its type."""
        self._many_books = not self._many_books
        self._afresh()

    def in_sight(self, keys: Sequence[str]) -> None:
        """These snippets, and no others, are on the screen whole, with their pictures."""
        self._looking.at(keys)

    def choose(self, key: str) -> None:
        """Take that snippet in hand."""
        self._current = key

    def confirm(self) -> None:
        """Enter: the page, or where the snippet in hand is odd, that one alone."""
        group = self._group_of(self._current)
        if group is None:
            return
        here = self._by_key[self._current]
        if here.region is None and here.open:
            # What cannot be seen here is not confirmed here.
            self._desk.shell.note(self._desk.say("ui-carousel-no-place"))
            return
        # An odd snippet is confirmed alone; one that says nothing has nothing to confirm.
        alone = not group.kind.by_page
        if alone and here.open and not (here.cell.text or here.blank):
            self._desk.shell.note(self._desk.say("ui-carousel-nothing-read"))
            return
        chosen = ([here] if here.open and not self._is_left_out(here.key) else []) if alone else self._page()
        if not chosen and here.key in self._looking.keys:
            self._go_on(alone)
        elif missing := self._looking.missing([snippet.key for snippet in chosen or [here]]):
            seconds = f"{rounded_up(missing):.1f}"
            self._desk.shell.note(self._desk.say("ui-carousel-look-first", seconds=seconds))
        else:
            self._confirm(chosen, alone)

    def correct(self, key: str, text: str, state: FieldState = FieldState.VALUE) -> None:
        """Say what stands in that snippet, then go to the next."""
        snippet, desk = self._by_key.get(key), self._desk
        if snippet is None:
            return
        if snippet.planted:
            self._tried(snippet)
        elif not desk.attempt(lambda: self._correct(snippet, text, state)):
            return
        else:
            desk.shell.note(desk.say("ui-saved"))
        self._refresh_snippets([snippet.record_id])
        self._step_on(key)

    def leave_out(self) -> None:
        """Del: the snippet in hand is not confirmed with its page, or is so again."""
        snippet = self._by_key.get(self._current)
        if snippet is None:
            return
        if snippet.planted:
            self._tried(snippet)
        elif snippet.open:
            self._left_out ^= {snippet.key}
            told = "ui-carousel-left-out" if snippet.key in self._left_out else "ui-carousel-taken-in"
            self._desk.shell.note(self._desk.say(told))
        self._tell_state()
        self._screen.show_snippets([snippet])

    def to_entry(self) -> None:
        """Space: the record of the snippet in hand on the entry screen."""
        snippet = self._by_key.get(self._current)
        if snippet is not None:
            if snippet.planted:
                self._tried(snippet)
            else:
                # First the screen: changing it moves the focus, and with it the field in hand.
                self._desk.shell.go(Screen.ENTRY)
                self._open_entry(snippet.record_id, self._field_id)

    def undo(self) -> None:
        """Take back the last step, a whole page if it was one."""
        self._history(self._desk.workspace.undo_step, "ui-nothing-to-undo", "ui-undone-many")

    def redo(self) -> None:
        """Bring back what was taken back last."""
        self._history(self._desk.workspace.redo_step, "ui-nothing-to-redo", "ui-redone-many")

    def values_for(self, key: str) -> tuple[tuple[str, str], ...]:
        """What the field may hold, with codes: other readings of the snippet, its list, what was written before."""
        field, snippet = self.field, self._by_key.get(key)
        if field is None or snippet is None:
            return ()
        known = known_values(field)
        if any(code for _, code in known):
            return known
        groups = tuple((group.text, "") for group in self._groups if group.text)
        before = tuple((text, "") for text in self._desk.workspace.last_values(self._desk.book_id, field.id, 50))
        read = tuple((text, "") for text in snippet.others)
        return tuple(dict.fromkeys((*read, *groups, *before, *known)))

    def _take_book(self) -> None:
        self._book_id = self._desk.book_id
        self._fields = carousel_fields(self._desk.workspace, self._book_id)
        remembered = self._desk.workspace.setting(self._field_key())
        ids = [field.id for field in self._fields]
        self._field_id = remembered if remembered in ids else next(iter(ids), "")
        self._forget()

    def _field_key(self) -> str:
        return f"carousel-field:{self._book_id}"

    def _remember_field(self) -> None:
        self._desk.workspace.remember(self._field_key(), self._field_id)

    def _afresh(self) -> None:
        self._forget()
        self.refresh()

    def _forget(self) -> None:
        self._deck, self._groups, self._by_key = None, (), {}
        self._left_out.clear()
        self._kept.clear()
        self._looking.at(())
        self._current = ""

    def _deal(self) -> None:
        desk, field_id = self._desk, self._field_id
        self._order += 1
        if self._dealing is not None:
            self._dealing.cancel()
        order, workspace, language = self._order, desk.workspace, desk.language
        book_ids = books_like(workspace, desk.book_id) if self._many_books else (desk.book_id,)
        ids = [field.id for field in self._fields]
        self._screen.show_fields(self._fields, ids.index(field_id))
        if self._deck is None:
            self._screen.show_busy()

        def dealt(deck: Deck) -> None:
            if order == self._order:
                self._dealt(deck)

        self._dealing = desk.shell.fetch(
            lambda ticket: deck_of(workspace, book_ids, field_id, language=language, ticket=ticket), dealt
        )

    def _dealt(self, deck: Deck) -> None:
        self._deck = with_trials(deck, self._chance)
        self._lay_out()

    def _lay_out(self) -> None:
        deck = self._deck
        if deck is None:
            return
        groups = (self._shown_of(group) for group in deck.groups)
        self._groups = tuple(group for group in groups if group.snippets)
        self._by_key = {snippet.key: snippet for group in self._groups for snippet in group.snippets}
        self._kept |= set(self._by_key)
        if self._current not in self._by_key:
            self._current = next((key for key, s in self._by_key.items() if s.open), next(iter(self._by_key), ""))
        self._looking.at(())
        self._tell_state()
        if self._by_key:
            self._screen.show_groups(self._groups, self._current)
        else:
            self._screen.show_nothing(self._nothing_left(deck))

    def _shown_of(self, group: Group) -> Group:
        kept = (s for s in group.snippets if wanted(s, group.kind, self._show) or s.key in self._kept)
        return msgspec.structs.replace(group, snippets=tuple(kept))

    def _nothing_left(self, deck: Deck) -> str:
        if not deck.total:
            return self._desk.say("ui-carousel-no-snippets")
        return self._desk.say("ui-carousel-all-done" if self._show is Show.OPEN else "ui-carousel-none-such")

    def _tell_state(self) -> None:
        deck = self._deck
        if deck is not None:
            self._screen.show_state(deck.settled, deck.total, self._show, frozenset(self._left_out))

    def _group_of(self, key: str) -> Group | None:
        return next((g for g in self._groups if any(s.key == key for s in g.snippets)), None)

    def _is_left_out(self, key: str) -> bool:
        return key in self._left_out

    def _page(self) -> list[Snippet]:
        """The open snippets on the screen that are confirmed together."""
        seen = set(self._looking.keys)
        together = (s for g in self._groups if g.kind.by_page for s in g.snippets)
        return [s for s in together if s.key in seen and s.open and s.key not in self._left_out]

    def _confirm(self, chosen: Sequence[Snippet], alone: bool) -> None:
        desk = self._desk
        missed = [snippet for snippet in chosen if snippet.planted]
        written: list[int] = []

        def write() -> None:
            outcome = confirm_snippets(desk.workspace, self._field_id, chosen, desk.actor)
            written.append(outcome.values)

        if not desk.attempt(write):
            return
        desk.shell.note(desk.say("ui-carousel-confirmed", count=written[0]))
        self._missed(missed)
        self._refresh_snippets([snippet.record_id for snippet in chosen])
        self._go_on(alone)

    def _missed(self, planted: Sequence[Snippet]) -> None:
        if planted:
            keep_score(self._desk.workspace, self._desk.actor, noticed=0, missed=len(planted))
            self._end_trials(planted)
            shown, true = planted[0].cell.text, planted[0].planted
            self._desk.shell.tell(self._desk.say("ui-carousel-missed", shown=shown, true=true))

    def _tried(self, planted: Snippet) -> None:
        """A known answer was not taken for what its group says."""
        if planted.over:
            return
        keep_score(self._desk.workspace, self._desk.actor, noticed=1, missed=0)
        self._end_trials([planted])
        self._desk.shell.note(self._desk.say("ui-carousel-noticed"))

    def _end_trials(self, planted: Sequence[Snippet]) -> None:
        """A trial that is over shows its true value and counts as settled."""
        for snippet in planted:
            cell = msgspec.structs.replace(snippet.cell, text=snippet.planted, status=FieldStatus.CONFIRMED)
            over = msgspec.structs.replace(snippet, cell=cell, over=True)
            self._replace(over)
            self._screen.show_snippets([over])

    def _correct(self, snippet: Snippet, text: str, state: FieldState) -> None:
        desk = self._desk
        outcome = correct_snippet(desk.workspace, self._field_id, snippet, text, desk.actor, state)
        if outcome.left_out:
            desk.shell.tell(desk.say("ui-record-closed"))

    def _refresh_snippets(self, record_ids: Sequence[str]) -> None:
        """Show the snippets of these records as they are now, each in its place."""
        desk, touched = self._desk, set(record_ids)
        mine = [s for s in self._by_key.values() if s.record_id in touched and not s.planted]
        for snippet in mine:
            self._replace(refreshed(desk.workspace, snippet, self._field_id, language=desk.language))
        self._tell_state()
        self._screen.show_snippets([self._by_key[snippet.key] for snippet in mine])

    def _replace(self, fresh: Snippet) -> None:
        deck, old = self._deck, self._by_key.get(fresh.key)
        if deck is None or old is None:
            return
        change = 0 if fresh.planted else int(old.open) - int(fresh.open)
        self._left_out.discard(fresh.key)
        self._by_key[fresh.key] = fresh
        self._deck = msgspec.structs.replace(
            deck, groups=with_snippet(deck.groups, fresh), settled=deck.settled + change
        )
        self._groups = with_snippet(self._groups, fresh)

    def _go_on(self, alone: bool) -> None:
        """To the next open snippet; after a page it begins the next page."""
        keys = list(self._by_key)
        seen = self._looking.keys
        here = keys.index(self._current)
        last = here if alone else max((keys.index(key) for key in seen if key in self._by_key), default=here)
        following = [*keys[last + 1 :], *keys[: last + 1]]
        target = next((k for k in following if self._by_key[k].open and k not in self._left_out), "")
        if target:
            self._take(target, at_top=not alone)
        else:
            self._desk.shell.note(self._desk.say("ui-carousel-all-done"))

    def _step_on(self, key: str) -> None:
        keys = list(self._by_key)
        following = keys[keys.index(key) + 1 :]
        self._take(next((k for k in following if self._by_key[k].open), key), at_top=False)

    def _take(self, key: str, *, at_top: bool) -> None:
        self._current = key
        self._screen.show_current(key, at_top=at_top)

    def _history(self, act: Callable[..., tuple[Action, ...]], nothing: str, did: str) -> None:
        desk = self._desk
        found: list[tuple[Action, ...]] = []
        if not desk.attempt(lambda: found.append(act(desk.actor, desk.book_id))):
            return
        actions = found[0]
        desk.shell.note(desk.say(did, count=len(actions)) if actions else desk.say(nothing))
        touched = [action.record_id for action in actions]
        self._refresh_snippets(touched)
        back = next((k for k, s in self._by_key.items() if s.record_id in set(touched)), "")
        if back:
            self._take(back, at_top=False)
