"""The carousel without a window: what Enter may confirm and when, corrections, known answers."""

from __future__ import annotations

import random

import pytest

from hotich.pipeline import entry
from hotich.pipeline.carousel import Show
from hotich.pipeline.trials import score_of
from hotich.ui.presenters.carousel import CarouselPresenter
from hotich.ui.presenters.desk import Screen
from hotich.ui.presenters.looking import EACH, FIRST_LOOK, Looking, rounded_up
from hotich.ui.presenters.snippet_feed import SnippetFeed
from hotich.values import FieldState
from tests.pipeline.many import CLERK, many_records

SEX = "nksGioiTinh"


class CarouselDouble:
    """Remembers what was shown last."""

    def __init__(self) -> None:
        self.fields, self.groups, self.current, self.nothing = (), (), "", ""
        self.at_top = False
        self.state = None
        self.changed = []
        self.pictures = {}

    def show_fields(self, fields, current) -> None:
        self.fields, self.field = fields, fields[current].id

    def show_groups(self, groups, key) -> None:
        self.groups, self.current, self.nothing = groups, key, ""

    def show_snippets(self, snippets) -> None:
        self.changed.append([snippet.key for snippet in snippets])

    def show_state(self, settled, total, show, left_out) -> None:
        self.state = (settled, total, show, len(left_out))

    def show_current(self, key, *, at_top) -> None:
        self.current, self.at_top = key, at_top

    def show_busy(self) -> None:
        self.busy = True

    def show_nothing(self, sentence) -> None:
        self.nothing = sentence

    def has_picture(self, key) -> bool:
        return key in self.pictures

    def show_pictures(self, pictures) -> None:
        self.pictures.update(pictures)

    @property
    def keys(self) -> list[str]:
        return [snippet.key for group in self.groups for snippet in group.snippets]


class Watch:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def screen() -> CarouselDouble:
    return CarouselDouble()


@pytest.fixture
def opened() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def carousel(desk, screen, watch, opened):
    def made(chance=None) -> CarouselPresenter:
        presenter = CarouselPresenter(desk, screen, lambda r, f: opened.append((r, f)), watch, chance)
        presenter.refresh()
        presenter.choose_field([field.id for field in screen.fields].index(SEX))
        return presenter

    return made


@pytest.fixture
def deal(workspace, desk, tmp_path, carousel):
    """Open a book with these readings of the sex and show it."""

    def dealt(*read, chance=None):
        desk.book_id, records = many_records(workspace, tmp_path, [{SEX: each} for each in read])
        return carousel(chance), records

    return dealt


def look(presenter, screen, watch, keys=None, seconds=10.0):
    presenter.in_sight(screen.keys if keys is None else keys)
    watch.now += seconds


def written(workspace, records):
    return [workspace.record(record_id).written(SEX) for record_id in records]


def test_enter_confirms_what_has_been_seen_and_begins_the_next_page(deal, screen, watch, workspace, shell):
    presenter, records = deal("Nam", "Nam", "Nữ", "Nữ")
    look(presenter, screen, watch, screen.keys[:2])
    presenter.confirm()
    assert written(workspace, records) == ["Nam", "Nam", "", ""]
    assert (screen.current, screen.at_top) == (screen.keys[2], True)
    assert screen.state[:2] == (2, 4) and "2" in shell.notes[-1]


def test_enter_too_early_confirms_nothing_and_says_so(deal, screen, watch, workspace, shell):
    presenter, records = deal("Nam", "Nam")
    look(presenter, screen, watch, seconds=FIRST_LOOK + 2 * EACH - 0.01)
    presenter.confirm()
    assert written(workspace, records) == ["", ""] and "0.1" in shell.notes[-1]
    watch.now += 0.02
    presenter.confirm()
    assert written(workspace, records) == ["Nam", "Nam"]


def test_one_snippet_that_just_came_into_sight_holds_the_whole_page(deal, screen, watch, workspace):
    presenter, records = deal("Nam", "Nam", "Nam")
    look(presenter, screen, watch, screen.keys[:2])
    look(presenter, screen, watch, screen.keys, seconds=0.2)
    presenter.confirm()
    assert written(workspace, records) == ["", "", ""]


