"""Who may do what, what follows from it, and what can be taken back."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotich.errors import PolicyError
from hotich.folding import fold_record, in_force
from hotich.messages import Language, all_messages
from hotich.permission import may, require
from hotich.undoing import redo_target, require_redo, require_undo, undo_target
from hotich.values import MACHINE, Actor, FieldValue, Reading, Record, Refusal, Role, Status
from hotich.workflow import (
    Action,
    AnyEvent,
    Approved,
    FieldsConfirmed,
    FindingAccepted,
    FormChanged,
    ReadingsMade,
    RecordOpened,
    RecordVoided,
    Redone,
    Refused,
    RegionsMoved,
    Returned,
    Submitted,
    Undone,
)

LAN = Actor("Nguyễn Thị Lan", Role.CLERK)
HUNG = Actor("Trần Văn Hùng", Role.CLERK)
MAI = Actor("Lê Thị Mai", Role.SUPERVISOR)
NHAP = Actor("Phạm Văn Nhập", Role.IMPORTER)
OPENED = RecordOpened(0, "KS-1999", "f" * 64, ())


class History:
    """The actions of one record, held to the rules one after the other as the store does."""

    def __init__(self) -> None:
        self.actions: list[Action] = []
        self.write(MACHINE, OPENED)

    def write(self, actor: Actor, event: AnyEvent) -> int:
        number = len(self.actions) + 1
        at = f"2024-01-01T00:00:{number:02}.000000Z"
        self.actions.append(Action(number, "so-1", "r-1", "p-1", event, actor, at, "", ""))
        return number

    def do(self, actor: Actor, event: AnyEvent) -> int:
        require(actor, event, self.record)
        return self.write(actor, event)

    def confirm(self, actor: Actor, text: str, field_id: str = "nksHoTen") -> int:
        return self.do(actor, FieldsConfirmed((FieldValue(field_id, text, text),)))

    def undo(self, actor: Actor) -> int | None:
        target = undo_target(reversed(self.actions), actor)
        if target is None:
            return None
        require_undo(actor, target, self.actions)
        self.write(actor, Undone(target.action_id))
        return target.action_id

    def redo(self, actor: Actor) -> int | None:
        number = redo_target(reversed(self.actions), actor)
        if number is None:
            return None
        require_redo(actor, self.actions[number - 1], self.actions)
        self.write(actor, Redone(number))
        return number

    @property
    def record(self) -> Record:
        record = fold_record(self.actions)
        assert record is not None
        return record

    @property
    def name(self) -> str:
        return self.record.normal("nksHoTen")


@pytest.fixture
def history() -> History:
    return History()


def refusal(history: History, actor: Actor, event: AnyEvent) -> str:
    with pytest.raises(PolicyError) as caught:
        require(actor, event, history.record)
    assert caught.value.key in all_messages(), "a refusal without a sentence"
    return caught.value.key


def test_the_person_who_typed_does_not_approve(history: History) -> None:
    clerk_and_supervisor = Actor(LAN.name, Role.SUPERVISOR)
    history.confirm(LAN, "Đặng Thị Ngọc Ánh")
    history.do(LAN, Submitted())
    assert refusal(history, clerk_and_supervisor, Approved()) == "policy-four-eyes"
    history.do(MAI, Approved())
    assert history.record.status is Status.APPROVED
    assert history.record.approved_by == MAI.name


@pytest.mark.parametrize("spelled", [str.upper, str.lower, lambda name: f" {name.replace(' ', '  ')} "])
def test_other_capitals_or_spaces_make_nobody_a_second_person(history: History, spelled: Callable[[str], str]) -> None:
    history.confirm(LAN, "Đặng Thị Ngọc Ánh")
    history.do(LAN, Submitted())
    for form in ("NFC", "NFD"):
        again = Actor(unicodedata.normalize(form, spelled(LAN.name)), Role.SUPERVISOR)
        assert refusal(history, again, Approved()) == "policy-four-eyes"
    history.do(Actor(LAN.name.replace("Lan", "Làn"), Role.SUPERVISOR), Approved())
    assert history.record.status is Status.APPROVED


def test_a_typed_field_counts_for_four_eyes_even_when_it_was_taken_back(history: History) -> None:
    history.confirm(MAI, "Y Moan Êban")
    history.undo(MAI)
    assert history.name == ""
    history.confirm(LAN, "Y Moan Êban")
    history.do(LAN, Submitted())
    assert refusal(history, MAI, Approved()) == "policy-four-eyes"


def test_who_handed_over_does_not_approve_even_without_typing(history: History) -> None:
    history.confirm(LAN, "H'Hen Niê")
    history.do(MAI, Submitted())
    assert refusal(history, MAI, Approved()) == "policy-four-eyes"


@pytest.mark.parametrize(
    "event",
    [
        FieldsConfirmed((FieldValue("so", "1", "1"),)),
        FindingAccepted("so-gap", ("so",), "sổ thiếu trang"),
        RecordVoided("dòng trống"),
        Submitted(),
    ],
)
def test_the_machine_confirms_nothing(history: History, event: AnyEvent) -> None:
    assert refusal(history, MACHINE, event) == "policy-machine-confirms-nothing"
    assert not may(MACHINE, event, history.record)


def test_the_machine_reads_and_places(history: History) -> None:
    history.do(MACHINE, ReadingsMade((Reading("so", "12", "12", 0.9, "blank", "1"),)))
    history.do(MACHINE, RegionsMoved(()))
    reading = history.record.fields["so"].reading
    assert reading is not None and reading.text == "12"
    assert history.record.normal("so") == "", "a suggestion is not a value"


@pytest.mark.parametrize("event", [Approved(), Returned("thiếu ngày sinh")])
def test_only_a_supervisor_reviews(history: History, event: AnyEvent) -> None:
    history.do(LAN, Submitted())
    assert refusal(history, HUNG, event) == "policy-supervisor-only"


def test_nothing_is_reviewed_before_it_is_handed_over(history: History) -> None:
    assert refusal(history, MAI, Approved()) == "policy-not-submitted"
    assert refusal(history, MAI, Returned("sai")) == "policy-not-submitted"


def test_a_return_needs_a_reason_and_opens_the_record_again(history: History) -> None:
    history.confirm(LAN, "Trần Văn An")
    history.do(LAN, Submitted())
    assert refusal(history, LAN, FieldsConfirmed(())) == "policy-record-is-submitted"
    assert refusal(history, MAI, Returned("  ")) == "policy-reason-needed"
    history.do(MAI, Returned("chữ đệm sai"))
    assert (history.record.status, history.record.return_reason) == (Status.RETURNED, "chữ đệm sai")
    history.confirm(LAN, "Trần Vân An")
    history.do(LAN, Submitted())
    assert (history.name, history.record.return_reason) == ("Trần Vân An", "")


def test_an_approved_record_is_closed_until_it_is_returned(history: History) -> None:
    history.do(LAN, Submitted())
    history.do(MAI, Approved())
    for event in (FieldsConfirmed(()), RecordVoided("x"), Submitted(), RegionsMoved(())):
        assert refusal(history, LAN, event) == "policy-record-is-approved"
    history.do(MAI, Returned("ghi chú mới"))
    assert (history.record.approved_by, history.record.approved_at) == ("", "")
    history.confirm(LAN, "An")


def test_a_void_entry_takes_nothing_until_the_mark_is_off(history: History) -> None:
    history.do(LAN, RecordVoided("dòng bị gạch"))
    assert refusal(history, HUNG, Submitted()) == "policy-record-is-void"
    history.undo(LAN)
    assert (history.record.status, history.record.void_reason) == (Status.DRAFT, "")
    history.confirm(HUNG, "An")


def test_an_entry_is_opened_once_and_only_what_was_opened_is_read(history: History) -> None:
    assert refusal(history, MACHINE, OPENED) == "policy-record-exists"
    with pytest.raises(PolicyError, match="policy-no-record"):
        require(MACHINE, ReadingsMade(()), None)
    with pytest.raises(PolicyError, match="policy-no-record"):
        require(LAN, Submitted(), None)


def test_another_form_keeps_what_people_said_and_drops_what_machines_read(history: History) -> None:
    history.do(MACHINE, ReadingsMade((Reading("nksDanToc", "Kinh", "Kinh", 0.9, "t", "5"),)))
    history.confirm(LAN, "Lê An")
    history.do(LAN, FormChanged("KS-2016", "f" * 64, ()))
    record = history.record
    assert (record.form_id, record.written("nksHoTen")) == ("KS-2016", "Lê An")
    assert set(record.fields) == {"nksHoTen"} and record.fields["nksHoTen"].region is None


def test_who_let_a_warning_stand_does_not_approve(history: History) -> None:
    history.confirm(LAN, "Lê An")
    history.do(MAI, FindingAccepted("core-empty", ("nksHoTen",), "Sổ ghi vậy"))
    history.do(LAN, Submitted())
    assert refusal(history, MAI, Approved()) == "policy-four-eyes"


def test_undo_walks_back_and_redo_forward(history: History) -> None:
    numbers = [history.confirm(LAN, text) for text in ("Một", "Hai", "Ba")]
    assert [history.undo(LAN) for _ in range(4)] == [*reversed(numbers), None]
    assert history.name == ""
    assert [history.redo(LAN) for _ in range(4)] == [*numbers, None]
    assert history.name == "Ba"
    assert history.undo(LAN) == numbers[-1]
    assert history.name == "Hai"


def test_a_new_action_cuts_what_could_be_brought_back(history: History) -> None:
    first = history.confirm(LAN, "Một")
    history.confirm(LAN, "Hai")
    history.undo(LAN)
    third = history.confirm(LAN, "Ba")
    assert history.redo(LAN) is None
    assert [history.undo(LAN), history.undo(LAN), history.undo(LAN)] == [third, first, None]
    assert history.redo(LAN) == first


def test_everybody_takes_back_only_what_is_his(history: History) -> None:
    mine = history.confirm(LAN, "Một", "so")
    theirs = history.confirm(HUNG, "Hai")
    assert history.undo(LAN) == mine
    assert history.name == "Hai"
    assert history.undo(LAN) is None
    with pytest.raises(PolicyError, match="policy-undo-not-yours"):
        require_undo(LAN, history.actions[theirs - 1], history.actions)
    with pytest.raises(PolicyError, match="policy-machine"):
        require_undo(MACHINE, history.actions[theirs - 1], history.actions)


def test_while_handed_over_only_the_handing_over_can_be_taken_back(history: History) -> None:
    typed = history.confirm(LAN, "Một")
    handed = history.do(HUNG, Submitted())
    with pytest.raises(PolicyError, match="policy-record-is-submitted"):
        history.undo(LAN)
    assert history.undo(HUNG) == handed
    assert history.undo(LAN) == typed


def test_nothing_of_an_approved_record_is_taken_back(history: History) -> None:
    history.confirm(LAN, "Một")
    history.do(LAN, Submitted())
    history.do(MAI, Approved())
    with pytest.raises(PolicyError, match="policy-record-is-approved"):
        history.undo(LAN)
    assert history.undo(MAI) is None, "an approval is taken back by a return"


def test_what_stood_before_a_return_is_corrected_and_not_taken_back(history: History) -> None:
    history.confirm(LAN, "Một")
    history.do(LAN, Submitted())
    history.do(MAI, Returned("sai"))
    with pytest.raises(PolicyError, match="policy-undo-before-return"):
        history.undo(LAN)
    later = history.confirm(LAN, "Hai")
    assert history.undo(LAN) == later
    assert history.record.status is Status.RETURNED


def test_nothing_is_brought_back_under_the_work_of_others(history: History) -> None:
    history.confirm(LAN, "Một")
    history.undo(LAN)
    history.confirm(HUNG, "Hai")
    with pytest.raises(PolicyError, match="policy-redo-changed-since"):
        history.redo(LAN)


def test_a_machine_reading_in_between_hinders_no_redo(history: History) -> None:
    number = history.confirm(LAN, "Một")
    history.undo(LAN)
    history.do(MACHINE, ReadingsMade((Reading("so", "1", "1", 0.5, "blank", "1"),)))
    assert history.redo(LAN) == number


def refused(field_id: str = "nksHoTen", text: str = "Sai họ tên") -> Refused:
    return Refused((Refusal(field_id, text, "tra-lai.xlsx", code="E07"),))


def test_every_refusal_has_both_languages() -> None:
    texts = {key: text for key, text in all_messages().items() if key.startswith("policy-")}
    assert len(texts) >= 10
    assert all(text.get(language.value) for text in texts.values() for language in Language)


moves = st.lists(
    st.tuples(
        st.sampled_from([LAN, HUNG, MAI]),
        st.sampled_from(["type", "void", "submit", "approve", "return", "refuse", "undo", "undo", "redo"]),
    ),
    max_size=30,
)


def tried(history: History, actor: Actor, move: str, number: int) -> None:
    events: dict[str, AnyEvent] = {
        "void": RecordVoided("trống"),
        "submit": Submitted(),
        "approve": Approved(),
        "return": Returned("sai"),
        "refuse": refused(),
    }
    if move == "type":
        history.confirm(actor, f"Tên {number}")
    elif move in events:
        history.do(actor, events[move])
    else:
        (history.undo if move == "undo" else history.redo)(actor)


@given(moves)
def test_whatever_people_do_no_approved_record_has_two_eyes_only(sequence: list[tuple[Actor, str]]) -> None:
    history = History()
    for number, (actor, move) in enumerate(sequence):
        before = history.record
        try:
            tried(history, actor, move, number)
        except PolicyError:
            assert history.record == before, "a refusal changes nothing"
            continue
        after = history.record
        if after.status is Status.APPROVED:
            assert after.approved_by not in after.editors | {after.submitted_by}
        if before.status is Status.APPROVED:
            assert move in ("return", "refuse") or after == before
        typed = {a.actor.name for a in history.actions if isinstance(a.event, FieldsConfirmed | RecordVoided)}
        assert after.editors == typed


@given(moves)
def test_undo_and_redo_are_each_others_opposite(sequence: list[tuple[Actor, str]]) -> None:
    history = History()
    for number, (actor, move) in enumerate(sequence):
        try:
            tried(history, actor, move, number)
        except PolicyError:
            continue
    for actor in (LAN, HUNG, MAI):
        before = in_force(history.actions)
        try:
            taken = history.undo(actor)
        except PolicyError:
            continue
        if taken is not None:
            assert taken not in {a.action_id for a in in_force(history.actions)}
            assert history.redo(actor) == taken
        assert in_force(history.actions) == before
