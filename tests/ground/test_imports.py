"""What may be loaded without a window."""

import subprocess
import sys
from pathlib import Path

import hotich

PACKAGE = Path(hotich.__file__).parent
# The window, and what starts it.
WINDOW = ("hotich.ui", "hotich.app", "hotich.__main__")
PRESENTERS = "hotich.ui.presenters"


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def modules_without_a_window() -> list[str]:
    names = sorted(module_name(path) for path in PACKAGE.rglob("*.py"))
    return [name for name in names if within(name, PRESENTERS) or not any(within(name, part) for part in WINDOW)]


def loaded_qt(modules: list[str]) -> str:
    """Names of the Qt modules that a fresh Python has loaded after importing ``modules``."""
    program = (
        "import importlib, sys\n"
        "for name in sys.argv[1:]: importlib.import_module(name)\n"
        "print(*sorted(name for name in sys.modules if name.split('.')[0] in ('PySide6', 'shiboken6')))"
    )
    command = [sys.executable, "-W", "error", "-c", program, *modules]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_everything_outside_the_window_loads_without_qt():
    modules = modules_without_a_window()
    assert "hotich.values" in modules
    assert loaded_qt(modules) == ""


def test_a_module_with_qt_would_be_seen():
    assert "PySide6.QtCore" in loaded_qt(["PySide6.QtCore"])
