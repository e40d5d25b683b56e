"""Printed words as anchors: which words of a form stand where on a page, and the first rough fit they give.

Type faces differ from printer to printer, so a word's width is only estimated: every position along a text is kept as
a base (where the text is anchored) and a reach (how far from it in estimated millimetres), and the page tells by what
factor its letters are wider or narrower.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from hotich.forms.formspec import Align, FormSpec, PrintedText, Scope
from hotich.text import fold
from hotich.values import Word

Floats = NDArray[np.float64]

POINT_MM = 25.4 / 72.0
LEAST_SIMILAR = 0.74
"""Below this two words are not the same word misread."""

_NARROW = frozenset("iljt.,:;'!|()-/I ")
_WIDE = frozenset("mwMW")
_HANGING = frozenset("gjpqyQ,;ạặậẹệịọộợụựỵẠẶẬẸỆỊỌỘỢỤỰỴ()")
DESCENT = 0.2
"""How far hanging letters and dots below reach under the baseline, as a share of the type size."""


@dataclass(frozen=True, slots=True)
class FormWord:
    """A printed word in form millimetres: `base` + factor * `reach` is its middle, `bottom` its lower edge."""

    key: str
    base: float
    reach: float
    half: float
    """Half the word's width."""
    bottom: float
    size: float
    """Type size in millimetres."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Words of the form and words of the page that may be the same, one row each."""

    form: Floats
    """base, reach, bottom in millimetres."""
    page: Floats
    """Middle and lower edge in pixels."""
    weight: Floats
    """Longer, rarer and better read words count more."""
    form_index: NDArray[np.int64]
    page_index: NDArray[np.int64]


def form_words(form: FormSpec) -> tuple[FormWord, ...]:
    """Every printed word of the form that has a letter or digit, entries repeated as they stand on the page."""
    found: list[FormWord] = []
    for text in form.texts:
        origins = [(0.0, 0.0)] if text.scope is Scope.PAGE else [form.grid.origin(k) for k in range(form.grid.count)]
        for dx, dy in origins:
            found += _words_of(text, dx, dy)
    return tuple(found)


def _words_of(text: PrintedText, dx: float, dy: float) -> list[FormWord]:
    size = text.size * POINT_MM
    widths = [_advance(letter, text.bold) * size for letter in text.text]
    total = sum(widths)
    start = {Align.LEFT: 0.0, Align.CENTER: -total / 2.0, Align.RIGHT: -total}[text.align]
    found, place = [], 0
    for word in text.text.split():
        first = text.text.index(word, place)
        place = first + len(word)
        left, right = start + sum(widths[:first]), start + sum(widths[:place])
        key = word_key(word)
        if key:
            bottom = text.y + dy + (DESCENT * size if any(letter in _HANGING for letter in word) else 0.0)
            found.append(FormWord(key, text.x + dx, (left + right) / 2.0, (right - left) / 2.0, bottom, size))
    return found


def _advance(letter: str, bold: bool) -> float:
    """A letter's width in a serif face as a share of the type size."""
    if letter in _NARROW:
        width = 0.28
    elif letter in _WIDE:
        width = 0.82
    else:
        width = 0.68 if letter.isupper() else 0.48
    return width * (1.06 if bold else 1.0)


@lru_cache(maxsize=20_000)
def word_key(text: str) -> str:
    """The word without marks, case and signs: what a misread mark or a stray dot leaves equal."""
    return "".join(letter for letter in fold(text) if letter.isalnum())


@lru_cache(maxsize=60_000)
def similarity(first: str, second: str) -> float:
    """0 to 1 for two word keys; 0 where they are too different to be one word misread."""
    if first == second:
        return 1.0
    shorter, longer = sorted((len(first), len(second)))
    if shorter < 3 or 2.0 * shorter / (shorter + longer) < LEAST_SIMILAR:
        return 0.0
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if matcher.quick_ratio() < LEAST_SIMILAR:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= LEAST_SIMILAR else 0.0


def similar_keys(form_keys: set[str], page_keys: set[str]) -> dict[str, list[tuple[str, float]]]:
    """For every form key the page keys it may have been read as, with their similarity."""
    return {
        key: [(other, alike) for other in page_keys if (alike := similarity(key, other)) > 0.0] for key in form_keys
    }


