"""The carousel without a window: groups, what is odd, confirming by the page, known answers."""

from __future__ import annotations

import random

import pytest

from hotich.pipeline import entry
from hotich.pipeline.carousel import (
    GroupKind,
    Show,
    books_like,
    carousel_fields,
    confirm_snippets,
    correct_snippet,
    deck_of,
    refreshed,
    wanted,
)
from hotich.pipeline.trials import keep_score, score_of, with_trials
from hotich.pipeline.tuning import SETTINGS_FILE
from hotich.store import Workspace
from hotich.values import Actor, FieldState, Origin, Role
from hotich.workflow import FieldsConfirmed, Way
from tests.pipeline.many import CLERK, many_records

SEX = "nksGioiTinh"


@pytest.fixture
def workspace(tmp_path):
    with Workspace.open(tmp_path / "kho") as opened:
        yield opened


def sexes(workspace, folder, *read):
    return many_records(workspace, folder, [{SEX: each} for each in read])


def kinds(deck):
    return [(group.kind, group.text, len(group.snippets)) for group in deck.groups]


def test_values_come_first_then_blanks_then_what_is_doubtful_or_unread(workspace, tmp_path):
    book, records = sexes(workspace, tmp_path, "Nữ", "Nam", "", "Nam", ("Nam", 0.4), ("", 0.2))
    deck = deck_of(workspace, [book], SEX)
    assert kinds(deck) == [
        (GroupKind.VALUE, "Nam", 2),
        (GroupKind.VALUE, "Nữ", 1),
        (GroupKind.BLANK, "", 1),
        (GroupKind.DOUBTFUL, "Nam", 1),
        (GroupKind.UNREAD, "", 1),
    ]
    assert (deck.settled, deck.total) == (0, 6)
    assert [snippet.record_id for snippet in deck.groups[0].snippets] == [records[1], records[3]]


def test_what_the_rules_would_say_sets_a_snippet_apart(workspace, tmp_path):
    book, _ = many_records(workspace, tmp_path, [{"ngayDangKy": "5/3/2009"}, {"ngayDangKy": "31/2/2009"}])
    odd = [group for group in deck_of(workspace, [book], "ngayDangKy").groups if group.kind is GroupKind.FINDING]
    assert [s.cell.text for group in odd for s in group.snippets] == ["31/2/2009"]
    assert odd[0].snippets[0].finding


def test_a_signer_between_two_others_and_a_rare_value_stand_apart(workspace, tmp_path):
    signers = ["Lê Văn An"] * 3 + ["Lê Văn Ân"] + ["Lê Văn An"] * 3
    book, _records = many_records(workspace, tmp_path, [{"nguoiKy": name} for name in signers])
    deck = deck_of(workspace, [book], "nguoiKy")
    assert [(k, n) for k, _, n in kinds(deck)] == [(GroupKind.VALUE, 6), (GroupKind.UNLIKE, 1)]
    peoples = ["Kinh"] * 60 + ["Lự"]
    other, _ = many_records(workspace, tmp_path, [{"nksDanToc": name} for name in peoples], "02")
    assert (GroupKind.RARE, "Lự", 1) in kinds(deck_of(workspace, [other], "nksDanToc"))


def test_ditto_marks_stand_by_themselves_and_keep_what_the_page_says(workspace, tmp_path):
    book, records = many_records(workspace, tmp_path, [{"nksDanToc": "Kinh"}] * 3 + [{"nksDanToc": "nt"}] * 3)
    deck = deck_of(workspace, [book], "nksDanToc")
    assert len(deck.groups) == 2
    confirm_snippets(workspace, "nksDanToc", deck.snippets, CLERK)
    value = workspace.record(records[4]).fields["nksDanToc"].value
    assert (value.as_written, value.normal) == ("nt", "Kinh")


def test_names_of_which_every_one_is_another_stand_together_in_their_order(workspace, tmp_path):
    names = ["Đỗ An", ("Trần Ba", 0.4), "Dương Ân", "Lê Chi", ("Bùi Ánh", 0.4)]
    book, _ = many_records(workspace, tmp_path, [{"nksHoTen": name} for name in names])
    deck = deck_of(workspace, [book], "nksHoTen")
    assert [(g.kind, [s.cell.text for s in g.snippets]) for g in deck.groups] == [
        (GroupKind.VARIOUS, ["Dương Ân", "Đỗ An", "Lê Chi"]),
        (GroupKind.UNREAD, ["", ""]),
    ]


def test_where_doubtful_names_are_shown_they_stand_apart(workspace, tmp_path):
    (workspace.folder / SETTINGS_FILE).write_text("names_unseen_below = 0\n", encoding="utf-8")
    names = ["Đỗ An", ("Trần Ba", 0.4), "Dương Ân", ("Bùi Ánh", 0.4)]
    book, _ = many_records(workspace, tmp_path, [{"nksHoTen": name} for name in names])
    doubtful = deck_of(workspace, [book], "nksHoTen").groups[-1]
    assert (doubtful.kind, [s.cell.text for s in doubtful.snippets]) == (GroupKind.DOUBTFUL, ["Bùi Ánh", "Trần Ba"])


