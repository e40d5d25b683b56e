"""Pages of the sample books with their forms laid on them and the truth entered, and programs that look into PDFs."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from hotich import workflow
from hotich.forms.loader import load_catalogue
from hotich.ocr.blank_engine import BlankEngine
from hotich.ocr.words import find_words
from hotich.pipeline import intake
from hotich.pipeline.books import open_book
from hotich.pipeline.engines import Engines
from hotich.pipeline.practice import wanted_book
from hotich.pipeline.practice_truth import TrueEntry, Truth, load_truths, sample_folder
from hotich.pipeline.reading import read_book, record_id_of
from hotich.store import Workspace
from hotich.values import Actor, FieldState, FieldValue, Role
from hotich.workflow import Draft

CLERK = Actor("Nguyễn Thị Lan", Role.CLERK)
LEDGER, BLOCKS, SINGLE = "ks-1984-yen-trach", "kt-2003-hoa-tu-dong", "ks-2017-ba-trai-ha"


@dataclass(frozen=True)
class Sample:
    """The first page of a sample book in a workspace, with what stands on it by record id."""

    workspace: Workspace
    book_id: str
    page_id: str
    truth: Truth
    entries: dict[str, TrueEntry]


def made(folder: Path, name: str) -> Sample:
    """The page with its form laid on it by its printed words, and every field confirmed as it truly stands there."""
    (truth,) = (each for each in load_truths(sample_folder()) if each.name == name)
    workspace = Workspace.open(folder / name)
    # As if it were a real one: nothing that leaves is marked as practice.
    wanted = msgspec.structs.replace(wanted_book(truth), form_id=truth.book.form_id, practice=False)
    book = open_book(workspace, wanted, CLERK)
    page_id = intake.import_paths(workspace, book.book_id, truth.files[:1], CLERK).added[0].page_id
    report = read_book(workspace, book.book_id, Engines(find_words, BlankEngine(), BlankEngine()))
    assert report.pages[0].form_id == truth.book.form_id
    first = truth.book.files[0]
    entries = {record_id_of(page_id, e.entry): e for e in truth.entries if (e.file, e.frame) == (first, 0)}
    for record_id, known in entries.items():
        workspace.append(_confirmed(workspace, record_id, known))
    return Sample(workspace, book.book_id, page_id, truth, entries)


def _confirmed(workspace: Workspace, record_id: str, known: TrueEntry) -> Draft:
    record = workspace.record(record_id)
    assert record is not None
    ids = {field.id for field in load_catalogue().records[record_type_of(workspace, record.book_id)].fields}
    values = tuple(
        FieldValue(field_id, field.written, field.normal, field.state)
        if field.state is FieldState.VALUE
        else FieldValue(field_id, "", "", field.state)
        for field_id, field in known.fields.items()
        if field_id in ids
    )
    return Draft(record.book_id, workflow.FieldsConfirmed(values), CLERK, record_id, record.page_id)


def record_type_of(workspace: Workspace, book_id: str) -> str:
    row = workspace.book(book_id)
    assert row is not None
    return row.book.record_type


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "kho dữ liệu") as opened:
        yield opened


@pytest.fixture(scope="session")
def sample_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Sample]]:
    """The sample of that name, made once."""
    folder = tmp_path_factory.mktemp("Sổ mẫu")
    kept: dict[str, Sample] = {}

    def sample(name: str) -> Sample:
        if name not in kept:
            kept[name] = made(folder, name)
        return kept[name]

    yield sample
    for each in kept.values():
        each.workspace.close()


def output_of(*words: object) -> str:
    """What a program says on standard output; skips where it is not installed, fails where it fails."""
    program = str(words[0])
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed here")
    done = subprocess.run([str(word) for word in words], capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode("utf-8")
