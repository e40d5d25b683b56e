"""The pages of a book without a window; pages are read with engines that read nothing."""

import msgspec
import numpy as np
import pytest

from hotich.imaging.recipe import STEPS, TURN
from hotich.ocr.engine import recogniser
from hotich.pipeline import review
from hotich.pipeline.engines import Engines
from hotich.ui.presenters.pages import PagesPresenter
from hotich.values import CleanRecipe, PlacedBy, Point, Quad, StepMode, StepRecord
from tests.ui.made import FORM, REVIEWER, hand_over, small_book

CORNERS = Quad(Point(20, 20), Point(380, 20), Point(380, 540), Point(20, 540))


class PagesDouble:
    """Remembers what was shown last."""

    def __init__(self) -> None:
        self.rows = ()
        self.current = -1
        self.form_id = ""
        self.notes = ()
        self.wrong = False
        self.boxes = ()
        self.thumbnails: dict[str, np.ndarray] = {}
        self.nothing = ""

    def show_pages(self, rows, current) -> None:
        self.rows, self.current = rows, current

    def show_forms(self, forms, form_id) -> None:
        self.forms, self.form_id = forms, form_id

    def show_page(self, row, notes, wrong) -> None:
        self.notes, self.wrong = notes, wrong

    def show_boxes(self, regions) -> None:
        self.boxes = regions

    def show_thumbnail(self, page_id, pixels) -> None:
        self.thumbnails[page_id] = pixels

    def await_picture(self) -> None:
        self.picture_of_another_page = False

    def show_picture(self, page_id, picture, cleaned, final) -> None:
        self.page_id = page_id

    def show_nothing(self, sentence) -> None:
        self.nothing = sentence


@pytest.fixture
def screen() -> PagesDouble:
    return PagesDouble()


@pytest.fixture
def presenter(desk, screen, records) -> PagesPresenter:
    blank = recogniser("blank")
    desk.use(Engines(lambda picture, dpi: (), blank, blank))
    made = PagesPresenter(desk, screen)
    made.refresh()
    return made


def test_pages_come_with_small_pictures_and_a_guess_of_the_form(presenter, screen):
    assert [row.page.file_name for row in screen.rows] == ["trang 1.jpg", "trang 2.jpg"]
    assert len(screen.thumbnails) == 2
    assert screen.form_id == FORM and {form.record_type.value for form in screen.forms} == {"KS"}
    assert "Enter" in screen.notes[0]


def test_a_poor_picture_is_told_in_words(presenter, screen, desk):
    assert desk.say("quality-blank") in screen.notes


def test_no_step_is_told_by_the_name_that_programs_have_for_it(presenter, screen, desk):
    """A step that was left out and has nothing to say is not told of at all."""
    presenter.place_corners(FORM, CORNERS, False)
    presenter.refresh()
    row = presenter.row
    steps = tuple(StepRecord(name, 0.5, {}, StepMode.SKIPPED) for name in STEPS)
    told = presenter._notes(msgspec.structs.replace(row, recipe=CleanRecipe(steps)))
    assert told == presenter._notes(msgspec.structs.replace(row, recipe=CleanRecipe(())))
    unsure = CleanRecipe((*steps, StepRecord(TURN, 0.1, {}, StepMode.SKIPPED, "clean-turn-unsure")))
    assert desk.say("clean-turn-unsure") in presenter._notes(msgspec.structs.replace(row, recipe=unsure))
    assert not set(STEPS) & set(screen.notes)


def test_a_book_without_pages_says_what_to_do(desk, screen, shell, tmp_path, workspace):
    book, _ = small_book(workspace, tmp_path, 0)
    desk.book_id = book.book_id
    PagesPresenter(desk, screen).refresh()
    assert "Ctrl+I" in screen.nothing


def test_four_corners_lay_the_form_by_hand(presenter, screen, workspace, records):
    presenter.place_corners(FORM, CORNERS, False)
    presenter.refresh()
    placement = screen.rows[0].placement
    assert (placement.form_id, placement.placed_by) == (FORM, PlacedBy.FOUR_CLICKS)
    assert len(screen.boxes) > 20


def test_corners_hold_for_a_run_of_pages_when_asked(presenter, screen):
    presenter.place_corners(FORM, CORNERS, True)
    presenter.refresh()
    assert all(row.placement is not None for row in screen.rows)


