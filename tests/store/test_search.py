"""Searching all books: what is found, in which order, and that the index follows from the actions alone."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlite_utils
from hypothesis import given, settings
from hypothesis import strategies as st

from hotich.forms.formspec import FieldKind
from hotich.forms.loader import load_catalogue
from hotich.store import Wanted, Workspace, search
from hotich.store.database import DATABASE_NAME
from hotich.store.search_row import LETTERS, column_of, date_tokens, fields_of, marked_words, number_tokens, tokens
from hotich.text import ACCENTED, fold
from hotich.values import MACHINE, Book, FieldState, FieldValue, Reading, RecordType, Status
from hotich.workflow import BookChanged, Draft, FieldsConfirmed, ReadingsMade, Submitted
from tests.store.made import BOOK, LAN, Clock, entry, fill, opened, page, record_id, typed


def confirm(workspace: Workspace, place: int, **values: str) -> None:
    """Confirms fields of the record of that place; a date is given in its normal form."""
    drafts = [FieldValue(name, text, text) for name, text in values.items()]
    event = FieldsConfirmed(tuple(drafts))
    workspace.append(Draft(BOOK, event, LAN, record_id=record_id(0, place)))


def found(workspace: Workspace, **wanted: object) -> list[int]:
    """The places of the records that are found, in order."""
    hits = workspace.search(Wanted(**wanted)).found  # type: ignore[arg-type]  # the test names the parts
    return [int(hit.record_id.rsplit("e", 1)[1]) for hit in hits]


@pytest.fixture
def births(workspace: Workspace) -> Workspace:
    fill(workspace, entries=6)
    confirm(workspace, 0, so="01", nksHoTen="Nguyễn Văn Đạt", nksNgaySinh="12.03.1984", meHoTen="Trần Thị Đào")
    confirm(workspace, 1, so="02", nksHoTen="Nguyễn Văn Dạt", nksNgaySinh="03.1984", meHoTen="Lê Thị Hoa")
    confirm(workspace, 2, so="03", nksHoTen="Lò Thị Hoa", chaHoTen="Nguyễn Văn Đạt", nksNoiSinh="Trạm xá Đắk Drông")
    confirm(workspace, 3, so="12", nksHoTen="Nguyễn Văn Đạtu", nksNgaySinh="không rõ")
    confirm(workspace, 4, so="12a", nksHoTen="Siu Black", nksNgaySinh="03.12.1984", meSoGiayToTuyThan="012 345 678")
    return workspace


def test_marks_that_were_typed_come_before_the_same_letters_without_them(births: Workspace) -> None:
    assert found(births, words=("Nguyễn", "Văn", "Đạt")) == [0, 2, 1, 3]
    assert found(births, words=("nguyễn", "văn", "dạt")) == [1, 0, 2, 3]


def test_letters_without_marks_find_every_way_of_writing_them(births: Workspace) -> None:
    assert found(births, words=("nguyen", "van", "dat")) == [0, 1, 2, 3]
    assert found(births, words=("DAK", "drong")) == [2]


def test_the_last_word_may_be_only_begun_and_then_comes_last(births: Workspace) -> None:
    assert found(births, words=("hoa",)) == [2, 1]
    assert found(births, words=("siu", "bl")) == [4]
    assert found(births, words=("siu", "b")) == [4]
    assert found(births, words=("ack",)) == []


def test_words_of_different_people_are_found_after_one_name(births: Workspace) -> None:
    assert found(births, words=("dat", "dao")) == [0]
    assert found(births, words=("van", "dat", "tran")) == [0], "never taken for one name"


def test_people_names_and_places_alone(births: Workspace) -> None:
    assert found(births, people=("nguyễn", "văn", "đạt")) == [2]
    assert found(births, name=("hoa",)) == [2]
    assert found(births, places=("hoa",)) == []


def test_numbers_with_and_without_noughts_and_year(births: Workspace) -> None:
    assert found(births, numbers=(("1",),)) == [0]
    assert found(births, numbers=(("1/1995",),)) == [0], "the year is that of the book"
    assert found(births, numbers=(("12",),)) == [3]
    assert found(births, numbers=(("12a",),)) == [4]
    assert found(births, numbers=(("1/1996",),)) == []
    assert found(births, books=(("1/1995",),)) == [0, 1, 2, 3, 4, 5]


def test_dates_whole_and_in_part(births: Workspace) -> None:
    assert found(births, dates=(("12/3/1984",),)) == [0]
    assert found(births, dates=(("3/1984",),)) == [0, 1]
    assert found(births, dates=(("1984",),)) == [0, 1, 4]
    assert found(births, dates=(("12/3",), ("1984",))) == [0]


def test_figures_of_any_sort_with_a_number_first(births: Workspace) -> None:
    assert found(births, figures=(("12",),)) == [3]
    assert found(births, figures=(("012345678",),)) == [4]
    assert found(births, words=("nguyen",), figures=(("1984",),)) == [0, 1]


def test_the_number_of_a_paper_keeps_its_noughts(births: Workspace) -> None:
    assert found(births, figures=(("12345678",),)) == []


def test_filters(births: Workspace) -> None:
    births.append(Draft(BOOK, Submitted(), LAN, record_id=record_id(0, 2)))
    assert found(births, words=("hoa",), status=Status.SUBMITTED) == [2]
    assert found(births, words=("hoa",), record_type=RecordType.DEATH) == []
    assert found(births, words=("hoa",), book_id="so-khac") == []
    assert found(births, book_id=BOOK, status=Status.DRAFT) == [0, 1, 3, 4, 5], "a filter alone lists"


def test_nothing_asked_finds_nothing(births: Workspace) -> None:
    assert found(births) == []
    assert found(births, words=("--", "")) == []


@pytest.mark.parametrize("word", ['"', "AND", "NOT", "NEAR(a b)", "name:", "a*", "(", "{", "^", "-", "\x00", "'; DROP"])
def test_no_word_is_an_operator(births: Workspace, word: str) -> None:
    assert isinstance(found(births, words=(word,), figures=((word,),), numbers=((word,),)), list)


def test_pages_follow_one_another_without_a_gap(births: Workspace) -> None:
    whole = found(births, words=("Nguyễn", "Văn", "Đạt"))
    wanted = Wanted(words=("Nguyễn", "Văn", "Đạt"))
    pages = [births.search(wanted, offset, 1) for offset in range(4)]
    assert [int(page.found[0].record_id.rsplit("e", 1)[1]) for page in pages] == whole
    assert {page.count for page in pages} == {4}
    assert births.search(wanted, 4, 1).found == ()


def test_more_than_can_be_looked_through_is_said_to_be_more(births: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "COUNTED", 2)
    page = births.search(Wanted(words=("nguyen",)), 0, 1)
    assert (page.count, page.more, len(page.found)) == (2, True, 1)


def test_a_suggestion_is_found_only_on_request_and_says_so(births: Workspace) -> None:
    readings = (Reading("nksHoTen", "Đinh Ca-rê", "Đinh Ca-rê", 0.9, "tesserocr", "5"),)
    births.append(Draft(BOOK, ReadingsMade(readings), MACHINE, record_id=record_id(0, 5)))
    assert found(births, words=("dinh", "ca", "re")) == []
    (hit,) = births.search(Wanted(words=("dinh", "ca", "re"), suggestions=True)).found
    assert (hit.record_id, hit.suggested) == (record_id(0, 5), True)
    births.append(typed("Đinh Ca-rê", record=record_id(0, 5)))
    (hit,) = births.search(Wanted(words=("dinh", "ca", "re"), suggestions=True)).found
    assert not hit.suggested
    assert [hit.suggested for hit in births.search(Wanted(numbers=(("1",),), suggestions=True)).found] == [False]


def test_a_corrected_value_replaces_the_old_one_and_undo_brings_it_back(births: Workspace) -> None:
    births.append(typed("Nguyễn Văn Ước", record=record_id(0, 0)))
    assert found(births, name=("dat",), numbers=(("1",),)) == []
    assert found(births, name=("uoc",)) == [0]
    births.undo(LAN, BOOK)
    assert found(births, name=("uoc",)) == []
    assert found(births, name=("dat",), numbers=(("1",),)) == [0]


def test_a_blank_field_has_no_words(births: Workspace) -> None:
    event = FieldsConfirmed((FieldValue("nksHoTen", "", "", FieldState.BLANK),))
    births.append(Draft(BOOK, event, LAN, record_id=record_id(0, 0)))
    assert 0 not in found(births, name=("dat",))


def test_a_corrected_cover_is_found_by_its_new_number(births: Workspace) -> None:
    cover = Book(BOOK, RecordType.BIRTH, 1996, "07", "Xã Đắk Drông")
    births.append(Draft(BOOK, BookChanged(cover), LAN))
    assert found(births, books=(("1/1995",),)) == []
    assert found(births, books=(("7/1996",),)) == [0, 1, 2, 3, 4, 5]
    assert births.verify() == ()


def everything(workspace: Workspace) -> list[tuple[object, ...]]:
    columns = ", ".join(search.SearchRow._fields)
    return workspace._read(lambda db: db.execute(f"SELECT {columns} FROM search ORDER BY record_id").fetchall())


def words_agree(workspace: Workspace) -> None:
    """SQLite's own check that the full-text table holds what `search` says, and nothing else."""
    for table in ("search_words", "search_grey"):
        sql = f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)"
        workspace._write(lambda db, sql=sql: db.execute(sql).rowcount)


