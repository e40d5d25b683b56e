"""Pictures made easier to read on the screen: more contrast, light for dark."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

PERCENTILES = ((0.0, 100.0), (2.0, 80.0), (5.0, 55.0))
"""By step of contrast: the shares of pixels that become black and white. Paper is the larger part of a page."""


def toned(image: QImage, contrast: int, inverted: bool) -> QImage:
    """The picture with that step of contrast, and light for dark where wanted; the given one is left as it is."""
    if not contrast and not inverted:
        return image
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    height, width, stride = plain.height(), plain.width(), plain.bytesPerLine()
    pixels = np.frombuffer(plain.constBits(), np.uint8).reshape(height, stride)[:, : width * 3]
    table = _table(pixels, contrast)
    changed = np.ascontiguousarray((255 - table if inverted else table)[pixels])
    return QImage(changed.data, width, height, width * 3, QImage.Format.Format_RGB888).copy()


Values = NDArray[np.uint8]


def _table(pixels: Values, contrast: int) -> Values:
    """What each of the 256 values becomes."""
    if not contrast:
        return np.arange(256, dtype=np.uint8)
    step = max(1, pixels.size // 200_000)
    low, high = np.percentile(pixels.ravel()[::step], PERCENTILES[contrast])
    spread = (np.arange(256) - low) / max(high - low, 1.0)
    table: Values = np.clip(spread * 255, 0, 255).astype(np.uint8)
    return table
