"""Other recognisers to hold ours against: the network that ours starts from, as it ships, and asterocr.

asterocr is never needed and never shipped with us: what it was trained on may be used for research alone. It is asked
only where someone has installed it (`pip install asterocr`).
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from training.base import Base
from training.sheet import Line

HEIGHT, NARROWEST = 48, 320


def first_network() -> Callable[[Line], str]:
    """Reads as PP-OCRv6 small ships: whole crop 48 px high, its 18,709 letters, the likeliest at each step."""
    base = Base()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(base.path), options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    letters = {index: letter for letter, index in base.letters.items()}

    def read(line: Line) -> str:
        shares = session.run(None, {name: _as_it_takes(line.picture)})[0][0]
        path = shares.argmax(1)
        kept = [int(index) for index, before in zip(path, [0, *path[:-1]], strict=True) if index and index != before]
        return "".join(letters.get(index, "") for index in kept)

    return read


def _as_it_takes(picture: NDArray[np.uint8]) -> NDArray[np.float32]:
    """1 x 3 x HEIGHT x width, padded with grey to NARROWEST as its own program does."""
    wide = max(8, round(picture.shape[1] * HEIGHT / picture.shape[0]))
    scaled = cv2.resize(picture, (wide, HEIGHT), interpolation=cv2.INTER_LINEAR).astype(np.float32) / 127.5 - 1.0
    room = np.zeros((HEIGHT, max(wide, NARROWEST)), np.float32)
    room[:, :wide] = scaled
    return np.ascontiguousarray(np.broadcast_to(room, (1, 3, *room.shape)))


def asterocr() -> Callable[[Line], str] | None:
    """Reads as asterocr does, or None where it is not installed."""
    if find_spec("asterocr") is None:
        return None
    from asterocr import AsterOCR

    engine = AsterOCR(enable_telemetry=False)
    return lambda line: str(engine.predict(cv2.cvtColor(line.picture, cv2.COLOR_GRAY2RGB)))