def pairs_of(expected: Sequence[FormWord], words: Sequence[Word]) -> Pairs:
    """Every pair of a form word and a page word that read alike."""
    by_key: dict[str, list[int]] = defaultdict(list)
    for index, word in enumerate(words):
        by_key[word_key(word.text)].append(index)
    by_key.pop("", None)
    alike = similar_keys({printed.key for printed in expected}, set(by_key))
    counts: dict[str, int] = defaultdict(int)
    for printed in expected:
        counts[printed.key] += 1
    rows: list[tuple[float, ...]] = []
    for form_index, printed in enumerate(expected):
        place = (printed.base, printed.reach, printed.bottom)
        for other, likeness in alike[printed.key]:
            rare = float(np.sqrt(counts[printed.key] * len(by_key[other])))
            for page_index in by_key[other]:
                read = words[page_index]
                weight = _pair_weight(printed.key, likeness, read.confidence) / rare
                rows.append((*place, (read.left + read.right) / 2.0, read.bottom, weight, form_index, page_index))
    table = np.array(rows, np.float64).reshape(-1, 8)
    return Pairs(table[:, :3], table[:, 3:5], table[:, 5], table[:, 6].astype(np.int64), table[:, 7].astype(np.int64))


def _pair_weight(key: str, likeness: float, confidence: float) -> float:
    length = min(len(key), 6) / 4.0
    return length * likeness**2 * (0.3 + 0.7 * confidence)


@dataclass(frozen=True, slots=True)
class WordFit:
    """An affine fit (2 x 3) of form millimetres to page pixels, the page's letter widths over the estimated ones, and
    how many words agree with it."""

    matrix: Floats
    letter_factor: float
    count: int


TRIES = 3000
TOLERANCE_MM = 5.0
LEAN = 0.09
"""A cleaned page leans by less than this (about five degrees)."""


def fit_words(pairs: Pairs, form: FormSpec, page_size: tuple[int, int]) -> WordFit | None:
    """The affine fit on which most paired words agree, or None when fewer than three do.

    `page_size` is width, height of the page picture in pixels; it bounds the scale.
    """
    if len(pairs.weight) < 3:
        return None
    at = np.column_stack([pairs.form[:, 0] + pairs.form[:, 1], pairs.form[:, 2]])
    moves = _lawful_moves(at, pairs, form, page_size)
    if not len(moves):
        return None
    best = moves[int(np.argmax(_agreement(moves, at, pairs)))]
    matrix = np.array([[best[0], -best[1], best[2]], [best[1], best[0], best[3]]])
    factor = 1.0
    for tolerance in (TOLERANCE_MM, 4.0, 3.0):
        chosen = _agreeing(matrix, at, pairs, tolerance)
        if len(chosen) < 3:
            return None
        matrix, factor = _settled(pairs, chosen, factor)
        at = np.column_stack([pairs.form[:, 0] + factor * pairs.form[:, 1], pairs.form[:, 2]])
    chosen = _agreeing(matrix, at, pairs, 3.0)
    return WordFit(matrix, factor, len(chosen))


def _lawful_moves(at: Floats, pairs: Pairs, form: FormSpec, page_size: tuple[int, int]) -> Floats:
    """Similarity moves (a, b, tx, ty) from pairs of pairs, those that lie as a cleaned page may lie."""
    random = np.random.default_rng(20)
    chance = pairs.weight / pairs.weight.sum()
    first = random.choice(len(chance), TRIES, p=chance)
    second = random.choice(len(chance), TRIES, p=chance)
    source = (at[second] - at[first]) @ np.array([1.0, 1.0j])
    target = (pairs.page[second] - pairs.page[first]) @ np.array([1.0, 1.0j])
    usable = np.abs(source) > 0.12 * form.page_width
    first, source, target = first[usable], source[usable], target[usable]
    turn = target / source
    guess = min(page_size[0] / form.page_width, page_size[1] / form.page_height)
    lawful = (np.abs(turn.imag) < LEAN * turn.real) & (turn.real > 0.45 * guess) & (turn.real < 1.5 * guess)
    first, turn = first[lawful], turn[lawful]
    shift = pairs.page[first] @ np.array([1.0, 1.0j]) - turn * (at[first] @ np.array([1.0, 1.0j]))
    centre = turn * complex(form.page_width / 2, form.page_height / 2) + shift
    inside = (np.abs(centre.real / page_size[0] - 0.5) < 0.35) & (np.abs(centre.imag / page_size[1] - 0.5) < 0.35)
    return np.asarray(np.column_stack([turn.real, turn.imag, shift.real, shift.imag])[inside], np.float64)