def test_corners_need_a_form(presenter, screen, shell):
    presenter.place_corners("", CORNERS, False)
    assert shell.told and screen.rows[0].placement is None


def test_a_form_that_does_not_fit_is_told_on_the_page(presenter, screen):
    presenter.confirm_form(FORM)
    presenter.refresh()
    assert screen.rows[0].placement is None
    assert screen.notes and "Chưa đọc" not in screen.notes[0]


def test_a_turn_is_kept_as_a_step_set_by_hand(presenter, screen):
    presenter.turn(FORM, 1, False)
    presenter.refresh()
    step = screen.rows[0].recipe.step("turn")
    assert (step.mode.value, step.parameters["degrees"]) == ("manual", 90.0)


def test_turns_add_up(presenter, screen):
    for _ in range(2):
        presenter.turn(FORM, -1, False)
        presenter.refresh()
    assert screen.rows[0].recipe.step("turn").parameters["degrees"] == 180.0


def test_a_correction_keeps_what_was_set_by_hand_before(presenter, screen):
    presenter.turn(FORM, 2, False)
    presenter.refresh()
    presenter.straighten(FORM, 1.5, False)
    presenter.refresh()
    recipe = screen.rows[0].recipe
    assert recipe.step("turn").mode.value == "manual"
    assert recipe.step("deskew").parameters["degrees"] == 1.5


def test_the_sheet_is_cut_out_by_hand_or_not_at_all(presenter, screen):
    presenter.cut_border(FORM, CORNERS, False)
    presenter.refresh()
    assert len(screen.rows[0].recipe.step("border").parameters["corners"]) == 8
    presenter.cut_border(FORM, None, False)
    presenter.refresh()
    step = screen.rows[0].recipe.step("border")
    assert (step.mode.value, step.parameters) == ("manual", {})


def test_light_is_evened_or_left_for_a_run_of_pages(presenter, screen):
    for even in (True, False):
        presenter.even_light(FORM, even, True)
        presenter.refresh()
        assert presenter.light_is_even is even
        assert [bool(row.recipe.step("light").parameters["even"]) for row in screen.rows] == [even] * len(screen.rows)


def test_a_picture_of_two_pages_becomes_two_pages_of_one_original(presenter, screen, shell):
    before = [row.page.page_id for row in screen.rows]
    presenter.split(FORM)
    presenter.refresh()
    assert len(screen.rows) == len(before) + 1
    left, right = screen.rows[0], screen.rows[1]
    assert (left.page.page_id, left.page.file_sha256) == (before[0], right.page.file_sha256)
    assert [row.recipe.step("split").parameters["side"] for row in (left, right)] == [1.0, 2.0]
    presenter.split(FORM)
    presenter.refresh()
    assert len(screen.rows) == len(before) + 1 and shell.told


def test_the_halves_of_a_picture_can_be_told_apart(presenter, screen):
    assert presenter.name_of(screen.rows[0]) == "trang 1.jpg"
    presenter.split(FORM)
    presenter.refresh()
    names = [presenter.name_of(row) for row in screen.rows]
    assert names == ["trang 1.jpg (nửa trái)", "trang 1.jpg (nửa phải)", "trang 2.jpg"]


def test_a_page_that_somebody_worked_on_is_split_after_a_question_and_never_once_handed_over(
    presenter, screen, shell, workspace, records
):
    hand_over(workspace, records[0])
    presenter.split(FORM)
    assert "trả lại" in shell.told[-1]
    assert not shell.asked and len(workspace.pages(screen.rows[0].book_id)) == 2
    review.give_back(workspace, records[0], "Xem lại", REVIEWER)
    presenter.split(FORM)
    presenter.refresh()
    assert "Vẫn tách" in shell.asked[-1] and len(screen.rows) == 3
    assert workspace.record(records[0]).written("nksHoTen")


