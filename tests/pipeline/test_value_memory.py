"""What people wrote before is remembered from the log and follows every commit."""

from __future__ import annotations

import msgspec
import pytest

from hotich.forms.loader import load_catalogue
from hotich.pipeline import entry
from hotich.pipeline.opening import open_record
from hotich.pipeline.value_memory import ValueMemory, completions, follow, load_into
from tests.pipeline.conftest import CLERK

FIELDS = load_catalogue().records["KS"]


@pytest.fixture
def next_id(workspace, page_id, record_id):
    return open_record(workspace, page_id, 1, "KS-2006", CLERK)


@pytest.fixture(params=["loaded", "followed"])
def memory(request, workspace):
    """A memory that heard everything, or one that reads the log afterwards: both say the same."""
    made = ValueMemory()
    if request.param == "followed":
        follow(made, workspace)
        return lambda: made

    def loaded() -> ValueMemory:
        fresh = ValueMemory()
        load_into(fresh, workspace)
        return fresh

    return loaded


def found(memory, book, field_id, typed):
    return memory().find(book.book_id, FIELDS.field(field_id), typed)


def test_a_place_is_offered_in_its_field_and_in_others(workspace, book, record_id, memory):
    entry.confirm(workspace, record_id, "nksNoiSinh", "Trạm xá xã Ea Tul", CLERK)
    assert found(memory, book, "nksNoiSinh", "tr xa") == ("Trạm xá xã Ea Tul",)
    assert found(memory, book, "meNoiCuTru", "ea") == ("Trạm xá xã Ea Tul",)
    assert found(memory, book, "nksHoTen", "tr xa") == ()


def test_a_mended_text_takes_the_place_of_the_mistyped_one(workspace, book, record_id, memory):
    entry.confirm(workspace, record_id, "nguoiKy", "Lò Văn Kí", CLERK)
    entry.confirm(workspace, record_id, "nguoiKy", "Lò Văn Ký", CLERK)
    assert found(memory, book, "nguoiKy", "lvk") == ("Lò Văn Ký",)


def test_what_was_undone_is_forgotten_and_what_was_redone_remembered(workspace, book, record_id, memory):
    entry.confirm(workspace, record_id, "nguoiKy", "Lò Văn Ký", CLERK)
    workspace.undo(CLERK, book.book_id)
    assert found(memory, book, "nguoiKy", "lo") == ()
    workspace.redo(CLERK, book.book_id)
    assert found(memory, book, "nguoiKy", "lo") == ("Lò Văn Ký",)


def test_the_field_itself_goes_before_other_fields(workspace, book, record_id, next_id, memory):
    for field_id, text in (("meHoTen", "Lê Thị Mẹ"), ("nguoiKy", "Lê Văn Ký")):
        entry.confirm(workspace, record_id, field_id, text, CLERK)
    entry.confirm(workspace, next_id, "meHoTen", "Lê Thị Hai", CLERK)
    assert found(memory, book, "nguoiKy", "le")[0] == "Lê Văn Ký"


def test_ditto_marks_blanks_and_the_unreadable_are_not_worth_remembering(workspace, book, record_id, memory):
    entry.confirm(workspace, record_id, "nksDanToc", "nt", CLERK)
    entry.confirm(workspace, record_id, "nguoiKy", "Lò ?", CLERK, entry.FieldState.UNREADABLE)
    assert found(memory, book, "nksDanToc", "") == () and found(memory, book, "nguoiKy", "") == ()


def test_loading_later_does_not_bring_back_what_was_mended_meanwhile(workspace, book, record_id):
    entry.confirm(workspace, record_id, "nguoiKy", "Lò Văn Kí", CLERK)
    memory = ValueMemory()
    follow(memory, workspace)
    entry.confirm(workspace, record_id, "nguoiKy", "Lò Văn Ký", CLERK)
    load_into(memory, workspace)
    assert memory.find(book.book_id, FIELDS.field("nguoiKy"), "lo") == ("Lò Văn Ký",)


def test_names_of_the_list_come_after_ones_own(workspace, book, record_id):
    memory = ValueMemory()
    follow(memory, workspace)
    field = FIELDS.field("nksDanToc")
    assert "Ê Đê" in completions(memory, book, field, "e de")
    entry.confirm(workspace, record_id, "nksDanToc", "Ê-đê", CLERK)
    assert completions(memory, book, field, "e d")[0] == "Ê-đê"


