import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotich.forms.formspec import Rect, Zone
from hotich.forms.loader import load_catalogue
from hotich.normal import NormalContext
from hotich.ocr.engine import RawReading, Symbol
from hotich.ocr.suggest import suggest
from hotich.text import nfc
from hotich.values import Book, Reading, RecordType

BOOK = Book("b", RecordType.BIRTH, 1982, "05", "Xã Yên Trạch")
FIELDS = load_catalogue().records[RecordType.BIRTH]


def read(field_id: str, text: str, label: str = "", above: str = "", confidence: float = 0.95) -> Reading:
    zone = Zone(field_id, Rect(0, 0, 40, 8), label)
    return suggest(FIELDS.field(field_id), zone, RawReading(field_id, text, confidence), NormalContext(BOOK, above))


@pytest.mark.parametrize(
    ("written", "text", "normal"),
    [
        ("15/03/1982", "15/03/1982", "15.03.1982"),
        ("15/O3/1982", "15/03/1982", "15.03.1982"),
        ("l5.3.1982", "15.3.1982", "15.03.1982"),
        ("15103/1982", "15/03/1982", "15.03.1982"),
        ("15 03 1982", "15 03 1982", "15.03.1982"),
        ("1954", "1954", "1954"),
        ("28 tuổi", "28 tuổi", "1954"),
    ],
)
def test_dates_take_figures_for_letters_and_lost_strokes(written: str, text: str, normal: str) -> None:
    reading = read("nksNgaySinh", written)
    assert (reading.text, reading.normal) == (text, normal)
    assert reading.text == written or reading.reason == "date-grammar"


def test_what_the_ink_says_stays_among_the_ways_to_read_a_date() -> None:
    assert "15/O3/1982" in [way.text for way in read("nksNgaySinh", "15/O3/1982").alternatives]


def test_a_date_that_cannot_be_is_not_changed_into_another() -> None:
    reading = read("nksNgaySinh", "31/02/1980")
    assert (reading.text, reading.normal) == ("31/02/1980", "")
    assert reading.confidence < 0.85


def test_a_choice_of_the_engine_makes_the_year_of_registration_fit() -> None:
    symbols = tuple(Symbol(letter, 0.6, (("8", 0.35),) if letter == "3" else ()) for letter in "5/1/1932")
    raw = RawReading("ngayDangKy", "5/1/1932", 0.7, symbols)
    zone = Zone("ngayDangKy", Rect(0, 0, 40, 8))
    reading = suggest(FIELDS.field("ngayDangKy"), zone, raw, NormalContext(BOOK))
    assert reading.normal == "05.01.1982"
    assert "5/1/1932" in [way.text for way in reading.alternatives]


def test_dates_in_words_snap_to_number_words() -> None:
    reading = read("nksNgaySinhBangChu", "Ngày hai mươi bãy tháng tám năm một nghin chín trăm tám mươi hai")
    assert reading.text == "Ngày hai mươi bảy tháng tám năm một nghìn chín trăm tám mươi hai"


@pytest.mark.parametrize(
    ("field_id", "written", "text", "normal"),
    [
        ("nksGioiTinh", "Nam", "Nam", "1"),
        ("nksGioiTinh", "nữ", "nữ", "2"),
        ("meQuocTich", "Viêt Nam", "Việt Nam", "Việt Nam"),
        ("meQuocTich", "VN", "VN", "Việt Nam"),
        ("chaDanToc", "Kính", "Kinh", "Kinh"),
        ("chaDanToc", "Kinb", "Kinh", "Kinh"),
        ("chaDanToc", "MƯÒNG", "MƯỜNG", "Mường"),
        ("chaDanToc", "Thổ", "Thổ", ""),
    ],
)
def test_lists_find_the_nearest_spelling(field_id: str, written: str, text: str, normal: str) -> None:
    reading = read(field_id, written)
    assert (reading.text, reading.normal) == (text, normal)


def test_a_word_that_no_list_has_stays_as_read_and_doubtful() -> None:
    reading = read("chaDanToc", "Qwxzzk")
    assert (reading.text, reading.normal) == ("Qwxzzk", "")
    assert reading.confidence < 0.85


@pytest.mark.parametrize(
    ("written", "label", "text"),
    [
        ("Họ, chữ đệm, tên: Nguyễn Thị Lan", "Họ, chữ đệm, tên:", "Nguyễn Thị Lan"),
        ("đệm, tên: Nguyễn Thị Lan", "Họ, chữ đệm, tên:", "Nguyễn Thị Lan"),
        ("Nguyễn Thị Lan .........", "Họ và tên:", "Nguyễn Thị Lan"),
        ("| Nguyễn  Thị\nLan |", "Họ và tên:", "Nguyễn Thị Lan"),
        ("H'Hen Niê", "Họ và tên:", "H'Hen Niê"),
        ("Y Moan Êban", "Họ và tên:", "Y Moan Êban"),
        ("Ma Văn Tên", "", "Ma Văn Tên"),
    ],
)
def test_names_lose_labels_and_leaders_and_no_letter(written: str, label: str, text: str) -> None:
    reading = read("nksHoTen", written, label)
    assert reading.text == reading.normal == text


