"""Makes the shipped fonts again from the published web-font parts; needs requirements-samples.lock.

npm pack @fontsource/be-vietnam-pro@5.3.0 && tar xzf fontsource-be-vietnam-pro-5.3.0.tgz
python tools/ui_font.py package/files hotich/fonts
"""

import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

# The order decides which part's outline stands for a letter that several parts hold.
PARTS = ("latin", "latin-ext", "vietnamese")
WEIGHTS = {400: "Regular", 700: "Bold"}
# Combining marks that no part holds, and a glyph whose contours above the second glyph's top have the mark's shape.
# With the mark in the font, Qt keeps "e" and its marks together and the shaper puts the letter "ễ" in their place;
# without it, Qt takes the mark from another font and the letters fall apart.
MARKS = {0x0302: ("acircumflex", "a"), 0x0306: ("abreve", "a"), 0x031B: ("quoteright", None)}


def contours_above(font: TTFont, glyph: str, top: int) -> list[list[tuple]]:
    """The pen strokes of every contour of ``glyph`` that lies above ``top``, in font units."""
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[glyph].draw(pen)
    contours: list[list[tuple]] = []
    for stroke in pen.value:
        if stroke[0] == "moveTo":
            contours.append([])
        contours[-1].append(stroke)
    heights = [min(point[1] for _, points in contour for point in points) for contour in contours]
    return [contour for contour, height in zip(contours, heights, strict=True) if height > top]


def add_marks(font: TTFont) -> None:
    """Give the font the combining marks of MARKS, drawn to the left of the pen and without a width."""
    for code, (source, below) in MARKS.items():
        top = font["glyf"][below].yMax if below else -1
        pen = TTGlyphPen(None)
        left = TransformPen(pen, (1, 0, 0, 1, -font["hmtx"][source][0], 0))
        for contour in contours_above(font, source, top):
            for stroke, points in contour:
                getattr(left, stroke)(*points)
        name = f"uni{code:04X}"
        font.setGlyphOrder([*font.getGlyphOrder(), name])
        font["glyf"][name] = pen.glyph()
        font["glyf"][name].recalcBounds(font["glyf"])
        font["hmtx"][name] = (0, font["glyf"][name].xMin)
        for table in font["cmap"].tables:
            table.cmap[code] = name


def merge_weight(parts: Path, weight: int, target: Path) -> None:
    """Write one TTF that holds the letters of every part of ``weight``."""
    with tempfile.TemporaryDirectory() as folder:
        plain = []
        for part in PARTS:
            font = TTFont(parts / f"be-vietnam-pro-{part}-{weight}-normal.woff2", recalcTimestamp=False)
            font.flavor = None
            plain.append(str(Path(folder, f"{part}.ttf")))
            font.save(plain[-1])
        first = TTFont(plain[0])["head"]
        merged = Merger().merge(plain)
        # The merger writes today's date; the parts' own dates make the same bytes every time.
        merged["head"].created, merged["head"].modified = first.created, first.modified
        merged.recalcTimestamp = False
        add_marks(merged)
        merged.save(target)


def main() -> int:
    """Write every weight into the folder of the second argument."""
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    parts, target = Path(sys.argv[1]), Path(sys.argv[2])
    for weight, name in WEIGHTS.items():
        merge_weight(parts, weight, target / f"BeVietnamPro-{name}.ttf")
    return 0


if __name__ == "__main__":
    sys.exit(main())