def test_the_search_is_rebuilt_from_the_actions_alone(births: Workspace) -> None:
    births.undo(LAN, BOOK)
    before = everything(births)
    births._write(lambda db: db.execute("UPDATE search SET name = 'khac', number = ''").rowcount)
    assert {finding.rule_id for finding in births.verify()} >= {"store-index-wrong"}
    births.rebuild()
    assert everything(births) == before
    assert all(finding.rule_id != "store-index-wrong" for finding in births.verify())
    words_agree(births)


def test_the_rows_are_made_at_opening_where_they_are_of_another_version(folder: Path) -> None:
    with Workspace.open(folder, clock=Clock()) as workspace:
        fill(workspace)
        workspace.append(typed("Y Moan Ênuôl"))
        before = everything(workspace)
    connection = sqlite3.connect(folder / DATABASE_NAME)
    connection.execute("DELETE FROM search")
    connection.execute("UPDATE settings SET value = '0' WHERE key = 'search-edition'")
    connection.commit()
    connection.close()
    with Workspace.open(folder) as workspace:
        assert everything(workspace) == before
        assert found(workspace, words=("enuol",)) == [0]
        words_agree(workspace)


def test_a_workspace_without_search_gets_it_at_opening(folder: Path) -> None:
    with Workspace.open(folder, clock=Clock()) as workspace:
        fill(workspace)
        workspace.append(typed("Y Moan Ênuôl"))
    _as_before_the_search(folder)
    with Workspace.open(folder) as workspace:
        assert found(workspace, words=("moan",)) == [0]
        assert workspace.verify() == ()


