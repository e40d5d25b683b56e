"""Where snippets stand in a grid with a heading over each group: arithmetic alone, however many there are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle of the grid in pixels from its top left."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Measures:
    """Sizes in pixels: a cell's least width and its height, a heading's height, and the width of the whole."""

    cell_width: int
    cell_height: int
    heading: int
    width: int


class SnippetLayout:
    """The places of `sizes[g]` snippets in each group g, numbered through."""

    def __init__(self, sizes: Sequence[int], measures: Measures) -> None:
        self._measures = measures
        self.columns = max(1, measures.width // max(1, measures.cell_width))
        self._firsts: list[int] = []
        self._tops: list[int] = []
        self._sizes = tuple(sizes)
        number = top = 0
        for size in sizes:
            self._firsts.append(number)
            self._tops.append(top)
            number += size
            top += measures.heading + -(-size // self.columns) * measures.cell_height
        self.count, self.height = number, top

    def group_of(self, number: int) -> int:
        """The group of that snippet."""
        return bisect_right(self._firsts, number) - 1

    def box(self, number: int) -> Box:
        """Where the snippet stands; the columns share the whole width."""
        group = self.group_of(number)
        row, column = divmod(number - self._firsts[group], self.columns)
        measures = self._measures
        left = measures.width * column // self.columns
        right = measures.width * (column + 1) // self.columns
        top = self._tops[group] + measures.heading + row * measures.cell_height
        return Box(left, top, right - left, measures.cell_height)

    def heading(self, group: int) -> Box:
        """Where the heading of a group stands."""
        return Box(0, self._tops[group], self._measures.width, self._measures.heading)

    def group_at(self, y: int) -> int:
        """The group at that height; -1 when there is none at all."""
        return max(0, bisect_right(self._tops, y) - 1) if self._tops else -1

    def groups_between(self, top: int, bottom: int) -> range:
        """The groups of which something lies between these heights."""
        return range(self.group_at(top), self.group_at(bottom) + 1) if self._tops else range(0)

    def between(self, top: int, bottom: int) -> Iterator[int]:
        """The snippets of which something lies between these heights."""
        measures = self._measures
        for group in self.groups_between(top, bottom):
            start = self._tops[group] + measures.heading
            first_row = max(0, (top - start) // measures.cell_height)
            last_row = (bottom - 1 - start) // measures.cell_height
            first = self._firsts[group] + first_row * self.columns
            last = min(self._firsts[group] + self._sizes[group], self._firsts[group] + (last_row + 1) * self.columns)
            yield from range(first, max(first, last))

    def at(self, x: int, y: int) -> int:
        """The snippet at that place, or -1."""
        for number in self.between(y, y + 1):
            box = self.box(number)
            if box.x <= x < box.x + box.width and box.y <= y < box.y + box.height:
                return number
        return -1

    def step(self, number: int, across: int, down: int) -> int:
        """The snippet that many columns and rows on; at the edges it stays, or goes on into the next group."""
        if across:
            return min(max(0, number + across), max(0, self.count - 1))
        for _ in range(abs(down)):
            number = self._row_on(number, 1 if down > 0 else -1)
        return number

    def _row_on(self, number: int, way: int) -> int:
        group = self.group_of(number)
        row, column = divmod(number - self._firsts[group], self.columns)
        rows = -(-self._sizes[group] // self.columns)
        if 0 <= row + way < rows:
            return self._in_row(group, row + way, column)
        group += way
        while 0 <= group < len(self._sizes) and not self._sizes[group]:
            group += way
        if not 0 <= group < len(self._sizes):
            return number
        return self._in_row(group, 0 if way > 0 else -(-self._sizes[group] // self.columns) - 1, column)

    def _in_row(self, group: int, row: int, column: int) -> int:
        first = self._firsts[group]
        return min(first + row * self.columns + column, first + self._sizes[group] - 1)
