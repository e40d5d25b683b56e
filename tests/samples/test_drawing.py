"""The mappings and wordings by which the samples are drawn."""

import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotich.dates import parse_date, to_ministry
from sample_scans.draw.camera import Bend, Shot, photograph, scan
from sample_scans.draw.places import Y_YEN
from sample_scans.draw.truth import turned
from sample_scans.draw.wording import date_in_words, full_date, written_date

DOTS = np.array([[40.0, 30.0], [350.0, 45.0], [200.0, 150.0], [60.0, 260.0], [330.0, 250.0]])


def dotted_page() -> np.ndarray:
    page = np.full((300, 400, 3), 0.95, np.float32)
    for x, y in DOTS.astype(int):
        page[y - 2 : y + 3, x - 2 : x + 3] = 0.0
    return page


def centre_of_dot(shot: Shot, near: np.ndarray) -> np.ndarray:
    """Middle of the darkest pixels around a place."""
    left, top = (near - 12).astype(int)
    part = 255.0 - shot.picture[top : top + 25, left : left + 25].mean(axis=2)
    part = np.clip(part - part.max() * 0.6, 0, None)
    rows, columns = np.mgrid[0:25, 0:25]
    middle = np.array([(columns * part).sum(), (rows * part).sum()]) / part.sum()
    return middle + np.array([left, top])


@pytest.mark.parametrize("gutter", [0.0, 0.5])
def test_points_of_a_photograph_lie_where_its_pixels_do(gutter: float) -> None:
    shot = photograph(dotted_page(), np.random.default_rng(4), gutter=gutter)
    for point in shot.points(DOTS):
        assert np.linalg.norm(centre_of_dot(shot, point) - point) < 1.6


def test_points_of_a_scan_lie_where_its_pixels_do() -> None:
    shot = scan(dotted_page(), np.random.default_rng(5), skew=3.5)
    for point in shot.points(DOTS):
        assert np.linalg.norm(centre_of_dot(shot, point) - point) < 1.0


@given(x=st.floats(0, 1700), gutter=st.sampled_from([0.0, 0.5]))
def test_the_bend_can_be_undone(x: float, gutter: float) -> None:
    bend = Bend(gutter, 14.0, 240.0, 0.1)
    bent = bend.forward(np.array([[x, 0.0]]), 1700)
    assert bend.backward_columns(bent[:, 0], 1700)[0] == pytest.approx(x, abs=0.2)


def test_turned_points_follow_a_turned_picture() -> None:
    picture = np.zeros((20, 30))
    picture[4, 25] = 1
    turned_picture = np.rot90(picture, 1)
    (x, y), *_ = turned(np.array([[25.5, 4.5]]), (30, 20), 1)
    assert turned_picture[int(y), int(x)] == 1


@given(day=st.dates(datetime.date(1900, 1, 1), datetime.date(2030, 12, 31)))
def test_a_date_in_words_says_the_day_in_figures(day: datetime.date) -> None:
    parsed = parse_date(date_in_words(day)).date
    assert parsed is not None
    assert to_ministry(parsed) == full_date(day)


@pytest.mark.parametrize("style", ["slash", "padded", "dash", "dot", "short", "long"])
def test_every_way_to_write_a_date_is_understood(style: str) -> None:
    day = datetime.date(1984, 3, 5)
    parsed = parse_date(written_date(day, style), century_hint=1984).date
    assert parsed is not None
    assert to_ministry(parsed) == full_date(day)


def test_the_seal_names_the_committee_and_its_district() -> None:
    assert Y_YEN.seal == ("ỦY BAN NHÂN DÂN XÃ YÊN TRẠCH", "Ý YÊN - HÀ NAM NINH")
