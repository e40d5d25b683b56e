"""Folders and archives of line pictures with their text: `lines.tsv` (file, text, and more) beside the pictures."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from hotich.letters import nfc
from training.alphabet import writable
from training.sheet import Line

TABLE = "lines.tsv"
WILL = "_will_"
"""Pages of the soldiers' wills have this in their name."""

WILLS_HELD_OUT, LONG_WILL, SHORT_WILL = 30, 60, 20


def read_lines(place: Path, whole_text: bool = False) -> Iterator[Line]:
    """Every line of a folder or ZIP file; `source` is the hand, as far as the table names documents and pages.

    With `whole_text` texts stay as they are; else they come in letters of our alphabet, and lines with others are left
    out. Raises OSError or KeyError when a picture is missing.
    """
    for row in _table(place):
        text = nfc(" ".join(row["text"].split())) if whole_text else writable(row["text"])
        if text:
            picture = cv2.imdecode(np.frombuffer(_bytes(place, row["file"]), np.uint8), cv2.IMREAD_GRAYSCALE)
            yield Line(np.asarray(picture, np.uint8), text, hand_of(row))


def hand_of(row: dict[str, str]) -> str:
    """Who wrote a line: one will of several pages (`..._0192-0`), one notary's register, else the line alone."""
    page, document = row.get("page") or "", row.get("document") or ""
    return page.rpartition("-")[0] if WILL in page else document or row["file"]


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


def held_out_hands(hands: Iterable[str]) -> set[str]:
    """Which hands training never sees, told from the hand of each line.

    Of the soldiers' wills: the six of at least LONG_WILL lines, the only ones long enough for a curve of learning, and
    of those of at least SHORT_WILL lines as many as make WILLS_HELD_OUT, by the order of their SHA-256.
    """
    counts = Counter(hands)
    wills = sorted((hand for hand in counts if WILL in hand), key=_hashed)
    long = [hand for hand in wills if counts[hand] >= LONG_WILL]
    short = [hand for hand in wills if SHORT_WILL <= counts[hand] < LONG_WILL]
    return {*long, *short[: max(0, WILLS_HELD_OUT - len(long))]}


def _hashed(hand: str) -> str:
    return hashlib.sha256(hand.encode()).hexdigest()
