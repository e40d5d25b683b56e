"""Small pictures of fields, cut out of their pages for lists; kept beside the workspace so that each is cut once."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hotich.errors import InputError
from hotich.imaging.crops import cut
from hotich.imaging.light import even_light
from hotich.imaging.rasters import as_jpeg, decode, decode_reduced
from hotich.imaging.recipe import LIGHT
from hotich.pipeline.lookup import page_of
from hotich.pipeline.pictures import Pixels
from hotich.store import PageRow, Workspace
from hotich.values import Point, Quad

SNIPPET_FOLDER = Path("cache") / "snippets"
"""Inside the workspace; may be deleted at any time."""

LONGEST = 1700
"""Longest side of the page that snippets are cut from: 300 dpi are halved, and a line is about 50 pixels high."""

CONTEXT = 0.12
"""How much of its height is shown around a field, so that strokes that leave the box are seen."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A field of which a picture is wanted: any key that tells it apart, and where it stands in the stored picture."""

    key: str
    quad: Quad


def snippet_pictures(workspace: Workspace, page_id: str, wanted: Sequence[Wanted]) -> dict[str, Pixels]:
    """BGR pictures by key, upright, in the light of the cleaned page. A page is decoded once for all that are wanted.

    The cut is made straight from the stored picture by the field's own corners, as a cut from the cleaned page would
    show it. Raises InputError when the page's file is missing or damaged, PolicyError when there is no such page.
    """
    row = page_of(workspace, page_id)
    files = {each.key: _file(workspace, row, each.quad) for each in wanted}
    found = {key: kept for key, file in files.items() if (kept := _kept(file)) is not None}
    missing = [each for each in wanted if each.key not in found]
    if missing:
        page, to_stored = _page(workspace, row)
        for each in missing:
            found[each.key] = cut(page, to_stored, grown(each.quad, CONTEXT))
            _keep(files[each.key], found[each.key])
    return found


def grown(quad: Quad, share: float) -> Quad:
    """The quad larger by that share of its height on every side."""
    a, b, c, d = (np.array(point, float) for point in quad.points)
    down, across = ((d - a) + (c - b)) / 2, ((b - a) + (c - d)) / 2
    length = float(np.hypot(*across)) or 1.0
    dy, dx = down * share, across / length * float(np.hypot(*down)) * share
    corners = (a - dx - dy, b + dx - dy, c + dx + dy, d - dx + dy)
    return Quad(*(Point(float(x), float(y)) for x, y in corners))


def aspect(quad: Quad) -> float:
    """Width over height of the picture that will be cut."""
    a, b, _, d = (np.array(point, float) for point in grown(quad, CONTEXT).points)
    return float(np.hypot(*(b - a)) / max(1.0, float(np.hypot(*(d - a)))))


def _page(workspace: Workspace, row: PageRow) -> tuple[Pixels, np.ndarray[tuple[int, ...], np.dtype[np.float64]]]:
    original = workspace.original(row.page.file_sha256)
    page = decode_reduced(original, row.page.frame, LONGEST)
    step = row.recipe.step(LIGHT) if row.recipe is not None else None
    if step is not None and step.parameters.get("even"):
        page = even_light(page)
    factor = row.page.width / page.shape[1]
    edge = (factor - 1.0) / 2.0
    return page, np.array([[factor, 0.0, edge], [0.0, factor, edge], [0.0, 0.0, 1.0]])


def _file(workspace: Workspace, row: PageRow, quad: Quad) -> Path:
    step = row.recipe.step(LIGHT) if row.recipe is not None else None
    told = f"{row.page.file_sha256} {row.page.frame} {quad.points} {step.parameters if step is not None else ''}"
    return workspace.folder / SNIPPET_FOLDER / f"{hashlib.sha256(told.encode()).hexdigest()[:32]}.jpg"


def _kept(file: Path) -> Pixels | None:
    try:
        return decode(file.read_bytes(), 0)
    except (OSError, InputError):
        return None


def _keep(file: Path, pixels: Pixels) -> None:
    """Written whole or not at all; a full or read-only disk only means that it is cut again."""
    data = as_jpeg(pixels)
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(f".{threading.get_ident()}.part")
        part.write_bytes(data)
        part.replace(file)