def _as_before_the_search(folder: Path) -> None:
    db = sqlite_utils.Database(sqlite3.connect(folder / DATABASE_NAME), execute_plugins=False)
    for statement in (
        "DROP TABLE search_words",
        "DROP TABLE search_grey",
        "DROP TABLE search_terms",
        "DROP TABLE search",
        "DROP INDEX actions_of_extracts",
        "DELETE FROM settings WHERE key = 'search-edition'",
        "DELETE FROM _sqlite_migrations WHERE name = 'm002_search_and_extracts'",
    ):
        db.execute(statement)
    db.conn.commit()
    db.close()


def test_every_field_that_names_somebody_a_day_or_a_place_is_looked_into_or_left_out_on_purpose() -> None:
    kinds = (FieldKind.PERSON_NAME, FieldKind.DATE, FieldKind.PLACE, FieldKind.ENTRY_NUMBER, FieldKind.BOOK_NUMBER,
             FieldKind.ID_NUMBER)  # fmt: skip
    spoken = {field.id for spec in load_catalogue().records.values() for field in spec.fields if field.kind in kinds}
    left_out = set(fields_of("left_out"))
    assert {field_id for field_id in spoken if not column_of(field_id)} <= left_out
    known = {field.id for spec in load_catalogue().records.values() for field in spec.fields}
    listed = [name for column in (*LETTERS, "number", "book", "dates", "papers", "left_out")
              for name in fields_of(column)]  # fmt: skip
    assert set(listed) <= known
    assert len(listed) == len(set(listed)), "a field stands in one list"


