"""Where printed level lines end: leaders that stop at a margin tell how a page lies from left to right."""

from __future__ import annotations

import numpy as np

from hotich.forms.formspec import FormSpec
from hotich.imaging.fit_field import Fit, Floats, Sightings
from hotich.imaging.fit_ink import printed_boxes
from hotich.imaging.fit_lines import MARGIN_MM, SCALE, form_lines, ridges
from hotich.imaging.grid import DarkMap

SHORTEST_MM = 14.0
"""The ends of shorter lines are not looked for."""

INSIDE_MM = 9.0
OUTSIDE_MM = 4.0
"""A line is seen over the first length before its end, and bare paper over the second beyond it."""

AVERAGE_MM = 2.0
"""Darkness is averaged over this length, two dots of a leader."""

SEEN = 0.02
"""A leader is at least this much darker than the paper beside it."""

BARE_SHARE = 0.4
"""Beyond its end the paper has less than this share of the line's darkness."""

END_WEIGHT = 0.25
"""Printed with the type and found by a step instead of a ridge: worth less than a sample of a ruled line."""


def free_ends(form: FormSpec) -> Floats:
    """Right ends (n x 2, millimetres) with neither a printed word nor another line within reach beyond them.

    Left ends are of no use: writing begins there and hides where the leader does.
    """
    printed = printed_boxes(form, 1.0)
    lines = form_lines(form)
    rows = [
        (max(x1, x2), y1)
        for x1, y1, x2, y2, _ in lines
        if abs(y2 - y1) <= 0.3 and abs(x2 - x1) >= SHORTEST_MM and _is_free(max(x1, x2), y1, printed, lines)
    ]
    return np.array(rows, np.float64).reshape(-1, 2)


def _is_free(x: float, y: float, printed: Floats, lines: list[tuple[float, float, float, float, bool]]) -> bool:
    near, far = x - 0.5, x + OUTSIDE_MM + 2.0
    in_words = (printed[:, 0] < far) & (printed[:, 2] > near) & (printed[:, 1] < y + 1.5) & (printed[:, 3] > y - 1.5)
    if in_words.any():
        return False
    for x1, y1, x2, y2, _ in lines:
        left, right, top, bottom = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
        itself = top == bottom == y and left <= x <= right
        if not itself and left < far and right > near and top < y + 1.5 and bottom > y - 1.5:
            return False
    return True


def look_for_ends(page: DarkMap, ends: Floats, fit: Fit, window_mm: float) -> Sightings:
    """Where the ends were seen within `window_mm`, on the page drawn back by the fit; axis 0 only."""
    found = [_step(row, window_mm) for row in _profiles(page, ends, window_mm)]
    seen = np.array([step is not None for step in found], bool)
    points = ends[seen]
    offset = np.array([step for step in found if step is not None], np.float64)
    shift = (fit.moved(points) - points)[:, 0]
    return Sightings(points, np.zeros(len(points), np.int64), offset + shift, np.full(len(points), END_WEIGHT))


def _profiles(page: DarkMap, ends: Floats, window_mm: float) -> Floats:
    """Darkness along each line through its end, from inside to outside; the line may lie a pixel higher or lower."""
    along = ridges(page, AVERAGE_MM)
    before, after = round((window_mm + INSIDE_MM) * SCALE), round((window_mm + OUTSIDE_MM) * SCALE)
    steps = np.arange(-before, after + 1)
    pixel = np.rint((ends + MARGIN_MM) * SCALE).astype(np.int64)
    columns = np.clip(pixel[:, :1] + steps, 0, along.shape[1] - 1)
    rows = [np.clip(pixel[:, 1:] + up, 0, along.shape[0] - 1) for up in (-2, -1, 0, 1, 2)]
    return np.asarray(np.max([along[row, columns] for row in rows], axis=0), np.float64)


def _step(profile: Floats, window_mm: float) -> float | None:
    """How far beyond the expected end the line really ends in millimetres, or None where no clear end shows."""
    inside, outside = round(INSIDE_MM * SCALE), round(OUTSIDE_MM * SCALE)
    # Handwriting over a leader is much darker than the leader and must not decide.
    total = np.concatenate([[0.0], np.cumsum(np.clip(profile, 0.0, 0.15))])
    at = np.arange(inside, len(profile) - outside + 1)
    line = (total[at] - total[at - inside]) / inside
    bare = (total[at + outside] - total[at]) / outside
    best = int(np.argmax(line - bare))
    if line[best] < SEEN or bare[best] > BARE_SHARE * line[best] or best in (0, len(at) - 1):
        return None
    # The end lies on the border between two pixels, half a pixel before the middle of the second.
    return (float(best) - 0.5) / SCALE - window_mm
