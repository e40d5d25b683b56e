"""Review without a window: four eyes, reasons, the list."""

import msgspec
import pytest

from hotich.pipeline import review
from hotich.pipeline.asking import ask, open_questions
from hotich.ui.presenters.review import ReviewPresenter
from hotich.values import Actor, Role, Status
from tests.ui.made import CLERK, REVIEWER, hand_over, record_now


class ReviewDouble:
    """Remembers what was shown last."""

    def __init__(self) -> None:
        self.records = ()
        self.current = -1
        self.waiting = -1
        self.view = None
        self.remark = ""
        self.nothing = ""

    def show_queue(self, records, current, waiting) -> None:
        self.records, self.current, self.waiting = records, current, waiting

    def show_record(self, view, remark) -> None:
        self.view, self.remark = view, remark

    def await_picture(self) -> None:
        self.picture_of_another_page = False

    def show_picture(self, page_id, picture, cleaned, final) -> None:
        self.cleaned = cleaned

    def show_nothing(self, sentence) -> None:
        self.nothing = sentence


@pytest.fixture
def screen() -> ReviewDouble:
    return ReviewDouble()


@pytest.fixture
def presenter(desk, screen, workspace, records) -> ReviewPresenter:
    for record_id in records:
        hand_over(workspace, record_id)
    desk.actor = REVIEWER
    made = ReviewPresenter(desk, screen)
    made.refresh()
    return made


def test_an_empty_list_says_where_records_come_from(desk, screen, records):
    ReviewPresenter(desk, screen).refresh()
    assert "Ctrl+Enter" in screen.nothing


def test_another_person_approves_and_the_next_one_comes_up(presenter, screen, workspace, records, shell):
    assert (screen.waiting, screen.remark) == (2, "")
    presenter.approve()
    assert record_now(workspace, records[0]).status is Status.APPROVED
    presenter.refresh()
    assert screen.waiting == 1 and screen.view.record.record_id == records[1]
    assert shell.changes == 1


def test_nobody_approves_his_own_work_and_the_reason_is_shown(presenter, desk, screen, workspace, records, shell):
    desk.actor = Actor(CLERK.name, Role.SUPERVISOR)
    presenter.refresh()
    assert CLERK.name in screen.remark
    presenter.approve()
    assert record_now(workspace, records[0]).status is Status.SUBMITTED
    assert CLERK.name in shell.told[-1]


def test_a_clerk_is_told_to_take_the_reviewers_role(presenter, desk, screen, workspace, records, shell):
    desk.actor = Actor("Người khác", Role.CLERK)
    presenter.refresh()
    assert "Người kiểm tra" in screen.remark
    presenter.approve()
    assert record_now(workspace, records[0]).status is Status.SUBMITTED and shell.told


def test_a_return_needs_a_reason_which_the_clerk_reads(presenter, screen, workspace, records, shell):
    presenter.give_back()
    assert record_now(workspace, records[0]).status is Status.SUBMITTED
    shell.reason = "Xem lại ngày sinh"
    presenter.give_back()
    record = record_now(workspace, records[0])
    assert (record.status, record.return_reason) == (Status.RETURNED, "Xem lại ngày sinh")


def test_what_was_decided_stays_in_the_list(presenter, screen, workspace, records):
    review.approve(workspace, records[0], REVIEWER)
    presenter.refresh()
    assert [record.status for record in screen.records] == [Status.SUBMITTED, Status.APPROVED]
    presenter.choose(1)
    assert REVIEWER.name in screen.remark


def test_the_list_is_walked_and_stops_at_its_ends(presenter, screen):
    presenter.step(1)
    presenter.step(1)
    assert screen.current == 1
    presenter.step(-1)
    presenter.step(-1)
    assert screen.current == 0


def test_the_sentences_follow_the_language(presenter, desk, screen):
    desk.language = type(desk.language)("en")
    desk.actor = msgspec.structs.replace(CLERK, role=Role.SUPERVISOR)
    presenter.refresh()
    assert "may not approve" in screen.remark


def test_an_approved_record_is_not_approved_again_and_coming_back_begins_with_what_waits(
    presenter, screen, workspace, records, shell
):
    presenter.approve()
    presenter.refresh()
    place = [record.record_id for record in screen.records].index(records[0])
    presenter.choose(place)
    presenter.approve()
    assert REVIEWER.name in shell.notes[-1] and not shell.told
    presenter.begin()
    assert screen.view.record.record_id == records[1] and screen.current == 0


@pytest.fixture
def asking(desk, screen, workspace, records) -> ReviewPresenter:
    """The first record waits for a decision, the second for an answer."""
    hand_over(workspace, records[0])
    ask(workspace, records[1], "chaHoTen", "Y Moan hay Y Môn?", CLERK)
    desk.actor = REVIEWER
    made = ReviewPresenter(desk, screen)
    made.refresh()
    return made


def test_questions_stand_behind_what_waits_for_a_decision(asking, screen, records):
    assert [record.record_id for record in screen.records] == list(records)
    assert screen.waiting == 1
    asking.choose(1)
    assert "Y Moan hay Y Môn?" in screen.remark


def test_the_reviewer_answers_and_the_record_goes_back_to_the_clerk(asking, screen, workspace, records, shell):
    asking.choose(1)
    asking.answer()
    assert open_questions(record_now(workspace, records[1]))
    shell.reason = "Y Moan"
    asking.answer()
    assert "Y Moan hay Y Môn?" in shell.asked[-1] and not record_now(workspace, records[1]).held
    asking.refresh()
    assert [record.record_id for record in screen.records] == [records[0]]


def test_a_clerk_is_told_that_only_a_reviewer_answers(asking, workspace, records, desk, shell):
    desk.actor = CLERK
    shell.reason = "Y Moan"
    asking.choose(1)
    asking.answer()
    assert record_now(workspace, records[1]).held and "Người kiểm tra" in shell.told[-1]


def test_without_a_question_there_is_nothing_to_answer(presenter, shell):
    presenter.answer()
    assert "câu hỏi" in shell.notes[-1]
