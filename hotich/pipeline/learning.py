"""Learning from what people confirmed: the reader of a book gets better while the book is entered.

What was learned lies in the workspace's folder `learned`, one file a book. It is derived from pages and values: it can
be deleted at any time and is made again by `learn_book`; backups leave it out. Nothing here writes a value.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from hotich.errors import HotichError
from hotich.forms.formspec import FormSpec, Ink
from hotich.forms.loader import load_catalogue
from hotich.imaging.clean import reading_picture
from hotich.imaging.rasters import decode
from hotich.ocr.adapt import error_rate
from hotich.ocr.hand_file import BookHand, KeptLine, load, save
from hotich.ocr.hand_reader import HandReader, seen_crop, weights_of
from hotich.ocr.handwriting_engine import HandwritingEngine
from hotich.ocr.learn_hand import learned
from hotich.ocr.letter_kin import kinship
from hotich.ocr.memory import Memory, Remembered
from hotich.pipeline.engines import Engines
from hotich.pipeline.fields import OPEN, FieldReader
from hotich.pipeline.intake import Problem, problem_of
from hotich.pipeline.lookup import book_of, page_of, record_of, records_of
from hotich.pipeline.pictures import clean_of
from hotich.pipeline.placing import DEFAULT_DPI
from hotich.pipeline.ticket import SILENT, Ticket
from hotich.store import Workspace
from hotich.store.rows import Changes
from hotich.text import is_ditto
from hotich.values import FieldEntry, FieldState, Origin, Record, Region, Status
from hotich.workflow import FieldsConfirmed

FOLDER = "learned"

FROM_INK = (Origin.TYPED, Origin.READING, Origin.ALTERNATIVE)
"""What came from elsewhere (the book's cover, the record above, an import) may not be what stands in the crop."""

MOST_LINES = 400
"""Older lines of a book give way to newer ones: a hand changes, and learning must stay a matter of seconds."""

OTHER_TEXT = 0.75
"""A line read so differently from what was confirmed shows something else: a box beside its field, a mended value."""

LEARN_EVERY = 16
"""Fields confirmed in a book until learning again is worth its seconds."""


class LearnReport(msgspec.Struct, frozen=True):
    """What learning came to: lines learned from and held back, character error rates of the latter, what was kept."""

    lines: int
    held_back: int
    cer_before: float
    cer_after: float
    kept: bool
    seconds: float
    new_lines: int = 0


class RereadReport(msgspec.Struct, frozen=True):
    """How many open fields got a new suggestion, and the pages that could not be read."""

    fields_read: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A handwritten field that a person confirmed, and the key of its crop and text together."""

    key: str
    record: Record
    field_id: str
    text: str
    at: str


def hand_file_of(workspace: Workspace, book_id: str) -> Path:
    """Where the workspace keeps what that book taught."""
    return workspace.folder / FOLDER / f"{book_id}.npz"


def forget_book(workspace: Workspace, book_id: str) -> None:
    """Throws away what the book taught; the shipped recogniser reads it again."""
    hand_file_of(workspace, book_id).unlink(missing_ok=True)


def learn_book(workspace: Workspace, book_id: str, engines: Engines, ticket: Ticket = SILENT) -> LearnReport:
    """Learns the hand of a book from its confirmed fields and keeps it, unless held-back lines would be read worse.

    Pages of newly confirmed fields are opened once. Raises EngineError for a damaged model and Cancelled between pages.
    """
    began = time.monotonic()
    engine = _shipped(engines)
    if engine is None:
        return LearnReport(0, 0, 0.0, 0.0, False, 0.0)
    file = hand_file_of(workspace, book_id)
    known = load(file, weights_of(engine))
    gathered, new = _gathered(workspace, book_id, engine, known, ticket)
    lines = [line.seen for line in gathered.lines]
    had = {line.key for line in known.lines}
    fresh = sum(line.key not in had for line in gathered.lines)
    outcome = learned(lines, before=known.hand, fresh=fresh, kin=kinship(engine.letters), check=ticket.check)
    hand = outcome.hand_after(known.hand)
    learned_from = outcome.learned_from if outcome.kept else known.learned_from if hand is not None else 0
    save(file, replace(gathered, hand=hand, learned_from=learned_from))
    return LearnReport(
        outcome.learned_from,
        outcome.held_back,
        outcome.cer_before,
        outcome.cer_after,
        outcome.kept,
        time.monotonic() - began,
        new,
    )


def engines_for_book(workspace: Workspace, book_id: str, engines: Engines) -> Engines:
    """The same engines, the one for handwriting with what the book taught; unchanged where it taught nothing.

    Raises EngineError for a damaged model.
    """
    engine = _shipped(engines)
    if engine is None or not hand_file_of(workspace, book_id).is_file():
        return engines
    known = load(hand_file_of(workspace, book_id), weights_of(engine))
    if not known.lines:
        return engines
    memory = Memory([Remembered(line.field_id, line.text, line.seen.features, line.record_id) for line in known.lines])
    return replace(engines, handwriting=HandReader(engine, known.hand, memory, known.learned_from))


def reread_open(
    workspace: Workspace,
    book_id: str,
    engines: Engines,
    ticket: Ticket = SILENT,
    is_shown: Callable[[str], bool] = lambda record_id: False,
) -> RereadReport:
    """Reads the fields of a book that nobody confirmed yet again, with what the book taught.

    Boxes stay where they are, and only readings are written; records of which somebody sees the suggestions now keep
    them, since Enter confirms what is seen. Raises Cancelled between two records.
    """
    taught = engines_for_book(workspace, book_id, engines)
    by_page: dict[str, list[Record]] = defaultdict(list)
    for record in records_of(workspace, book_id):
        if record.status in OPEN and any(_is_open(entry) for entry in record.fields.values()):
            by_page[record.page_id].append(record)
    report = RereadReport()
    for number, (page_id, records) in enumerate(by_page.items()):
        ticket.check()
        name = page_of(workspace, page_id).page.file_name
        ticket.progress(number, len(by_page), name)
        try:
            count = _reread(workspace, records, taught, ticket, is_shown)
            report = RereadReport(report.fields_read + count, report.problems)
        except HotichError as error:
            report = RereadReport(report.fields_read, (*report.problems, problem_of(name, error)))
    ticket.progress(len(by_page), len(by_page))
    return report


def _is_open(entry: FieldEntry) -> bool:
    return entry.value is None and entry.region is not None


def _reread(
    workspace: Workspace,
    records: Sequence[Record],
    engines: Engines,
    ticket: Ticket,
    is_shown: Callable[[str], bool],
) -> int:
    count = 0
    for form_id in dict.fromkeys(record.form_id for record in records):
        reader = page_reader(workspace, records[0], load_catalogue().forms[form_id], engines)
        for record in (record for record in records if record.form_id == form_id):
            ticket.check()
            if not is_shown(record.record_id):
                # As it is now: somebody may have confirmed fields while earlier ones were read.
                count += reader.read_records([record_of(workspace, record.record_id)], open_only=True)
    return count


def page_reader(workspace: Workspace, record: Record, form: FormSpec, engines: Engines) -> FieldReader:
    """What reads the page of a record, cleaned as it was when the form was laid on it."""
    row = page_of(workspace, record.page_id)
    page = clean_of(row, decode(workspace.original(row.page.file_sha256), row.page.frame))
    picture = reading_picture(page.picture, page.dpi_estimate or DEFAULT_DPI)
    return FieldReader(workspace, book_of(workspace, record.book_id), form, engines, page, picture)


def _shipped(engines: Engines) -> HandwritingEngine | None:
    """The engine that can learn, or None where another one reads handwriting."""
    engine = engines.handwriting
    if isinstance(engine, HandReader):
        return engine.base
    return engine if isinstance(engine, HandwritingEngine) else None


def _gathered(
    workspace: Workspace, book_id: str, engine: HandwritingEngine, known: BookHand, ticket: Ticket
) -> tuple[BookHand, int]:
    """The lines of all fields confirmed now, in the order of their confirmation, and how many were cut anew."""
    wanted = sorted(confirmed_fields(workspace, book_id), key=lambda each: (each.at, each.key))[-MOST_LINES:]
    have = {line.key: line for line in known.lines}
    new = [each for each in wanted if each.key not in have and each.key not in known.refused]
    refused = set(known.refused)
    for each, crop_line in _cut(workspace, new, engine, ticket):
        if crop_line is None:
            refused.add(each.key)
        else:
            have[each.key] = crop_line
    lines = tuple(have[each.key] for each in wanted if each.key in have)
    return BookHand(known.weights, lines, known.hand, known.learned_from, frozenset(refused)), len(new)


def confirmed_fields(workspace: Workspace, book_id: str) -> Iterator[Confirmed]:
    """The handwritten fields of a book whose ink a person read; zones of the whole page once."""
    seen: set[str] = set()
    for record in records_of(workspace, book_id):
        form = load_catalogue().forms[record.form_id]
        written = {zone.field_id for zone in form.zones if zone.ink is Ink.HAND}
        for field_id, entry in record.fields.items():
            if record.status is Status.VOID or field_id not in written or entry.region is None:
                continue
            text = _text_of(entry)
            key = _key(entry.region, text)
            if text and key not in seen:
                seen.add(key)
                yield Confirmed(key, record, field_id, text, entry.at)


def _text_of(entry: FieldEntry) -> str:
    """The text that stands in the crop as far as a person said so, or ''."""
    value = entry.value
    if value is None or value.state is not FieldState.VALUE or value.origin not in FROM_INK:
        return ""
    return "" if is_ditto(value.as_written) else value.as_written


def _key(region: Region, text: str) -> str:
    corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in region.quad.points)
    return hashlib.sha256(f"{region.page_id} {region.field_id} {corners} {text}".encode()).hexdigest()[:24]


def _cut(
    workspace: Workspace, new: Sequence[Confirmed], engine: HandwritingEngine, ticket: Ticket
) -> Iterator[tuple[Confirmed, KeptLine | None]]:
    """Each confirmed field with its line, or None where it cannot be learned from. Page by page."""
    pages: dict[tuple[str, str], list[Confirmed]] = defaultdict(list)
    for each in new:
        pages[each.record.page_id, each.record.form_id].append(each)
    for number, ((_, form_id), wanted) in enumerate(pages.items()):
        ticket.check()
        ticket.progress(number, len(pages))
        engines = Engines(lambda picture, dpi: (), engine, engine)
        reader = page_reader(workspace, wanted[0].record, load_catalogue().forms[form_id], engines)
        for each in wanted:
            yield each, _line(reader, engine, each)
    ticket.progress(len(pages), len(pages))


def _line(reader: FieldReader, engine: HandwritingEngine, each: Confirmed) -> KeptLine | None:
    crop = reader.crop_of(each.record, each.field_id)
    seen = seen_crop(engine, crop.picture, crop.dpi, each.text, crop.ink_level) if crop is not None else None
    if seen is None or error_rate([seen]) > OTHER_TEXT:
        return None
    return KeptLine(each.key, each.record.record_id, each.field_id, each.text, seen)


class Taught(msgspec.Struct, frozen=True):
    """What a round of learning beside the work came to."""

    book_id: str
    learned: LearnReport
    reread: RereadReport


class Learner:
    """Learns beside the work: tell it of every commit, and it starts a job whenever a book has taught enough.

    `start` is given a job and runs it in the background. The job learns the hand and reads the open fields of the book
    again, save those of records that `is_shown` names. One job a book at a time.
    """

    def __init__(
        self,
        workspace: Workspace,
        engines: Callable[[], Engines],
        start: Callable[[Callable[[Ticket], Taught]], object],
        is_shown: Callable[[str], bool] = lambda record_id: False,
    ) -> None:
        self._workspace, self._engines, self._start, self._is_shown = workspace, engines, start, is_shown
        self._waiting: Counter[str] = Counter()
        self._busy: set[str] = set()

    def on_change(self, changes: Changes) -> None:
        """To be called with every commit."""
        for action in changes.actions:
            if isinstance(action.event, FieldsConfirmed):
                self._waiting[action.book_id] += len(action.event.values)
        for book_id, count in tuple(self._waiting.items()):
            if count >= LEARN_EVERY and book_id not in self._busy:
                self._waiting[book_id] = 0
                self._busy.add(book_id)
                self._start(self._job(book_id))

    def forget(self) -> None:
        """Count from nothing again."""
        self._waiting.clear()

    def _job(self, book_id: str) -> Callable[[Ticket], Taught]:
        def work(ticket: Ticket) -> Taught:
            try:
                engines = self._engines()
                report = learn_book(self._workspace, book_id, engines, ticket)
                again = RereadReport()
                if report.kept or report.new_lines:
                    again = reread_open(self._workspace, book_id, engines, ticket, self._is_shown)
                return Taught(book_id, report, again)
            finally:
                self._busy.discard(book_id)

        return work
