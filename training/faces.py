"""The typefaces that synthetic hands are drawn with, taken from npm by name or from a folder of ready files.

python -m training.faces FOLDER      fetches and merges every face that is not yet in FOLDER
"""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from PIL import ImageFont

LIST = Path(__file__).with_name("faces.toml")
X_HEIGHT_PX = 24
"""Faces are drawn so large that a small letter has this height."""


def names(group: str) -> list[str]:
    """The names of a group of `faces.toml`: train, held_out, plain or printed."""
    return str(tomllib.loads(LIST.read_text(encoding="utf-8"))[group]).split()


@dataclass
class Faces:
    """Loads faces of a folder at their working size."""

    folder: Path
    _loaded: dict[str, ImageFont.FreeTypeFont] = field(default_factory=dict)

    @cached_property
    def common(self) -> list[str]:
        """The faces of training, plain ones three times."""
        return names("train") + 2 * names("plain")

    def font(self, name: str) -> ImageFont.FreeTypeFont:
        """The face at its working size."""
        if name not in self._loaded:
            trial = self._open(name, 100)
            box = trial.getbbox("nao")
            size = int(100 * X_HEIGHT_PX / max(8, box[3] - box[1]))
            self._loaded[name] = self._open(name, max(30, min(160, size)))
        return self._loaded[name]

    def _open(self, name: str, size: int) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(str(self.folder / f"{name}.ttf"), size, layout_engine=ImageFont.Layout.BASIC)


def fetch_all(folder: Path) -> None:
    """Puts every face of the list into the folder. Raises RuntimeError when npm gives none."""
    from sample_scans.draw.typefaces import Style, Typefaces

    faces = Typefaces(cache=folder)
    for name in names("train") + names("held_out") + names("printed"):
        print(faces.path(Style(name)))


if __name__ == "__main__":
    fetch_all(Path(sys.argv[1]))
