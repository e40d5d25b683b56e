"""What the list of a search shows: the closest first, what matched marked, confidential names hidden."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from hotich.pipeline.search import PORTION, Filters, marked, search
from hotich.store import Workspace
from hotich.values import MACHINE, Book, FieldValue, Reading, RecordType, Status
from hotich.workflow import BookOpened, Draft, FieldsConfirmed, ReadingsMade
from tests.store.made import BOOK, LAN, Clock, entry, fill, page, record_id

ADOPTIONS = "so-cn-1999"


def confirm(workspace: Workspace, record: str, book_id: str = BOOK, **values: str) -> None:
    event = FieldsConfirmed(tuple(FieldValue(name, text, text) for name, text in values.items()))
    workspace.append(Draft(book_id, event, LAN, record_id=record))


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "kho", clock=Clock()) as workspace:
        fill(workspace, entries=3)
        confirm(
            workspace, record_id(0, 0), so="01", nksHoTen="Nguyễn Văn Đạt", nksNgaySinh="12.03.1984",
            meHoTen="Trần Thị Đào", nksNoiSinh="Hà Nội", nksQueQuan="Xã Đắk Drông",
        )  # fmt: skip
        confirm(workspace, record_id(0, 1), so="02", nksHoTen="Đạt", meHoTen="Nguyễn Thị Văn")
        workspace.append(
            Draft(ADOPTIONS, BookOpened(Book(ADOPTIONS, RecordType.ADOPTION, 1999, "01", "Xã Đắk Drông")), LAN),
            page(0, "c" * 64, ADOPTIONS),
            entry(0, 0, ADOPTIONS),
        )
        adopted = {"cnHoTen": "Lò Thị Đào", "cnNgaySinh": "12.03.1984", "chaNuoiHoTen": "Phạm Văn Đạt"}
        confirm(workspace, record_id(0, 0, ADOPTIONS), ADOPTIONS, so="07", **adopted)
        yield workspace


def test_a_line_of_the_list_says_who_when_where_and_what_matched(filled: Workspace) -> None:
    (hit,) = search(filled, "nguyen van dat 12/3/1984").hits
    assert (hit.record_id, hit.status, hit.book.number) == (record_id(0, 0), Status.DRAFT, "01")
    assert marked(hit.names) == "[Nguyễn] [Văn] [Đạt]"
    assert marked(hit.born) == "[12.03.1984]"
    assert marked(hit.people) == "Trần Thị Đào"
    assert hit.place.text in ("Hà Nội", "Xã Đắk Drông")
    assert hit.field_id == "nksHoTen"


def test_the_field_that_matches_is_the_one_to_open(filled: Workspace) -> None:
    assert [hit.field_id for hit in search(filled, "dao", Filters(book_id=BOOK)).hits] == ["meHoTen"]
    (by_place,) = search(filled, "drong", Filters(record_type=RecordType.BIRTH)).hits
    assert (by_place.field_id, marked(by_place.place)) == ("nksQueQuan", "Xã Đắk [Drông]")
    (by_number,) = search(filled, "số 2").hits
    assert (by_number.field_id, marked(by_number.number)) == ("so", "[02]")
    (by_day,) = search(filled, "3/1984", Filters(record_type=RecordType.BIRTH)).hits
    assert by_day.field_id == "nksNgaySinh"


def test_what_is_said_to_be_a_book_a_number_or_a_day_is_marked_there_alone(filled: Workspace) -> None:
    confirm(filled, record_id(0, 0), quyenSo="01/1995", ngayDangKy="01.1995")
    births = Filters(record_type=RecordType.BIRTH)
    by_book = search(filled, "quyển 01/1995", births).hits
    assert [marked(hit.number) for hit in by_book] == ["01", "02", ""], "the year of the book makes it 01/1995 too"
    assert [hit.field_id for hit in by_book] == ["quyenSo", "", ""]
    (by_number,) = search(filled, "số 1/1995", births).hits
    assert (marked(by_number.number), by_number.field_id) == ("[01]", "so")
    (by_day,) = search(filled, "tháng 1 năm 1995", births).hits
    assert (marked(by_day.number), by_day.field_id) == ("01", "ngayDangKy")


def test_figures_of_any_sort_are_marked_wherever_they_are_true(filled: Workspace) -> None:
    """3/1995 is number 3 of that year, which comes first, and a month."""
    confirm(filled, record_id(0, 1), nksNgaySinh="03.1995")
    confirm(filled, record_id(0, 2), so="03", nksNgaySinh="04.1995")
    shown = [(marked(hit.number), marked(hit.born)) for hit in search(filled, "3/1995").hits]
    assert shown == [("[03]", "04.1995"), ("02", "[03.1995]")]


def test_words_of_a_person_or_a_place_are_marked_there_alone(filled: Workspace) -> None:
    confirm(filled, record_id(0, 2), nksHoTen="Lò Đào", meHoTen="Hà Thị Đào", nksNoiSinh="Thôn Hà")
    births = Filters(record_type=RecordType.BIRTH)
    by_mother = search(filled, "mẹ: dao", births).hits
    assert [(marked(hit.names), marked(hit.people)) for hit in by_mother] == [
        ("Nguyễn Văn Đạt", "Trần Thị [Đào]"),
        ("Lò Đào", "Hà Thị [Đào]"),
    ]
    assert [hit.field_id for hit in by_mother] == ["meHoTen", "meHoTen"]
    (by_both,) = search(filled, "lo da nơi: ha", births).hits
    assert marked(by_both.names) == "[Lò] [Đào]", "the word that is only begun is the last of the words"
    assert (marked(by_both.people), marked(by_both.place)) == ("Hà Thị [Đào]", "Thôn [Hà]")


def test_the_beginning_of_the_last_word_is_marked_as_a_whole_word(filled: Workspace) -> None:
    hits = search(filled, "tran thi da").hits
    assert [marked(hit.people) for hit in hits] == ["[Trần] [Thị] [Đào]"]


def test_adoptions_hide_names_days_and_places_until_opened(filled: Workspace) -> None:
    (hit,) = search(filled, "lo thi dao").hits
    assert hit.confidential
    assert (hit.names.text, hit.names.marks) == ("L… T… Đ…", ())
    assert hit.people.text == "P… V… Đ…"
    assert hit.born.text == hit.place.text == ""
    assert hit.number.text == "07"


def test_suggestions_are_grey_and_only_there_on_request(filled: Workspace) -> None:
    readings = (Reading("nksHoTen", "Siu Black", "Siu Black", 0.8, "tesserocr", "5"),)
    filled.append(Draft(BOOK, ReadingsMade(readings), MACHINE, record_id=record_id(0, 2)))
    assert search(filled, "siu black").hits == ()
    (hit,) = search(filled, "siu black", Filters(suggestions=True)).hits
    assert (hit.suggested, hit.names.grey, marked(hit.names)) == (True, True, "[Siu] [Black]")


def test_an_empty_line_asks_nothing_but_a_filter_lists(filled: Workspace) -> None:
    nothing = search(filled, "  ")
    assert (nothing.asked, nothing.hits) == (False, ())
    assert search(filled, "", Filters(record_type=RecordType.ADOPTION)).count == 1
    assert search(filled, "", Filters(book_id=BOOK)).count == 3
    assert search(filled, "khongco").asked


def test_a_long_list_comes_in_portions(filled: Workspace) -> None:
    filled.append(*(entry(0, number) for number in range(3, PORTION + 5)))
    first = search(filled, "", Filters(book_id=BOOK))
    rest = search(filled, "", Filters(book_id=BOOK), PORTION)
    assert (len(first.hits), len(rest.hits), first.count) == (PORTION, 5, PORTION + 5)
    assert not {hit.record_id for hit in first.hits} & {hit.record_id for hit in rest.hits}


def test_letters_taken_apart_are_marked_too(filled: Workspace) -> None:
    apart = unicodedata.normalize("NFD", "Ướt Ẵm")
    confirm(filled, record_id(0, 2), nksHoTen=apart)
    (hit,) = search(filled, "uot am").hits
    assert marked(hit.names) == "[{}] [{}]".format(*apart.split())
