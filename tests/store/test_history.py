"""The index is what follows from the actions, whatever is done in whatever order."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from hotich.errors import PolicyError
from hotich.folding import fold_record
from hotich.store import Workspace
from hotich.store.database import DATABASE_NAME
from hotich.store.index import fold_page
from hotich.store.schema import INDEX_TABLES
from hotich.values import (
    IDENTITY,
    MACHINE,
    Actor,
    Alternative,
    CleanRecipe,
    FieldValue,
    Placement,
    Reading,
    Region,
    Role,
    StepRecord,
)
from hotich.workflow import (
    AnyEvent,
    Approved,
    Draft,
    FieldsConfirmed,
    FindingAccepted,
    PageCleaned,
    PageMoved,
    PagePlaced,
    PageSetAside,
    ReadingsMade,
    RecordVoided,
    RegionsMoved,
    Returned,
    Submitted,
    Way,
)
from tests.store.made import BOOK, HUNG, LAN, MAI, QUAD, Clock, fill, page, record_id, typed

people = st.sampled_from([LAN, HUNG, MAI, Actor(HUNG.name, Role.SUPERVISOR)])
records = st.sampled_from([record_id(p, e) for p in range(2) for e in range(2)])
texts = st.text(st.characters(codec="utf-8"), max_size=12)
numbers = st.floats(-1e6, 1e6) | st.integers(-5, 5).map(float)


def index_of(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the index tables, byte by byte as stored."""
    connection = sqlite3.connect(folder / DATABASE_NAME)
    try:
        return {table: sorted(connection.execute(f"SELECT * FROM {table}")) for table in INDEX_TABLES}
    finally:
        connection.close()


class Office(RuleBasedStateMachine):
    """People do what they like with a small book; what is refused is refused."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.workspace = Workspace.open(self.folder, clock=Clock())

    @initialize()
    def begin(self) -> None:
        fill(self.workspace, pages=2, entries=2)

    def attempt(self, *drafts: Draft) -> None:
        before = self.workspace.head()
        try:
            written = self.workspace.append(*drafts)
        except PolicyError:
            assert self.workspace.head() == before
        else:
            assert len(written) == len(drafts)

    def on(self, record: str, actor: Actor, event: AnyEvent) -> None:
        self.attempt(Draft(BOOK, event, actor, record_id=record))

    @rule(record=records, actor=people, text=texts, field=st.sampled_from(["so", "nksHoTen", "mới"]))
    def confirm(self, record: str, actor: Actor, text: str, field: str) -> None:
        self.attempt(typed(text, actor, record, field))

    @rule(record=records, other=records, actor=people, text=texts)
    def confirm_two_and_hand_over(self, record: str, other: str, actor: Actor, text: str) -> None:
        handed = Draft(BOOK, Submitted(), actor, record_id=other)
        self.attempt(typed(text, actor, record), typed(text, actor, other), handed)

    @rule(chosen=st.sets(records, min_size=1), actor=people, text=texts, step=st.sampled_from(["bước 1", "bước 2"]))
    def confirm_many_by_one_key(self, chosen: set[str], actor: Actor, text: str, step: str) -> None:
        event = FieldsConfirmed((FieldValue("so", text, text),), Way.CAROUSEL, step)
        self.attempt(*(Draft(BOOK, event, actor, record_id=record) for record in sorted(chosen)))

    @rule(record=records, actor=people, step=st.sampled_from([Submitted(), Approved(), Returned("sai"), Returned("")]))
    def review(self, record: str, actor: Actor, step: AnyEvent) -> None:
        self.on(record, actor, step)

    @rule(record=records, actor=people, reason=texts)
    def void(self, record: str, actor: Actor, reason: str) -> None:
        self.on(record, actor, RecordVoided(reason))

    @rule(record=records, actor=people, reason=texts)
    def accept(self, record: str, actor: Actor, reason: str) -> None:
        self.on(record, actor, FindingAccepted("so-gap", ("so",), reason))

    @rule(record=records, text=texts, confidence=st.floats(0, 1))
    def read(self, record: str, text: str, confidence: float) -> None:
        other = Alternative(text, text, confidence)
        self.on(record, MACHINE, ReadingsMade((Reading("so", text, text, confidence, "x", "1", "ink", (other,)),)))

    @rule(record=records, actor=people, residual=numbers)
    def move_region(self, record: str, actor: Actor, residual: float) -> None:
        self.on(record, actor, RegionsMoved((Region("nksHoTen", f"{BOOK}-p0", QUAD, residual),)))

    @rule(number=st.integers(0, 1), order=st.integers(-3, 9), x=numbers)
    def work_on_page(self, number: int, order: int, x: float) -> None:
        recipe = CleanRecipe((StepRecord("deskew", 0.5, {"degrees": x, "corners": (x, 1.0)}),))
        placement = Placement("KS-1999", IDENTITY, x, 0.5)
        for event in (PageMoved(order), PageCleaned(recipe), PagePlaced(placement), PageSetAside(f"lý do {order}")):
            self.attempt(Draft(BOOK, event, LAN, page_id=page(number).page_id))

    @rule(actor=people)
    def undo(self, actor: Actor) -> None:
        try:
            self.workspace.undo(actor, BOOK)
        except PolicyError:
            return

    @rule(actor=people)
    def redo(self, actor: Actor) -> None:
        try:
            self.workspace.redo(actor, BOOK)
        except PolicyError:
            return

    @rule()
    def restart(self) -> None:
        self.workspace.close()
        self.workspace = Workspace.open(self.folder, clock=Clock())

    @invariant()
    def every_record_is_the_fold_of_its_actions(self) -> None:
        for record in self.workspace.records(BOOK):
            assert record == fold_record(self.workspace.actions(record_id=record.record_id))

    @invariant()
    def every_page_is_the_fold_of_its_actions(self) -> None:
        for row in self.workspace.pages(BOOK):
            folded = fold_page(self.workspace.actions(page_id=row.page.page_id))
            assert folded is not None
            assert (row.page, row.order, row.recipe, row.placement, row.set_aside) == (
                folded.page,
                folded.order,
                folded.recipe,
                folded.placement,
                folded.set_aside,
            )

    def teardown(self) -> None:
        try:
            assert self.workspace.verify() == ()
            before = index_of(self.folder)
            self.workspace.rebuild()
            assert index_of(self.folder) == before
        finally:
            self.workspace.close()
            shutil.rmtree(self.folder)


TestOffice = Office.TestCase
TestOffice.settings = settings(max_examples=30, stateful_step_count=20, deadline=None)


def test_an_emptied_index_is_made_again(folder: Path) -> None:
    with Workspace.open(folder, clock=Clock()) as workspace:
        fill(workspace, pages=2, entries=2)
        workspace.append(typed("An"), Draft(BOOK, FieldsConfirmed(()), HUNG, record_id=record_id(1, 1)))
    before = index_of(folder)
    connection = sqlite3.connect(folder / DATABASE_NAME)
    for table in INDEX_TABLES:
        connection.execute(f"DELETE FROM {table}")
    connection.commit()
    connection.close()
    with Workspace.open(folder, clock=Clock()) as workspace:
        assert [finding.rule_id for finding in workspace.verify()] == ["store-index-wrong"]
        workspace.rebuild()
        assert workspace.verify() == ()
    assert index_of(folder) == before
