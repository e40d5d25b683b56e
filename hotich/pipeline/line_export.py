"""The confirmed crops of a workspace as a folder of lines, from which a model of one's own can be trained.

The folder holds what stands in registers of real people. It is written only when a supervisor says so; who agreed, in
what words and when stands in its `consent.json`. Registers of adoptions are left out: nothing here is locked.
"""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import msgspec

from hotich.errors import PolicyError, StoreError
from hotich.forms.loader import load_catalogue
from hotich.ocr.engine import recogniser
from hotich.ocr.line_picture import line_jpeg
from hotich.pipeline.engines import Engines
from hotich.pipeline.learning import Confirmed, confirmed_fields, page_reader
from hotich.pipeline.ticket import SILENT, Ticket
from hotich.redaction import is_confidential
from hotich.store import Workspace
from hotich.store.append import utc_now
from hotich.text import nfc, squeeze
from hotich.values import Actor, Role

TABLE = "lines.tsv"
CONSENT = "consent.json"


class LineExport(msgspec.Struct, frozen=True):
    """What was written: the folder's manifest. `lines_sha256` is of lines.tsv."""

    agreed_by: str
    consent: str
    at: str
    books: int
    lines: int
    left_out: int
    lines_sha256: str


def export_lines(
    workspace: Workspace, folder: Path, supervisor: Actor, consent: str, ticket: Ticket = SILENT
) -> LineExport:
    """Writes `lines.tsv` (file, text, document, page, field), a JPEG for each line, and who agreed.

    Raises PolicyError unless a supervisor agrees in words, and StoreError when the folder holds something already or
    cannot be written.
    """
    if supervisor.role is not Role.SUPERVISOR:
        raise PolicyError("policy-supervisor-only")
    if not squeeze(consent) or not supervisor.name.strip():
        raise PolicyError("model-consent-needed")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise StoreError("model-folder-not-empty", folder=folder)
        return _written(workspace, folder, supervisor, consent, ticket)
    except OSError as failure:
        raise StoreError("model-folder-failed", folder=folder, detail=failure.strerror or "") from failure


def _written(workspace: Workspace, folder: Path, supervisor: Actor, consent: str, ticket: Ticket) -> LineExport:
    books = [row.book for row in workspace.books() if not row.book.practice and not is_confidential(row.book)]
    rows: list[tuple[str, ...]] = []
    left_out = 0
    for number, book in enumerate(books):
        ticket.progress(number, len(books), book.place)
        for each, picture in _pictures(workspace, book.book_id, ticket):
            if picture is None:
                left_out += 1
                continue
            name = f"{book.book_id[:8]}-{len(rows):05}.jpg"
            (folder / name).write_bytes(picture)
            rows.append((name, each.text, book.book_id, each.record.page_id, each.field_id))
    ticket.progress(len(books), len(books))
    with (folder / TABLE).open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
        table.writerow(("file", "text", "document", "page", "field"))
        table.writerows(rows)
    sha256 = hashlib.sha256((folder / TABLE).read_bytes()).hexdigest()
    agreed = nfc(squeeze(consent))
    report = LineExport(
        supervisor.name, agreed, utc_now().isoformat(timespec="seconds"), len(books), len(rows), left_out, sha256
    )
    (folder / CONSENT).write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=2))
    return report


def _pictures(workspace: Workspace, book_id: str, ticket: Ticket) -> Iterator[tuple[Confirmed, bytes | None]]:
    """Each confirmed field of a book with its line as a JPEG, or None where the crop is not one line."""
    pages: dict[tuple[str, str], list[Confirmed]] = defaultdict(list)
    for each in confirmed_fields(workspace, book_id):
        pages[each.record.page_id, each.record.form_id].append(each)
    blank = recogniser("blank")
    for (_, form_id), wanted in pages.items():
        ticket.check()
        engines = Engines(lambda picture, dpi: (), blank, blank)
        reader = page_reader(workspace, wanted[0].record, load_catalogue().forms[form_id], engines)
        for each in wanted:
            crop = reader.crop_of(each.record, each.field_id)
            is_plain = crop is not None and not set(each.text) & set("\t\n\r")
            yield each, line_jpeg(crop.picture, crop.dpi, crop.ink_level) if crop is not None and is_plain else None
