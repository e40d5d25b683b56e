"""The typefaces of the samples: taken from npm by name, or from a folder of ready TTF files."""

from __future__ import annotations

import functools
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from PIL import ImageFont

SUBSETS = ("latin", "latin-ext", "vietnamese")
SERIF = "tinos"
VERSIONS = {"moon-dance": "5.0.5", "the-nautigal": "5.2.7"}
NEWEST = "5.3.0"


@dataclass(frozen=True, slots=True)
class Style:
    """A cut of a typeface: its package name, weight and slope."""

    name: str
    weight: int = 400
    italic: bool = False

    @property
    def file_name(self) -> str:
        """`tinos.ttf`, `tinos-700.ttf`, `tinos-700-italic.ttf`."""
        parts = [self.name]
        parts += [str(self.weight)] if self.weight != 400 else []
        parts += ["italic"] if self.italic else []
        return "-".join(parts) + ".ttf"


@dataclass(frozen=True)
class Typefaces:
    """Finds font files: first in `folder`, then in `cache`, at last in the package of that name."""

    cache: Path
    folder: Path | None = None
    _loaded: dict[tuple[str, int], ImageFont.FreeTypeFont] = field(default_factory=dict)

    def font(self, style: Style, pixels: int) -> ImageFont.FreeTypeFont:
        """The font at a size in pixels."""
        key = (style.file_name, pixels)
        if key not in self._loaded:
            self._loaded[key] = ImageFont.truetype(str(self.path(style)), pixels)
        return self._loaded[key]

    def path(self, style: Style) -> Path:
        """The TTF of that cut, fetched when it is not there yet. Raises RuntimeError when npm gives none."""
        for place in (self.folder, self.cache):
            if place is not None and (place / style.file_name).is_file():
                return place / style.file_name
        return _fetch(style, self.cache)


def _fetch(style: Style, cache: Path) -> Path:
    cache.mkdir(parents=True, exist_ok=True)
    target = cache / style.file_name
    with tempfile.TemporaryDirectory() as work:
        slope = "italic" if style.italic else "normal"
        parts = _unpack(_packed(style.name, cache), style, slope, Path(work))
        if not parts:
            raise RuntimeError(f"The package of {style.name} has no cut {style.weight} {slope}.")
        merged = Merger().merge([str(part) for part in parts])
        merged.save(target)
    return target


@functools.cache
def _packed(name: str, cache: Path) -> Path:
    done = subprocess.run(
        ["npm", "pack", "--silent", f"@fontsource/{name}@{VERSIONS.get(name, NEWEST)}"],
        cwd=cache,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"npm could not fetch the typeface {name}: {done.stderr.strip()}")
    return cache / done.stdout.strip().splitlines()[-1]


def _unpack(package: Path, style: Style, slope: str, work: Path) -> list[Path]:
    found = []
    with tarfile.open(package) as archive:
        for subset in SUBSETS:
            name = f"package/files/{style.name}-{subset}-{style.weight}-{slope}.woff2"
            if name not in archive.getnames():
                continue
            member = archive.extractfile(name)
            assert member is not None
            font = TTFont(member)
            font.flavor = None
            found.append(work / f"{subset}.ttf")
            font.save(found[-1])
    return found
