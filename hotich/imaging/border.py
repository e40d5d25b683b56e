"""The sheet in the picture: the four corners of the paper against what it lies on, and the view straight down on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from hotich.imaging.geometry import Frame, Picture, clockwise, homography, moved
from hotich.values import Point

LOOK_PX = 1000
ENOUGH = 0.6
"""Below this confidence the picture is taken as it is."""

WHOLE_SHARE = 0.965
"""A sheet that covers more of the picture than this fills it: there is nothing to cut."""

LEAST_SHARE = 0.2
"""A smaller bright patch is not the page."""

SQRT2 = 2.0**0.5
_STEP_SEEN = 9.0
"""The least difference in brightness or colour (CIELAB units) between paper and what it lies on."""
_SAMPLES = 48
_COLOUR_WEIGHT = 1.6
"""A shadow changes brightness far more than colour, so colour tells paper from table where both lie in the shade."""

Corners = tuple[Point, Point, Point, Point]


@dataclass(frozen=True, slots=True)
class SheetMeasure:
    """`corners` clockwise from the top left in pixels of the view, None when the paper fills it; `confidence` 0-1."""

    corners: Corners | None
    confidence: float


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a sheet as a line (unit normal n, n.x = c), and the share of its length where an edge is seen.

    `support` is None on a side that runs along the picture's own rim.
    """

    normal: NDArray[np.float64]
    offset: float
    support: float | None
    drawn: tuple[Point, Point]


def measure_sheet(picture: Picture, aspect: float | None = None) -> SheetMeasure:
    """Where the sheet lies in a view of at most LOOK_PX. `aspect` is the form's width over height, when known."""
    lab = _lab_without_ink(picture)
    best: SheetMeasure | None = None
    whole = False
    for corners in _candidates(lab):
        sides = _settled(lab, corners)
        found = _crossed(sides, lab.shape)
        if found is None or not _sheet_like(found):
            continue
        if _share(found, lab.shape) >= WHOLE_SHARE:
            whole = True
            continue
        seen = [side.support for side in sides if side.support is not None]
        if not seen:
            whole = True
            continue
        confidence = 0.5 * min(seen) + 0.5 * float(np.mean(seen))
        confidence *= _aspect_factor(found, aspect)
        if best is None or confidence > best.confidence:
            best = SheetMeasure(found, confidence)
    if best is not None and best.confidence >= ENOUGH:
        return SheetMeasure(best.corners, round(best.confidence, 3))
    rival = best.confidence if best is not None else 0.0
    return SheetMeasure(None, round(1.0 - rival if whole or best is None else max(0.3, 1.0 - rival), 3))


def sheet_frame(frame: Frame, corners: Corners, aspect: float | None = None) -> Frame:
    """The frame straight above the sheet with these corners (frame pixels), no side shorter than it was seen."""
    top_left, top_right, bottom_right, bottom_left = corners
    width = max(_length(top_left, top_right), _length(bottom_left, bottom_right))
    height = max(_length(top_left, bottom_left), _length(top_right, bottom_right))
    wanted = believable_aspect(_mean_aspect(corners), aspect)
    if width / height < wanted:
        width = height * wanted
    else:
        height = width / wanted
    right, bottom = max(2, round(width)) - 1.0, max(2, round(height)) - 1.0
    step = homography(corners, [(0.0, 0.0), (right, 0.0), (right, bottom), (0.0, bottom)])
    return frame.then(step, int(right) + 1, int(bottom) + 1)


def believable_aspect(seen: float, form: float | None) -> float:
    """The form's shape if the sheet can be it, else that of an A sheet if near, else as seen (width over height)."""
    if form is not None and abs(np.log(seen / form)) < 0.2:
        return form
    for sheet in (SQRT2, 1.0 / SQRT2):
        if abs(np.log(seen / sheet)) < 0.08:
            return sheet
    return seen


