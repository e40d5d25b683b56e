"""Learning a hand: the loss and its slope against counting and small steps, and what the guard lets through."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from hotich.ocr import adapt
from hotich.ocr.adapt import Hand, Pace, SeenLine, error_rate, fitted, no_correction
from hotich.ocr.ctc import ink_of
from hotich.ocr.ctc_paths import ctc_loss, normalised, shares_of
from hotich.ocr.learn_hand import believable, errors_of_choice, learned
from hotich.ocr.letter_kin import kinship

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


QUICK = Pace(pull=2.0, shapes_from=20)
"""Few features and large ones: the pull that suits the network's many would be too much."""


def right_lines(count: int, seed: int) -> list[SeenLine]:
    """Lines of a hand that the network reads well."""
    back = {1: 2, 2: 1}
    return [
        SeenLine(line.features, line.logs, tuple(back.get(c, c) for c in line.classes))
        for line in hand_lines(count, seed)
    ]


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


def test_many_lines_share_their_steps_as_each_does_alone() -> None:
    lines = hand_lines(40, 8)
    logs, targets = [line.logs for line in lines], [line.classes for line in lines]
    together, shares = shares_of(logs, targets)
    for place in (0, 31, 32, 39):
        (loss,), (slope,) = ctc_loss([logs[place]], [targets[place]])
        assert -together[place] == pytest.approx(loss)
        np.testing.assert_allclose(np.exp(logs[place]) - shares[place], slope, atol=1e-5)


@pytest.mark.parametrize("count", [4, 16, 64])
def test_a_hand_is_learned_from_few_lines(count: int) -> None:
    lines, others = hand_lines(count, 1), hand_lines(40, 2)
    outcome = learned(lines, QUICK)
    assert (outcome.kept, outcome.learned_from, outcome.held_back) == (True, count, count)
    assert outcome.cer_after < outcome.cer_before
    assert error_rate(others, outcome.hand) < 0.3 * error_rate(others)


def test_the_matrix_and_the_shapes_each_help_alone() -> None:
    hand, others = fitted(hand_lines(24, 1), QUICK), hand_lines(40, 2)
    nothing = no_correction(WIDTH, CLASSES).delta
    for alone in (Hand(hand.delta), Hand(nothing, hand.shapes)):
        assert error_rate(others, alone) < 0.7 * error_rate(others)


def test_learning_gives_the_same_twice() -> None:
    lines = hand_lines(12, 3)
    one, two = fitted(lines, QUICK), fitted(lines, QUICK)
    np.testing.assert_array_equal(one.delta, two.delta)


def test_the_matrix_is_the_likeliest_under_its_pull() -> None:
    lines = hand_lines(6, 3)
    pace = Pace(rounds=40, moves=60, pull=5.0)
    best = fitted(lines, pace).delta
    seen = np.concatenate([adapt.with_neighbours(line.features) for line in lines])
    spread = np.mean(np.square(seen), axis=0) + 1e-3

    def cost(delta: NDArray[Any]) -> float:
        logs = [normalised(line.logs + adapt.with_neighbours(line.features) @ delta.T) for line in lines]
        told = shares_of(logs, [line.classes for line in lines])[0]
        return float(-told.sum() + 0.5 * pace.pull * (np.square(delta) * spread).sum())

    rng = np.random.default_rng(1)
    for _ in range(20):
        nudge = rng.normal(size=best.shape).astype(np.float32) * 0.01 / np.sqrt(spread)
        assert cost(best) < cost(best + nudge)


def test_the_pull_holds_the_correction_small() -> None:
    lines = hand_lines(12, 3)
    assert fitted(lines, Pace(pull=1000.0)).size < 0.5 * fitted(lines, Pace(pull=1.0)).size


def test_letters_of_one_base_or_mark_learn_together() -> None:
    letters = "aáeéx"
    kin = kinship(letters)
    together = kin.axes @ np.diag(kin.reach) @ kin.axes.T
    np.testing.assert_allclose(together, together.T, atol=1e-5)
    assert together[1, 2] == pytest.approx(0.5, abs=1e-4) and together[2, 4] == pytest.approx(0.5, abs=1e-4)
    assert together[1, 4] == pytest.approx(0.0, abs=1e-4) and together[0, 1:] == pytest.approx(np.zeros(5), abs=1e-4)


def test_learning_that_makes_unseen_lines_worse_is_dropped() -> None:
    rng = np.random.default_rng(4)
    lines = []
    for line in right_lines(40, 4):
        typed = list(line.classes)
        typed[rng.integers(len(typed))] = int(rng.integers(1, CLASSES))
        lines.append(SeenLine(line.features, line.logs, tuple(typed)))
    # Hardly drawn back, and trusting each confirmed step wholly: it learns the typing errors.
    outcome = learned(lines, Pace(pull=1e-3, doubt=1e-4, shapes_from=1))
    assert outcome.cer_after > outcome.cer_before and not outcome.kept


