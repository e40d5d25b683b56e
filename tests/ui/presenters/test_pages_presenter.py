"""The pages of a book without a window; pages are read with engines that read nothing."""

import msgspec
import numpy as np
import pytest

from hotich.imaging.recipe import STEPS, TURN
from hotich.ocr.engine import recogniser
from hotich.pipeline.engines import Engines
from hotich.ui.presenters.pages import PagesPresenter
from hotich.values import CleanRecipe, PlacedBy, Point, Quad, StepMode, StepRecord
from tests.ui.made import FORM, small_book

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


def test_pages_change_places(presenter, screen):
    presenter.shift(1)
    presenter.refresh()
    assert [row.page.file_name for row in screen.rows] == ["trang 2.jpg", "trang 1.jpg"]
    assert screen.current == 1
    presenter.shift(1)
    assert screen.current == 1


def test_a_page_is_set_aside_only_with_a_reason(presenter, screen, shell):
    presenter.set_aside()
    assert not screen.rows[0].set_aside
    shell.reason = "Bìa sổ"
    presenter.set_aside()
    presenter.refresh()
    assert screen.rows[0].set_aside == "Bìa sổ" and "Bìa sổ" in screen.notes[0]


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
