"""Finding a form's printed lines on a page that is already laid out roughly: drawn back to form millimetres, every
line is looked for to either side of where it should be."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from hotich.forms.formspec import FormSpec, LineStyle, Scope
from hotich.imaging.fit_field import Fit, Floats, Sightings
from hotich.imaging.grid import DarkMap

SCALE = 4.0
"""Pixels a millimetre of the drawn-back page."""

MARGIN_MM = 8.0
"""The drawn-back page goes on this far beyond the form on every side."""

SPACING_MM = 5.0
"""A line is sampled this often, each sample averaged over AVERAGE_MM of its length."""

AVERAGE_MM = 6.0
BESIDE_MM = 1.25
"""A line is darker than the paper this far to either side of it; writing is mostly as dark there."""

PIECE_MM = 60.0
"""Samples over this length of a line first agree on one place."""

FAINT = 0.035
"""A sample less dark than this is no line."""

DOTTED_WEIGHT = 0.35
"""A dotted leader is drawn over by handwriting and printed with the type, not with the ruling."""


@dataclass(frozen=True, slots=True)
class LineSamples:
    """Points along the printed lines of a form: axis 1 (looked for up and down) on level lines, 0 on upright ones."""

    points: Floats
    axis: NDArray[np.int64]
    piece: NDArray[np.int64]
    solid: NDArray[np.bool_]

    def of(self, chosen: NDArray[np.bool_]) -> LineSamples:
        return LineSamples(self.points[chosen], self.axis[chosen], self.piece[chosen], self.solid[chosen])


def line_samples(form: FormSpec) -> LineSamples:
    """Samples of every level or upright printed line of 3 mm or more, entries repeated; slanting lines are left out."""
    rows: list[tuple[float, float, int, int, bool]] = []
    piece = 0
    for x1, y1, x2, y2, solid in form_lines(form):
        level = abs(y2 - y1) <= abs(x2 - x1)
        length = abs(x2 - x1) if level else abs(y2 - y1)
        if length < 3.0 or min(abs(x2 - x1), abs(y2 - y1)) > 0.02 * length:
            continue
        inset = min(1.5, length / 4)
        count = max(1, round((length - 2 * inset) / SPACING_MM)) + 1
        for k, share in enumerate(np.linspace(inset / length, 1.0 - inset / length, count)):
            part = piece + int(k * SPACING_MM / PIECE_MM)
            rows.append((x1 + (x2 - x1) * share, y1 + (y2 - y1) * share, 1 if level else 0, part, solid))
        piece += int(count * SPACING_MM / PIECE_MM) + 1
    table = np.array(rows, np.float64).reshape(-1, 5)
    return LineSamples(table[:, :2], table[:, 2].astype(np.int64), table[:, 3].astype(np.int64), table[:, 4] > 0.5)


def form_lines(form: FormSpec) -> list[tuple[float, float, float, float, bool]]:
    """Every printed line of the page as (x1, y1, x2, y2, solid), entries repeated, each place only once."""
    found: dict[tuple[float, ...], tuple[float, float, float, float, bool]] = {}
    for line in form.lines:
        origins = [(0.0, 0.0)] if line.scope is Scope.PAGE else [form.grid.origin(k) for k in range(form.grid.count)]
        for dx, dy in origins:
            ends = (line.x1 + dx, line.y1 + dy, line.x2 + dx, line.y2 + dy)
            found[tuple(round(end, 1) for end in ends)] = (*ends, line.style is LineStyle.SOLID)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page drawn back to form millimetres: darkness, and how much darker than beside it every place is."""

    darkness: DarkMap
    level: DarkMap
    upright: DarkMap
    """Transposed, so that a line is looked for along the first axis in both."""