def test_a_hand_gives_way_only_to_one_that_reads_the_newest_lines_as_well() -> None:
    newest = hand_lines(8, 5)
    good = learned(hand_lines(32, 4), QUICK).hand
    assert good is not None and error_rate(newest, good) == 0.0
    # Learned from another hand for the most part.
    assert not learned([*right_lines(40, 7), *newest], QUICK, before=good, fresh=8).kept
    assert learned([*hand_lines(40, 7), *newest], QUICK, before=good, fresh=8).kept


def test_a_hand_that_new_lines_speak_against_is_forgotten() -> None:
    bad = learned(hand_lines(16, 4), QUICK).hand
    assert bad is not None
    # The book goes on in a hand that the network reads well, and half of what is new was confirmed with other texts.
    rng = np.random.default_rng(3)
    lines = [
        SeenLine(
            line.features, line.logs, tuple(int(c) for c in rng.permutation(line.classes)) if at % 2 else line.classes
        )
        for at, line in enumerate(right_lines(40, 6))
    ]
    outcome = learned(lines, Pace(pull=1e-3, doubt=1e-4, shapes_from=1), before=bad, fresh=40)
    assert not outcome.kept and outcome.forgets and outcome.hand_after(bad) is None
    assert learned(hand_lines(16, 8), QUICK, before=bad, fresh=16).hand_after(bad) is not None


@pytest.mark.parametrize("count", [16, 64])
def test_one_wrong_text_in_ten_does_no_harm(count: int) -> None:
    rng, others = np.random.default_rng(count), hand_lines(40, 2)
    lines = hand_lines(count, 5)
    for place in range(0, count, 10):
        typo = [int(c) if rng.random() > 0.3 else int(rng.integers(1, CLASSES)) for c in lines[place].classes]
        other = lines[(place + 3) % count].classes
        lines[place] = SeenLine(lines[place].features, lines[place].logs, other if place % 20 else tuple(typo))
    outcome = learned(lines, QUICK)
    assert outcome.kept and error_rate(others, outcome.hand) < 0.4 * error_rate(others)
    # A hand that the network reads well already is not spoiled either.
    plain = [SeenLine(line.features, line.logs, line.classes) for line in right_lines(count, 6)]
    for place in range(0, count, 10):
        plain[place] = SeenLine(plain[place].features, plain[place].logs, plain[(place + 3) % count].classes)
    assert error_rate(right_lines(40, 9), learned(plain, QUICK).hand) <= 0.01


def test_a_line_with_the_text_of_another_is_not_believed() -> None:
    lines = right_lines(12, 6)
    lines[3] = SeenLine(lines[3].features, lines[3].logs, tuple(c % 4 + 1 for c in lines[3].classes))
    assert [place for place, fine in enumerate(believable(lines)) if not fine] == [3]


def test_no_line_chooses_what_it_is_judged_by() -> None:
    errors = np.array([[0.0, 9.0, 0.0, 9.0], [5.0, 1.0, 5.0, 1.0]])
    loss = np.array([[1.0, 50.0, 1.0, 50.0], [20.0, 2.0, 20.0, 2.0]])
    # Lines 0 and 2 (fold 0) are judged by what lines 1 and 3 find best, and the other way round.
    assert errors_of_choice(errors, loss, np.array([0, 1, 0, 1])).tolist() == [5.0, 9.0, 5.0, 9.0]


def test_too_few_lines_teach_nothing() -> None:
    assert not learned(hand_lines(3, 1)).kept


def test_a_text_longer_than_its_line_is_left_out() -> None:
    line = hand_lines(1, 1)[0]
    assert not SeenLine(line.features, line.logs, (1,) * 40).can_be_spelled
    with pytest.raises(ValueError):
        fitted([SeenLine(line.features, line.logs, (1,) * 40)], Pace())


def test_no_correction_changes_nothing() -> None:
    line = hand_lines(1, 1)[0]
    corrected = no_correction(WIDTH, CLASSES).corrected(line.logs, line.features)
    np.testing.assert_allclose(corrected, line.logs, atol=1e-6)


def test_a_text_of_one_class_many_times_is_spelled_by_its_classes() -> None:
    assert adapt.spelled_by(np.log(np.eye(CLASSES, dtype=np.float32)[[1, 0, 1, 4]] + 1e-6)) == (1, 1, 4)
