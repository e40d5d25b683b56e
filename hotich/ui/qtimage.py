"""Pictures between numpy and Qt. Both directions copy, so that neither side can change or free the other's pixels."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage

Pixels = npt.NDArray[np.uint8]


def to_qimage(pixels: Pixels) -> QImage:
    """The picture as a QImage of its own.

    `pixels` is height x width x 3 (blue, green, red) or height x width (grey), uint8. Raises ValueError for any other.
    """
    if pixels.dtype != np.uint8 or pixels.ndim not in (2, 3) or (pixels.ndim == 3 and pixels.shape[2] != 3):
        raise ValueError(f"not a picture: {pixels.dtype} {pixels.shape}")
    packed = np.ascontiguousarray(pixels)
    height, width = packed.shape[:2]
    kind = QImage.Format.Format_Grayscale8 if packed.ndim == 2 else QImage.Format.Format_BGR888
    # The stride is given: without it Qt takes rows to be padded to four bytes, which numpy's are not.
    return QImage(packed.data, width, height, int(packed.strides[0]), kind).copy()


def to_pixels(image: QImage) -> Pixels:
    """The picture as a height x width x 3 array (blue, green, red) of its own."""
    flat = image.convertToFormat(QImage.Format.Format_BGR888)
    rows = np.frombuffer(flat.constBits(), np.uint8).reshape(flat.height(), flat.bytesPerLine())
    return rows[:, : flat.width() * 3].reshape(flat.height(), flat.width(), 3).copy()
