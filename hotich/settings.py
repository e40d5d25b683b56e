"""Numbers and choices of a workspace, read from `thresholds.toml` and the workspace's own file of the same shape."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path

import msgspec

from hotich.errors import SetupError


class Threshold(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One number with its lawful range and its sentence."""

    value: float
    range: tuple[float, float]
    vi: str
    en: str


class Settings(msgspec.Struct, frozen=True):
    """What the program goes by in one workspace; every number is explained in `thresholds.toml`."""

    doubtful_below: float
    hidden_below: float
    names_unseen_below: float
    accept_rest_above: float
    form_found_above: float
    residual_mm_at_most: float
    delivery_bytes_per_a4: float
    printed_engine: str = "tesserocr"
    handwriting_engine: str = "hotich-hand"


def thresholds() -> dict[str, Threshold]:
    """Every number by name, as shipped."""
    text = (resources.files("hotich") / "thresholds.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, Threshold])


def load_settings(own_file: Path | None = None) -> Settings:
    """The shipped numbers, replaced by those that the workspace's file names.

    The file holds lines such as `doubtful_below = 0.9` or `printed_engine = "pytesseract"`.
    Raises SetupError naming every unknown name and every number outside its range at once.
    """
    shipped = thresholds()
    values: dict[str, object] = {name: threshold.value for name, threshold in shipped.items()}
    own = _own_values(own_file)
    problems = [problem for name, value in own.items() if (problem := _problem(shipped, name, value))]
    if problems:
        raise SetupError("settings-wrong", file=own_file, problems="; ".join(problems))
    return msgspec.convert(values | own, Settings)


def _own_values(own_file: Path | None) -> dict[str, object]:
    if own_file is None or not own_file.exists():
        return {}
    try:
        return tomllib.loads(own_file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SetupError("settings-unreadable", file=own_file, detail=error) from error


def _problem(shipped: dict[str, Threshold], name: str, value: object) -> str:
    if name in ("printed_engine", "handwriting_engine"):
        return "" if isinstance(value, str) else name
    threshold = shipped.get(name)
    if threshold is None:
        return name
    low, high = threshold.range
    lawful = isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high
    return "" if lawful else f"{name} = {value} ({low:g} - {high:g})"
