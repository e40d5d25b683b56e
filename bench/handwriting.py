"""How fast and how large the recogniser of handwriting is, on one core.

    python -m bench.handwriting            the shipped model
    python -m bench.handwriting MODEL      another folder of the same files

Prints the time to load, milliseconds of processor time for a short field, a line of 60 letters and a page of 80 fields
(network and words apart from preparing the crop), and how much memory the process holds more than before.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

import hotich
from hotich.forms.formspec import FieldKind, Ink
from hotich.ocr.engine import Crop
from hotich.ocr.handwriting_crops import written_lines
from hotich.ocr.handwriting_engine import MODEL_FOLDER, HandwritingEngine

FONT = Path(hotich.__file__).parent / "fonts" / "BeVietnamPro-Regular.ttf"
DPI = 200.0
SHORT = ("Nguyễn Thị Hường", "12/03/1984", "Làm ruộng", "Kinh", "Việt Nam", "Trần Văn Đức", "xã Yên Trạch", "1957")
LONG = "Thôn Đoài, xã Yên Trạch, huyện Ý Yên, tỉnh Hà Nam Ninh, 1984"
ROUNDS = 5


def drawn(text: str) -> NDArray[np.uint8]:
    """The text in print as large as handwriting at DPI."""
    font = ImageFont.truetype(str(FONT), 34)
    picture = Image.new("L", (int(font.getlength(text)) + 40, 64), 235)
    ImageDraw.Draw(picture).text((16, 32), text, font=font, fill=50, anchor="lm")
    return np.asarray(picture, np.uint8)


def field(text: str) -> Crop:
    """A field of free text."""
    return Crop("field", FieldKind.TEXT, Ink.HAND, drawn(text), DPI)


def milliseconds(work: Callable[[], object], times: int) -> float:
    """Processor time of one of so many rounds of work."""
    start = time.process_time()
    for _ in range(times):
        work()
    return 1000 * (time.process_time() - start) / times


def main() -> int:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    engine = HandwritingEngine(Path(sys.argv[1]) if len(sys.argv) > 1 else MODEL_FOLDER)
    short, long = [field(text) for text in SHORT], field(LONG)
    print(f"{engine.name} {engine.version}")
    print(f"loading and the first field: {milliseconds(lambda: engine.read(short[:1]), 1):.0f} ms")
    print(f"a short field: {milliseconds(lambda: engine.read(short), ROUNDS) / len(short):.1f} ms")
    preparing = milliseconds(lambda: [written_lines(crop.picture, DPI) for crop in short], ROUNDS)
    print(f"  of it preparing: {preparing / len(short):.1f} ms")
    print(f"a line of {len(LONG)} letters: {milliseconds(lambda: engine.read([long]), ROUNDS):.1f} ms")
    page = [*short * 9, *[long] * 8]
    print(f"a page of {len(page)} fields: {milliseconds(lambda: engine.read(page), 1) / 1000:.2f} s")
    print(f"memory: {(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024:.0f} MB more at most")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
