"""Laying a form on a page: a rough fit from printed words, the line pattern or the outline, then line by line, then
bent where the paper is bent. The fit is made on the clean page; what is handed out is in pixels of the original."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from hotich.forms.formspec import FormSpec, Rect
from hotich.imaging.anchors import FormWord, Pairs, fit_words, form_words, nearest_pairs, pairs_of, word_key
from hotich.imaging.clean import CleanPage
from hotich.imaging.fit_coarse import fit_outline, fit_pattern, form_pattern
from hotich.imaging.fit_ends import free_ends, look_for_ends
from hotich.imaging.fit_field import (
    Fit,
    Floats,
    Sightings,
    Softness,
    applied,
    bent,
    best_homography,
    flat_fit,
)
from hotich.imaging.fit_ink import all_regions, entry_fits
from hotich.imaging.fit_lines import LineSamples, Sheet, line_samples, line_support, look_for, sheet_of
from hotich.imaging.geometry import Homography, as_matrix, homography, inverse, scaled
from hotich.imaging.grid import DarkMap, dark_map, find_lines
from hotich.values import PlacedBy, Placement, Quad, Region, Word

PIXELS_A_MM = 5.5
"""Of the view the fit is made on: a ruling of 0.25 mm is more than a pixel wide."""

WORD_SIGMA_MM = 0.55
"""How well a printed word says where it stands, compared with a line's LINE_SIGMA_MM."""

LINE_SIGMA_MM = 0.2


@dataclass(frozen=True, slots=True)
class EntryFit:
    """One entry of a page: whether anything is written in it, and where its fields stand, in original pixels."""

    entry: int
    filled: bool
    regions: tuple[Region, ...]


