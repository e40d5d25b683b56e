"""From places in an original picture to places in its delivered copy. Pixel centres stand at whole numbers."""

from __future__ import annotations

from collections.abc import Sequence

from hotich.errors import PackageError
from hotich.export.package_types import FieldPlace, ManifestPage, PagePoint, PageQuad, Size, Turn, page_file
from hotich.values import Quad, SourcePage

DIGITS = 2
"""Decimals of a coordinate: a hundredth of a pixel."""


_TURNS: dict[int, Turn] = {0: 0, 90: 90, 180: 180, 270: 270}


def page_of(source: SourcePage, number: int, delivered: Size) -> ManifestPage:
    """The page as a package tells it. Raises PackageError when its turn is no quarter turn."""
    turn = _TURNS.get(source.exif_turn)
    if turn is None:
        raise PackageError("export-page-unfit", file=source.file_name)
    return ManifestPage(
        number=number,
        file=page_file(number),
        page_id=source.page_id,
        source_name=source.file_name,
        source_sha256=source.file_sha256,
        frame=source.frame,
        turn=turn,
        original=Size(width=source.width, height=source.height),
        delivered=delivered,
    )


def upright_page(source: SourcePage, number: int) -> ManifestPage:
    """The page where no picture goes with it: `delivered` is the original turned upright. Raises PackageError."""
    lying = source.exif_turn in (90, 270)
    width, height = (source.height, source.width) if lying else (source.width, source.height)
    return page_of(source, number, Size(width=width, height=height))


def place_of(quad: Quad, page: ManifestPage) -> FieldPlace | None:
    """The quad on both pictures, cut off at the edges of the page; None when nothing of it is left."""
    original = _within(quad.points, page.original)
    if _extent(original) < 1.0:
        return None
    return FieldPlace(page=page.number, original=original, delivered=delivered_quad(original, page))


def delivered_quad(quad: PageQuad, page: ManifestPage) -> PageQuad:
    """A quad of the original picture, on the delivered one."""
    if page.turn == 0 and page.delivered == page.original:
        return quad
    return _within([_delivered(point, page) for point in quad], page.delivered)


def is_inside(quad: PageQuad, size: Size) -> bool:
    """Whether all corners lie on a picture of that size."""
    return all(0 <= x <= size.width and 0 <= y <= size.height for x, y in quad)


def _delivered(point: PagePoint, page: ManifestPage) -> PagePoint:
    x, y = point
    width, height = page.original.width, page.original.height
    match page.turn:
        case 90:
            x, y, width, height = height - 1 - y, x, height, width
        case 180:
            x, y = width - 1 - x, height - 1 - y
        case 270:
            x, y, width, height = y, width - 1 - x, height, width
        case _:
            pass
    return (
        (x + 0.5) * page.delivered.width / width - 0.5,
        (y + 0.5) * page.delivered.height / height - 0.5,
    )


def _within(points: Sequence[PagePoint], size: Size) -> PageQuad:
    # Written out: this runs for eight numbers of every field that leaves.
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    width, height = float(size.width), float(size.height)
    return (
        (_cut(ax, width), _cut(ay, height)),
        (_cut(bx, width), _cut(by, height)),
        (_cut(cx, width), _cut(cy, height)),
        (_cut(dx, width), _cut(dy, height)),
    )


def _cut(value: float, most: float) -> float:
    if value <= 0.0:
        return 0.0
    return most if value >= most else round(value, DIGITS)


def _extent(quad: PageQuad) -> float:
    """The shorter side of the upright box around a quad."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = quad
    return min(max(ax, bx, cx, dx) - min(ax, bx, cx, dx), max(ay, by, cy, dy) - min(ay, by, cy, dy))
