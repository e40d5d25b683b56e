"""What a confidence is worth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.confidence import accepted, calibration_error, interval
from hotich.forms.formspec import FieldKind
from hotich.ocr.confidence import AS_IT_IS, bent, curve_of, told_share

shares = st.floats(0.0, 1.0)
curves = st.tuples(st.floats(-3, 3), st.floats(0.1, 3))


@given(shares, shares, curves)
def test_a_surer_promise_is_never_worth_less(one, other, curve):
    low, high = sorted((one, other))
    assert 0.0 <= bent(low, curve) <= bent(high, curve) <= 1.0


@given(st.floats(0.001, 0.999), curves)
def test_a_curve_can_be_undone(promised, curve):
    level, slope = curve
    back = bent(bent(promised, curve), (-level / slope, 1.0 / slope))
    assert back == pytest.approx(promised, abs=0.02) or not 0.0002 < bent(promised, curve) < 0.9998


@pytest.mark.parametrize("kind", list(FieldKind))
def test_every_kind_has_a_share_between_none_and_all(kind):
    assert 0.0 < told_share(0.5, kind, "hotich-hand") < 1.0


def test_an_engine_that_nobody_measured_keeps_its_word():
    assert curve_of(FieldKind.PLACE, "another") == AS_IT_IS
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
