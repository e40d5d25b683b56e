"""Spelling from step probabilities, held against counting every alignment."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotich.ocr.ctc import beam, greedy, ink_of, softened

LETTERS = "ab"


class NoWords:
    """Knows no words: every text weighs the same."""

    start = None

    def after(self, state, letter):
        return None, 0.0

    def end(self, state):
        return 0.0


class OnlyWord(NoWords):
    """Gives weight to one beginning alone."""

    start = ""

    def __init__(self, word):
        self.word = word

    def after(self, state, letter):
        return state + letter, self.end(state + letter)

    def end(self, state):
        return 0.0 if self.word.startswith(state) else -8.0


def logs_of(rows):
    shares = np.array(rows, np.float32) + 1e-4
    return np.log(shares / shares.sum(axis=1, keepdims=True)).astype(np.float32)


def spelled(path):
    return "".join(LETTERS[c - 1] for c, _ in itertools.groupby(path) if c)


def every_text(logs):
    """The probability of each text, summed over all paths."""
    texts = {}
    for path in itertools.product(range(logs.shape[1]), repeat=len(logs)):
        share = math.exp(sum(float(logs[step, c]) for step, c in enumerate(path)))
        texts[spelled(path)] = texts.get(spelled(path), 0.0) + share
    return texts


steps = st.lists(st.tuples(*[st.floats(0.0, 1.0)] * 3), min_size=1, max_size=5)


@settings(max_examples=40, deadline=None)
@given(steps)
def test_beam_finds_the_likeliest_text_when_words_are_silent(rows):
    logs = logs_of(rows)
    texts = every_text(logs)
    first = beam(logs, LETTERS, NoWords(), width=200)[0]
    assert texts[first.text] == pytest.approx(max(texts.values()), rel=0.02)
    assert math.exp(first.ink) == pytest.approx(texts[first.text], rel=0.02)


@settings(max_examples=40, deadline=None)
@given(steps, st.text(LETTERS, max_size=3))
def test_ink_of_sums_all_alignments(rows, text):
    logs = logs_of(rows)
    ink = ink_of(logs, [LETTERS.index(letter) + 1 for letter in text])
    assert math.exp(ink) == pytest.approx(every_text(logs).get(text, 0.0), rel=0.01, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(steps)
def test_greedy_spells_the_best_path(rows):
    logs = logs_of(rows)
    found = greedy(logs, LETTERS)
    assert "".join(letter.text for letter in found) == spelled(logs.argmax(axis=1).tolist())
    assert all(0.0 < letter.share <= 1.0 for letter in found)


def test_a_repeat_needs_a_gap():
    twice = logs_of([(0, 1, 0), (1, 0, 0), (0, 1, 0)])
    once = logs_of([(0, 1, 0), (0, 1, 0), (0, 1, 0)])
    assert beam(twice, LETTERS, NoWords())[0].text == "aa"
    assert beam(once, LETTERS, NoWords())[0].text == "a"


def test_letters_carry_what_else_they_may_be():
    (letter,) = greedy(logs_of([(0.1, 0.6, 0.3)]), LETTERS)
    assert letter.text == "a"
    assert [text for text, _ in letter.others] == ["b"]


def test_words_turn_a_close_call_and_leave_a_clear_one():
    close, clear = logs_of([(0, 0.55, 0.45)]), logs_of([(0, 0.9999, 0.00001)])
    assert beam(close, LETTERS, OnlyWord("b"))[0].text == "b"
    assert beam(clear, LETTERS, OnlyWord("b"))[0].text == "a"


@settings(max_examples=30, deadline=None)
@given(steps, st.floats(1.0, 4.0))
def test_softened_steps_still_sum_to_one_and_are_less_sure(rows, by):
    logs = logs_of(rows)
    soft = softened(logs, by)
    assert np.exp(soft).sum(axis=1) == pytest.approx(np.ones(len(rows)), abs=1e-4)
    assert (soft.max(axis=1) <= logs.max(axis=1) + 1e-5).all()
