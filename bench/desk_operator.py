"""The scripted operator: keys one record after the other through the real window, knowing what the paper says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bench.desk_hands import Answer, Hands, key_weight
from bench.desk_ways import Help, Sight, Way, agrees, suggestion_right, typed_out, ways
from hotich.forms.formspec import CopyRule
from hotich.pipeline.entry import EntryView, FieldRow
from hotich.pipeline.offers import copied
from hotich.store import Workspace
from hotich.ui.keys import key
from hotich.ui.presenters.entry_moves import next_look, sure_left
from hotich.values import Record, Status
from sample_scans.draw.fields import Written

if TYPE_CHECKING:
    from hotich.ui.main_window import MainWindow

MOST_STEPS = 400


class WrongError(Exception):
    """The window did not do what the operator expected, or the store holds something else than the paper says."""


@dataclass
class Tally:
    """What one record cost: `spent` by (field, way), looks at fields, and the field keys of a sheet without help."""

    keys: int = 0
    looks: int = 0
    acts: int = 0
    plain: int = 0
    spent: Counter[tuple[str, str]] = field(default_factory=Counter)
    answers: list[Answer] = field(default_factory=list)
    """The last one brought the next record."""


class Operator:
    """Sits before the entry screen of a window."""

    def __init__(self, window: MainWindow, workspace: Workspace, hands: Hands, help_used: Help) -> None:
        self._presenter = window.entry.presenter
        self._panel = window.entry.panel
        self._workspace = workspace
        self._hands = hands
        self._help = help_used
        self.plain = False
        """Whether the operator does without tricks; see `Sight`."""
        self._copied: set[tuple[str, str]] = set()
        self._tally = Tally()
        self.once = 0
        """Keys that were needed once for the book."""

    def keep_values(self, fields: frozenset[str]) -> None:
        """Let the values of these fields stay from record to record: Ctrl+K in each of them, once a book."""
        rows, before = self._view.rows, self._hands.keys
        for place, row in enumerate(rows):
            if row.field.id in fields and not row.field.shared:
                while self._presenter.current < place:
                    self._hands.press("Down")
                self._hands.press_key("keep-value")
        self._hands.press("Up", self._presenter.current)
        self.once = self._hands.keys - before

    def key_record(self, truth: dict[str, Written]) -> Tally:
        """What it cost to key the record on the screen. Raises WrongError when it is not then as on the paper."""
        self._copied.clear()
        tally = self._tally = Tally(looks=len(truth), plain=sum(typed_out(value) for value in truth.values()))
        record_id = self._view.record.record_id
        self._hands.answers = tally.answers
        for _ in range(MOST_STEPS):
            if self._view.record.record_id != record_id or self._view.record.status is not Status.DRAFT:
                break
            self._step(truth)
        else:
            raise WrongError(f"no end in record {self._view.position} at {self._presenter.current}")
        self._verify(record_id, truth)
        return tally

    @property
    def _view(self) -> EntryView:
        view = self._presenter.view
        if view is None:
            raise WrongError("no record on the screen")
        return view

    def _step(self, truth: dict[str, Written]) -> None:
        view, current = self._view, self._presenter.current
        places = _pending(view, truth)
        if not places:
            self._finish(view)
            return
        target = next((place for place in places if place >= current), places[0])
        if self._copy_person(target, truth):
            return
        if target != current:
            self._move(target)
        else:
            self._fill(view.rows[target], truth, [place for place in places if place != target])

    def _finish(self, view: EntryView) -> None:
        """Take what is left and right with one key; hand over."""
        name = "take the rest" if sure_left(view) else "hand over"
        at_button = self._presenter.current == len(view.rows)
        sequence = "Return" if name == "hand over" and at_button else key("submit").sequence
        self._spend("", name, lambda: self._hands.press(sequence))

    def _move(self, target: int) -> None:
        """Arrows from field to field; from the hand-over button Up comes back into the form."""
        current = self._presenter.current
        if current == len(self._view.rows):
            self._spend("", "back from hand-over", lambda: self._hands.press("Up"))
            if self._presenter.current == current:
                raise WrongError("Up does not lead back from the hand-over")
            return
        step = "Down" if target > current else "Up"
        self._spend("", "move", lambda: self._hands.press(step))
        if self._presenter.current == current:
            raise WrongError(f"{step} does not leave {self._view.rows[current].field.id}")

    def _fill(self, row: FieldRow, truth: dict[str, Written], left: list[int]) -> None:
        best = self._cheapest(row, truth[row.field.id], self._onward(left))
        self._spend(row.field.id, best.name, lambda: best.act(self._hands))
        self._tally.acts += 1
        self._check_kept(row, truth[row.field.id], best)

    def _onward(self, left: list[int]) -> str:
        """Enter, unless it would pass by a field that looks sure and is wrong."""
        view, current = self._view, self._presenter.current
        following = next((place for place in left if place > current), len(view.rows))
        return "next" if next_look(view, current) > following else "accept"

    def _cheapest(self, row: FieldRow, truth: Written, onward: str) -> Way:
        above = self._above() if self._help is not Help.TYPED else None
        sight = Sight(row, self._view, self._presenter.typing, truth, above, self._help, onward, self.plain)
        return min(ways(sight), key=lambda way: way.strokes)

    def _above(self) -> Record | None:
        ids = self._workspace.record_ids(self._view.book.book_id)
        place = ids.index(self._view.record.record_id)
        return self._workspace.record(ids[place - 1]) if place else None

    def _copy_person(self, target: int, truth: dict[str, Written]) -> bool:
        """Whether a block was copied from another person: done where it saves more keys than it costs."""
        view = self._view
        person = view.rows[target].field.person
        rules = [rule for rule in view.spec.copies if rule.to == person]
        gains = [(self._gain(rule, truth), place) for place, rule in enumerate(rules)]
        if not gains or (person, "") in self._copied:
            return False
        gain, place = max(gains)
        cost = key_weight("copy-person") + (0 if len(rules) == 1 else 1 if place == 0 else 2)
        if gain <= cost:
            return False
        if target != self._presenter.current:
            self._move(target)
            return True
        self._copied.add((person, ""))
        self._spend(view.rows[target].field.id, "copy person", lambda: self._press_copy(len(rules), place))
        return True

    def _press_copy(self, rules: int, place: int) -> None:
        self._hands.press_key("copy-person")
        if rules > 1:
            self._hands.press("Return" if place == 0 else f"Alt+{place + 1}")

    def _gain(self, rule: CopyRule, truth: dict[str, Written]) -> int:
        """Keys saved when the offers of the rule that are right need only Enter."""
        view, saved = self._view, 0
        found = copied(view.record, view.spec, rule)
        for row in view.rows:
            offer, known = found.get(row.field.id), truth.get(row.field.id)
            if offer is None or known is None or row.value is not None or known.state == "blank":
                continue
            if offer.text == known.text and not suggestion_right(row, known):
                saved += self._cheapest(row, known, "accept").strokes - 1
        return saved

    def _spend(self, field_id: str, name: str, act: Callable[[], object]) -> None:
        before = self._hands.keys
        act()
        used = self._hands.keys - before
        self._tally.keys += used
        self._tally.spent[field_id, name] += used

    def _check_kept(self, row: FieldRow, truth: Written, way: Way) -> None:
        """The field holds what it should, at once: whatever the window did, the next key builds on it."""
        view = self._view
        value = view.row(row.field.id).value
        if value is None or not agrees(value, truth, row.field.kind):
            status = self._panel.window().statusBar().currentMessage()
            raise WrongError(f"{view.position} {row.field.id} by {way.name}: {value} is not {truth.text!r}; {status}")

    def _verify(self, record_id: str, truth: dict[str, Written]) -> None:
        record = self._workspace.record(record_id)
        if record is None:
            raise WrongError(f"record {record_id} is gone")
        spec = self._view.spec
        for field_id, known in truth.items():
            entry = record.fields.get(field_id)
            if entry is None or entry.value is None or not agrees(entry.value, known, spec.field(field_id).kind):
                raise WrongError(f"{field_id}: {entry.value if entry else None} is not {known.text!r}")
        for field_id, entry in record.fields.items():
            if field_id not in truth and entry.value is not None and entry.value.as_written:
                raise WrongError(f"{field_id} is not on the page, and holds {entry.value.as_written!r}")


def _pending(view: EntryView, truth: dict[str, Written]) -> list[int]:
    """Places of the fields on which something has to be done before the rest may be taken together."""
    places = []
    for place, row in enumerate(view.rows):
        known = truth.get(row.field.id)
        if known is None:
            continue
        if row.value is not None:
            wrong = not agrees(row.value, known, row.field.kind)
        else:
            wrong = not (row.is_sure and suggestion_right(row, known))
        if wrong:
            places.append(place)
    return places
