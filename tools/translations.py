"""Brings the window's translations up to date.

    python tools/translations.py

Collects the texts of the window into hotich/ui/resources/en.ts, keeps what is translated, names what is not, and
compiles en.qm and qtbase_vi.qm. Run it after changing a text, translate in en.ts (or Qt Linguist), run it again.
"""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WINDOW = ROOT / "hotich" / "ui"
RESOURCES = WINDOW / "resources"
TOOLS = Path(sys.executable).parent


def collect(target: Path) -> None:
    """Bring the texts of the source into the .ts file."""
    sources = sorted(str(file.relative_to(ROOT)) for file in WINDOW.rglob("*.py"))
    options = ["-source-language", "vi", "-target-language", "en", "-locations", "none", "-no-obsolete", "-silent"]
    subprocess.run([TOOLS / "pyside6-lupdate", *sources, "-ts", target, *options], cwd=ROOT, check=True)


def compile_texts(source: Path, target: Path) -> None:
    """Make the .qm file of a .ts file."""
    command = [TOOLS / "pyside6-lrelease", "-silent", source, "-qm", target]
    subprocess.run(command, check=True)


def untranslated(source: Path) -> list[str]:
    """The texts of a .ts file without a finished translation."""
    missing = []
    for message in ElementTree.parse(source).iter("message"):
        translation = message.find("translation")
        if translation is None or translation.get("type") == "unfinished" or not translation.text:
            missing.append(message.findtext("source", ""))
    return missing


def main() -> int:
    """The exit code: 1 while a text is not translated."""
    collect(RESOURCES / "en.ts")
    for name in ("en", "qtbase_vi"):
        compile_texts(RESOURCES / f"{name}.ts", RESOURCES / f"{name}.qm")
    missing = untranslated(RESOURCES / "en.ts")
    for text in missing:
        print(text)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