def drawn_back(darkness: DarkMap, fit: Fit, form: FormSpec) -> DarkMap:
    """The page's darkness in form millimetres, SCALE pixels each, MARGIN_MM around the form."""
    width = round((form.page_width + 2 * MARGIN_MM) * SCALE)
    height = round((form.page_height + 2 * MARGIN_MM) * SCALE)
    step = 8
    xs = (np.arange(0, width + step, step) / SCALE) - MARGIN_MM
    ys = (np.arange(0, height + step, step) / SCALE) - MARGIN_MM
    coarse = np.column_stack([grid.ravel() for grid in np.meshgrid(xs, ys)])
    there = fit.to_page(coarse).reshape(len(ys), len(xs), 2).astype(np.float32)
    # Enlarged so that node k stands exactly at pixel k * step.
    matrix = np.array([[1 / step, 0.0, 0.0], [0.0, 1 / step, 0.0]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    fine = cv2.warpAffine(there, matrix, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    across, down = np.ascontiguousarray(fine[..., 0]), np.ascontiguousarray(fine[..., 1])
    drawn = cv2.remap(darkness, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=0.0)
    return np.asarray(drawn, np.float32)


def sheet_of(darkness: DarkMap, fit: Fit, form: FormSpec) -> Sheet:
    """The page drawn back, with its lines made to stand out."""
    page = drawn_back(darkness, fit, form)
    return Sheet(page, ridges(page), ridges(np.ascontiguousarray(page.T)))


def ridges(page: DarkMap, average_mm: float = AVERAGE_MM) -> DarkMap:
    """How much darker each place is, averaged along the first row's direction, than BESIDE_MM above and below it."""
    along = cv2.blur(page, (round(average_mm * SCALE), 1))
    beside = round(BESIDE_MM * SCALE)
    padded = cv2.copyMakeBorder(along, beside, beside, 0, 0, cv2.BORDER_REPLICATE)
    return np.asarray(along - np.maximum(padded[: -2 * beside], padded[2 * beside :]), np.float32)


def look_for(sheet: Sheet, samples: LineSamples, fit: Fit, window_mm: float) -> tuple[Sightings, Floats]:
    """Where lines were seen within `window_mm` of where the fit expects them, and how dark each sample is (0: nothing).

    Samples of a piece first agree on a place, then each may differ from it by as much as bent paper allows.
    """
    reach = round(window_mm * SCALE)
    profiles = _profiles(sheet, samples, reach)
    agreed = _agreed(profiles, samples.piece, reach)
    steps = np.arange(-reach, reach + 1)
    allowed = max(2.0, min(0.45 * reach, 1.3 * SCALE))
    near = np.abs(steps[None] - agreed[samples.piece][:, None]) <= allowed
    profiles = np.where(near, profiles, -1.0)
    best = np.argmax(profiles, axis=1)
    strength = profiles[np.arange(len(best)), best]
    seen = strength > FAINT
    offset = (best - reach + _between(profiles, best)) / SCALE
    index, share = fit.lattice.shares(samples.points)
    shift = np.einsum("nk,nkd->nd", share, fit.field[index])[np.arange(len(best)), samples.axis]
    weight = np.where(samples.solid, 1.0, DOTTED_WEIGHT) * np.clip(strength / 0.12, 0.2, 1.0)
    found = Sightings(samples.points[seen], samples.axis[seen], (offset + shift)[seen], weight[seen])
    return found, np.where(seen, strength, 0.0)


def _profiles(sheet: Sheet, samples: LineSamples, reach: int) -> Floats:
    """Darkness across every sample's line, `reach` pixels to either side."""
    steps = np.arange(-reach, reach + 1)
    pixel = np.rint((samples.points + MARGIN_MM) * SCALE).astype(np.int64)
    profiles = np.zeros((len(pixel), len(steps)))
    for axis, ridges in ((1, sheet.level), (0, sheet.upright)):
        mine = samples.axis == axis
        across = np.clip(pixel[mine, axis][:, None] + steps, 0, ridges.shape[0] - 1)
        along = np.clip(pixel[mine, 1 - axis], 0, ridges.shape[1] - 1)
        profiles[mine] = ridges[across, along[:, None]]
    return profiles


def _agreed(profiles: Floats, piece: NDArray[np.int64], reach: int) -> Floats:
    """The offset in pixels at which each piece of line shows best; nearer places are preferred."""
    count = int(piece.max()) + 1 if len(piece) else 0
    totals = np.zeros((count, profiles.shape[1]))
    np.add.at(totals, piece, np.clip(profiles, 0.0, 0.2))
    kernel = np.ones(3) / 3.0
    totals = np.apply_along_axis(lambda row: np.convolve(row, kernel, mode="same"), 1, totals) if count else totals
    steps = np.arange(-reach, reach + 1)
    nearer = np.exp(-0.5 * (steps / (0.6 * max(reach, 1))) ** 2)
    return np.asarray(np.argmax(totals * nearer, axis=1) - reach, np.float64)


def _between(profiles: Floats, best: NDArray[np.int64]) -> Floats:
    """Where between the pixels the darkest place lies, from the parabola through three of them."""
    inside = np.clip(best, 1, profiles.shape[1] - 2)
    rows = np.arange(len(best))
    a, b, c = profiles[rows, inside - 1], profiles[rows, inside], profiles[rows, inside + 1]
    bow = a - 2 * b + c
    usable = (bow < -1e-6) & (inside == best) & (a > -0.9) & (c > -0.9)
    return np.where(usable, np.clip(0.5 * (a - c) / np.where(usable, bow, -1.0), -0.5, 0.5), 0.0)


def line_support(sheet: Sheet, samples: LineSamples) -> tuple[float, float]:
    """The share of solid samples that show a line where it should be, and the share that would by chance.

    Chance is measured beside the lines, where the form has none.
    """
    solid = samples.of(samples.solid)
    if not len(solid.points):
        return 0.0, 0.0
    there = _seen_share(sheet, solid)
    shares = []
    for shift in (-4.2, 3.4, 5.3):
        moved = solid.points.copy()
        moved[np.arange(len(moved)), solid.axis] += shift
        shares.append(_seen_share(sheet, LineSamples(moved, solid.axis, solid.piece, solid.solid)))
    return there, float(np.median(shares))


def _seen_share(sheet: Sheet, samples: LineSamples) -> float:
    return float((_profiles(sheet, samples, round(0.6 * SCALE)).max(axis=1) > FAINT).mean())
