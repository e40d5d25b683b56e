"""Errors that slip through, by way of working: a simulated clerk with a stated error model before the real suggestions.

What is shown, what is doubtful, what the rules refuse and how the carousel groups snippets is the program's own doing:
a workspace with readings is asked. Only the clerk is a model, and its numbers are assumptions, save the first.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import msgspec
import numpy as np

from bench.confidence import interval
from bench.desk_book import add_readings, make_book
from bench.desk_commune import CommuneBook
from bench.desk_readings import misread
from bench.desk_ways import suggestion_right
from hotich.forms.formspec import FieldKind, FieldSpec
from hotich.forms.loader import load_catalogue
from hotich.letters import nfc, unmark
from hotich.normal import NormalContext, normalise
from hotich.pipeline.carousel import SIGNERS, GroupKind, deck_of
from hotich.pipeline.checking import view_of
from hotich.pipeline.entry import FieldRow, FieldStatus, entry_view
from hotich.pipeline.tuning import SETTINGS_FILE
from hotich.rules import RuleContext, check_record_view
from hotich.store import Workspace
from hotich.values import Actor, Book, FieldState, FieldValue, Record, Role, Severity
from sample_scans.draw.fields import Written

CAROUSEL_KINDS = (FieldKind.CHOICE, FieldKind.ETHNIC, FieldKind.NATIONALITY, FieldKind.BOOK_NUMBER, FieldKind.PLACE)
INK_KINDS = (FieldKind.PERSON_NAME, FieldKind.PLACE, FieldKind.TEXT, FieldKind.NOTE)


class Likeness(StrEnum):
    """How a wrong text differs from the right one."""

    MARK = "mark"
    LETTER = "letter"
    FIGURE = "figure"
    OTHER = "other"


class Care(StrEnum):
    """How a field is looked at: alone with its picture, as one of a grid of pictures, or among others at a glance."""

    LOOK = "look"
    GRID = "grid"
    GLANCE = "glance"


@dataclass(frozen=True, slots=True)
class Model:
    """The clerk. Shares of fields, or of wrong suggestions that are missed; `scale` makes all misses more or fewer."""

    slip: float = 0.0029
    """A field typed and left wrong: single entry in the meta-analysis of Garza et al. of 93 papers."""
    misread: float = 0.005
    """A name, place or text taken for another by whoever types it from the page."""
    doubted: float = 0.6
    """What is left of a miss where the field is marked as doubtful."""
    trusted: float = 1.5
    """How a miss grows where the suggestion looks sure: who sees a hundred right ones stops looking."""
    refused: float = 0.25
    """What is left of a miss where the program refuses Enter and says why."""
    warned: float = 0.75
    """Share of wrong values that are mended when a finding stands beside them."""
    watched: float = 0.7
    """What is left of a miss in a grid with known answers among the pictures."""
    scale: float = 1.0

    def miss(self, care: Care, likeness: Likeness) -> float:
        """The share of wrong suggestions of that likeness that pass."""
        return min(0.95, MISSES[care][likeness] * self.scale)


MISSES: Mapping[Care, Mapping[Likeness, float]] = {
    Care.LOOK: {Likeness.MARK: 0.20, Likeness.LETTER: 0.12, Likeness.FIGURE: 0.10, Likeness.OTHER: 0.02},
    Care.GRID: {Likeness.MARK: 0.45, Likeness.LETTER: 0.35, Likeness.FIGURE: 0.30, Likeness.OTHER: 0.05},
    Care.GLANCE: {Likeness.MARK: 0.70, Likeness.LETTER: 0.55, Likeness.FIGURE: 0.50, Likeness.OTHER: 0.25},
}


class Work(StrEnum):
    """Ways of working."""

    TYPED = "plain entry"
    ENTER = "Enter on each"
    TOGETHER = "Ctrl+Enter"
    CAROUSEL = "carousel"


@dataclass(frozen=True, slots=True)
class Guards:
    """What the program does against blind acceptance."""

    name: str
    doubtful: bool = False
    """Doubtful fields are marked, stop Enter, and are never taken together."""
    rules: bool = False
    """Enter is refused where a rule is broken or words and figures differ; findings stand beside values."""
    odd: bool = False
    """The carousel shows rare and unlike values one by one."""
    known: bool = False
    """Known answers stand among the pictures."""
    unseen: bool = False
    """Doubtful names are not shown, and typed from the page."""


GUARDS = (
    Guards("none"),
    Guards("doubtful first", doubtful=True),
    Guards("rules", rules=True),
    Guards("odd ones apart, known answers", odd=True, known=True),
    Guards("all but unseen names", doubtful=True, rules=True, odd=True, known=True),
    Guards("all", doubtful=True, rules=True, odd=True, known=True, unseen=True),
)
ALL = GUARDS[-1]


@dataclass(frozen=True, slots=True)
class Case:
    """One field of one record: what is suggested and what stands on the paper."""

    row: FieldRow
    truth: Written
    right: bool
    likeness: Likeness
    group: GroupKind | None


@dataclass(frozen=True, slots=True)
class Page:
    """One record."""

    record: Record
    book: Book
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """Wrong fields by kind, all fields, and how many fields of a record wanted a key of their own."""

    wrong: Counter[str]
    fields: int
    stops: float


def prepare(commune: CommuneBook, accuracy: Mapping[str, float], seed: int) -> tuple[Page, ...]:
    """Every field of a book as the entry screen and the carousel show it."""
    with tempfile.TemporaryDirectory() as name, Workspace.open(Path(name) / "work") as workspace:
        # Every reading is shown here: what is hidden from which clerk is for the guards to say.
        (workspace.folder / SETTINGS_FILE).write_text("names_unseen_below = 0\n", encoding="utf-8")
        clerk = Actor("Nguyễn Thị Lan", Role.CLERK)
        book = make_book(workspace, commune, Path(name), clerk)
        add_readings(workspace, book, commune, accuracy, seed)
        groups = dict(_groups(workspace, book, commune))
        ids = workspace.record_ids(book.book_id)
        return tuple(
            _page(workspace, book, record_id, (truth, groups))
            for record_id, truth in zip(ids, commune.entries, strict=True)
        )


def _page(
    workspace: Workspace, book: Book, record_id: str, known: tuple[dict[str, Written], Mapping[str, GroupKind]]
) -> Page:
    truth, groups = known
    view = entry_view(workspace, record_id)
    cases = []
    for row in view.rows:
        if row.field.id in truth:
            right = suggestion_right(row, truth[row.field.id])
            likeness = like(row.text, truth[row.field.id].text)
            cases.append(Case(row, truth[row.field.id], right, likeness, groups.get(f"{record_id} {row.field.id}")))
    return Page(view.record, book, tuple(cases))


def _groups(workspace: Workspace, book: Book, commune: CommuneBook) -> Iterator[tuple[str, GroupKind]]:
    spec = load_catalogue().records[book.record_type]
    for zone in commune.form.zones:
        if spec.field(zone.field_id).kind in CAROUSEL_KINDS or zone.field_id in SIGNERS:
            for group in deck_of(workspace, [book.book_id], zone.field_id).groups:
                yield from ((snippet.key, group.kind) for snippet in group.snippets)


def like(shown: str, true: str) -> Likeness:
    """How the texts differ, the harder to see first."""
    true = nfc(true)
    if unmark(shown) == unmark(true):
        return Likeness.MARK
    same_length = len(shown) == len(true)
    apart = [(one, other) for one, other in zip(shown, true, strict=False) if one != other]
    if same_length and len(apart) == 1:
        return Likeness.FIGURE if apart[0][1].isdigit() else Likeness.LETTER
    return Likeness.OTHER


class Clerk:
    """Goes through a book in one way, once."""

    def __init__(self, model: Model, guards: Guards, rng: np.random.Generator) -> None:
        self._model, self._guards, self._rng = model, guards, rng

    def enter(self, pages: Sequence[Page], work: Work) -> Result:
        """What is wrong when the book is handed over."""
        wrong: Counter[str] = Counter()
        fields = stops = 0
        for page in pages:
            kept = {case.row.field.id: self._kept(case, work) for case in page.cases}
            stops += sum(stopped for _, stopped in kept.values())
            fields += len(kept)
            mistaken = {field_id: text for field_id, (text, _) in kept.items() if text is not None}
            left = self._left(page, mistaken)
            wrong.update(str(case.row.field.kind) for case in page.cases if case.row.field.id in left)
        return Result(wrong, fields, stops / max(1, len(pages)))

    def _kept(self, case: Case, work: Work) -> tuple[str | None, bool]:
        """The wrong text that stays in a field, None when it is right; and whether it took a key of its own."""
        if work is Work.TYPED or not case.row.has_suggestion or self._hidden(case):
            return self._typed(case), True
        care = self._care(case, work)
        if case.right:
            return None, care is Care.LOOK
        if self._rng.random() < self._missed(case, care):
            return case.row.text, care is Care.LOOK
        return self._typed(case), True

    def _hidden(self, case: Case) -> bool:
        doubtful_name = case.row.field.kind is FieldKind.PERSON_NAME and case.row.status is FieldStatus.DOUBTFUL
        return self._guards.unseen and doubtful_name

    def _care(self, case: Case, work: Work) -> Care:
        row, guards = case.row, self._guards
        stopped = (guards.doubtful and not row.confidence >= row.target) or (guards.rules and bool(row.foreseen))
        if work is Work.CAROUSEL and case.group is not None:
            apart = (guards.doubtful and case.group in (GroupKind.DOUBTFUL, GroupKind.UNREAD)) or (
                guards.odd and case.group in (GroupKind.RARE, GroupKind.UNLIKE)
            )
            return Care.LOOK if apart or (guards.rules and case.group is GroupKind.FINDING) else Care.GRID
        return Care.LOOK if work is Work.ENTER or stopped else Care.GLANCE

    def _missed(self, case: Case, care: Care) -> float:
        model, row, guards = self._model, case.row, self._guards
        chance = model.miss(care, case.likeness)
        if guards.doubtful and row.status is FieldStatus.DOUBTFUL:
            chance *= model.doubted
        elif row.confidence >= row.target:
            chance *= model.trusted
        if guards.rules and row.foreseen:
            chance *= model.refused
        if guards.known and care is Care.GRID:
            chance *= model.watched
        return min(chance, 0.95)

    def _typed(self, case: Case) -> str | None:
        """A slip of the finger or of the eye."""
        if case.truth.state == "blank":
            return None
        chance = self._model.slip + (self._model.misread if case.row.field.kind in INK_KINDS else 0.0)
        if self._rng.random() >= chance:
            return None
        return misread(case.row.field, nfc(case.truth.text), self._rng)

    def _left(self, page: Page, mistaken: dict[str, str]) -> set[str]:
        """Fields that stay wrong although findings stand beside them."""
        if not mistaken or not self._guards.rules:
            return set(mistaken)
        told = _found(page, mistaken) - _found(page, {})
        named = {field_id for _, fields in told for field_id in fields}
        return {each for each in mistaken if each not in named or self._rng.random() >= self._model.warned}


def _found(page: Page, mistaken: Mapping[str, str]) -> set[tuple[str, tuple[str, ...]]]:
    """The findings that a person would see if the record were kept as on the paper but for these texts."""
    catalogue = load_catalogue()
    spec = catalogue.records[page.book.record_type]
    values = {}
    for case in page.cases:
        field = case.row.field
        text = mistaken.get(field.id, nfc(case.truth.text))
        values[field.id] = _value(field, text, page.book)
    on_page = frozenset(case.row.field.id for case in page.cases)
    view = msgspec.structs.replace(view_of(page.record), values=values)
    found = check_record_view(view, RuleContext(page.book, spec, on_page))
    return {(f.rule_id, tuple(f.fields)) for f in found if f.severity is not Severity.NOTE}


def _value(field: FieldSpec, text: str, book: Book) -> FieldValue:
    normal = normalise(field, text, NormalContext(book, year=book.year)).normal
    return FieldValue(field.id, text, normal, FieldState.VALUE if text else FieldState.BLANK)


def print_errors(commune: CommuneBook, accuracy: Mapping[str, float], seed: int, draws: int) -> None:
    """Print errors left per 10,000 fields by way of working and guards."""
    pages = prepare(commune, accuracy, seed)
    shown = [case for page in pages for case in page.cases if case.row.has_suggestion]
    print(f"\n{commune.record}: {len(pages)} records, {sum(len(page.cases) for page in pages)} fields, {draws} clerks")
    print(f"  suggestions wrong {sum(not case.right for case in shown)} of {len(shown)}")
    for scale in (1.0, 2.0):
        print(f"  wrong fields per 10,000 (95 %) [fields a record with a key of their own]; misses x {scale:g}")
        print("    " + " | ".join(["way", *(guards.name for guards in GUARDS)]))
        for work in Work:
            how = replace(Model(), scale=scale), seed, draws
            cells = [_cell(_results(pages, work, guards, how)) for guards in GUARDS]
            print("    " + " | ".join([work.value, *cells]), flush=True)
    print("  the same with all guards, by kind of field")
    for work in Work:
        results = _results(pages, work, ALL, (Model(), seed, draws))
        fields = sum(result.fields for result in results)
        kinds = sum((result.wrong for result in results), Counter())
        told = ", ".join(f"{kind} {10000 * count / fields:.0f}" for kind, count in kinds.most_common(5))
        print(f"    {work.value}: {told}")


def _results(pages: Sequence[Page], work: Work, guards: Guards, how: tuple[Model, int, int]) -> list[Result]:
    model, seed, draws = how
    return [Clerk(model, guards, np.random.default_rng([seed, draw])).enter(pages, work) for draw in range(draws)]


def _cell(results: Sequence[Result]) -> str:
    wrong, fields = sum(r.wrong.total() for r in results), sum(r.fields for r in results)
    low, high = interval(wrong, fields)
    stops = sum(r.stops for r in results) / len(results)
    return f"{10000 * wrong / fields:.0f} ({10000 * low:.0f}-{10000 * high:.0f}) [{stops:.0f}]"