def test_a_page_is_confirmed_as_one_step_with_an_action_for_every_record(workspace, tmp_path):
    book, records = sexes(workspace, tmp_path, "Nam", "Nam", "")
    deck = deck_of(workspace, [book], SEX)
    outcome = confirm_snippets(workspace, SEX, deck.snippets, CLERK)
    assert (outcome.values, len(outcome.actions), outcome.left_out) == (3, 3, ())
    events = [action.event for action in outcome.actions]
    assert all(isinstance(e, FieldsConfirmed) and e.way is Way.CAROUSEL for e in events)
    value = workspace.record(records[0]).fields[SEX].value
    assert (value.as_written, value.normal, value.origin) == ("Nam", "1", Origin.READING)
    assert workspace.record(records[2]).fields[SEX].value.state is FieldState.BLANK
    assert len(workspace.undo_step(CLERK, book)) == 3
    assert all(workspace.record(record_id).fields[SEX].value is None for record_id in records)


def test_what_somebody_said_meanwhile_and_closed_records_are_passed_over(workspace, tmp_path):
    book, records = sexes(workspace, tmp_path, "Nam", "Nam", "Nam")
    deck = deck_of(workspace, [book], SEX)
    entry.confirm(workspace, records[0], SEX, "Nữ", CLERK)
    entry.void_record(workspace, records[1], "trang hỏng", CLERK)
    outcome = confirm_snippets(workspace, SEX, deck.snippets, CLERK)
    assert outcome.values == 1 and outcome.left_out == (records[1],)
    assert workspace.record(records[0]).written(SEX) == "Nữ"


def test_a_correction_is_the_same_as_typing_it_on_the_entry_screen(workspace, tmp_path):
    book, records = sexes(workspace, tmp_path, "Nam", "Nam")
    snippet = deck_of(workspace, [book], SEX).snippets[0]
    correct_snippet(workspace, SEX, snippet, "Nữ", CLERK)
    entry.confirm(workspace, records[1], SEX, "Nữ", CLERK)
    one, other = (workspace.record(record_id).fields[SEX].value for record_id in records)
    assert one == other
    now = refreshed(workspace, snippet, SEX)
    assert not now.open and now.cell.text == "Nữ"


def test_filters_show_what_is_open_or_odd(workspace, tmp_path):
    book, records = sexes(workspace, tmp_path, "Nam", ("Nữ", 0.3), "Nữ")
    entry.confirm(workspace, records[2], SEX, "Nữ", CLERK)
    deck = deck_of(workspace, [book], SEX)

    def shown(show):
        return [s.record_id for g in deck.groups for s in g.snippets if wanted(s, g.kind, show)]

    assert shown(Show.OPEN) == [records[0], records[1]]
    assert shown(Show.DOUBTFUL) == [records[1]]
    assert sorted(shown(Show.ALL)) == sorted(records)


def test_the_fields_it_is_made_for_come_first(workspace, tmp_path):
    book, _ = sexes(workspace, tmp_path, "Nam")
    ids = [field.id for field in carousel_fields(workspace, book)]
    assert ids.index(SEX) < ids.index("nksDanToc") < ids.index("nksQuocTich") < ids.index("nksHoTen")
    assert ids.index("quyenSo") < ids.index("nksHoTen") and ids.index("nguoiKy") < ids.index("nksHoTen")


def test_books_of_one_kind_and_office_are_dealt_together(workspace, tmp_path):
    first, _ = sexes(workspace, tmp_path, "Nam", "Nữ")
    second, _ = many_records(workspace, tmp_path, [{SEX: "Nam"}], "02")
    assert books_like(workspace, second) == (second, first)
    deck = deck_of(workspace, [first, second], SEX)
    outcome = confirm_snippets(workspace, SEX, deck.snippets, CLERK)
    assert outcome.values == 3
    assert len(workspace.undo_step(CLERK, second)) == 3


def test_known_answers_are_planted_in_the_wrong_group_and_never_written(workspace, tmp_path):
    book, records = sexes(workspace, tmp_path, *["Nam"] * 14, "Nữ")
    entry.confirm(workspace, records[14], SEX, "Nữ", CLERK)
    deck = with_trials(deck_of(workspace, [book], SEX), random.Random(1))
    planted = [s for s in deck.snippets if s.planted]
    assert [(s.record_id, s.cell.text, s.planted, s.open) for s in planted] == [(records[14], "Nam", "Nữ", True)]
    before = workspace.head()
    confirm_snippets(workspace, SEX, planted, CLERK)
    correct_snippet(workspace, SEX, planted[0], "Nam", CLERK)
    assert workspace.head() == before
    assert len(deck.snippets) == 16 and len({s.key for s in deck.snippets}) == 16


def test_small_groups_and_books_without_answers_have_no_trials(workspace, tmp_path):
    book, records = sexes(workspace, tmp_path, "Nam", "Nam", "Nữ")
    deck = deck_of(workspace, [book], SEX)
    assert with_trials(deck, random.Random(1)) == deck
    entry.confirm(workspace, records[2], SEX, "Nữ", CLERK)
    assert not [s for s in with_trials(deck_of(workspace, [book], SEX), random.Random(1)).snippets if s.planted]


def test_each_person_has_a_score_of_his_own(workspace):
    other = Actor("Lê Văn Ba", Role.CLERK)
    keep_score(workspace, CLERK, noticed=1, missed=0)
    assert keep_score(workspace, CLERK, noticed=0, missed=2).met == 3
    assert (score_of(workspace, CLERK).noticed, score_of(workspace, other).met) == (1, 0)