def test_a_snippet_that_was_away_is_looked_at_anew(watch):
    looking = Looking(watch)
    looking.at(["a", "b"])
    watch.now += 5
    looking.at(["a"])
    looking.at(["a", "b"])
    assert looking.missing(["a"]) == 0 and looking.missing(["b"]) > 0 and looking.missing(["c"]) > 0
    assert looking.missing([]) == 0 and rounded_up(0.001) == 0.1 and rounded_up(0.41) == 0.5


def test_nothing_in_sight_means_nothing_confirmed(deal, watch, workspace):
    presenter, records = deal("Nam", "Nam")
    watch.now += 60
    presenter.confirm()
    assert written(workspace, records) == ["", ""]


def test_what_was_left_out_is_not_confirmed_until_taken_in_again(deal, screen, watch, workspace):
    presenter, records = deal("Nam", "Nam")
    presenter.choose(screen.keys[1])
    presenter.leave_out()
    presenter.choose(screen.keys[0])
    look(presenter, screen, watch)
    presenter.confirm()
    assert written(workspace, records) == ["Nam", ""] and screen.state[3] == 1
    presenter.choose(screen.keys[1])
    presenter.leave_out()
    presenter.confirm()
    assert written(workspace, records) == ["Nam", "Nam"]


def test_odd_ones_are_confirmed_one_by_one(deal, screen, watch, workspace):
    presenter, records = deal("Nam", ("Nam", 0.3), ("Nam", 0.4))
    look(presenter, screen, watch)
    presenter.confirm()
    assert written(workspace, records) == ["Nam", "", ""]
    presenter.confirm()
    assert written(workspace, records) == ["Nam", "Nam", ""] and not screen.at_top
    presenter.confirm()
    assert written(workspace, records) == ["Nam", "Nam", "Nam"]


def test_what_was_not_read_must_be_said(deal, screen, watch, workspace, shell):
    presenter, records = deal(("", 0.1))
    look(presenter, screen, watch)
    presenter.confirm()
    assert workspace.record(records[0]).fields[SEX].value is None and "F9" in shell.notes[-1]
    presenter.correct(screen.keys[0], "", FieldState.UNREADABLE)
    assert workspace.record(records[0]).fields[SEX].value.state is FieldState.UNREADABLE


def test_blank_ones_are_a_group_of_their_own_and_confirmed_as_blank(deal, screen, watch, workspace):
    presenter, records = deal("", "")
    look(presenter, screen, watch)
    presenter.confirm()
    assert all(workspace.record(r).fields[SEX].value.state is FieldState.BLANK for r in records)


def test_typing_corrects_one_and_goes_on(deal, screen, workspace):
    presenter, records = deal("Nam", "Nam")
    presenter.correct(screen.keys[0], "Nữ")
    assert written(workspace, records) == ["Nữ", ""] and screen.current == screen.keys[1]
    assert screen.state[:2] == (1, 2)


def test_a_page_is_undone_and_redone_as_one(deal, screen, watch, workspace, shell):
    presenter, records = deal("Nam", "Nam", "Nam")
    look(presenter, screen, watch)
    presenter.confirm()
    presenter.undo()
    assert written(workspace, records) == ["", "", ""] and screen.state[:2] == (0, 3)
    assert "3" in shell.notes[-1]
    presenter.redo()
    assert written(workspace, records) == ["Nam"] * 3
    presenter.undo()
    presenter.undo()
    assert "hoàn tác" in shell.notes[-1]


def test_space_opens_the_record_at_the_field(deal, screen, opened, shell):
    presenter, records = deal("Nam", "Nam")
    presenter.choose(screen.keys[1])
    presenter.to_entry()
    assert opened == [(records[1], SEX)] and shell.went == [Screen.ENTRY]


def test_filters_go_round_and_what_is_done_leaves_with_them(deal, screen, watch, workspace):
    presenter, _ = deal("Nam", ("Nữ", 0.2))
    look(presenter, screen, watch)
    presenter.confirm()
    presenter.refresh()
    assert len(screen.keys) == 2
    presenter.cycle_show()
    assert screen.state[2] is Show.DOUBTFUL and len(screen.keys) == 1
    presenter.cycle_show()
    assert screen.state[2] is Show.ALL and len(screen.keys) == 2
    presenter.cycle_show()
    assert len(screen.keys) == 1


