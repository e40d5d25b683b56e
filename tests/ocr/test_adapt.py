"""Learning a hand: the loss and its slope against counting and small steps, and what the guard lets through."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from hotich.ocr import adapt
from hotich.ocr.adapt import Pace, SeenLine, ctc_loss, error_rate, fitted, learned, no_correction
from hotich.ocr.ctc import ink_of

CLASSES, WIDTH = 5, 6


def some_logs(rng: np.random.Generator, steps: int) -> NDArray[np.float32]:
    scores = rng.normal(size=(steps, CLASSES)) * 2
    return (scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))).astype(np.float32)


def by_counting(logs: NDArray[Any], target: tuple[int, ...]) -> float:
    """The probability of the target by going through every path there is."""
    total = 0.0
    for path in itertools.product(range(CLASSES), repeat=len(logs)):
        merged = [c for place, c in enumerate(path) if place == 0 or c != path[place - 1]]
        if tuple(c for c in merged if c) == target:
            total += float(np.exp(sum(logs[step, c] for step, c in enumerate(path))))
    return total


@pytest.mark.parametrize("target", [(1,), (1, 2), (2, 2), (1, 2, 1), (3, 3, 4)])
def test_the_loss_counts_every_path(target: tuple[int, ...]) -> None:
    logs = some_logs(np.random.default_rng(len(target)), 5)
    (loss,), _ = ctc_loss([logs], [target])
    assert np.exp(-loss) == pytest.approx(by_counting(logs, target), rel=1e-5)


def test_lines_of_several_lengths_do_not_disturb_one_another() -> None:
    rng = np.random.default_rng(5)
    targets = [(1, 2, 3), (4,), (2, 2), (1, 4, 1, 4, 1)]
    logs = [some_logs(rng, steps) for steps in (9, 2, 6, 14)]
    together, slopes = ctc_loss(logs, targets)
    for place, (line, target) in enumerate(zip(logs, targets, strict=True)):
        (alone,), (slope,) = ctc_loss([line], [target])
        assert together[place] == pytest.approx(alone) == pytest.approx(-ink_of(line, target), rel=1e-5)
        np.testing.assert_allclose(slopes[place], slope, atol=1e-5)


def test_the_slope_is_what_small_steps_show() -> None:
    rng = np.random.default_rng(2)
    scores, target = rng.normal(size=(6, CLASSES)), (1, 3, 3)

    def loss(of: NDArray[Any]) -> float:
        logs = of - np.log(np.exp(of).sum(axis=1, keepdims=True))
        return float(ctc_loss([logs], [target])[0][0])

    logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    _, (slope,) = ctc_loss([logs], [target])
    for step, c in itertools.product(range(6), range(CLASSES)):
        nudge = np.zeros_like(scores)
        nudge[step, c] = 1e-5
        assert slope[step, c] == pytest.approx((loss(scores + nudge) - loss(scores - nudge)) / 2e-5, abs=1e-4)


def hand_lines(count: int, seed: int, noise: float = 0.3) -> list[SeenLine]:
    """Lines of a hand whose letters 1 and 2 the network takes for one another; steps show one letter each."""
    rng = np.random.default_rng(seed)
    shapes = np.random.default_rng(0).normal(size=(CLASSES, WIDTH)) * 2
    lines = []
    for _ in range(count):
        target = rng.integers(1, CLASSES, size=rng.integers(3, 8)).tolist()
        path = [c for letter in target for c in (letter, 0)]
        features = shapes[path] + rng.normal(size=(len(path), WIDTH)) * noise
        swapped = [{1: 2, 2: 1}.get(c, c) for c in path]
        scores = np.full((len(path), CLASSES), -2.0)
        scores[np.arange(len(path)), swapped] = 2.0
        logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        lines.append(SeenLine(features.astype(np.float32), logs.astype(np.float32), tuple(target)))
    return lines


def test_a_hand_is_learned_from_sixteen_lines() -> None:
    lines, others = hand_lines(16, 1), hand_lines(40, 2)
    outcome = learned(lines, Pace(steps=150))
    assert (outcome.kept, outcome.learned_from, outcome.held_back) == (True, 13, 3)
    assert outcome.cer_after < outcome.cer_before
    assert error_rate(others, outcome.hand) < 0.2 * error_rate(others)


def test_learning_gives_the_same_twice() -> None:
    lines = hand_lines(12, 3)
    one, two = fitted(lines, Pace(steps=20)), fitted(lines, Pace(steps=20))
    np.testing.assert_array_equal(one.delta, two.delta)


def test_the_pull_holds_the_correction_small() -> None:
    lines = hand_lines(12, 3)
    assert fitted(lines, Pace(steps=80, pull=1.0)).size < 0.5 * fitted(lines, Pace(steps=80, pull=0.0)).size


def test_an_update_that_makes_held_back_lines_worse_is_dropped() -> None:
    lines = hand_lines(40, 4)
    good = learned(lines, Pace(steps=150)).hand
    # The lines that are learned from were confirmed with a text that is not theirs.
    wrong = [SeenLine(line.features, line.logs, tuple(c % 4 + 1 for c in line.classes)) for line in lines]
    mixed = [lines[place] if (place + 1) % 5 == 0 else wrong[place] for place in range(len(lines))]
    outcome = learned(mixed, Pace(steps=150, pull=0.0), before=good)
    assert not outcome.kept and outcome.cer_after > outcome.cer_before


def test_too_few_lines_teach_nothing() -> None:
    assert not learned(hand_lines(4, 1)).kept


def test_a_text_longer_than_its_line_is_left_out() -> None:
    line = hand_lines(1, 1)[0]
    assert not SeenLine(line.features, line.logs, (1,) * 40).can_be_spelled
    with pytest.raises(ValueError):
        fitted([SeenLine(line.features, line.logs, (1,) * 40)], Pace(steps=1))


def test_no_correction_changes_nothing() -> None:
    line = hand_lines(1, 1)[0]
    corrected = no_correction(WIDTH, CLASSES).corrected(line.logs, line.features)
    np.testing.assert_allclose(corrected, line.logs, atol=1e-6)


def test_a_text_of_one_class_many_times_is_spelled_by_its_classes() -> None:
    assert adapt.spelled_by(np.log(np.eye(CLASSES, dtype=np.float32)[[1, 0, 1, 4]] + 1e-6)) == (1, 1, 4)
