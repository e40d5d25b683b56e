"""Red stamps: their ink is taken out of the recogniser's picture, the blue and black writing under it stays."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from hotich.imaging.geometry import Picture
from hotich.imaging.light import PAPER_WHITE, whitened

RED_ABOVE = 26
"""On whitened paper red stands at least this far above the stronger of green and blue in stamp ink."""

MIN_SHARE = 0.0004
"""Less red than this share of the picture is no stamp but the fringe of a lens or a speck."""


def red_ink(white: Picture) -> NDArray[np.bool_]:
    """Where red or pink ink lies in a whitened BGR picture, with the soft edge that JPEG gives it."""
    blue, green, red = (cv2.blur(channel, (3, 3)) for channel in cv2.split(white))
    clear = np.asarray(cv2.subtract(red, cv2.max(blue, green)) > RED_ABOVE, np.uint8)
    # Single reddish pixels are fringes on black strokes.
    steady = cv2.morphologyEx(clear, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    return np.asarray(cv2.dilate(steady, np.ones((5, 5), np.uint8)), np.bool_)


def without_stamp(picture: Picture, already_white: bool = False) -> Picture:
    """Grey, light evened, red ink gone: the red channel hardly shows red, blue and black are as dark there as ever."""
    white = picture if already_white else whitened(picture)
    grey = np.asarray(cv2.cvtColor(white, cv2.COLOR_BGR2GRAY), np.uint8)
    stamped = red_ink(white)
    if stamped.mean() < MIN_SHARE:
        return grey
    # The stamp's own level in the red channel, near each place, becomes the paper.
    red = np.ascontiguousarray(white[..., 2])
    level = _level_of_ink(red, stamped)
    lifted = np.minimum(red.astype(np.float32) * (PAPER_WHITE / level), PAPER_WHITE).astype(np.uint8)
    # Never darker than it was: outside the ink nothing may be drawn that is not on the page.
    grey[stamped] = np.maximum(lifted, grey)[stamped]
    return grey


def _level_of_ink(red: Picture, stamped: NDArray[np.bool_]) -> NDArray[np.float32]:
    """What red ink alone shows in the red channel around each place (0-255, at least 110)."""
    size = (max(1, red.shape[1] // 8), max(1, red.shape[0] // 8))
    # The brightest of each small neighbourhood inside the stamp is ink without writing on it.
    inside = np.where(stamped, red, 0).astype(np.uint8)
    bright = cv2.dilate(cv2.resize(inside, size, interpolation=cv2.INTER_AREA), np.ones((5, 5), np.uint8))
    smooth = cv2.resize(bright, (red.shape[1], red.shape[0]), interpolation=cv2.INTER_LINEAR)
    level = np.asarray(smooth, np.float32)
    middle = float(np.percentile(red[stamped], 60))
    return np.asarray(np.clip(np.maximum(level, middle * 0.85), 110.0, PAPER_WHITE), np.float32)
