"""The table model under every list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor

from hotich.ui.models.rows_model import PORTION, Column, RowsModel
from hotich.ui.theme import THEMES
from hotich.ui.widgets.meter import SHARES_ROLE

COLUMNS = [Column("Số", str), Column("Gấp đôi", lambda n: str(2 * n), lambda n: {SHARES_ROLE: f"{n} 1"})]


@pytest.mark.parametrize("count", [0, 1, 5, PORTION, PORTION * 2 + 3])
def test_the_model_keeps_qts_rules(qtmodeltester, count):
    model = RowsModel(COLUMNS)
    model.replace(range(count))
    qtmodeltester.check(model, force_py=True)


@given(st.lists(st.lists(st.integers(0, 9), max_size=6), max_size=8))
def test_rows_are_always_those_given_last(batches):
    model = RowsModel(COLUMNS)
    for batch in batches:
        model.replace(batch)
        shown = [model.data(model.index(place, 0)) for place in range(model.rowCount())]
        assert shown == [str(number) for number in batch] and model.rows == tuple(batch)


def test_long_lists_come_in_portions(qapp):
    model = RowsModel(COLUMNS)
    model.replace(range(1000))
    assert model.rowCount() == PORTION and model.canFetchMore()
    model.ensure(777)
    assert model.rowCount() >= 778
    assert model.data(model.index(777, 1)) == "1554"


def test_a_change_of_one_row_leaves_the_cursor_where_it_is(qtbot):
    model = RowsModel(COLUMNS)
    model.replace([1, 2, 3])
    with qtbot.waitSignal(model.dataChanged) as changed, qtbot.assertNotEmitted(model.modelReset):
        model.replace([1, 5, 3])
    assert changed.args[0].row() == changed.args[1].row() == 1


def test_cells_hand_out_text_by_role(qapp):
    model = RowsModel(COLUMNS)
    model.replace([4])
    cell = model.index(0, 1)
    assert model.data(cell) == model.data(cell, Qt.ItemDataRole.AccessibleTextRole) == "8"
    assert model.data(cell, SHARES_ROLE) == "4 1"
    assert model.data(cell, Qt.ItemDataRole.DecorationRole) is None
    assert model.data(QModelIndex()) is None and model.row(7) is None
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Gấp đôi"
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def luminance(colour: str) -> float:
    parts = (channel / 255 for channel in QColor(colour).getRgb()[:3])
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, success criterion 1.4.3."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", list(THEMES), ids=lambda name: name.value)
def test_every_text_stands_out_from_its_ground(name):
    theme = THEMES[name]
    least = 7.0 if name.value == "contrast" else 4.5
    for ground in (theme.window, theme.base, theme.alternate):
        for ink in (theme.text, theme.muted, theme.error, theme.warning, theme.fine, theme.suggestion, theme.accent):
            assert contrast(ink, ground) >= least, (ink, ground)
    assert contrast(theme.on_accent, theme.accent) >= least
    assert contrast(theme.text, theme.raised) >= least
    assert contrast(theme.focus, theme.window) >= 3
