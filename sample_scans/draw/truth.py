"""The known truth of a drawn page: every value with the quad of its ink, carried into the finished picture."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from sample_scans.draw.camera import Points, Shot
from sample_scans.draw.sheet import Box


@dataclass(frozen=True, slots=True)
class Mark:
    """A field of an entry: what is written, its form for the import, ink, hand, state, and its box on the sheet."""

    written: str
    normal: str
    ink: str
    hand: str
    state: str
    box: Box


@dataclass
class EntryTruth:
    """An entry on a page: its place among the entries, the marks by field id, and notes with their boxes."""

    entry: int
    fields: dict[str, Mark] = field(default_factory=dict)
    notes: list[tuple[str, Box]] = field(default_factory=list)


def corners(box: Box) -> Points:
    """The four corners of a sheet box, clockwise from the top left."""
    left, top, right, bottom = box
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float64)


def turned(points: Points, size: tuple[int, int], quarter_turns: int) -> Points:
    """Points of a picture of (width, height) after that many quarter turns against the clock."""
    width, height = size
    for _ in range(quarter_turns % 4):
        points = np.stack([points[:, 1], width - points[:, 0]], axis=1)
        width, height = height, width
    return points


def entry_json(entry: EntryTruth, shot: Shot, where: tuple[str, int], quarter_turns: int) -> dict[str, object]:
    """An entry as it stands in truth.json; `where` is file name and frame."""
    size = (shot.picture.shape[1], shot.picture.shape[0])

    def quad(box: Box) -> list[list[float]]:
        points = turned(shot.points(corners(box)), size, quarter_turns)
        return [[round(float(x), 1), round(float(y), 1)] for x, y in points]

    fields = {
        field_id: {
            "written": mark.written,
            "normal": mark.normal,
            "ink": mark.ink,
            "hand": mark.hand,
            "box": quad(mark.box),
            "state": mark.state,
        }
        for field_id, mark in entry.fields.items()
    }
    notes = [{"text": text, "box": quad(box)} for text, box in entry.notes]
    return {"file": where[0], "frame": where[1], "entry": entry.entry, "fields": fields, "notes": notes}
