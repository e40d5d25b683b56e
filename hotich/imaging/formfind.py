"""Which form a page is printed on: by its printed words and their places, the grid of its lines, its proportions."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from hotich.forms.formspec import FormSpec
from hotich.imaging.anchors import (
    FormWord,
    fit_words,
    form_words,
    pairs_of,
    similar_keys,
    similarity,
    word_key,
)
from hotich.imaging.fit_coarse import fit_pattern
from hotich.imaging.grid import PageLines
from hotich.values import Word

READABLE = 0.6
"""The share of a form's printed words that is read on a good page; handwriting and stamps cover some."""

SPATIAL_CANDIDATES = 5
"""Only the best forms by vocabulary are laid on the page: the rest cannot catch up."""

MANY_LINES = 10
"""With this many long lines on the page their pattern says as much as its words do."""


@dataclass(frozen=True, slots=True)
class FormGuess:
    """One candidate form with its confidence 0-1 and the reasons as message keys `form-by-...`."""

    form_id: str
    confidence: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Evidence:
    """Shares 0-1 for one form: words of its own that were read, words in their place, lines, heading, proportions."""

    vocabulary: float
    in_place: float
    lines: float
    heading: float
    proportions: float


def rank_forms(words: Sequence[Word], page_lines: PageLines, candidates: Sequence[FormSpec]) -> tuple[FormGuess, ...]:
    """The candidates, likeliest first. `words` and `page_lines` are in pixels of the same clean page.

    Confidence says how likely this form is the page's form at all, lowered where another candidate is nearly as good.
    """
    expected = {form.id: form_words(form) for form in candidates}
    rarity = _rarity(list(expected.values()))
    read = Counter(key for word in words if (key := word_key(word.text)))
    vocabulary = {form.id: _vocabulary(expected[form.id], read, rarity) for form in candidates}
    close = sorted(candidates, key=lambda form: -vocabulary[form.id])[:SPATIAL_CANDIDATES]
    scored = []
    for form in candidates:
        placed = _in_place(form, expected[form.id], words, page_lines) if form in close else 0.0
        pattern = fit_pattern(form, page_lines)
        lines = pattern.share if pattern is not None else 0.0
        evidence = _Evidence(vocabulary[form.id], placed, lines, _heading(form, read), _proportions(form, page_lines))
        scored.append((_score(evidence, page_lines), form, evidence))
    scored.sort(key=lambda one: -one[0])
    return tuple(_guess(rank, scored) for rank in range(len(scored)))


def _rarity(all_words: Sequence[Sequence[FormWord]]) -> dict[str, float]:
    """For every printed word how much it tells the candidates apart; with one candidate all words tell alike."""
    forms = [Counter(word.key for word in words) for words in all_words]
    known = {key for counts in forms for key in counts}
    if len(forms) == 1:
        return dict.fromkeys(known, 1.0)
    return {key: math.log(1.15 * len(forms) / sum(key in counts for counts in forms)) + 0.1 for key in known}


def _vocabulary(expected: Sequence[FormWord], read: Counter[str], rarity: dict[str, float]) -> float:
    """The share of the form's words that were read, rare and long ones counting more."""
    counts = Counter(word.key for word in expected if len(word.key) > 1)
    alike = similar_keys(set(counts), set(read))
    found = total = 0.0
    for key, count in counts.items():
        weight = rarity[key] * min(len(key), 6) * math.sqrt(count)
        seen = sum(read[other] * likeness**2 for other, likeness in alike[key])
        total += weight
        found += weight * min(1.0, seen / count)
    return found / total if total else 0.0


def _in_place(form: FormSpec, expected: Sequence[FormWord], words: Sequence[Word], page: PageLines) -> float:
    """The share of the form's words that stand where one fit of the form puts them."""
    fit = fit_words(pairs_of(expected, words), form, (page.width, page.height))
    return 0.0 if fit is None else min(1.0, fit.count / (READABLE * max(len(expected), 1)))


def _heading(form: FormSpec, read: Counter[str]) -> float:
    """The best share of one of the form's headings, its printed code among them, that was read."""
    shares = [0.0]
    code = word_key(form.form_code)
    if len(code) >= 6:
        shares.append(max((similarity(code, key) for key in read), default=0.0))
    for line in form.heading:
        keys = [key for part in line.split() if (key := word_key(part))]
        hits = sum(max((similarity(key, other) for other in read), default=0.0) for key in keys)
        shares.append(hits / len(keys) if keys else 0.0)
    return max(shares)


def _proportions(form: FormSpec, page: PageLines) -> float:
    """1 where the picture is shaped like the page, falling to 0 at a third more or less; cut edges cost little."""
    ratio = (page.width / page.height) / (form.page_width / form.page_height)
    return max(0.0, 1.0 - (math.log(ratio) / math.log(1.33)) ** 2)


def _score(evidence: _Evidence, page: PageLines) -> float:
    line_weight = 0.35 * min(1.0, (len(page.across) + len(page.upright)) / MANY_LINES)
    words = 0.35 * evidence.vocabulary / READABLE + 0.35 * evidence.in_place + 0.1 * evidence.heading
    total = min(words, 0.8) + line_weight * evidence.lines + 0.1 * evidence.proportions
    return min(1.0, total / (0.9 + line_weight))


def _guess(rank: int, scored: list[tuple[float, FormSpec, _Evidence]]) -> FormGuess:
    score, form, evidence = scored[rank]
    rival = max((other for k, (other, _, _) in enumerate(scored) if k != rank), default=0.0)
    ahead = min(1.0, max(0.0, (score - rival) / 0.12))
    confidence = min(1.0, 1.5 * score) * (0.45 + 0.55 * ahead)
    reasons = [
        f"form-by-{name}"
        for name, share in (
            ("words", max(evidence.vocabulary, evidence.in_place)),
            ("lines", evidence.lines),
            ("heading", evidence.heading),
            ("proportions", evidence.proportions),
        )
        if share >= 0.3
    ]
    return FormGuess(form.id, round(confidence, 3), tuple(reasons))