def _lab_without_ink(picture: Picture) -> NDArray[np.float32]:
    """CIELAB after writing and ruling are closed away and grain is smoothed; colour counts for more than shade."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (11, 11))
    bare = cv2.morphologyEx(picture, cv2.MORPH_CLOSE, kernel, borderType=cv2.BORDER_REPLICATE)
    bare = cv2.GaussianBlur(cv2.medianBlur(bare, 7), (0, 0), 1.5)
    lab = cv2.cvtColor(bare.astype(np.float32) / 255.0, cv2.COLOR_BGR2LAB)
    return np.asarray(lab * np.array((1.0, _COLOUR_WEIGHT, _COLOUR_WEIGHT), np.float32), np.float32)


def _candidates(lab: NDArray[np.float32]) -> Iterator[Corners]:
    """Quads around the patch in the middle of the picture, by brightness and by difference from the rim."""
    light = np.clip(lab[..., 0] * 2.55, 0, 255).astype(np.uint8)
    otsu, _ = cv2.threshold(light, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    masks = [light > otsu * factor for factor in (0.75, 0.88, 1.0, 1.1)]
    for colour in _rim_colours(lab):
        away = np.clip(np.linalg.norm(lab - colour, axis=2) * 3.0, 0, 255).astype(np.uint8)
        level, _ = cv2.threshold(away, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
        masks += [away > level * factor for factor in (0.6, 1.0)]
    colourful = np.clip(np.hypot(lab[..., 1], lab[..., 2]) * 4.0, 0, 255).astype(np.uint8)
    level, _ = cv2.threshold(colourful, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    masks.append(colourful <= level)
    for mask in masks:
        corners = _quad_around(mask)
        if corners is not None:
            yield corners


def _rim_colours(lab: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """The middle colour of the whole rim and of the rim's darker half."""
    depth = max(3, min(lab.shape[:2]) // 40)
    rim = np.concatenate([part.reshape(-1, 3) for part in (lab[:depth], lab[-depth:], lab[:, :depth], lab[:, -depth:])])
    darker = rim[rim[:, 0] <= np.median(rim[:, 0])]
    return [np.asarray(np.median(part, axis=0), np.float32) for part in (rim, darker)]


def _quad_around(mask: NDArray[np.bool_]) -> Corners | None:
    """A quad around the largest patch that reaches the middle of the picture."""
    height, width = mask.shape
    filled = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    filled = cv2.morphologyEx(filled, cv2.MORPH_OPEN, np.ones((15, 15), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(filled, connectivity=4)
    middle = labels[height // 4 : -(height // 4), width // 4 : -(width // 4)]
    inside = np.bincount(middle.ravel(), minlength=count)
    inside[0] = 0
    patch = int(np.argmax(inside))
    if inside[patch] == 0 or stats[patch, cv2.CC_STAT_AREA] < LEAST_SHARE * mask.size:
        return None
    outlines, _ = cv2.findContours((labels == patch).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    hull = cv2.convexHull(max(outlines, key=cv2.contourArea))
    return _four_of(hull)


def _four_of(hull: NDArray[np.int32]) -> Corners:
    """The hull's outline with ever more tolerance until four corners are left; its outermost points otherwise."""
    around = cv2.arcLength(hull, True)
    for tolerance in np.arange(0.01, 0.09, 0.005):
        rough = cv2.approxPolyDP(hull, tolerance * around, True).reshape(-1, 2)
        if len(rough) == 4:
            return clockwise((float(x), float(y)) for x, y in rough)
    points = hull.reshape(-1, 2).astype(np.float64)
    along, across = points.sum(axis=1), points[:, 0] - points[:, 1]
    outer = [points[i] for i in (along.argmin(), across.argmax(), along.argmax(), across.argmin())]
    return clockwise((float(x), float(y)) for x, y in outer)


def _settled(lab: NDArray[np.float32], corners: Corners) -> list[_Side]:
    """The four sides moved onto the sharpest edge beside them."""
    return [_settle_side(lab, corners[i], corners[(i + 1) % 4]) for i in range(4)]


def _settle_side(lab: NDArray[np.float32], start: Point, end: Point) -> _Side:
    height, width = lab.shape[:2]
    along = np.array([end.x - start.x, end.y - start.y])
    along /= max(float(np.linalg.norm(along)), 1e-9)
    # Corners go clockwise on a screen, so this points out of the sheet.
    outward = np.array([along[1], -along[0]])
    rim = 0.012 * max(height, width)
    spots = np.array(start) + np.linspace(0.06, 0.94, _SAMPLES)[:, None] * (np.array(end) - np.array(start))
    at_rim = (np.minimum(spots, np.array([width - 1, height - 1]) - spots) < rim).any(axis=1)
    if at_rim.mean() > 0.6:
        support = None if _same_to_the_rim(lab, spots, outward) else 0.0
        return _Side(outward, float(outward @ np.array(start)), support, (start, end))
    places, steps = _edges_beside(lab, spots, outward)
    seen = (steps > _STEP_SEEN) & ~at_rim
    if seen.sum() < 8:
        return _Side(outward, float(outward @ np.array(start)), 0.0, (start, end))
    normal, offset = _line_through(places[seen], outward)
    misses = np.abs(places @ normal - offset)
    # A curled sheet bows: this much beside the line is still the same edge.
    on_line = (misses < 0.006 * max(height, width)) & seen
    support = float(on_line.sum() / max(1, (~at_rim).sum()))
    if _paper_goes_on(lab, places[on_line], normal):
        support *= 0.3
    return _Side(normal, offset, support, (start, end))


def _edges_beside(
    lab: NDArray[np.float32], spots: NDArray[np.float64], outward: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """For each spot the place of the strongest step across the side, and its height in CIELAB units."""
    reach = max(8, round(0.025 * max(lab.shape[:2])))
    ways = np.arange(-reach - 4, reach + 5, dtype=np.float64)
    grid = spots[:, None, :] + ways[None, :, None] * outward
    across, down = (np.ascontiguousarray(grid[..., axis], np.float32) for axis in (0, 1))
    profile = cv2.remap(lab, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    inside = (profile[:, :-8] + profile[:, 1:-7] + profile[:, 2:-6]) / 3.0
    outside = (profile[:, 6:-2] + profile[:, 7:-1] + profile[:, 8:]) / 3.0
    # Paper is lighter than what it lies on, or, in a shadow, at least of another colour.
    lighter = np.linalg.norm(outside - inside, axis=2)
    step = np.where(
        inside[..., 0] + 2.0 >= outside[..., 0], lighter, np.hypot(*np.moveaxis(outside - inside, 2, 0)[1:])
    )
    best = np.argmax(step, axis=1)
    rows = np.arange(step.shape[0])
    before, after = step[rows, np.maximum(best - 1, 0)], step[rows, np.minimum(best + 1, step.shape[1] - 1)]
    curve = before - 2 * step[rows, best] + after
    nudge = np.where(curve < -1e-6, np.clip(0.5 * (before - after) / np.minimum(curve, -1e-6), -0.5, 0.5), 0.0)
    places = spots + (ways[best + 4] + nudge)[:, None] * outward
    return places, step[rows, best].astype(np.float64)


def _same_to_the_rim(lab: NDArray[np.float32], spots: NDArray[np.float64], outward: NDArray[np.float64]) -> bool:
    """Whether what lies along the picture's rim is the same paper as farther in; shade matters less than colour."""
    size = max(lab.shape[:2])
    near, far = (_colours(lab, spots - share * size * outward) for share in (0.015, 0.12))
    return bool(np.median(np.linalg.norm((near - far) * (0.4, 1.0, 1.0), axis=1)) < _STEP_SEEN)


def _colours(lab: NDArray[np.float32], spots: NDArray[np.float64]) -> NDArray[np.float32]:
    """The colours at these places, those outside taken from the rim."""
    x, y = np.clip(spots.round().astype(int), 0, [lab.shape[1] - 1, lab.shape[0] - 1]).T
    return np.asarray(lab[y, x], np.float32)


def _paper_goes_on(lab: NDArray[np.float32], places: NDArray[np.float64], outward: NDArray[np.float64]) -> bool:
    """Whether beyond the side lies the same paper: then it is the fold of a book or a shadow, not the sheet's edge."""
    height, width = lab.shape[:2]
    far = 0.09 * max(height, width)
    outer, inner = places + far * outward, places - 0.5 * far * outward
    within = ((outer >= 0) & (outer <= np.array([width - 1, height - 1]))).all(axis=1)
    if within.sum() < 0.3 * len(places) or within.sum() < 6:
        return False
    apart = _colours(lab, inner[within]) - _colours(lab, outer[within])
    return bool(np.median(np.linalg.norm(apart, axis=1)) < _STEP_SEEN)


def _line_through(places: NDArray[np.float64], outward: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """The line through most of the places: least squares with ever less weight for those off it."""
    weights = np.ones(len(places))
    normal, offset = outward, 0.0
    for _ in range(8):
        centre = (places * weights[:, None]).sum(axis=0) / weights.sum()
        spread = (places - centre) * weights[:, None]
        _, _, axes = np.linalg.svd(spread, full_matrices=False)
        normal = axes[1] if axes[1] @ outward >= 0 else -axes[1]
        offset = float(normal @ centre)
        misses = np.abs(places @ normal - offset)
        scale = max(1.0, float(np.median(misses)) * 1.5)
        weights = 1.0 / (1.0 + np.square(misses / scale))
    return normal, offset


def _crossed(sides: list[_Side], size: tuple[int, ...]) -> Corners | None:
    """The corners where neighbouring sides meet, kept within the picture by a tenth of its size."""
    corners = []
    for before, after in zip([sides[3], *sides[:3]], sides, strict=True):
        both = np.array([before.normal, after.normal])
        if abs(float(np.linalg.det(both))) < 0.2:
            return None
        x, y = np.linalg.solve(both, np.array([before.offset, after.offset]))
        if not (-0.1 * size[1] <= x <= 1.1 * size[1] and -0.1 * size[0] <= y <= 1.1 * size[0]):
            return None
        corners.append(Point(float(x), float(y)))
    return corners[0], corners[1], corners[2], corners[3]


def _sheet_like(corners: Corners) -> bool:
    """Convex, no corner sharper than 50 degrees, opposite sides within half of one another."""
    turns = []
    for i in range(4):
        a, b, c = corners[i - 1], corners[i], corners[(i + 1) % 4]
        first, second = np.array([b.x - a.x, b.y - a.y]), np.array([c.x - b.x, c.y - b.y])
        lengths = float(np.linalg.norm(first) * np.linalg.norm(second))
        if lengths < 100.0:
            return False
        turns.append(float(first[0] * second[1] - first[1] * second[0]) / lengths)
    a, b, c, d = corners
    sides = (_length(a, b), _length(c, d)), (_length(b, c), _length(d, a))
    return min(turns) > 0.64 and all(0.5 < one / other < 2.0 for one, other in sides)


def _aspect_factor(corners: Corners, aspect: float | None) -> float:
    """1 for a sheet that can be the form's, falling to a half for one of quite another shape."""
    if aspect is None:
        return 1.0
    off = abs(float(np.log(_mean_aspect(corners) / aspect)))
    return float(np.clip(1.25 - off, 0.5, 1.0))


def _mean_aspect(corners: Corners) -> float:
    a, b, c, d = corners
    return (_length(a, b) + _length(d, c)) / max(_length(a, d) + _length(b, c), 1e-9)


def _share(corners: Corners, size: tuple[int, ...]) -> float:
    outline = np.array(corners, np.float32)
    outline[:, 0] = np.clip(outline[:, 0], 0, size[1] - 1)
    outline[:, 1] = np.clip(outline[:, 1], 0, size[0] - 1)
    return float(cv2.contourArea(outline)) / (size[0] * size[1])


def _length(a: Point, b: Point) -> float:
    return float(np.hypot(b.x - a.x, b.y - a.y))


def corners_in_frame(stored: tuple[float, ...], frame: Frame) -> Corners:
    """Eight numbers x, y of corners on the stored picture as corners clockwise from the top left of the frame."""
    points = list(zip(stored[0::2], stored[1::2], strict=True))
    return clockwise(moved(points, frame.from_stored))


def corners_stored(corners: Corners, frame: Frame) -> tuple[float, ...]:
    """Corners in frame pixels as eight numbers x, y on the stored picture."""
    return tuple(round(value, 2) for point in moved(corners, frame.to_stored) for value in point)
