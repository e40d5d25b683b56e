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