def test_pages_change_places_and_back(presenter, screen, shell, desk, workspace, records):
    presenter.shift(1)
    assert "trang 2 trên 2" in shell.notes[-1]
    presenter.refresh()
    assert [row.page.file_name for row in screen.rows] == ["trang 2.jpg", "trang 1.jpg"]
    assert screen.current == 1
    assert workspace.record_ids(desk.book_id) == records[::-1]
    presenter.shift(1)
    assert shell.notes[-1] == desk.say("page-is-last")
    presenter.shift(-1)
    assert "trang 1 trên 2" in shell.notes[-1]
    presenter.refresh()
    assert [row.page.file_name for row in screen.rows] == ["trang 1.jpg", "trang 2.jpg"]
    assert [row.order for row in screen.rows] == [0, 1] and screen.current == 0
    presenter.shift(-1)
    assert shell.notes[-1] == desk.say("page-is-first")
    assert workspace.record_ids(desk.book_id) == records


def test_a_page_is_set_aside_only_with_a_reason(presenter, screen, shell):
    presenter.set_aside()
    assert not screen.rows[0].set_aside
    shell.reason = "Bìa sổ"
    presenter.set_aside()
    presenter.refresh()
    assert screen.rows[0].set_aside == "Bìa sổ" and "Bìa sổ" in screen.notes[0]


@pytest.fixture
def aside(presenter, shell) -> PagesPresenter:
    """The first page is in hand and set aside."""
    shell.reason = "Bìa sổ"
    presenter.set_aside()
    presenter.refresh()
    shell.told.clear()
    return presenter


def test_the_same_key_takes_a_page_back(aside, screen, shell, desk, workspace, records):
    assert "Ctrl+Del" in screen.notes[1]
    asked = len(shell.asked)
    aside.set_aside()
    aside.refresh()
    assert not screen.rows[0].set_aside and len(shell.asked) == asked
    assert shell.notes[-1] == desk.say("page-taken-back")
    assert workspace.record_ids(desk.book_id) == records
    aside.place_corners(FORM, CORNERS, False)
    aside.refresh()
    assert screen.rows[0].placement is not None and not shell.told


@pytest.mark.parametrize(
    "act",
    [
        lambda presenter: presenter.confirm_form(FORM),
        lambda presenter: presenter.read_again(FORM),
        lambda presenter: presenter.turn(FORM, 1, False),
        lambda presenter: presenter.straighten(FORM, 1.0, False),
        lambda presenter: presenter.place_corners(FORM, CORNERS, False),
        lambda presenter: presenter.split(FORM),
        lambda presenter: presenter.add_entry("KS-1961"),
    ],
)
def test_nothing_is_read_on_a_page_set_aside_and_a_sentence_says_so(aside, shell, workspace, act):
    before, changes = workspace.head(), shell.changes
    act(aside)
    assert len(shell.told) == 1 and "để riêng" in shell.told[0]
    assert (workspace.head(), shell.changes) == (before, changes)


def test_enter_opens_no_record_on_a_page_set_aside_that_is_keyed_by_columns(desk, screen, shell, workspace, tmp_path):
    book, records = small_book(workspace, tmp_path, form="GH-plain")
    desk.book_id, shell.reason = book.book_id, "Bìa sổ"
    presenter = PagesPresenter(desk, screen)
    presenter.refresh()
    for place in (0, 1):
        presenter.choose(place)
        presenter.set_aside()
        presenter.refresh()
    presenter.choose(0)
    presenter.confirm_form("GH-plain")
    assert presenter.row.page.file_name == "trang 2.jpg" and not shell.told
    presenter.confirm_form("GH-plain")
    assert "để riêng" in shell.told[-1] and workspace.record_ids(book.book_id) == records


def test_what_holds_from_here_on_leaves_out_a_page_set_aside(aside, screen, shell):
    aside.place_corners(FORM, CORNERS, True)
    aside.refresh()
    assert [row.placement is not None for row in screen.rows] == [False, True] and not shell.told


def test_a_box_goes_where_it_was_put(presenter, screen, workspace, records):
    presenter.place_corners(FORM, CORNERS, False)
    presenter.refresh()
    record_id, region = screen.boxes[0]
    presenter.move_box(record_id, region.field_id, CORNERS)
    assert dict((r.field_id, r.quad) for _, r in screen.boxes)[region.field_id] == CORNERS


def test_a_record_is_added_by_hand_until_the_page_is_full(presenter, workspace, shell, records):
    presenter.add_entry(FORM)
    assert "1 mục" in shell.told[-1]
    presenter.add_entry("KS-1961")
    record = workspace.page_records(presenter.row.page.page_id)[-1]
    assert (record.entry, record.form_id) == (1, "KS-1961")
