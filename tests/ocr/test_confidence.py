"""What a confidence is worth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.calibrate import crossed, fitted
from bench.confidence import accepted, calibration_error, interval
from hotich.forms.formspec import FieldKind
from hotich.ocr.confidence import bent, curve_of, told_share

shares = st.floats(0.0, 1.0)
promises = st.lists(st.tuples(shares, st.booleans()), min_size=1, max_size=300)


@given(shares, shares, promises)
def test_a_surer_promise_is_never_worth_less(one, other, judged):
    curve = fitted(judged)
    low, high = sorted((one, other))
    assert 0.0 <= bent(low, curve) <= bent(high, curve) <= 1.0


def test_a_curve_tells_the_share_that_was_right():
    judged = [(0.9, number % 4 < 2) for number in range(400)] + [(0.2, number % 20 < 2) for number in range(400)]
    curve = fitted(judged)
    assert bent(0.9, curve) == pytest.approx(0.5, abs=0.02)
    assert bent(0.2, curve) == pytest.approx(0.1, abs=0.02)
    assert calibration_error(crossed(judged)) < 0.02 < calibration_error(judged)


@pytest.mark.parametrize("kind", list(FieldKind))
def test_every_kind_has_a_share_between_none_and_all(kind):
    assert 0.0 < told_share(0.5, kind, "hotich-hand") < 1.0


def test_an_engine_that_nobody_measured_keeps_its_word():
    assert not curve_of(FieldKind.PLACE, "another")
    assert told_share(0.37, FieldKind.PLACE, "another") == 0.37


def test_calibration_error_is_the_gap_between_promise_and_truth():
    assert calibration_error([(0.95, True)] * 19 + [(0.95, False)]) == pytest.approx(0.0)
    assert calibration_error([(0.9, False)] * 10) == pytest.approx(0.9)
    assert calibration_error([]) == 0.0


def test_what_is_accepted_is_counted_with_its_interval():
    taken = accepted([(0.995, True)] * 99 + [(0.99, False)] + [(0.5, False)] * 100, 0.99)
    assert (taken.count, taken.share, taken.right) == (100, 0.5, 0.99)
    assert taken.low < 0.99 < taken.high
    assert interval(0, 0) == (0.0, 1.0)