def test_the_field_is_remembered_with_the_book(deal, desk, screen, opened, carousel):
    _presenter, _ = deal("Nam")
    again = CarouselPresenter(desk, screen, lambda r, f: None)
    again.refresh()
    assert screen.field == SEX and again.field.id == SEX


def test_without_a_book_or_boxes_it_says_why(desk, screen, records, carousel):
    presenter = CarouselPresenter(desk, screen, lambda r, f: None)
    presenter.refresh()
    assert "Trang" in screen.nothing
    desk.book_id = ""
    presenter.refresh()
    assert screen.nothing


def test_a_finished_field_says_so(deal, screen, watch):
    presenter, _ = deal("Nam")
    look(presenter, screen, watch)
    presenter.confirm()
    presenter.choose_show(Show.OPEN)
    assert "không còn" in screen.nothing


def test_all_books_of_the_kind(deal, screen, workspace, tmp_path, desk):
    presenter, _ = deal("Nam")
    many_records(workspace, tmp_path, [{SEX: "Nữ"}], "02")
    presenter.toggle_books()
    assert len(screen.keys) == 2 and presenter.many_books
    presenter.toggle_books()
    assert len(screen.keys) == 1


def test_codes_and_own_values_are_offered(deal, screen, workspace, desk):
    presenter, _ = deal("Nam", "Nữ")
    assert ("Nữ", "2") in presenter.values_for(screen.keys[0])
    presenter.choose_field([f.id for f in screen.fields].index("nksHoTen"))
    assert presenter.values_for("không có") == ()


@pytest.fixture
def with_trial(workspace, desk, tmp_path, carousel):
    desk.book_id, records = many_records(workspace, tmp_path, [{SEX: s} for s in ["Nam"] * 14 + ["Nữ"]])
    entry.confirm(workspace, records[14], SEX, "Nữ", CLERK)
    return carousel(random.Random(3)), records


def planted(screen):
    return next(s for g in screen.groups for s in g.snippets if s.planted and not s.over)


def test_a_known_answer_that_slips_through_is_told_and_counted_privately(
    with_trial, screen, watch, workspace, desk, shell
):
    presenter, records = with_trial
    look(presenter, screen, watch)
    presenter.confirm()
    assert written(workspace, records) == ["Nam"] * 14 + ["Nữ"]
    assert (score_of(workspace, desk.actor).met, score_of(workspace, desk.actor).noticed) == (1, 0)
    assert "Nữ" in shell.told[-1] and screen.state[:2] == (15, 15)


@pytest.mark.parametrize("way", ["leave_out", "to_entry", "correct"])
def test_a_known_answer_that_is_noticed_counts_too_and_changes_nothing(
    way, with_trial, screen, workspace, desk, opened
):
    presenter, _records = with_trial
    key = planted(screen).key
    presenter.choose(key)
    head = workspace.head()
    if way == "correct":
        presenter.correct(key, "Nữ")
    else:
        getattr(presenter, way)()
    assert (score_of(workspace, desk.actor).met, score_of(workspace, desk.actor).noticed) == (1, 1)
    assert workspace.head() == head and not opened
    presenter.choose(key)
    presenter.leave_out()
    assert score_of(workspace, desk.actor).met == 1


def test_the_feed_brings_what_is_wanted_and_bears_a_lost_page(deal, screen, desk, workspace):
    deal("Nam", "Nữ", "Nam")
    feed = SnippetFeed(desk, screen)
    snippets = [s for g in screen.groups for s in g.snippets]
    feed.want(snippets[:2])
    assert set(screen.pictures) == set(screen.keys[:2])
    assert all(p.shape[2] == 3 and p.shape[1] > p.shape[0] for p in screen.pictures.values())
    for file in (workspace.folder / "cache" / "snippets").iterdir():
        file.unlink()
    screen.pictures.clear()
    sha = workspace.page(snippets[0].page_id).page.file_sha256
    for file in workspace.folder.rglob("*"):
        if file.is_file() and sha in file.name:
            file.unlink()
    feed.want(snippets)
    assert not screen.pictures and all(feed.failed(key) for key in screen.keys)
