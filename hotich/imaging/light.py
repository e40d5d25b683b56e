"""Uneven light: the paper's brightness is measured where there is no ink, and shading is divided away."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from hotich.imaging.geometry import Picture
from hotich.imaging.view import reduced

MEASURE_PX = 400
"""Shading is broad: a view this long shows all of it."""

INK_PX = 13
"""At that size writing, ruling and stamps' rings are narrower than this."""

MAX_GAIN = 3.0
"""A shadow deeper than this is left partly dark: lifting it more lifts only noise."""

EVEN_RATIO = 1.12
"""Light whose bright parts are no more than this brighter than its dark parts is even."""

PAPER_WHITE = 244.0
"""Where the paper stands in a picture for the recogniser."""


@dataclass(frozen=True, slots=True)
class LightMeasure:
    """`unevenness` is bright over dark paper (1 = even); `confidence` 0-1 that evening it will help."""

    unevenness: float
    confidence: float


def paper_brightness(picture: Picture) -> NDArray[np.float32]:
    """The brightness of the bare paper, 0-255, in a map of at most MEASURE_PX; channels as in the picture."""
    small, _ = reduced(picture, MEASURE_PX)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (INK_PX, INK_PX))
    bare = cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel, borderType=cv2.BORDER_REPLICATE)
    bare = cv2.medianBlur(bare, 2 * INK_PX - 1)
    return np.asarray(cv2.GaussianBlur(bare, (0, 0), INK_PX / 2), np.float32)


def measure_light(picture: Picture) -> LightMeasure:
    """How uneven the light on the page is, between the 5th and 95th hundredth of its area."""
    paper = paper_brightness(_grey(picture))
    dark, bright = (float(value) for value in np.percentile(paper, (5, 95)))
    ratio = bright / max(dark, 1.0)
    # Nearly black areas are no paper in shadow but something else in the picture.
    believable = 1.0 if dark > 40.0 else 0.4
    return LightMeasure(round(ratio, 3), round(float(np.clip((ratio - 1.0) / 0.25, 0.0, 1.0)) * believable, 3))


def even_light(picture: Picture) -> Picture:
    """The picture with its shading divided away; the paper keeps its tint and its brightness where it was lightest."""
    paper = paper_brightness(_grey(picture))
    target = float(np.percentile(paper, 90))
    return _multiplied(picture, np.clip(target / np.maximum(paper, 1.0), 1.0 / MAX_GAIN, MAX_GAIN))


def whitened(picture: Picture) -> Picture:
    """The picture with its paper brought to PAPER_WHITE in every channel, so that tint and shading are gone."""
    paper = paper_brightness(picture)
    return _multiplied(picture, np.clip(PAPER_WHITE / np.maximum(paper, 1.0), 0.5, 2.0 * MAX_GAIN))


def _multiplied(picture: Picture, gain: NDArray[np.floating]) -> Picture:
    """Band by band, so that no second full-size copy in floats is ever held."""
    height, width = picture.shape[:2]
    out = np.empty_like(picture)
    wide = np.asarray(gain, np.float32)
    for top in range(0, height, 512):
        bottom = min(height, top + 512)
        band = _band(wide, top, bottom, (height, width))
        if picture.ndim == 3 and band.ndim == 2:
            band = band[..., np.newaxis]
        out[top:bottom] = np.clip(picture[top:bottom] * band, 0, 255)
    return out


def _band(gain: NDArray[np.float32], top: int, bottom: int, size: tuple[int, int]) -> NDArray[np.float32]:
    """Rows `top` to `bottom` of the small map enlarged to the full size."""
    height, width = size
    across = np.array([[gain.shape[1] / width, 0.0], [0.0, gain.shape[0] / height]])
    offset = (across.diagonal() - 1.0) / 2.0
    matrix = np.array([[across[0, 0], 0.0, offset[0]], [0.0, across[1, 1], offset[1] + across[1, 1] * top]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    band = cv2.warpAffine(gain, matrix, (width, bottom - top), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(band, np.float32)


def _grey(picture: Picture) -> Picture:
    return picture if picture.ndim == 2 else np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
