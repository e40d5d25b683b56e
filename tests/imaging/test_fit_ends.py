"""The free ends of leaders are known from the form and found on the page."""

import numpy as np
import pytest

from hotich.forms.formspec import LineStyle
from hotich.imaging.fit_ends import free_ends, look_for_ends
from hotich.imaging.fit_field import flat_fit
from hotich.imaging.fit_lines import drawn_back
from hotich.imaging.grid import dark_map
from tests.imaging.drawn_forms import draw_page, ledger, single


def test_a_leader_ends_freely_at_the_margin_and_a_table_does_not() -> None:
    ends = free_ends(single())
    leaders = [line for line in single().lines if line.style is LineStyle.DOTTED]
    assert sorted(ends[:, 1]) == pytest.approx([line.y2 for line in leaders])
    assert ends[:, 0] == pytest.approx(190.0)
    assert not len(free_ends(ledger()))


@pytest.mark.parametrize("shift_mm", [-3.0, 0.0, 2.5])
def test_ends_are_seen_where_the_page_has_them(shift_mm: float) -> None:
    form = single()
    darkness, factor = dark_map(draw_page(form, (0,), dpi=150.0).picture, 1650)
    scale = factor * 150.0 / 25.4
    fit = flat_fit(np.array([[scale, 0.0, -shift_mm * scale], [0.0, scale, 0.0]]), form)
    seen = look_for_ends(drawn_back(darkness, fit, form), free_ends(form), fit, 5.0)
    assert len(seen.offset) >= 8
    assert float(np.median(seen.offset)) == pytest.approx(shift_mm, abs=0.4)
    assert set(seen.axis) == {0}
