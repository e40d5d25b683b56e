"""How a form lies on a page: a homography and, under it, a smooth field of small displacements for bent paper."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from hotich.forms.formspec import FormSpec
from hotich.imaging.geometry import Homography, inverse, normalised

Floats = NDArray[np.float64]

CELL_MM = (12.0, 16.0)
"""Width and height of the field's cells: paper bends most across the spine, hence more finely from left to right."""

LEANING = 0.02
"""Stiffness against leaning from the fit before: hardly felt where things were seen, it holds the rest of the page."""

EDGE_MM = 6.0
"""The field goes on this far beyond the page, for lines printed askew."""


@dataclass(frozen=True, slots=True)
class Lattice:
    """The nodes of a field: `columns` x `rows`, the first at (left, top), `cell` millimetres apart."""

    left: float
    top: float
    columns: int
    rows: int
    cell: tuple[float, float] = CELL_MM

    @property
    def nodes(self) -> Floats:
        """Every node in millimetres, row by row."""
        xs = self.left + self.cell[0] * np.arange(self.columns)
        ys = self.top + self.cell[1] * np.arange(self.rows)
        return np.asarray(np.column_stack([grid.ravel() for grid in np.meshgrid(xs, ys)]), np.float64)

    def shares(self, points: Floats) -> tuple[NDArray[np.int64], Floats]:
        """For every point the four nodes around it and their bilinear shares; points outside go by the edge cell."""
        u = (points[:, 0] - self.left) / self.cell[0]
        v = (points[:, 1] - self.top) / self.cell[1]
        i = np.clip(np.floor(u), 0, self.columns - 2).astype(np.int64)
        j = np.clip(np.floor(v), 0, self.rows - 2).astype(np.int64)
        u, v = np.clip(u - i, -0.5, 1.5), np.clip(v - j, -0.5, 1.5)
        first = j * self.columns + i
        index = np.column_stack([first, first + 1, first + self.columns, first + self.columns + 1])
        return index, np.column_stack([(1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v])


def lattice_of(form: FormSpec) -> Lattice:
    """The lattice that covers a form's page."""
    columns = int(np.ceil((form.page_width + 2 * EDGE_MM) / CELL_MM[0])) + 1
    rows = int(np.ceil((form.page_height + 2 * EDGE_MM) / CELL_MM[1])) + 1
    return Lattice(-EDGE_MM, -EDGE_MM, max(columns, 3), max(rows, 3))


@dataclass(frozen=True, slots=True)
class Fit:
    """A form on a page: point p (mm) stands at `matrix` applied to p + field(p); `field` holds dx, dy (mm) by node."""

    matrix: Homography
    lattice: Lattice
    field: Floats
    letter_factor: float = 1.0

    def moved(self, points: Floats) -> Floats:
        """The points after the field, in form millimetres."""
        index, share = self.lattice.shares(points)
        return np.asarray(points + np.einsum("nk,nkd->nd", share, self.field[index]), np.float64)

    def to_page(self, points: Floats) -> Floats:
        """Form millimetres (n x 2) to pixels of the page picture."""
        return applied(self.matrix, self.moved(points))


def flat_fit(matrix: Floats, form: FormSpec, letter_factor: float = 1.0) -> Fit:
    """A fit without bends from an affine (2 x 3) or projective (3 x 3) matrix."""
    whole = np.vstack([matrix, [0.0, 0.0, 1.0]]) if matrix.shape == (2, 3) else matrix
    lattice = lattice_of(form)
    return Fit(np.asarray(whole, np.float64), lattice, np.zeros((lattice.columns * lattice.rows, 2)), letter_factor)


def applied(matrix: Homography, points: Floats) -> Floats:
    """The points (n x 2) after the homography."""
    rows = points @ matrix[:, :2].T + matrix[:, 2]
    return np.asarray(rows[:, :2] / rows[:, 2:], np.float64)


@dataclass(frozen=True, slots=True)
class Sightings:
    """Where printed things were really seen: at form point (x, y), displaced by `offset` mm along `axis` (0 x, 1 y)."""

    points: Floats
    axis: NDArray[np.int64]
    offset: Floats
    """Whole displacement before the homography, not only what is left over the present field."""
    weight: Floats

    def joined(self, other: Sightings) -> Sightings:
        return Sightings(
            np.vstack([self.points, other.points]),
            np.concatenate([self.axis, other.axis]),
            np.concatenate([self.offset, other.offset]),
            np.concatenate([self.weight, other.weight]),
        )

    def left_over(self, fit: Fit) -> Floats:
        """Millimetres between each sighting and where the fit expects it."""
        shift = fit.moved(self.points) - self.points
        return np.asarray(self.offset - shift[np.arange(len(shift)), self.axis], np.float64)


@dataclass(frozen=True, slots=True)
class Softness:
    """How a field is solved: `stiffness` against bending, and the widest and narrowest misfit still believed, in mm."""

    stiffness: float
    widest_mm: float
    narrowest_mm: float
    rounds: int = 4


def bent(fit: Fit, seen: Sightings, softness: Softness) -> Fit:
    """The fit with its field solved anew from the sightings; those that do not agree with the rest lose their say."""
    field = fit.field.copy()
    reach = np.geomspace(softness.widest_mm, softness.narrowest_mm, softness.rounds)
    for axis in (0, 1):
        mine = seen.axis == axis
        if not mine.any():
            continue
        index, share = fit.lattice.shares(seen.points[mine])
        values, weights = seen.offset[mine], seen.weight[mine]
        for limit in reach:
            miss = values - np.einsum("nk,nk->n", share, field[index, axis])
            trust = weights * np.clip(1.0 - (miss / limit) ** 2, 0.0, None) ** 2
            if float(trust.sum()) < 1e-6:
                break
            field[:, axis] = _solved(fit.lattice, index, share, values, trust, softness.stiffness)
    return straightened(Fit(fit.matrix, fit.lattice, field, fit.letter_factor))


def _solved(
    lattice: Lattice, index: NDArray[np.int64], share: Floats, values: Floats, trust: Floats, stiffness: float
) -> Floats:
    count = lattice.columns * lattice.rows
    cells = (index[:, :, None] * count + index[:, None, :]).ravel()
    parts = (share[:, :, None] * share[:, None, :] * trust[:, None, None]).ravel()
    normal = np.bincount(cells, parts, count * count).reshape(count, count)
    right = np.bincount(index.ravel(), (share * (trust * values)[:, None]).ravel(), count)
    scale = float(trust.sum()) / count
    smooth = stiffness * _bending(lattice) + LEANING * _leaning(lattice)
    return np.asarray(np.linalg.solve(normal + scale * smooth, right), np.float64)


@lru_cache(maxsize=16)
def _bending(lattice: Lattice) -> Floats:
    """Bending as a quadratic form: second differences across, down and mixed; a plane costs nearly nothing."""
    columns, rows = lattice.columns, lattice.rows
    second_x = np.kron(np.eye(rows), np.diff(np.eye(columns), 2, axis=0))
    second_y = np.kron(np.diff(np.eye(rows), 2, axis=0), np.eye(columns))
    mixed = np.kron(np.diff(np.eye(rows), 1, axis=0), np.diff(np.eye(columns), 1, axis=0))
    bending = second_x.T @ second_x + second_y.T @ second_y + 2.0 * mixed.T @ mixed
    return np.asarray(bending + 1e-7 * np.eye(columns * rows), np.float64)


@lru_cache(maxsize=16)
def _leaning(lattice: Lattice) -> Floats:
    """First differences across and down as a quadratic form: what a plane costs."""
    columns, rows = lattice.columns, lattice.rows
    first_x = np.kron(np.eye(rows), np.diff(np.eye(columns), 1, axis=0))
    first_y = np.kron(np.diff(np.eye(rows), 1, axis=0), np.eye(columns))
    return np.asarray(first_x.T @ first_x + first_y.T @ first_y, np.float64)


def straightened(fit: Fit) -> Fit:
    """The same fit with as much of its field as a homography can carry moved into the matrix."""
    nodes: Floats = fit.lattice.nodes
    target = applied(fit.matrix, nodes + fit.field)
    matrix = best_homography(nodes, target)
    field = applied(inverse(matrix), target) - nodes
    return Fit(matrix, fit.lattice, field, fit.letter_factor)


def best_homography(source: Floats, target: Floats) -> Homography:
    """The least-squares homography between many points, in balanced coordinates."""
    a, ta = _balanced(source)
    b, tb = _balanced(target)
    ones, zeros = np.ones(len(a)), np.zeros(len(a))
    x, y, u, v = a[:, 0], a[:, 1], b[:, 0], b[:, 1]
    rows = np.vstack(
        [
            np.column_stack([x, y, ones, zeros, zeros, zeros, -u * x, -u * y]),
            np.column_stack([zeros, zeros, zeros, x, y, ones, -v * x, -v * y]),
        ]
    )
    solved = np.linalg.lstsq(rows, np.concatenate([u, v]), rcond=None)[0]
    matrix = np.append(solved, 1.0).reshape(3, 3)
    return normalised(inverse(tb) @ matrix @ ta)


def _balanced(points: Floats) -> tuple[Floats, Homography]:
    middle, spread = points.mean(axis=0), max(float(points.std()), 1e-9)
    matrix = np.array([[1 / spread, 0.0, -middle[0] / spread], [0.0, 1 / spread, -middle[1] / spread], [0.0, 0.0, 1.0]])
    return (points - middle) / spread, matrix
