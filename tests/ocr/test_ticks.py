import pytest

from hotich.forms.loader import load_catalogue
from hotich.ocr.suggest import tick_reading
from hotich.ocr.ticks import TickBox, Ticks, read_ticks
from hotich.values import RecordType
from tests.ocr.drawn_crops import tick_box

MARKS = ("x", "check", "filled")


def ticks(*marks: str, shift: tuple[int, int] = (0, 0), margin: float = 0.45) -> Ticks:
    side = 32 * 25.4 / 200.0
    pictures = (tick_box(mark, shift=shift, margin=margin) for mark in marks)
    return read_ticks([TickBox(str(n), picture, 200.0, (side, side)) for n, picture in enumerate(pictures, start=1)])


@pytest.mark.parametrize("shift", [(0, 0), (4, -3), (-5, 5)])
@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_ticked_box_is_found(mark: str, place: int, shift: tuple[int, int]) -> None:
    marks = ["", "dust", ""]
    marks[place] = mark
    found = ticks(*marks, shift=shift)
    assert found.codes == (str(place + 1),)
    assert found.confidence > 0.8


def test_empty_boxes_say_so_with_confidence() -> None:
    found = ticks("", "", "dust")
    assert found.codes == ()
    assert found.confidence > 0.6


@pytest.mark.parametrize("margin", [0.3, 0.6, 0.9])
def test_a_frame_is_no_tick_however_much_is_cut_around_it(margin: float) -> None:
    assert ticks("", "", margin=margin).inks == (0.0, 0.0)
    assert ticks("", "x", shift=(6, -6), margin=margin).codes == ("2",)


def test_two_ticks_are_doubtful() -> None:
    found = ticks("x", "", "check")
    assert found.codes == ("1", "3")
    assert found.confidence <= 0.4


def test_no_boxes_say_nothing() -> None:
    assert read_ticks([]) == Ticks((), 0.0, ())


def test_the_reading_is_the_label_and_the_code() -> None:
    spec = load_catalogue().records[RecordType.BIRTH].field("loaiDangKy")
    labels = {"1": "Đúng hạn", "2": "Đăng ký lại"}
    one = tick_reading(spec, labels, Ticks(("2",), 0.97, (0.0, 0.2)))
    assert (one.text, one.normal, one.alternatives) == ("Đăng ký lại", "2", ())
    none = tick_reading(spec, labels, Ticks((), 0.9, (0.0, 0.0)))
    assert (none.text, none.normal, none.confidence) == ("", "", 0.9)
    both = tick_reading(spec, labels, Ticks(("1", "2"), 0.4, (0.1, 0.3)))
    assert (both.normal, both.alternatives[0].normal) == ("2", "1")
    assert both.confidence == 0.4
