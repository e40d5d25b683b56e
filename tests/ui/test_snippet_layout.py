"""Places of snippets in the grid, and the pictures kept for them."""

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QPixmap

from hotich.ui.widgets.picture_store import PictureStore
from hotich.ui.widgets.snippet_layout import Measures, SnippetLayout

layouts = st.builds(
    SnippetLayout,
    st.lists(st.integers(1, 30), max_size=6),
    st.builds(Measures, st.integers(20, 90), st.integers(10, 40), st.integers(5, 20), st.integers(30, 400)),
)


@given(layouts)
@settings(max_examples=60, deadline=None)
def test_every_snippet_is_found_where_it_stands_and_none_overlap(layout):
    seen = set()
    for number in range(layout.count):
        box = layout.box(number)
        assert layout.at(box.x + box.width // 2, box.y + box.height // 2) == number
        assert box.y + box.height <= layout.height
        assert (box.x, box.y) not in seen
        seen.add((box.x, box.y))
    assert list(layout.between(0, max(1, layout.height))) == list(range(layout.count))


@given(layouts, st.data())
@settings(max_examples=60, deadline=None)
def test_steps_stay_inside_and_go_on_over_groups(layout, data):
    if layout.count:
        number = data.draw(st.integers(0, layout.count - 1))
        for across, down in ((1, 0), (-1, 0), (0, 1), (0, -1), (0, 3), (-999, 0), (999, 0)):
            assert 0 <= layout.step(number, across, down) < layout.count
        below = layout.step(number, 0, 1)
        assert below == number or layout.box(below).y > layout.box(number).y


def test_headings_stand_over_their_groups():
    layout = SnippetLayout((3, 1), Measures(50, 20, 10, 100))
    assert (layout.columns, layout.height) == (2, 10 + 40 + 10 + 20)
    assert [layout.heading(group).y for group in (0, 1)] == [0, 50]
    assert [layout.group_of(n) for n in range(4)] == [0, 0, 0, 1]
    assert layout.group_at(55) == 1 and layout.at(10, 5) == -1
    assert SnippetLayout((), Measures(1, 1, 1, 1)).group_at(0) == -1


def test_pictures_not_looked_at_for_longest_give_way(qapp):
    store = PictureStore(at_most=3 * 100 * 4)
    for key in "abc":
        store.put(key, QPixmap(10, 10))
    store.get("a")
    store.put("d", QPixmap(10, 10))
    assert "b" not in store and "a" in store and len(store) == 3
    assert store.bytes == 1200
    store.put("d", QPixmap(20, 10))
    assert store.bytes <= 1600 and store.get("x") is None
    store.clear()
    assert (len(store), store.bytes) == (0, 0)
