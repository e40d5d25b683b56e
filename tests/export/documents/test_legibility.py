"""The legibility of delivered pictures, read by the recogniser that ships with the program."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import pytest

from hotich.errors import EngineError
from hotich.ocr.blank_engine import BlankEngine
from hotich.ocr.character_error import letters_of, letters_wrong
from hotich.ocr.engine import Crop, RawReading
from hotich.ocr.handwriting_engine import MODEL_FOLDER, HandwritingEngine
from hotich.ocr.words import find_words
from hotich.pipeline import legibility
from hotich.pipeline.engines import Engines
from hotich.pipeline.legibility import FOLDER, LegibilityRule, Step, check_legibility, check_page, legibility_rule
from hotich.pipeline.record_pdfs import PdfOptions, record_pdf
from hotich.values import Status
from tests.export.documents.conftest import BLOCKS, LEDGER, Sample

DRAFTS = frozenset({Status.DRAFT})
USUAL, HARD = PdfOptions(statuses=DRAFTS), PdfOptions(statuses=DRAFTS, bytes_per_a4=20_000)


class Counting:
    """An engine that counts how many fields it was asked about."""

    def __init__(self, inside: HandwritingEngine | BlankEngine) -> None:
        self._inside, self.asked = inside, 0
        self.name, self.version = inside.name, inside.version

    def read(self, crops: Sequence[Crop]) -> tuple[RawReading, ...]:
        self.asked += len(crops)
        return tuple(self._inside.read(crops))


@pytest.fixture(scope="module")
def hand() -> Counting:
    return Counting(HandwritingEngine(MODEL_FOLDER))


def engines(reader: Counting) -> Engines:
    return Engines(find_words, reader, reader)


@pytest.fixture
def few_fields(monkeypatch: pytest.MonkeyPatch) -> LegibilityRule:
    """The rule as shipped, but for few fields, so that little is read here."""
    few = msgspec.structs.replace(legibility_rule(), fields_at_most=10)
    monkeypatch.setattr(legibility, "legibility_rule", lambda: few)
    return few


def test_a_picture_that_is_too_coarse_is_refused(
    sample_of: Callable[[str], Sample], hand: Counting, few_fields: LegibilityRule
) -> None:
    """At a fifth of the usual size the recogniser errs more often, so more bytes are spent and that is told."""
    sample = sample_of(BLOCKS)
    (found,) = check_legibility(sample.workspace, sample.book_id, engines(hand), options=HARD).values()
    larger = {20_000 * step.share for step in few_fields.steps[1:]}
    assert found.larger and found.usual == 20_000 and found.bytes_per_a4 in larger
    assert found.fields == 10 and found.letters > 80
    assert found.legible == (found.rise <= HARD.rise_at_most)
    record_id = next(iter(sample.entries))
    coarse = record_pdf(sample.workspace, record_id, HARD)
    kept = record_pdf(sample.workspace, record_id, HARD, {found.page_id: found})
    assert coarse.notes == () and len(kept.data) > 1.3 * len(coarse.data)
    assert kept.notes[0].rule_id in ("pdf-larger-to-stay-legible", "pdf-less-legible")


def test_what_was_found_is_kept_until_something_changes(
    sample_of: Callable[[str], Sample], hand: Counting, few_fields: LegibilityRule
) -> None:
    sample = sample_of(BLOCKS)
    first = check_legibility(sample.workspace, sample.book_id, engines(hand), options=USUAL)
    asked = hand.asked
    assert check_legibility(sample.workspace, sample.book_id, engines(hand), options=USUAL) == first
    assert hand.asked == asked
    assert check_page(sample.workspace, sample.page_id, engines(hand), USUAL) == first and hand.asked == asked
    kept = sample.workspace.folder / FOLDER / f"{sample.page_id}.json"
    name = next(iter(sample.entries.values())).fields["nktHoTen"].written
    assert name not in kept.read_text(encoding="utf-8")
    kept.write_bytes(b"{")
    assert check_legibility(sample.workspace, sample.book_id, engines(hand), options=USUAL) == first
    assert hand.asked > asked


def test_at_the_usual_size_a_page_reads_as_well_as_its_original(
    sample_of: Callable[[str], Sample], hand: Counting
) -> None:
    sample = sample_of(LEDGER)
    (found,) = check_legibility(sample.workspace, sample.book_id, engines(hand), options=USUAL).values()
    assert found.legible and found.rise <= USUAL.rise_at_most and found.wrong_original < 0.1 * found.letters


def test_where_no_size_is_enough_the_best_is_taken_and_told(
    sample_of: Callable[[str], Sample], hand: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample = sample_of(BLOCKS)
    hard = LegibilityRule(8, (Step(0.4, 60.0), Step(0.5, 60.0)))
    monkeypatch.setattr(legibility, "legibility_rule", lambda: hard)
    (found,) = check_legibility(sample.workspace, sample.book_id, engines(hand), options=HARD).values()
    assert not found.legible and found.rise > HARD.rise_at_most and found.fields == 8
    pdf = record_pdf(sample.workspace, next(iter(sample.entries)), HARD, {found.page_id: found})
    assert [note.rule_id for note in pdf.notes] == ["pdf-less-legible"]


def test_an_engine_that_fails_costs_the_check_and_no_document(sample_of: Callable[[str], Sample]) -> None:
    class Failing(Counting):
        def read(self, crops: Sequence[Crop]) -> tuple[RawReading, ...]:
            raise EngineError("reading-engine-died", name="hand", detail="")

    sample = sample_of(BLOCKS)
    failing = Failing(BlankEngine())
    (found,) = check_legibility(sample.workspace, sample.book_id, engines(failing), options=USUAL).values()
    assert found.unchecked and not found.larger
    pdf = record_pdf(sample.workspace, next(iter(sample.entries)), USUAL, {found.page_id: found})
    assert pdf.made and [note.rule_id for note in pdf.notes] == ["pdf-legibility-not-checked"]


def test_an_approved_book_without_handwriting_asks_nobody(sample_of: Callable[[str], Sample], tmp_path: Path) -> None:
    sample = sample_of(BLOCKS)
    nobody = Counting(BlankEngine())
    approved = check_legibility(sample.workspace, sample.book_id, engines(nobody), options=PdfOptions())
    assert approved == {} and nobody.asked == 0


@pytest.mark.parametrize(
    ("read", "truth", "wrong"),
    [
        ("Nguyễn", "Nguyễn", 0),
        ("Nguyê\u0303n", "Nguyễn", 0),
        ("Ngyen", "Nguyễn", 2),
        ("a  b\nc", "a b c", 0),
        ("", "ab", 2),
    ],
)
def test_letters_are_counted_composed(read: str, truth: str, wrong: int) -> None:
    assert letters_wrong(read, truth) == wrong and letters_of("Nguyê\u0303n") == 6
