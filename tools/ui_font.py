"""Makes the shipped interface fonts again from the published web-font parts; needs requirements-samples.lock.

npm pack @fontsource/be-vietnam-pro@5.3.0 && tar xzf fontsource-be-vietnam-pro-5.3.0.tgz
python tools/ui_font.py package/files hotich/ui/resources/fonts
"""

import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

# The order decides which part's outline stands for a letter that several parts hold.
PARTS = ("latin", "latin-ext", "vietnamese")
WEIGHTS = {400: "Regular", 700: "Bold"}


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
