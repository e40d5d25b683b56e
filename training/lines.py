"""Folders and archives of line pictures with their text: `lines.tsv` (file, text, and more) beside the pictures."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from hotich.letters import nfc
from training.alphabet import writable
from training.sheet import Line

TABLE = "lines.tsv"


def read_lines(place: Path, whole_text: bool = False) -> Iterator[Line]:
    """Every line of a folder or ZIP file; `source` is the document where the table names one.

    With `whole_text` texts stay as they are; else they come in letters of our alphabet, and lines with others are left
    out. Raises OSError or KeyError when a picture is missing.
    """
    for row in _table(place):
        text = nfc(" ".join(row["text"].split())) if whole_text else writable(row["text"])
        if text:
            picture = cv2.imdecode(np.frombuffer(_bytes(place, row["file"]), np.uint8), cv2.IMREAD_GRAYSCALE)
            yield Line(np.asarray(picture, np.uint8), text, row.get("document") or row["file"])


def _table(place: Path) -> list[dict[str, str]]:
    text = _bytes(place, TABLE).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))


def _bytes(place: Path, name: str) -> bytes:
    if place.is_dir():
        file = place / name
        return (file if file.exists() else place / "lines" / name).read_bytes()
    archive, names = _archive(place)
    return archive.read(names[Path(name).name])


@cache
def _archive(place: Path) -> tuple[zipfile.ZipFile, dict[str, str]]:
    """The open archive, and where in it each file lies by its bare name."""
    archive = zipfile.ZipFile(place)
    return archive, {Path(name).name: name for name in archive.namelist()}
