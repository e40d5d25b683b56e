"""Reading the QR code out of a picture: a rendered sheet, a scan or a photograph."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]

LONGEST = 4000
"""A larger picture is made smaller first: a code needs some pixels a square, not dozens."""

STRAIGHT, MARGIN = 1200, 120
"""Side in pixels of a code that was found and cut out straight, and the white around it."""

_SIZES = (1.0, 1.5, 2.0, 0.6, 3.0, 0.4)


def read_qr(picture: Pixels) -> str:
    """The text of the code in a picture (grey or BGR, 8 bits), or '' when none can be read.

    The picture is tried in several sizes, and wherever a code is seen it is cut out straight and large as well; it may
    lie aslant or upside down.
    """
    grey = _grey(picture)
    detector, finder = cv2.QRCodeDetector(), cv2.QRCodeDetectorAruco()
    for size in _SIZES:
        if max(grey.shape) * size > LONGEST * 1.5:
            continue
        sized = grey if size == 1 else _resized(grey, size)
        for quad in _quads(sized, detector, finder):
            for cut in _straight(sized, quad):
                if text := _decoded(cut, detector, finder):
                    return text
    return ""


def _grey(picture: Pixels) -> Pixels:
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY) if picture.ndim == 3 else picture, dtype=np.uint8)
    longest = max(grey.shape)
    return _resized(grey, LONGEST / longest) if longest > LONGEST else np.ascontiguousarray(grey)


def _resized(grey: Pixels, factor: float) -> Pixels:
    method = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(grey, None, fx=factor, fy=factor, interpolation=method), dtype=np.uint8)


def _quads(
    grey: Pixels, detector: cv2.QRCodeDetector, finder: cv2.QRCodeDetectorAruco
) -> Iterator[NDArray[np.float32]]:
    """The corners of what looks like a code, by each way of finding one."""
    for find in (detector.detect, finder.detect):
        try:
            found, corners = find(grey)
        except cv2.error:
            # Noise that looks like a code makes it stumble; that is the same as no code.
            continue
        if found and corners is not None:
            quad = np.asarray(corners, dtype=np.float32).reshape(-1, 4, 2)[0]
            if cv2.contourArea(quad) > 400:
                yield quad


def _straight(grey: Pixels, quad: NDArray[np.float32]) -> Iterator[Pixels]:
    """The code cut out straight: as it is, and with its light made even."""
    far = STRAIGHT + MARGIN
    square = np.array([[MARGIN, MARGIN], [far, MARGIN], [far, far], [MARGIN, far]], dtype=np.float32)
    side = STRAIGHT + 2 * MARGIN
    matrix = cv2.getPerspectiveTransform(quad, square)
    cut = cv2.warpPerspective(grey, matrix, (side, side), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    yield np.asarray(cut, dtype=np.uint8)
    smooth = cv2.GaussianBlur(cut, (0, 0), 3)
    _, black = cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    yield np.asarray(black, dtype=np.uint8)
    even = cv2.adaptiveThreshold(smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 201, 4)
    yield np.asarray(even, dtype=np.uint8)


def _decoded(grey: Pixels, detector: cv2.QRCodeDetector, finder: cv2.QRCodeDetectorAruco) -> str:
    for decode in (detector.detectAndDecode, finder.detectAndDecode):
        try:
            text = decode(grey)[0]
        except (cv2.error, UnicodeDecodeError):
            continue
        if text:
            return str(text)
    return ""
