"""The first rough fit of a form from the pattern of its long lines, one direction at a time, or from the outline."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotich.forms.formspec import FormSpec
from hotich.imaging.fit_lines import form_lines
from hotich.imaging.grid import PageLines, Stroke

Floats = NDArray[np.float64]

NEAR_MM = 2.5
"""A page line within this of a form line may be that line: what perspective left over and paper stretch explain."""

SHORTEST_MM = 25.0
"""Lines shorter than this say little about where the table stands."""

MOST_LINES = 48


@dataclass(frozen=True, slots=True)
class AxisFit:
    """Page pixel = `start` + `scale` * form millimetre along one direction; `share` 0-1 of the lines that then agree.

    `share` weighs the form's lines and the page's lines that lie within the form's table alike.
    """

    start: float
    scale: float
    share: float


@dataclass(frozen=True, slots=True)
class Pattern:
    """Positions along one direction in rising order, and for each how much line lies there."""

    at: Floats
    length: Floats


def form_pattern(form: FormSpec, upright: bool) -> Pattern:
    """Where the form's long lines stand: upright ones by x, level ones by y, in mm; dotted ones count half."""
    rows = []
    for x1, y1, x2, y2, solid in form_lines(form):
        length = abs(y2 - y1) if upright else abs(x2 - x1)
        drift = abs(x2 - x1) if upright else abs(y2 - y1)
        if drift < 0.05 * length:
            rows.append(((x1 + x2) / 2 if upright else (y1 + y2) / 2, length * (1.0 if solid else 0.5)))
    return _gathered(np.array(rows, np.float64).reshape(-1, 2), 0.8, SHORTEST_MM)


def page_pattern(lines: PageLines, upright: bool) -> Pattern:
    """Where the page's long lines stand, in pixels of the picture."""
    strokes: tuple[Stroke, ...] = lines.upright if upright else lines.across
    rows = [(stroke.middle[0 if upright else 1], stroke.covered) for stroke in strokes]
    longest = max(lines.width, lines.height)
    return _gathered(np.array(rows, np.float64).reshape(-1, 2), 0.003 * longest, 0.06 * longest)


def _gathered(rows: Floats, together: float, shortest: float) -> Pattern:
    """Lines at nearly one place made one; the longest MOST_LINES that are long enough."""
    found: list[list[float]] = []
    for at, length in rows[np.argsort(rows[:, 0])]:
        if found and at - found[-1][0] <= together:
            found[-1][1] += length
        else:
            found.append([at, length])
    kept = sorted((row for row in found if row[1] >= shortest), key=lambda row: -row[1])[:MOST_LINES]
    table = np.array(sorted(kept), np.float64).reshape(-1, 2)
    return Pattern(table[:, 0], table[:, 1])


def fit_axis(form: Pattern, page: Pattern, bounds: tuple[float, float], within: tuple[float, float]) -> AxisFit | None:
    """The scale between `bounds` (pixels a millimetre) and the start at which most lines agree; None without two lines.

    `within` is the form's extent in millimetres and the page's in pixels: most of the form must fall on the page.
    """
    if len(form.at) < 2 or len(page.at) < 2:
        return None
    start, scale = _moves(form, page, bounds, within)
    if not len(start):
        return None
    shares = np.concatenate(
        [_shares(start[k : k + 4000], scale[k : k + 4000], form, page) for k in range(0, len(start), 4000)]
    )
    best = int(np.argmax(shares))
    return _settled(form, page, AxisFit(float(start[best]), float(scale[best]), float(shares[best])))


def _moves(
    form: Pattern, page: Pattern, bounds: tuple[float, float], within: tuple[float, float]
) -> tuple[Floats, Floats]:
    """Every start and scale that brings two form lines onto two page lines, those within the bounds."""
    i, j = np.triu_indices(len(form.at), 1)
    a, b = np.triu_indices(len(page.at), 1)
    span = form.at[j] - form.at[i]
    wide = span > 0.12 * within[0]
    i, span = i[wide], span[wide]
    scale = (page.at[b] - page.at[a])[None, :] / span[:, None]
    row, column = np.nonzero((scale > bounds[0]) & (scale < bounds[1]))
    scale = scale[row, column]
    start = page.at[a[column]] - scale * form.at[i[row]]
    room = 0.12 * within[1]
    on_page = (start > -room - 0.1 * within[1]) & (start + scale * within[0] < within[1] + room + 0.1 * within[1])
    return start[on_page], scale[on_page]


