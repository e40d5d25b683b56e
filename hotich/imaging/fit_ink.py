"""What stands in the zones of a form that is laid on a page: which entries are filled, and each field's region."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from hotich.forms.formspec import FormSpec, Ink, Rect, Scope
from hotich.imaging.anchors import form_words
from hotich.imaging.fit_field import Fit, Floats, applied
from hotich.imaging.fit_lines import MARGIN_MM, SCALE, drawn_back, form_lines
from hotich.imaging.geometry import Homography
from hotich.imaging.grid import DarkMap
from hotich.values import Point, Quad, Region

GROW_MM = 1.0
"""A region is this much larger than its zone on every side, unless it would run into printed words."""

INK_DARKNESS = 0.2
"""Writing is at least this much darker than the paper around it; what shines through from behind is fainter."""

LEAST_INK_MM2 = 1.2
"""A zone with less ink than this is empty but for specks."""

RULE_MM = 0.8
"""Ink within this of a printed line is taken for the line."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in millimetres."""


def entry_fits(
    darkness: DarkMap, fit: Fit, form: FormSpec, to_original: Homography, about: tuple[str, float]
) -> Iterator[tuple[int, bool, tuple[Region, ...]]]:
    """Number, filled or not, and regions of every entry; `to_original` leads from the view's pixels to the original.

    `about` is the page's id and the misfit in millimetres that its regions are told.
    """
    ink = writing(darkness, fit, form)
    for entry, regions in enumerate(all_regions(fit, form, to_original, about)):
        yield entry, is_filled(ink, form, entry), regions


def all_regions(
    fit: Fit, form: FormSpec, to_original: Homography, about: tuple[str, float]
) -> list[tuple[Region, ...]]:
    """The regions of every entry; fields that stand once on the page are given to each of them."""
    printed = printed_boxes(form, fit.letter_factor)
    return [tuple(_regions(form, entry, fit, to_original, printed, about)) for entry in range(form.grid.count)]


def _regions(
    form: FormSpec, entry: int, fit: Fit, to_original: Homography, printed: Floats, about: tuple[str, float]
) -> Iterator[Region]:
    for zone in form.zones:
        box = grown(form.place(zone.rect, zone.scope, entry), printed)
        corners = np.array([(box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3])], np.float64)
        points = applied(to_original, fit.to_page(corners))
        a, b, c, d = (Point(float(x), float(y)) for x, y in points)
        yield Region(zone.field_id, about[0], Quad(a, b, c, d), about[1])


def printed_boxes(form: FormSpec, letter_factor: float) -> Floats:
    """Boxes of all printed words in millimetres, one row (left, top, right, bottom) each."""
    rows = []
    for word in form_words(form):
        middle, half = word.base + letter_factor * word.reach, letter_factor * word.half
        rows.append((middle - half, word.bottom - 0.95 * word.size, middle + half, word.bottom))
    return np.array(rows, np.float64).reshape(-1, 4)


def grown(rect: Rect, printed: Floats, by: float = GROW_MM) -> Box:
    """The rectangle grown on every side, less where that would take in more of a printed word."""
    box = [rect.x, rect.y, rect.x + rect.w, rect.y + rect.h]
    for side, step in ((0, -by), (1, -by), (2, by), (3, by)):
        for share in (1.0, 0.6, 0.3):
            wider = list(box)
            wider[side] += step * share
            if _overlap(wider, printed) <= _overlap(box, printed) + 0.05:
                box = wider
                break
    return (box[0], box[1], box[2], box[3])


def _overlap(box: list[float], printed: Floats) -> float:
    across = np.minimum(box[2], printed[:, 2]) - np.maximum(box[0], printed[:, 0])
    down = np.minimum(box[3], printed[:, 3]) - np.maximum(box[1], printed[:, 1])
    return float((np.clip(across, 0.0, None) * np.clip(down, 0.0, None)).sum())


def writing(darkness: DarkMap, fit: Fit, form: FormSpec) -> NDArray[np.uint8]:
    """The page drawn back to form millimetres with 1 where there is ink that the form did not print."""
    page = drawn_back(darkness, fit, form)
    ink = (page - cv2.blur(page, (round(12 * SCALE), round(12 * SCALE))) > INK_DARKNESS).astype(np.uint8)
    for x1, y1, x2, y2, _ in form_lines(form):
        cv2.line(ink, _pixel(x1, y1), _pixel(x2, y2), 0, max(1, round(2 * RULE_MM * SCALE)))
    for left, top, right, bottom in printed_boxes(form, fit.letter_factor):
        cv2.rectangle(ink, _pixel(left - 0.8, top - 0.6), _pixel(right + 0.8, bottom + 0.6), 0, -1)
    return ink


def _pixel(x: float, y: float) -> tuple[int, int]:
    return round((x + MARGIN_MM) * SCALE), round((y + MARGIN_MM) * SCALE)


def is_filled(ink: NDArray[np.uint8], form: FormSpec, entry: int) -> bool:
    """Whether anything is written in the entry: ink in at least two of its zones and an eighth of them."""
    zones = [zone for zone in form.zones if zone.scope is Scope.ENTRY and zone.ink is not Ink.TICK]
    written = 0
    for zone in zones:
        rect = form.place(zone.rect, zone.scope, entry)
        left, top = _pixel(rect.x, rect.y)
        right, bottom = _pixel(rect.x + rect.w, rect.y + rect.h)
        written += float(ink[top:bottom, left:right].sum()) / SCALE**2 > LEAST_INK_MM2
    return written >= max(2, len(zones) / 8) if len(zones) > 2 else written > 0