def test_two_books_are_searched_together(births: Workspace) -> None:
    births.append(opened("so-hai"), page(0, "b" * 64, "so-hai"), entry(0, 0, "so-hai"))
    births.append(typed("Nguyễn Văn Đạt", record=record_id(0, 0, "so-hai"), book_id="so-hai"))
    hits = births.search(Wanted(name=("Nguyễn", "Văn", "Đạt"))).found
    assert {hit.record_id for hit in hits} >= {record_id(0, 0), record_id(0, 0, "so-hai")}
    (hit,) = births.search(Wanted(name=("đạt",), book_id="so-hai")).found
    assert hit.record_id == record_id(0, 0, "so-hai")


TEXTS = st.text(alphabet=[*ACCENTED, "a", "Z", " ", "-", "'", "ŏ", "Č"], min_size=1, max_size=24)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_the_index_compares_as_the_folding_of_the_program_does(text: str) -> None:
    (*phrases,) = tokens("name", text, text, 1984)
    assert phrases == ([fold(text)] if fold(text) else [])
    assert fold(marked_words(text)) == fold(text)


@given(st.integers(1, 28), st.integers(1, 12), st.integers(1900, 2030))
@settings(max_examples=40, deadline=None)
def test_a_whole_date_is_found_by_each_of_its_ends(day: int, month: int, year: int) -> None:
    told = date_tokens("", f"{day:02}.{month:02}.{year}", 1990)
    assert set(told) == {f"{year}", f"{month}/{year}", f"{day}/{month}", f"{day}/{month}/{year}"}


def test_partial_lunar_and_unknown_dates() -> None:
    assert date_tokens("tháng 3 năm 1984", "03.1984", 1990) == ["1984", "3/1984"]
    assert date_tokens("15/4/1984 ÂL", "", 1990) == ["1984", "4/1984", "15/4", "15/4/1984"]
    assert date_tokens("?/3/1984", "", 1990) == ["1984", "3/1984"]
    assert date_tokens("28 tuổi", "1956", 1984) == ["1956"]
    assert date_tokens("không rõ", "", 1990) == []
    assert date_tokens("năm Mậu Thân", "", 1990) == ["1968", "nam", "mau", "than"]


def test_numbers_as_books_write_them() -> None:
    assert number_tokens("05/1984") == ["5/1984", "5"]
    assert number_tokens("05", 1984) == ["5", "5/1984"]
    assert number_tokens("15A") == ["15a"]
    assert number_tokens("số không") == ["so/khong", "so"]
    assert number_tokens("") == []


@pytest.mark.parametrize("letter", ACCENTED)
def test_every_letter_is_found_with_and_without_its_mark(letter: str, shared: Workspace) -> None:
    decomposed = unicodedata.normalize("NFD", letter)
    for typed_word in (f"x{letter}x", f"x{decomposed}x", f"x{fold(letter)}x"):
        assert shared.search(Wanted(words=(typed_word,))).count >= 1


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    workspace = Workspace.open(tmp_path_factory.mktemp("chu"), clock=Clock())
    fill(workspace, entries=len(ACCENTED))
    for place, letter in enumerate(ACCENTED):
        workspace.append(typed(f"x{letter}x", record=record_id(0, place)))
    yield workspace
    workspace.close()