@pytest.mark.parametrize(
    ("written", "text"),
    [("NGUYÊN TỪ KHỞI", "NGUYỄN TỪ KHỞI"), ("Pham Thi Lan", "Phạm Thị Lan"), ("Nguyễn Thi", "Nguyễn Thi")],
)
def test_a_surname_is_offered_with_its_marks_and_what_the_ink_says_stays_beside_it(written: str, text: str) -> None:
    reading = read("nksHoTen", written)
    assert reading.text == text
    if text != written:
        assert reading.confidence < 0.85
        assert reading.alternatives[0].text == written


@pytest.mark.parametrize("mark", ["nt", "-nt-", '"', "//", "như trên"])
def test_ditto_marks_take_the_record_above(mark: str) -> None:
    reading = read("chaDanToc", mark, above="Mường")
    assert (reading.text, reading.normal, reading.ditto) == (mark, "Mường", True)
    assert read("chaDanToc", mark).normal == ""


@pytest.mark.parametrize(
    ("field_id", "mark", "above"),
    [
        ("chaDanToc", "11", "Kinh"),
        ("meQuocTich", "2", "Việt Nam"),
        ("meNoiCuTru", "1 1", "Thôn Đông, Yên Trạch"),
        ("ngayDangKy", "1.1", "05.01.1982"),
    ],
)
def test_two_small_strokes_read_as_figures_are_a_ditto_mark(field_id: str, mark: str, above: str) -> None:
    reading = read(field_id, mark, above=above)
    assert reading.ditto and reading.normal == above and reading.reason == "neighbour"
    assert mark in [way.text for way in reading.alternatives]
    assert not read(field_id, mark).ditto


@pytest.mark.parametrize(("field_id", "written"), [("so", "11"), ("nksNgaySinh", "11/1/1980"), ("meNoiCuTru", "113")])
def test_figures_that_mean_something_are_no_ditto_mark(field_id: str, written: str) -> None:
    assert not read(field_id, written, above="10/1982").ditto


def test_a_one_lost_in_a_slash_is_offered() -> None:
    reading = read("ngayDangKy", "14/0/1982")
    assert (reading.text, reading.normal) == ("14/01/1982", "14.01.1982")
    assert "14/0/1982" in [way.text for way in reading.alternatives]


def test_the_number_on_the_cover_is_likelier_than_one_that_differs_by_a_figure() -> None:
    reading = read("quyenSo", "0/1982")
    assert (reading.text, reading.normal, reading.reason) == ("05/1982", "05/1982", "neighbour")
    assert "0/1982" in [way.text for way in reading.alternatives]
    assert read("quyenSo", "12/1979").text == "12/1979"


def test_numbers() -> None:
    assert read("so", "Số: O5", "Số:").normal == "05/1982"
    assert read("quyenSo", "05/1982").normal == "05/1982"
    assert read("nycSoGiayToTuyThan", "24O 123 456").normal == "240123456"
    assert read("trangSo", "l2").normal in ("2", "12")


def test_the_number_after_the_one_above_is_surer() -> None:
    assert read("so", "06", above="05/1982").confidence >= read("so", "06", above="09/1982").confidence
    assert read("so", "06", above="05/1982").reason == "neighbour"


def test_confidence_falls_with_the_engine() -> None:
    sure, unsure = read("nksHoTen", "Trần Thị Lan", confidence=0.96), read("nksHoTen", "Trần Thị Lan", confidence=0.6)
    assert sure.confidence > 0.85 > 0.3 > unsure.confidence


def test_an_empty_reading_is_blank() -> None:
    reading = read("nksHoTen", "  \n ")
    assert (reading.text, reading.normal, reading.reason) == ("", "", "reading-field-blank")


@given(
    st.sampled_from([field.id for field in FIELDS.fields]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    st.floats(0, 1),
)
def test_no_text_breaks_a_suggestion(field_id: str, text: str, confidence: float) -> None:
    reading = read(field_id, text, FIELDS.field(field_id).label, "Kinh", confidence)
    assert 0.0 <= reading.confidence <= 1.0
    assert reading.text == nfc(reading.text)
    assert len(reading.alternatives) <= 4
    assert all(0.0 <= way.probability <= 1.0 and way.text == nfc(way.text) for way in reading.alternatives)