def _agreement(moves: Floats, at: Floats, pairs: Pairs) -> Floats:
    """The weight of pairs that each move brings together."""
    z, page = at @ np.array([1.0, 1.0j]), pairs.page @ np.array([1.0, 1.0j])
    totals = np.zeros(len(moves))
    for start in range(0, len(moves), 256):
        block = moves[start : start + 256]
        turn, shift = block[:, 0] + 1j * block[:, 1], block[:, 2] + 1j * block[:, 3]
        miss = np.abs(turn[:, None] * z[None] + shift[:, None] - page[None]) / np.abs(turn)[:, None]
        totals[start : start + 256] = np.clip(1.0 - (miss / TOLERANCE_MM) ** 2, 0.0, None) @ pairs.weight
    return totals


def _agreeing(matrix: Floats, at: Floats, pairs: Pairs, tolerance_mm: float) -> NDArray[np.int64]:
    """Pairs within the tolerance, the nearest one for each form word and each page word."""
    scale = float(np.sqrt(abs(np.linalg.det(matrix[:, :2]))))
    miss = np.hypot(*(at @ matrix[:, :2].T + matrix[:, 2] - pairs.page).T) / scale
    return nearest_pairs(miss, pairs, tolerance_mm)


def nearest_pairs(miss_mm: Floats, pairs: Pairs, tolerance_mm: float) -> NDArray[np.int64]:
    """Rows of `pairs` that miss by less than the tolerance, each form word and each page word once, best first."""
    taken_form: set[int] = set()
    taken_page: set[int] = set()
    chosen = []
    for row in np.argsort(miss_mm):
        if miss_mm[row] > tolerance_mm:
            break
        form_index, page_index = int(pairs.form_index[row]), int(pairs.page_index[row])
        if form_index not in taken_form and page_index not in taken_page:
            taken_form.add(form_index)
            taken_page.add(page_index)
            chosen.append(int(row))
    return np.array(chosen, np.int64)


HOLD = 1e4
"""Squared millimetres: a word is off by about 1 mm, a cleaned page's two scales and its angles by about 1 %."""


def _settled(pairs: Pairs, chosen: NDArray[np.int64], factor: float) -> tuple[Floats, float]:
    """Least squares over the chosen pairs: the affine fit, held near a similarity, and the factor of letter widths.

    The factor is solved with the fit, because a page whose texts all begin at one margin tells them apart only by the
    scale from top to bottom.
    """
    form, page, weight = pairs.form[chosen], pairs.page[chosen], pairs.weight[chosen] / pairs.weight[chosen].mean()
    at = np.column_stack([form[:, 0] + factor * form[:, 1], form[:, 2]])
    turn = _similar_turn(at, page, weight)
    spread = np.column_stack([form[:, 0], form[:, 2], form[:, 1]])
    sideways = _held(spread, page[:, 0], weight, (turn.real, -turn.imag, turn.real))
    down = _held(at, page[:, 1], weight, (turn.imag, turn.real))
    new_factor = float(np.clip(sideways[2] / sideways[0], 0.75, 1.35))
    return np.array([[sideways[0], sideways[1], sideways[3]], [down[0], down[1], down[2]]]), new_factor


def _similar_turn(at: Floats, page: Floats, weight: Floats) -> complex:
    """Scale and turn of the least-squares similarity, most of it told by how words stand below one another."""
    unit = np.array([1.0, 1.0j])
    z = (at - np.average(at, axis=0, weights=weight)) @ unit
    q = (page - np.average(page, axis=0, weights=weight)) @ unit
    return complex((weight * q * z.conj()).sum() / (weight * np.abs(z) ** 2).sum())


def _held(columns: Floats, values: Floats, weight: Floats, near: tuple[float, ...]) -> Floats:
    """Slopes held near `near`, then the constant: weighted least squares. The last of three slopes is held loosely."""
    middle = np.average(columns, axis=0, weights=weight)
    rows = columns - middle
    mean = float(np.average(values, weights=weight))
    hold = np.diag([HOLD, HOLD, 0.01 * HOLD][: len(near)])
    prior = np.array(near)
    normal = rows.T @ (rows * weight[:, None]) + hold
    slopes = np.linalg.solve(normal, rows.T @ ((values - mean) * weight) + hold @ prior)
    return np.append(slopes, mean - slopes @ middle)
