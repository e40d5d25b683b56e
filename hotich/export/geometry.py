"""From places in an original picture to places in its delivered copy. Pixel centres stand at whole numbers."""

from __future__ import annotations

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
    original = _within([(point.x, point.y) for point in quad.points], page.original)
    if _extent(original) < 1.0:
        return None
    return FieldPlace(page=page.number, original=original, delivered=delivered_quad(original, page))


def delivered_quad(quad: PageQuad, page: ManifestPage) -> PageQuad:
    """A quad of the original picture, on the delivered one."""
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


def _within(points: list[PagePoint], size: Size) -> PageQuad:
    a, b, c, d = ((_cut(x, size.width), _cut(y, size.height)) for x, y in points)
    return (a, b, c, d)


def _cut(value: float, most: int) -> float:
    return round(min(max(value, 0.0), float(most)), DIGITS)


def _extent(quad: PageQuad) -> float:
    """The shorter side of the upright box around a quad."""
    xs, ys = [x for x, _ in quad], [y for _, y in quad]
    return min(max(xs) - min(xs), max(ys) - min(ys))
