"""Ranges to and from Excel."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from hotich.pipeline.clipboard import from_clipboard, to_clipboard
from hotich.text import ACCENTED, nfc

cells = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8).map(nfc)


@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=5))
@settings(max_examples=150, deadline=None)
def test_what_is_copied_is_pasted_again(rows):
    rows[-1][0] = rows[-1][0] or "x"
    assert from_clipboard(to_clipboard(rows)) == tuple(tuple(row) for row in rows)


@given(st.text(max_size=40))
@settings(max_examples=150, deadline=None)
def test_any_text_is_a_range_of_equally_long_rows(text):
    assert len({len(row) for row in from_clipboard(text)}) <= 1


def test_excels_own_spellings():
    assert from_clipboard("a\tb\r\nc\td\r\n") == (("a", "b"), ("c", "d"))
    assert from_clipboard('"hai\ndòng"\t"nói ""có"""\n') == (("hai\ndòng", 'nói "có"'),)
    assert from_clipboard('5" ống\t"mở') == (('5" ống', '"mở'),)
    assert from_clipboard("a\tb\nc") == (("a", "b"), ("c", ""))
    assert from_clipboard("") == ()


def test_letters_built_of_parts_become_whole():
    written = "\t".join(ACCENTED)
    assert from_clipboard(unicodedata.normalize("NFD", written)) == (tuple(ACCENTED),)
