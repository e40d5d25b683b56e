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
    """Where red or pink ink lies in a whitened BGR picture."""
    blue, green, red = (cv2.blur(channel, (3, 3)) for channel in cv2.split(white))
    clear = np.asarray(cv2.subtract(red, cv2.max(blue, green)) > RED_ABOVE, np.uint8)
    # Thin reddish lines are fringes on black strokes, except near broader ones: there they are the rings of a stamp.
    broad = cv2.morphologyEx(clear, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    near = np.asarray(cv2.dilate(broad, np.ones((31, 31), np.uint8)), np.uint8)
    return (near & clear) > 0


def without_stamp(picture: Picture, already_white: bool = False) -> Picture:
    """Grey, light evened, red ink gone: the red channel hardly shows red, blue and black are as dark there as ever."""
    white = picture if already_white else whitened(picture)
    grey = np.asarray(cv2.cvtColor(white, cv2.COLOR_BGR2GRAY), np.uint8)
    inked = red_ink(white)
    if inked.mean() < MIN_SHARE:
        return grey
    for box in _boxes_of(inked):
        _lift(grey[box], white[..., 2][box], inked[box])
    return grey


def _boxes_of(inked: NDArray[np.bool_]) -> list[tuple[slice, slice]]:
    """Boxes around patches of red ink with some room, so that work is done only where stamps are."""
    apart = cv2.dilate(inked.astype(np.uint8), np.ones((41, 41), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(apart, connectivity=8)
    return [(slice(y, y + height), slice(x, x + width)) for x, y, width, height, _ in stats[1:count]]


def _lift(grey: Picture, red: Picture, inked: NDArray[np.bool_]) -> None:
    """Brings red ink in this part of the grey picture, in place, to the brightness of paper."""
    if not inked.any():
        return
    # The ink's own level in the red channel, near each place, becomes the paper.
    lifted = np.minimum(red * (PAPER_WHITE / _level_of_ink(red, inked)), PAPER_WHITE).astype(np.uint8)
    # JPEG spreads colour over the neighbouring pixels.
    stamped = cv2.dilate(inked.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    # Never darker than it was: nothing may be drawn that is not on the page.
    grey[stamped] = np.maximum(lifted, grey)[stamped]


def _level_of_ink(red: Picture, inked: NDArray[np.bool_]) -> NDArray[np.float32]:
    """What red ink alone shows in the red channel around each place (0-255, at least 90)."""
    usual = float(np.median(red[inked]))
    # Much darker pixels have writing under the stamp.
    alone = (inked & (red > 0.8 * usual)).astype(np.float32)
    around = (41, 41)
    share = cv2.blur(alone, around)
    level = cv2.blur(red * alone, around) / np.maximum(share, 1e-3)
    return np.clip(np.where(share > 0.01, level, usual) * 0.95, 90.0, PAPER_WHITE).astype(np.float32)
