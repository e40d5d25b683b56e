"""Printed words find their places on a page although some are misread, missing, doubled or not of the form."""

import unicodedata

import numpy as np
import pytest

from hotich.imaging.anchors import fit_words, form_words, pairs_of, similarity, word_key
from hotich.values import Word
from tests.imaging.drawn_forms import ledger, single

MATRIX = np.array([[5.1, -0.12, 40.0], [0.12, 5.05, 25.0]])


def seen(form_word, matrix: np.ndarray, text: str = "", factor: float = 1.0) -> Word:
    """The page word that a perfect engine would give for a form's word."""
    middle = form_word.base + factor * form_word.reach
    x, y = matrix @ np.array([middle, form_word.bottom, 1.0])
    half, height = 5.0 * form_word.half, 4.0 * form_word.size
    return Word(text or form_word.key, x - half, y - height, x + half, y, 0.95)


PAIRS = [("Họ,", "ho"), ("ĐĂNG", "dang"), ("Quê", "QUE:"), ("TP/HT-2010", "tpht2010")]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_marks_case_and_signs_do_not_part_words(one: str, other: str) -> None:
    assert word_key(one) == word_key(other) == word_key(unicodedata.normalize("NFD", one))


def test_likeness() -> None:
    assert similarity("khai", "khai") == 1.0
    assert 0.7 < similarity("quyen", "quyon") < 1.0
    assert similarity("ho", "hu") == 0.0, "two letters misread could be anything"
    assert similarity("sinh", "huyen") == 0.0


def test_entries_repeat_the_words_that_are_printed_in_each() -> None:
    form = single()
    assert len(form_words(form)) == sum(len(text.text.split()) for text in form.texts)


@pytest.mark.parametrize("make", [ledger, single])
@pytest.mark.parametrize("factor", [0.9, 1.0, 1.12])
def test_the_fit_is_found_again(make, factor: float) -> None:
    form = make()
    expected = form_words(form)
    words = [seen(word, MATRIX, factor=factor) for word in expected if len(word.key) > 1]
    # Handwriting that happens to read like labels, and words of no form.
    words += [Word("sinh", 900, 700, 950, 720, 0.6), Word("Nguyen", 300, 400, 400, 430, 0.9)]
    words += [Word("tên", 10, 10, 40, 25, 0.5)]
    fit = fit_words(pairs_of(expected, words), form, (1600, 1700))
    assert fit is not None
    assert fit.count >= 0.9 * (len(words) - 3)
    width, height = form.page_width, form.page_height
    corners = np.array([(0, 0, 1), (width, 0, 1), (0, height, 1), (width, height, 1)])
    assert np.abs(corners @ (fit.matrix - MATRIX).T).max() < 5.0 * 2.5, "within 2.5 mm even at the far corner"


def test_half_the_words_misread_or_missing() -> None:
    form = single()
    expected = form_words(form)
    words = [seen(word, MATRIX, "x" + word.key if k % 4 == 1 else "") for k, word in enumerate(expected) if k % 4 != 3]
    fit = fit_words(pairs_of(expected, words), form, (1200, 1700))
    assert fit is not None
    assert np.abs(fit.matrix[:, :2] - MATRIX[:, :2]).max() < 0.12


def test_too_few_words_give_no_fit() -> None:
    form = ledger()
    expected = form_words(form)
    assert fit_words(pairs_of(expected, ()), form, (1600, 1100)) is None
    assert fit_words(pairs_of(expected, [seen(expected[0], MATRIX)]), form, (1600, 1100)) is None


def test_words_without_a_letter_are_nothing() -> None:
    assert pairs_of(form_words(ledger()), [Word("....", 0, 0, 10, 10, 0.9)]).weight.size == 0
