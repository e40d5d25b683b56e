"""Draws the sample books: python -m sample_scans.draw [--out DIR] [--book NAME] [--seed N] [--fonts DIR]."""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from pathlib import Path

import numpy as np
import platformdirs

from hotich.forms.loader import load_catalogue
from sample_scans.draw.books import PLANS, BookPlan
from sample_scans.draw.events import Register, make_events, officials
from sample_scans.draw.output import jpeg, write_pdf, write_tiff
from sample_scans.draw.page import Drawn, PageArtist
from sample_scans.draw.truth import entry_json
from sample_scans.draw.typefaces import Typefaces


def main(arguments: list[str] | None = None) -> int:
    """Draw all books, or those named; returns 0."""
    parser = argparse.ArgumentParser(prog="python -m sample_scans.draw", description="Draws the sample register books.")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent.parent, help="folder of the books")
    parser.add_argument("--book", action="append", help="draw only this book (may be given again)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fonts", type=Path, help="folder of ready TTF files, looked into before npm")
    parser.add_argument("--cache", type=Path, default=platformdirs.user_cache_path("hotich") / "typefaces")
    wish = parser.parse_args(arguments)
    faces = Typefaces(wish.cache, wish.fonts)
    for plan in PLANS:
        if not wish.book or plan.name in wish.book:
            draw_book(plan, faces, wish.out, wish.seed)
            print(plan.name, flush=True)
    return 0


def draw_book(plan: BookPlan, faces: Typefaces, out: Path, seed: int) -> None:
    """Write the pictures and the truth of one book into a folder of its name."""
    rng = np.random.default_rng([seed, zlib.crc32(plan.name.encode())])
    form = load_catalogue().forms[plan.form_id]
    chairman, office, clerk = officials(rng, plan.town)
    chairman, clerk = plan.staff or (chairman, clerk)
    register = Register(plan.town, plan.year, plan.number, chairman, office, clerk, plan.peoples, plan.sexes)
    events = make_events(rng, plan.record, register, plan.first_number, sum(plan.entries))
    events = [plan.told(event) for event in events]
    artist = PageArtist(plan, form, register, faces)
    drawn: list[Drawn] = []
    for number, count in enumerate(plan.entries):
        start = sum(plan.entries[:number])
        page_rng = np.random.default_rng([seed, zlib.crc32(plan.name.encode()), number])
        other = drawn[-1].inks if drawn else None
        drawn.append(artist.draw(number, events[start : start + count], page_rng, other))
    folder = out / plan.name
    folder.mkdir(parents=True, exist_ok=True)
    _write_pictures(plan, drawn, folder)
    _write_truth(plan, drawn, folder)


def _write_pictures(plan: BookPlan, drawn: list[Drawn], folder: Path) -> None:
    pictures = [page.shot.picture for page in drawn]
    if plan.style == "pdf":
        write_pdf(folder / plan.files[0], pictures)
    elif plan.style == "tiff":
        write_tiff(folder / plan.files[0], pictures)
    else:
        for number, pixels in enumerate(pictures):
            (folder / plan.files[number]).write_bytes(jpeg(pixels, plan.turns.get(number, 0)))


def _write_truth(plan: BookPlan, drawn: list[Drawn], folder: Path) -> None:
    entries = []
    for number, page in enumerate(drawn):
        where = (plan.files[0], number) if plan.style in ("pdf", "tiff") else (plan.files[number], 0)
        for entry in page.entries:
            entries.append(entry_json(entry, page.shot, where, plan.turns.get(number, 0)))
    town = plan.town
    book = {
        "record_type": plan.record,
        "form_id": plan.form_id,
        "year": plan.year,
        "number": plan.number,
        "place": town.registrar,
        "province": town.province,
        "opened": f"{plan.year}-01-02",
        "closed": f"{plan.year}-12-31",
        "entries": len(entries),
        "style": plan.style,
        "files": list(plan.files),
    }
    text = json.dumps({"book": book, "entries": entries}, ensure_ascii=False, indent=1)
    (folder / "truth.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