@dataclass(frozen=True, slots=True)
class PageFit:
    """A form laid on a page. `residual_mm` is the misfit of words and lines, `confidence` 0-1 that it lies right."""

    placement: Placement
    residual_mm: float
    confidence: float
    entries: tuple[EntryFit, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """One pass: how far lines and words are looked for, and how soft the paper may be."""

    window_mm: float
    word_mm: float
    softness: Softness
    leaders: bool = True
    """Whether leaders and the ends of lines are looked for: where they are must be known roughly first."""


STAGES = (
    Stage(5.0, 6.0, Softness(200.0, 5.0, 1.6), False),
    Stage(3.0, 4.0, Softness(20.0, 3.0, 0.9)),
    Stage(2.0, 3.0, Softness(2.0, 2.0, 0.7)),
    Stage(1.5, 2.5, Softness(0.4, 1.5, 0.5)),
)
"""From a plane that may be off by half a row to paper that may curl at the spine."""


LINE_SHARES = (0.6, 0.93)
"""Of a form's line samples beyond chance: another form of its years shows up to 0.8, the right one 0.95 and more."""

WORD_SHARES = (0.3, 0.7)
"""Of a form's printed words: another form of the same years shows up to 0.5, the right one 0.8 and more."""

WELL_READ = 0.7
"""Words read with less confidence say nothing against a form that does not have them."""

MANY_SAMPLES = 150
"""With this many samples on solid lines (three quarters of a metre of them) chance is no worry."""

BEND_MM = 6.0
"""Paper that seems to bend by so much from a plane is more likely a wrong fit."""

END_MM = 2.0
"""Ends of lines are looked for this much farther away than lines: bare paper beyond them cannot be mistaken."""

CLICK_MM = 5.0
"""A fit that leaves the clicked corners by more than this followed the wrong lines."""

CLICK_STAGES = (
    Stage(3.0, 3.0, Softness(200.0, 3.0, 1.2)),
    Stage(2.0, 3.0, Softness(5.0, 2.0, 0.7)),
    Stage(1.5, 2.5, Softness(0.4, 1.5, 0.5)),
)


@dataclass(frozen=True, slots=True)
class _Page:
    """What the fit is made from, in pixels of a reduced view of the clean page."""

    form: FormSpec
    darkness: DarkMap
    samples: LineSamples
    words: tuple[FormWord, ...]
    pairs: Pairs
    words_read: int
    ends: Floats


@dataclass(frozen=True, slots=True)
class Judged:
    """A fit and how well the page bears it out."""

    fit: Fit
    residual_mm: float
    confidence: float


def register(clean: CleanPage, form: FormSpec, words: Sequence[Word], *, page_id: str = "") -> PageFit:
    """The form laid on the clean page by its printed words and lines. Never fails: a bad fit has a low confidence."""
    darkness, factor = dark_map(clean.picture, _view_px(clean, form))
    expected = form_words(form)
    pairs = pairs_of(expected, [_shrunk(word, factor) for word in words])
    page = _Page(form, darkness, line_samples(form), expected, pairs, _well_read(words), free_ends(form))
    # Which start is right shows while the paper is still taken for flat; only that one is followed into its bends.
    flat = [_followed(page, start, STAGES[:2]) for start in _starts(page, clean, factor)]
    best = _followed(page, max(flat, key=lambda one: one.confidence).fit, STAGES[2:])
    return _page_fit(page, best, clean.to_original @ inverse(scaled(factor)), page_id)


def register_by_corners(
    clean_or_size: CleanPage | tuple[int, int], form: FormSpec, corners: Quad, *, page_id: str = ""
) -> PageFit:
    """The form laid on a page by four clicks, `corners` in original pixels: those of `corner_rectangle(form)`.

    With the clean page the lines near the clicks are followed and filled entries told; with only the size (width,
    height) of the original the form is laid flat and every entry counts as filled. A person placed it: confidence 1.
    """
    rect = corner_rectangle(form)
    ends = [(rect.x, rect.y), (rect.x + rect.w, rect.y), (rect.x + rect.w, rect.y + rect.h), (rect.x, rect.y + rect.h)]
    on_original = homography(ends, corners.points)
    if isinstance(clean_or_size, tuple):
        return _laid_flat(form, on_original, page_id)
    clean = clean_or_size
    darkness, factor = dark_map(clean.picture, _view_px(clean, form))
    to_original = clean.to_original @ inverse(scaled(factor))
    page = _Page(form, darkness, line_samples(form), form_words(form), pairs_of((), ()), 0, free_ends(form))
    clicked = flat_fit(inverse(to_original) @ on_original, form)
    followed = _followed(page, clicked, CLICK_STAGES)
    drift = np.hypot(*(followed.fit.moved(np.array(ends)) - applied(_back(followed.fit, clicked), np.array(ends))).T)
    best = followed if drift.max() <= CLICK_MM else judged(page, clicked)
    return _page_fit(page, replace(best, confidence=1.0), to_original, page_id, PlacedBy.FOUR_CLICKS)


def corner_rectangle(form: FormSpec) -> Rect:
    """What the four clicks of `register_by_corners` mark, in form millimetres.

    The outermost rectangle of the ruled table where long lines frame one, else the whole page.
    """
    levels, uprights = form_pattern(form, False), form_pattern(form, True)
    wide = levels.at[levels.length > 0.6 * form.page_width]
    tall = uprights.at[uprights.length > 0.4 * form.page_height]
    if len(wide) < 2 or len(tall) < 2:
        return Rect(0.0, 0.0, form.page_width, form.page_height)
    return Rect(float(tall[0]), float(wide[0]), float(tall[-1] - tall[0]), float(wide[-1] - wide[0]))


def _back(followed: Fit, clicked: Fit) -> Homography:
    """From form millimetres as clicked to those of the followed fit before its field."""
    return np.asarray(inverse(followed.matrix) @ clicked.matrix, np.float64)


def _laid_flat(form: FormSpec, on_original: Homography, page_id: str) -> PageFit:
    """Every region by the homography alone, for a page whose picture is not at hand."""
    fit = flat_fit(on_original, form)
    regions = all_regions(fit, form, np.eye(3), (page_id, 0.0))
    entries = tuple(EntryFit(entry, True, found) for entry, found in enumerate(regions))
    return PageFit(Placement(form.id, as_matrix(on_original), 0.0, 1.0, PlacedBy.FOUR_CLICKS), 0.0, 1.0, entries)


def _view_px(clean: CleanPage, form: FormSpec) -> int:
    """The longer side of the view that the fit is made on; no larger than the picture."""
    return int(min(max(clean.picture.shape[:2]), round(PIXELS_A_MM * max(form.page_width, form.page_height))))


def _well_read(words: Sequence[Word]) -> int:
    """How many words were read so well that, were they the form's, they would be known: not noise, not scribble."""
    return sum(word.confidence >= WELL_READ and len(word_key(word.text)) > 1 for word in words)


def _shrunk(word: Word, factor: float) -> Word:
    ends = (word.left * factor, word.top * factor, word.right * factor, word.bottom * factor)
    return Word(word.text, *ends, word.confidence)


def _starts(page: _Page, clean: CleanPage, factor: float) -> list[Fit]:
    """Rough fits worth following: by words, by the line pattern, and by the outline when neither gave one."""
    height, width = page.darkness.shape
    starts = []
    by_words = fit_words(page.pairs, page.form, (width, height))
    if by_words is not None:
        starts.append(flat_fit(by_words.matrix, page.form, by_words.letter_factor))
    by_lines = fit_pattern(page.form, find_lines(clean.picture))
    if by_lines is not None:
        starts.append(flat_fit(by_lines.matrix * factor, page.form))
    if not starts:
        starts.append(flat_fit(fit_outline(page.form, width, height), page.form))
    return starts


def _followed(page: _Page, start: Fit, stages: Sequence[Stage]) -> Judged:
    """The fit after these stages, judged on the page drawn back by it."""
    fit = start
    for stage in stages:
        sheet = sheet_of(page.darkness, fit, page.form)
        seen = _seen(page, sheet, fit, stage)
        if len(seen.offset) >= 4:
            fit = bent(fit, seen, stage.softness)
    return judged(page, fit)


def _seen(page: _Page, sheet: Sheet, fit: Fit, stage: Stage) -> Sightings:
    samples = page.samples if stage.leaders else page.samples.of(page.samples.solid)
    lines, _ = look_for(sheet, samples, fit, stage.window_mm)
    both = lines.joined(_seen_words(page, fit, stage.word_mm)[0])
    return (
        both.joined(look_for_ends(sheet.darkness, page.ends, fit, stage.window_mm + END_MM)) if stage.leaders else both
    )


def _seen_words(page: _Page, fit: Fit, reach_mm: float) -> tuple[Sightings, int]:
    """Sightings of the form's words near where the fit expects them, and how many words those are."""
    pairs = page.pairs
    at = np.column_stack([pairs.form[:, 0] + fit.letter_factor * pairs.form[:, 1], pairs.form[:, 2]])
    if not len(at):
        return Sightings(np.zeros((0, 2)), np.zeros(0, np.int64), np.zeros(0), np.zeros(0)), 0
    shown = applied(inverse(fit.matrix), pairs.page) - at
    miss = np.hypot(*(at + shown - fit.moved(at)).T)
    chosen = nearest_pairs(miss, pairs, reach_mm)
    at, shown = at[chosen], shown[chosen]
    sigma_x = WORD_SIGMA_MM + 0.05 * np.abs(pairs.form[chosen, 1])
    weights = np.concatenate([(LINE_SIGMA_MM / sigma_x) ** 2, np.full(len(at), (LINE_SIGMA_MM / WORD_SIGMA_MM) ** 2)])
    axis = np.repeat(np.array([0, 1], np.int64), len(at))
    return Sightings(np.vstack([at, at]), axis, np.concatenate([shown[:, 0], shown[:, 1]]), weights * 3.0), len(at)


def judged(page: _Page, fit: Fit) -> Judged:
    """How well the page bears the fit out: lines where they should be beyond chance, words where they should be."""
    sheet = sheet_of(page.darkness, fit, page.form)
    lines, _ = look_for(sheet, page.samples, fit, 1.0)
    found, count = _seen_words(page, fit, 2.5)
    both = lines.joined(found)
    residual = _spread(np.abs(both.left_over(fit)), both.weight) if len(both.offset) else 9.9
    bend = float(np.sqrt((fit.field**2).mean()))
    trust = _support(page, sheet, count) * np.exp(-((residual / 2.0) ** 2) - (bend / BEND_MM) ** 2)
    return Judged(fit, residual, round(float(np.clip(trust, 0.0, 1.0)), 3))


def _support(page: _Page, sheet: Sheet, words_found: int) -> float:
    """0-1 by how many of the form's words and lines are there; each counts as far as the page can tell of it."""
    there, by_chance = line_support(sheet, page.samples)
    lines = _ramp((there - by_chance) / max(1.0 - by_chance, 0.2), LINE_SHARES)
    words = _ramp(words_found / max(len(page.words), 1), WORD_SHARES)
    lines_tell = min(1.0, float(page.samples.solid.sum()) / MANY_SAMPLES)
    words_tell = min(1.0, page.words_read / max(0.6 * len(page.words), 6.0))
    told = lines_tell + words_tell
    return (lines * lines_tell + words * words_tell) / max(told, 0.8)


def _ramp(value: float, ends: tuple[float, float]) -> float:
    return float(np.clip((value - ends[0]) / (ends[1] - ends[0]), 0.0, 1.0))


def _spread(misses: Floats, weights: Floats) -> float:
    """A robust RMS: the weighted four-fifths point of the misses over 1.28, where a normal spread has it."""
    order = np.argsort(misses)
    total = np.cumsum(weights[order])
    place = min(len(order) - 1, int(np.searchsorted(total, 0.8 * total[-1])))
    return float(misses[order][place] / 1.28)


def _page_fit(
    page: _Page, best: Judged, to_original: Homography, page_id: str, by: PlacedBy = PlacedBy.MACHINE
) -> PageFit:
    form, fit, residual = page.form, best.fit, best.residual_mm
    nodes: Floats = fit.lattice.nodes
    nodes = nodes[((nodes >= 0.0) & (nodes <= (form.page_width, form.page_height))).all(axis=1)]
    matrix = best_homography(nodes, applied(to_original, fit.to_page(nodes)))
    placement = Placement(form.id, as_matrix(matrix), residual, best.confidence, by)
    found = entry_fits(page.darkness, fit, form, to_original, (page_id, residual))
    return PageFit(placement, residual, best.confidence, tuple(EntryFit(*entry) for entry in found))