def _shares(start: Floats, scale: Floats, form: Pattern, page: Pattern) -> Floats:
    expected = start[:, None] + scale[:, None] * form.at[None]
    miss = np.abs(_nearest(page.at, expected) - expected) / scale[:, None]
    explained = np.clip(1.0 - (miss / NEAR_MM) ** 2, 0.0, None) @ form.length / form.length.sum()
    seen = (page.at[None] - start[:, None]) / scale[:, None]
    inside = (seen > form.at[0] - NEAR_MM) & (seen < form.at[-1] + NEAR_MM)
    back = np.abs(_nearest(form.at, seen) - seen)
    weight = page.length[None] * inside
    used = (np.clip(1.0 - (back / NEAR_MM) ** 2, 0.0, None) * weight).sum(axis=1) / np.maximum(weight.sum(axis=1), 1e-9)
    return np.asarray(0.6 * explained + 0.4 * used, np.float64)


def _nearest(sorted_at: Floats, wanted: Floats) -> Floats:
    right = np.clip(np.searchsorted(sorted_at, wanted), 1, len(sorted_at) - 1)
    low, high = sorted_at[right - 1], sorted_at[right]
    return np.where(wanted - low < high - wanted, low, high)


def _settled(form: Pattern, page: Pattern, rough: AxisFit) -> AxisFit:
    """The rough fit after least squares over all lines that agree with it."""
    expected = rough.start + rough.scale * form.at
    found = _nearest(page.at, expected)
    near = np.abs(found - expected) / rough.scale < NEAR_MM
    if int(near.sum()) < 3:
        return rough
    scale, start = np.polyfit(form.at[near], found[near], 1, w=np.sqrt(form.length[near]))
    return AxisFit(float(start), float(scale), rough.share)


@dataclass(frozen=True, slots=True)
class PatternFit:
    """Both directions together: `matrix` 2 x 3 form millimetres to page pixels, `share` 0-1 of the lines that agree."""

    matrix: Floats
    share: float


SCALE_RANGE = (0.62, 1.25)
"""The form's scale compared with a page that fills the picture: a border may be left, an edge may be cut."""


def fit_pattern(form: FormSpec, lines: PageLines) -> PatternFit | None:
    """The fit of the form's table to the page's long lines; None where either has too few of them."""
    filling = (lines.width / form.page_width, lines.height / form.page_height)
    bounds = (SCALE_RANGE[0] * min(filling), SCALE_RANGE[1] * max(filling))
    across = fit_axis(
        form_pattern(form, True), page_pattern(lines, True), bounds, (form.page_width, float(lines.width))
    )
    down = fit_axis(
        form_pattern(form, False), page_pattern(lines, False), bounds, (form.page_height, float(lines.height))
    )
    if across is None and down is not None:
        across = _centred(down.scale, form.page_width, lines.width)
    if down is None and across is not None:
        down = _centred(across.scale, form.page_height, lines.height)
    if across is None or down is None or not 0.85 < across.scale / down.scale < 1.18:
        return None
    matrix = np.array([[across.scale, 0.0, across.start], [0.0, down.scale, down.start]])
    return PatternFit(matrix, float(np.sqrt(across.share * down.share)))


def _centred(scale: float, form_mm: float, page_px: int) -> AxisFit:
    """Where a direction has no lines: the other direction's scale, the form in the middle of the picture."""
    return AxisFit((page_px - scale * form_mm) / 2.0, scale, 0.0)


def fit_outline(form: FormSpec, width: int, height: int) -> Floats:
    """The form's page laid on the whole picture, 2 x 3."""
    return np.array([[width / form.page_width, 0.0, 0.0], [0.0, height / form.page_height, 0.0]])
