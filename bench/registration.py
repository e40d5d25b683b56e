"""How well forms are found and laid on the sample pages: one line a book, and with --each one line a page.

    python -m bench.registration [--each] [--overlays FOLDER] [BOOK ...]

A field counts as covered when its region takes in at least 90 % of the area of its true box. Values and blank zones are
counted alike. With --overlays every page is drawn with its regions (green), true boxes (red where missed, else blue).
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from hotich.forms.formspec import FormSpec
from hotich.forms.loader import load_catalogue
from hotich.imaging.clean import CleanPage, PageShape, clean_page
from hotich.imaging.files import read_sources
from hotich.imaging.formfind import rank_forms
from hotich.imaging.geometry import Picture
from hotich.imaging.grid import find_lines
from hotich.imaging.rasters import decode
from hotich.imaging.registration import PageFit, register
from hotich.ocr.words import find_words
from hotich.values import Region

SAMPLES = Path(__file__).resolve().parent.parent / "sample_scans"
ENOUGH = 0.9


@dataclass(slots=True)
class Tally:
    """Counts and CPU seconds (what one core needs, however busy the machine is) of one page or one book."""

    fields: int = 0
    covered: int = 0
    rows: int = 0
    rows_right: int = 0
    pages: int = 0
    forms_right: int = 0
    residuals: list[float] = field(default_factory=list)
    confidences: list[float] = field(default_factory=list)
    guesses: list[float] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        for name in ("fields", "covered", "rows", "rows_right", "pages", "forms_right"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("residuals", "confidences", "guesses", "missed"):
            getattr(self, name).extend(getattr(other, name))
        for step, spent in other.seconds.items():
            self.seconds[step] = self.seconds.get(step, 0.0) + spent

    def line(self, name: str) -> str:
        each = " ".join(f"{step} {spent / self.pages:4.1f}" for step, spent in self.seconds.items())
        return (
            f"{name[:34]:34} {self.pages:3} pages form {self.forms_right}/{self.pages} (least {min(self.guesses):.2f}) "
            f" rows {self.rows_right}/{self.rows}  fields {self.covered}/{self.fields} = "
            f"{100 * self.covered / max(self.fields, 1):5.1f} %  residual {max(self.residuals):.2f} mm  "
            f"confidence {min(self.confidences):.2f}  CPU s/page: {each}"
        )


def coverage(region: Region, box: np.ndarray) -> float:
    """The share of the true box's area that lies in the region."""
    quad = np.array([tuple(point) for point in region.quad.points], np.float32)
    area = abs(cv2.contourArea(box))
    shared, _ = cv2.intersectConvexConvex(quad, box)
    return float(shared / area) if area > 0 else 1.0


def books(names: list[str]) -> Iterator[tuple[str, Path, dict[str, Any]]]:
    for truth in sorted(SAMPLES.glob("*/truth.json")):
        if not names or truth.parent.name in names:
            yield truth.parent.name, truth.parent, json.loads(truth.read_text(encoding="utf-8"))


def measure_page(picture: Picture, exif_turn: int, truth: list[dict[str, Any]], form_id: str) -> tuple[Tally, PageFit]:
    forms = load_catalogue().forms
    form = forms[form_id]
    tally, clock = Tally(pages=1), time.process_time()

    def lap(step: str) -> None:
        nonlocal clock
        now = time.process_time()
        tally.seconds[step], clock = now - clock, now

    clean = clean_page(picture, wanted=PageShape(), exif_turn=exif_turn)
    lap("clean")
    words = find_words(clean.picture, _dpi(clean))
    lap("words")
    candidates = [other for other in forms.values() if other.record_type is form.record_type]
    best = rank_forms(words, find_lines(clean.picture), candidates)[0]
    tally.forms_right, tally.guesses = int(best.form_id == form_id), [best.confidence]
    lap("rank")
    fit = register(clean, form, words)
    lap("register")
    _count(tally, fit, truth, form)
    return tally, fit


def _dpi(clean: CleanPage) -> float:
    inches = 16.5 if clean.picture.shape[1] > clean.picture.shape[0] else 11.7
    return clean.dpi_estimate or max(clean.picture.shape[:2]) / inches


def _count(tally: Tally, fit: PageFit, truth: list[dict[str, Any]], form: FormSpec) -> None:
    tally.residuals, tally.confidences = [fit.residual_mm], [fit.confidence]
    written = {entry["entry"] for entry in truth}
    for entry in fit.entries:
        tally.rows += 1
        tally.rows_right += entry.filled == (entry.entry in written)
    for entry in truth:
        regions = {region.field_id: region for region in fit.entries[entry["entry"]].regions}
        for field_id, value in entry["fields"].items():
            box = np.array(value["box"], np.float32)
            share = coverage(regions[field_id], box)
            tally.fields += 1
            tally.covered += share >= ENOUGH
            if share < ENOUGH:
                tally.missed.append(f"{entry['file']} {entry['entry']} {field_id} ({value['state']}) {share:.2f}")


def overlay(picture: Picture, fit: PageFit, truth: list[dict[str, Any]]) -> Picture:
    drawn = picture.copy()
    thick = max(2, max(picture.shape[:2]) // 1200)
    regions = {}
    for entry in fit.entries:
        for region in entry.regions:
            regions[entry.entry, region.field_id] = region
            points = np.array([tuple(point) for point in region.quad.points], np.int32)
            cv2.polylines(drawn, [points], True, (60, 170, 60) if entry.filled else (160, 160, 160), thick)
    for entry in truth:
        for field_id, value in entry["fields"].items():
            box = np.array(value["box"], np.float32)
            bad = coverage(regions[entry["entry"], field_id], box) < ENOUGH
            cv2.polylines(drawn, [box.astype(np.int32)], True, (0, 0, 255) if bad else (220, 90, 0), thick)
    return drawn


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--each", action="store_true", help="a line for every page and every missed field")
    parser.add_argument("--overlays", type=Path, help="a folder for pictures of the pages with regions and true boxes")
    parser.add_argument("book", nargs="*", help="folders of sample_scans; all without")
    given = parser.parse_args()
    total: dict[str, Tally] = {}
    for name, folder, truth in books(given.book):
        tally = Tally()
        for file in dict.fromkeys(truth["book"]["files"]):
            for page in read_sources(folder / file).pages:
                entries = [e for e in truth["entries"] if e["file"] == file and e["frame"] == page.source.frame]
                picture = decode(page.original, page.source.frame)
                one, fit = measure_page(picture, page.source.exif_turn, entries, truth["book"]["form_id"])
                tally.add(one)
                if given.each:
                    print(one.line(f"  {file} {page.source.frame}"), *one.missed, sep="\n      ")
                if given.overlays:
                    given.overlays.mkdir(parents=True, exist_ok=True)
                    _, data = cv2.imencode(".png", overlay(picture, fit, entries))
                    (given.overlays / f"{name}-{Path(file).stem}-{page.source.frame}.png").write_bytes(data.tobytes())
        print(tally.line(f"{name} ({truth['book']['style']})"), flush=True)
        total.setdefault(truth["book"]["style"], Tally()).add(tally)
    for style, tally in total.items():
        print(tally.line(f"all {style}"))


if __name__ == "__main__":
    main()