def test_places_around_the_office_go_on_with_what_stands_before_the_comma(book):
    near = msgspec.structs.replace(book, place="UBND xã Ea Drơng, huyện Cư M'gar, tỉnh Đắk Lắk", year=2001)
    field = FIELDS.field("nksNoiSinh")
    first = completions(ValueMemory(), near, field, "Buôn Tul, ea dr")[0]
    assert first == "Buôn Tul, xã Ea Drơng, huyện Cư M'gar, tỉnh Đắk Lắk"
    assert "huyện Cư M'gar, tỉnh Đắk Lắk" in completions(ValueMemory(), near, field, "cu m")
    assert completions(ValueMemory(), near, field, "Buôn Tul, ") == (first,)


ENDING = "xã Ea Drơng, huyện Cư M'gar, tỉnh Đắk Lắk"


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("Buôn Mới", f"Buôn Mới, {ENDING}"),
        ("Buôn Mới,", f"Buôn Mới, {ENDING}"),
        ("Buôn Mới, x", f"Buôn Mới, {ENDING}"),
        ("Buôn Mới, xã Ea Tul,", "Buôn Mới, xã Ea Tul, huyện Cư M'gar, tỉnh Đắk Lắk"),
        ("xã Ea Tul", "xã Ea Tul, huyện Cư M'gar, tỉnh Đắk Lắk"),
        ("huyện Krông Búk", "huyện Krông Búk, tỉnh Đắk Lắk"),
    ],
)
def test_a_new_place_is_ended_as_the_office_lies(book, typed, offered):
    near = msgspec.structs.replace(book, place=f"UBND {ENDING}")
    assert completions(ValueMemory(), near, FIELDS.field("meNoiCuTru"), typed)[0] == offered


@pytest.mark.parametrize("typed", ["Buôn", "tỉnh Gia Lai", "UBND xã", " , "])
def test_nothing_is_put_behind_a_word_a_province_or_an_office(book, typed):
    near = msgspec.structs.replace(book, place=f"UBND {ENDING}")
    found = completions(ValueMemory(), near, FIELDS.field("meNoiCuTru"), typed)
    assert not any(line.startswith(f"{typed.strip(' ,')},") for line in found)


def test_the_province_of_the_cover_ends_a_place_too(book):
    near = msgspec.structs.replace(book, place="UBND xã Tân Lập, huyện Thanh Miện", province="Hải Dương")
    first = completions(ValueMemory(), near, FIELDS.field("meNoiCuTru"), "Thôn Mới,")[0]
    assert first == "Thôn Mới, xã Tân Lập, huyện Thanh Miện, tỉnh Hải Dương"


def test_a_new_place_is_ended_as_places_were_written_before(workspace, book, record_id, memory):
    entry.confirm(workspace, record_id, "nksNoiSinh", "Thôn Đông, Hồng Thượng, T.Miện, HD", CLERK)
    field = FIELDS.field("meNoiCuTru")
    assert completions(memory(), book, field, "Thôn Mới,") == ("Thôn Mới, Hồng Thượng, T.Miện, HD",)
    near = msgspec.structs.replace(book, place=f"UBND {ENDING}")
    found = completions(memory(), near, field, "Thôn Mới,")
    assert found == (f"Thôn Mới, {ENDING}", "Thôn Mới, Hồng Thượng, T.Miện, HD")


def test_short_notes_are_remembered_in_their_field_and_long_ones_are_not(workspace, book, record_id, next_id, memory):
    entry.confirm(workspace, record_id, "ghiChu", "Đăng ký lại. Sổ cũ thất lạc", CLERK)
    entry.confirm(workspace, next_id, "ghiChu", "Cải chính họ tên theo quyết định số 5 ngày 3/4/2010", CLERK)
    assert found(memory, book, "ghiChu", "") == ("Đăng ký lại. Sổ cũ thất lạc",)
    assert found(memory, book, "ghiChu", "dkl") == ("Đăng ký lại. Sổ cũ thất lạc",)
    assert found(memory, book, "chucVuNguoiKy", "dkl") == ()


def test_provinces_are_those_of_the_year(book):
    field = FIELDS.field("nksNoiSinh")
    old = msgspec.structs.replace(book, place="UBND xã Yên Trạch", year=1985)
    assert "tỉnh Hà Nam Ninh" in completions(ValueMemory(), old, field, "ha nam")
    new = msgspec.structs.replace(book, place="UBND xã Yên Trạch", year=2009)
    assert "tỉnh Hà Nam Ninh" not in completions(ValueMemory(), new, field, "ha nam")
