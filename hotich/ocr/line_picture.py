"""A field's crop as the picture of its one line, to be kept in a file."""

from __future__ import annotations

import cv2
import numpy as np

from hotich.ocr.handwriting_crops import written_lines
from hotich.ocr.prepare import Grey

HEIGHT_PX = 64
QUALITY = 92


def line_jpeg(picture: Grey, dpi: float, ink_level: float = 0.0) -> bytes | None:
    """The line at most HEIGHT_PX high as grey JPEG; None unless the crop holds exactly one."""
    lines = written_lines(picture, dpi, ink_level)
    if len(lines) != 1:
        return None
    line = lines[0]
    if line.shape[0] > HEIGHT_PX:
        wide = max(1, round(line.shape[1] * HEIGHT_PX / line.shape[0]))
        line = np.asarray(cv2.resize(line, (wide, HEIGHT_PX), interpolation=cv2.INTER_AREA), np.uint8)
    done, data = cv2.imencode(".jpg", line, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    return data.tobytes() if done else None
