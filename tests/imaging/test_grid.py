"""Long lines are found where they were printed, whatever leans, bends, shades or stamps the page."""

import cv2
import numpy as np
import pytest

from hotich.imaging.grid import dark_map, find_lines
from tests.imaging.drawn_forms import PAPER, Bend, draw_page, ledger


def paper(width: int = 1200, height: int = 900) -> np.ndarray:
    return np.full((height, width, 3), PAPER, np.uint8)


def test_a_ledger_shows_all_its_lines_where_they_are() -> None:
    form = ledger()
    drawn = draw_page(form, (0, 3))
    found = find_lines(drawn.picture)
    uprights = sorted(stroke.middle[0] for stroke in found.upright if stroke.covered > 500)
    expected = [drawn.to_page(x, 100.0)[0] for x in (15.0, 28.0, 55.0, 105.0, 122.0, 150.0, 205.0, 262.0, 285.0)]
    assert uprights == pytest.approx(expected, abs=2.0)
    levels = sorted(stroke.middle[1] for stroke in found.across if stroke.covered > 1000)
    assert levels == pytest.approx([drawn.to_page(150.0, y)[1] for y in (30, 52, 74, 96, 118, 140, 162, 184)], abs=2.0)


def test_a_leaning_and_bent_line_is_one_line() -> None:
    picture = paper()
    points = [(x, round(300 + 0.02 * x + 8 * (x / 1200) ** 2)) for x in range(100, 1100, 10)]
    cv2.polylines(picture, [np.array(points, np.int32)], False, (40, 40, 40), 2)
    (line,) = find_lines(picture).across
    assert line.x1 == pytest.approx(100, abs=8) and line.x2 == pytest.approx(1090, abs=8)
    assert line.y2 - line.y1 == pytest.approx(points[-1][1] - points[0][1], abs=5)


def test_a_gap_where_ink_faded_does_not_part_a_line() -> None:
    picture = paper()
    for start, end in ((100, 480), (540, 1100)):
        cv2.line(picture, (start, 400), (end, 400), (40, 40, 40), 2)
    (line,) = find_lines(picture).across
    assert line.covered == pytest.approx(380 + 560, abs=30)


def test_writing_makes_no_long_lines() -> None:
    picture = paper(2400, 1800)
    cv2.putText(picture, "chu viet tay", (200, 400), cv2.FONT_HERSHEY_SCRIPT_COMPLEX, 1.2, (120, 60, 30), 2)
    found = find_lines(picture)
    assert all(stroke.covered < 0.06 * found.width for stroke in (*found.across, *found.upright))
    assert (found.width, found.height) == (2400, 1800)


def test_a_grey_page_is_taken_too() -> None:
    drawn = draw_page(ledger(), (), Bend(stretch=1.01))
    grey = np.asarray(cv2.cvtColor(drawn.picture, cv2.COLOR_BGR2GRAY), np.uint8)
    assert len(find_lines(grey).upright) == 9


def test_shade_is_not_darkness_and_a_red_stamp_hardly() -> None:
    picture = (paper().astype(np.float32) * np.linspace(0.45, 1.0, 1200)[None, :, None]).astype(np.uint8)
    cv2.circle(picture, (600, 450), 80, (60, 50, 200), 6)
    cv2.line(picture, (100, 700), (1100, 700), (40, 40, 40), 3)
    darkness, factor = dark_map(picture, 1200)
    assert factor == 1.0
    assert float(darkness[100:200, 100:1100].max()) < 0.12
    assert float(darkness[700, 200:1000].min()) > 0.5
    assert float(darkness[450, 520]) < 0.3
