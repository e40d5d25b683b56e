"""Drawing a frame of the stored picture: in full for the clean page, small for measuring on it."""

from __future__ import annotations

import cv2
import numpy as np

from hotich.imaging.geometry import Frame, Homography, Picture, apply_turn_of, scaled


def reduced(picture: Picture, longest_px: int) -> tuple[Picture, float]:
    """The picture at most `longest_px` long, and the factor; the same picture and 1.0 when it is no longer."""
    factor = longest_px / max(picture.shape[:2])
    if factor >= 1.0:
        return picture, 1.0
    size = (max(1, round(picture.shape[1] * factor)), max(1, round(picture.shape[0] * factor)))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8), factor


def full_view(picture: Picture, frame: Frame) -> Picture:
    """The stored picture seen through the frame, at full size; what lies outside of it gets the colour of its edge."""
    exact = apply_turn_of(picture, frame)
    if exact is not None:
        return exact
    return _warped(picture, frame.from_stored, frame.width, frame.height, cv2.INTER_CUBIC)


class Looker:
    """Small views of one stored picture through any frame, drawn from one reduced copy."""

    def __init__(self, picture: Picture, longest_px: int = 2000) -> None:
        self._small, _ = reduced(picture, longest_px)
        self._shrunk = np.diag(
            [self._small.shape[1] / picture.shape[1], self._small.shape[0] / picture.shape[0], 1.0]
        ).astype(np.float64)

    def look(self, frame: Frame, longest_px: int) -> tuple[Picture, float]:
        """The frame at most `longest_px` long in BGR, and the factor from frame pixels to pixels of this view."""
        factor = min(1.0, longest_px / max(frame.width, frame.height))
        width, height = max(1, round(frame.width * factor)), max(1, round(frame.height * factor))
        matrix = scaled(factor) @ frame.from_stored @ np.linalg.inv(self._shrunk)
        return _warped(self._small, matrix, width, height, cv2.INTER_LINEAR), factor


def _warped(picture: Picture, matrix: Homography, width: int, height: int, how: int) -> Picture:
    drawn = cv2.warpPerspective(
        picture, matrix, (width, height), flags=how, borderMode=cv2.BORDER_CONSTANT, borderValue=_edge_colour(picture)
    )
    return np.asarray(drawn, np.uint8)


def _edge_colour(picture: Picture) -> tuple[float, ...]:
    """The middle colour along the picture's edges, so that turning a page adds no black corners."""
    step = max(1, min(picture.shape[:2]) // 400)
    rows = picture.reshape(*picture.shape[:2], -1)[::step, ::step]
    edge = np.concatenate([rows[0], rows[-1], rows[:, 0], rows[:, -1]])
    return tuple(float(value) for value in np.median(edge, axis=0))
