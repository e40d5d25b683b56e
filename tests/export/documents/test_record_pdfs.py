"""One PDF per record from real sample pages: what is shown, how large it is, and what happens when something fails."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pikepdf
import pypdfium2
import pytest

from hotich import workflow
from hotich.errors import Cancelled, InputError, PolicyError
from hotich.forms.formspec import Rect
from hotich.imaging.delivery import a4_pages, part_jpeg
from hotich.imaging.rasters import decode
from hotich.imaging.straight import on_paper, straight_part
from hotich.pipeline.intake import import_paths
from hotich.pipeline.legibility import Fineness
from hotich.pipeline.opening import open_record
from hotich.pipeline.record_parts import PageParts, parts_of
from hotich.pipeline.record_pdfs import Extent, PdfOptions, RecordPdf, record_pdf, record_pdfs
from hotich.store import Workspace
from hotich.values import MarginNote, NoteKind, Point, Quad, Region, Severity, Status
from hotich.workflow import Draft
from tests.export.documents.conftest import BLOCKS, CLERK, LEDGER, SINGLE, Sample, output_of
from tests.export.made import FORM, add_pages, approve, enter, finished_book, open_made_book, page_file

EVERY = PdfOptions(statuses=frozenset({Status.DRAFT}))
MM = 72 / 25.4


def boxes_in(part: Rect, page: PageParts, sample: Sample, record_id: str) -> list[bool]:
    """Whether the ink of each written field of an entry lies in that part of the page."""
    found = []
    for field in sample.entries[record_id].fields.values():
        if field.state == "value" and field.ink != "tick":
            xs, ys = zip(*on_paper(tuple(map(tuple, field.box)), page.paper_to_original), strict=True)
            inside = part.x <= min(xs) and max(xs) <= part.x + part.w and part.y <= min(ys)
            found.append(inside and max(ys) <= part.y + part.h)
    return found


@pytest.mark.parametrize("name", [LEDGER, BLOCKS, SINGLE])
def test_all_ink_of_an_entry_is_shown(sample_of: Callable[[str], Sample], name: str) -> None:
    sample = sample_of(name)
    for record_id in sample.entries:
        record = sample.workspace.record(record_id)
        assert record is not None
        (page,) = parts_of(sample.workspace, record, Extent.ENTRY)
        held = zip(*(boxes_in(part, page, sample, record_id) for part in page.parts), strict=True)
        assert all(any(parts) for parts in held)


@pytest.mark.parametrize(("name", "most"), [(LEDGER, 0.55), (BLOCKS, 0.45)])
def test_other_entries_stay_at_home(sample_of: Callable[[str], Sample], name: str, most: float) -> None:
    """What is shown is a small share of the page, and the middle of no other entry lies in it."""
    sample = sample_of(name)
    first, *others = sample.entries
    record = sample.workspace.record(first)
    assert record is not None
    (page,) = parts_of(sample.workspace, record, Extent.ENTRY)
    (whole,) = parts_of(sample.workspace, record, Extent.PAGE)
    assert page.millimetres < most * whole.millimetres and len(whole.parts) == 1
    names = {"nksHoTen", "nktHoTen"}
    for other in others:
        fields = {key: field for key, field in sample.entries[other].fields.items() if key in names}
        assert fields
        for field in fields.values():
            corners = on_paper(tuple(map(tuple, field.box)), page.paper_to_original)
            x, y = (sum(side) / 4 for side in zip(*corners, strict=True))
            assert not any(p.x <= x <= p.x + p.w and p.y <= y <= p.y + p.h for p in page.parts)


def test_what_a_ditto_mark_stands_for_is_shown(sample_of: Callable[[str], Sample]) -> None:
    """The field above with writing of its own, and nothing else of its entry."""
    sample = sample_of(LEDGER)
    ids = list(sample.entries)
    seen = 0
    for place, record_id in enumerate(ids):
        record = sample.workspace.record(record_id)
        assert record is not None
        (page,) = parts_of(sample.workspace, record, Extent.ENTRY)
        for field_id, field in sample.entries[record_id].fields.items():
            if field.written != "nt":
                continue
            above = [sample.entries[other].fields[field_id] for other in reversed(ids[:place])]
            source = next(each for each in above if each.written not in ("nt", ""))
            corners = on_paper(tuple(map(tuple, source.box)), page.paper_to_original)
            assert any(_holds_all(part, corners) for part in page.parts)
            seen += 1
        names = [sample.entries[other].fields["nksHoTen"] for other in ids if other != record_id]
        for name in names:
            corners = on_paper(tuple(map(tuple, name.box)), page.paper_to_original)
            assert not any(_holds_all(part, corners) for part in page.parts)
    assert seen > 5


def _holds_all(part: Rect, corners: tuple[tuple[float, float], ...]) -> bool:
    slack = 1.0
    return all(
        part.x - slack <= x <= part.x + part.w + slack and part.y - slack <= y <= part.y + part.h + slack
        for x, y in corners
    )


def test_the_ink_is_where_the_text_is(sample_of: Callable[[str], Sample]) -> None:
    """The name on the rendered sheet looks like the name in the original picture, at the place of its text."""
    sample = sample_of(BLOCKS)
    record_id = next(iter(sample.entries))
    document = pypdfium2.PdfDocument(record_pdf(sample.workspace, record_id, PdfOptions(text_layer=True)).data)
    page, text = document[0], document[0].get_textpage()
    written = sample.entries[record_id].fields["nktHoTen"].written
    search = text.search(written)
    place = search.get_next()
    assert place is not None
    left, bottom, _, top = text.get_charbox(place[0])
    search.close()
    text.close()
    shown = page.render(scale=150 / 72).to_numpy()[..., :3].mean(axis=2)
    height = page.get_height()
    document.close()
    rows = slice(round((height - top - 4) * 150 / 72), round((height - bottom + 4) * 150 / 72))
    columns = slice(round(left * 150 / 72), round((left + 100) * 150 / 72))
    patch = shown[rows, columns]
    assert patch.min() < 0.6 * np.median(patch)


@pytest.mark.parametrize("name", [LEDGER, BLOCKS, SINGLE])
@pytest.mark.parametrize("extent", list(Extent))
def test_pictures_keep_to_the_size_of_an_a4_page(
    sample_of: Callable[[str], Sample], tmp_path: Path, name: str, extent: Extent
) -> None:
    sample = sample_of(name)
    options = PdfOptions(extent, statuses=EVERY.statuses, bytes_per_a4=100_000)
    for pdf in itertools.islice(record_pdfs(sample.workspace, sample.book_id, options=options), 2):
        (tmp_path / "a.pdf").write_bytes(pdf.data)
        with pikepdf.open(tmp_path / "a.pdf") as opened:
            box = [float(side) for side in opened.pages[0].MediaBox]
        area = a4_pages((box[2] / MM, box[3] / MM))
        assert pdf.made and pdf.pages == 1 and len(pdf.data) <= 115_000 * area + 6_000
        if name is SINGLE or extent is Extent.PAGE:
            assert len(pdf.data) >= 60_000 * area
    assert "No syntax or stream encoding errors" in output_of("qpdf", "--check", tmp_path / "a.pdf")
    assert "jpeg" in output_of("pdfimages", "-list", tmp_path / "a.pdf")


def test_records_come_one_by_one_and_the_same_again(sample_of: Callable[[str], Sample]) -> None:
    sample = sample_of(LEDGER)
    found = list(record_pdfs(sample.workspace, sample.book_id, options=EVERY))
    assert [pdf.record_id for pdf in found] == list(sample.workspace.record_ids(sample.book_id))
    assert len({pdf.data for pdf in found}) == len(found) == len(sample.entries)
    assert found[2] == record_pdf(sample.workspace, found[2].record_id, EVERY)


def test_text_is_what_people_confirmed(sample_of: Callable[[str], Sample]) -> None:
    """Every field in NFC; ditto marks as what they stand for."""
    sample = sample_of(LEDGER)
    for record_id, known in list(sample.entries.items())[:3]:
        document = pypdfium2.PdfDocument(record_pdf(sample.workspace, record_id, PdfOptions(text_layer=True)).data)
        page = document[0].get_textpage()
        told = page.get_text_range()
        page.close()
        document.close()
        for field in known.fields.values():
            wanted = field.normal if field.written in ("nt", "-nt-") else field.written
            assert field.state != "value" or " ".join(wanted.split()) in told


def test_without_a_text_layer_there_is_no_text(sample_of: Callable[[str], Sample]) -> None:
    sample = sample_of(BLOCKS)
    pdf = record_pdf(sample.workspace, next(iter(sample.entries)))
    document = pypdfium2.PdfDocument(pdf.data)
    page = document[0].get_textpage()
    assert page.get_text_range() == ""
    page.close()
    document.close()


def test_only_approved_records_leave_unless_others_are_asked_for(workspace: Workspace, tmp_path: Path) -> None:
    book = open_made_book(workspace)
    pages = add_pages(workspace, book, tmp_path, 2, frozenset())
    done, draft = (open_record(workspace, page_id, 0, FORM, CLERK) for page_id in pages)
    enter(workspace, done, 1)
    approve(workspace, done)
    assert [pdf.record_id for pdf in record_pdfs(workspace, book.book_id)] == [done]
    assert [pdf.record_id for pdf in record_pdfs(workspace, book.book_id, options=EVERY)] == [draft]


def test_the_title_names_the_record_and_no_person(workspace: Workspace, tmp_path: Path) -> None:
    book = finished_book(workspace, tmp_path, pages=1)
    (pdf,) = record_pdfs(workspace, book.book_id)
    with pikepdf.open(io.BytesIO(pdf.data)) as opened:
        told = str(opened.docinfo["/Title"])
        everything = f"{opened.docinfo!r} {opened.Root.Metadata.read_bytes().decode()}"
    assert told == "Khai sinh số 01/2009, quyển số 01/2009, UBND xã Tân Lập"
    assert "Ngọc Ánh" not in everything and CLERK.name not in everything and "Hòa" not in everything


def test_a_page_on_its_side_is_shown_upright(workspace: Workspace, tmp_path: Path) -> None:
    """The red corner of the made pages stands at their top left."""
    book = finished_book(workspace, tmp_path, pages=2)
    for pdf in record_pdfs(workspace, book.book_id):
        document = pypdfium2.PdfDocument(pdf.data)
        pixels = document[0].render(scale=0.5, rev_byteorder=True).to_numpy()[..., :3].astype(int)
        document.close()
        assert pixels.shape[0] > pixels.shape[1]
        red = pixels[..., 0] - pixels[..., 1] > 90
        rows, columns = red.nonzero()
        assert rows.max() < 60 and columns.max() < 60


def test_a_page_without_a_form_is_shown_as_it_came(workspace: Workspace, tmp_path: Path) -> None:
    book = open_made_book(workspace)
    page = import_paths(workspace, book.book_id, [page_file(tmp_path, 2, turned=True)], CLERK).added[0]
    pdf = record_pdf(workspace, open_record(workspace, page.page_id, 0, FORM, CLERK))
    assert [note.rule_id for note in pdf.notes] == ["pdf-page-as-it-came"] and pdf.notes[0].severity is Severity.NOTE
    document = pypdfium2.PdfDocument(pdf.data)
    width, height = document[0].get_size()
    document.close()
    assert (width / MM, height / MM) == pytest.approx((210, 297), abs=1.5)


def note_at(page_id: str, top: float, text: str = "Ly hôn ngày 5.6.2001") -> MarginNote:
    points = Point(300, top), Point(700, top), Point(700, top + 40), Point(300, top + 40)
    return MarginNote(NoteKind.DIVORCE, "05.06.2001", text, Region("", page_id, Quad(*points)))


def test_a_note_on_another_page_brings_that_page_along(workspace: Workspace, tmp_path: Path) -> None:
    """And with it the head of that page, but of its entries only where the note stands."""
    book = open_made_book(workspace)
    first, second = add_pages(workspace, book, tmp_path, 2, frozenset(), "KS-1999")
    record_id = open_record(workspace, first, 0, "KS-1999", CLERK)
    assert record_pdf(workspace, record_id).pages == 1
    event = workflow.MarginNoteAdded(note_at(second, 700))
    workspace.append(Draft(book.book_id, event, CLERK, record_id, first))
    pdf = record_pdf(workspace, record_id, PdfOptions(text_layer=True))
    assert pdf.pages == 2
    record = workspace.record(record_id)
    assert record is not None
    _, other = parts_of(workspace, record, Extent.ENTRY)
    assert other.row.page.page_id == second and len(other.parts) == 2
    assert other.parts[1].h == pytest.approx(40 / 100 * 25.4 + 12, abs=0.5)
    document = pypdfium2.PdfDocument(pdf.data)
    text = document[1].get_textpage()
    assert "Ly hôn ngày 5.6.2001" in text.get_text_range()
    text.close()
    document.close()


def test_a_damaged_original_costs_one_record(workspace: Workspace, tmp_path: Path) -> None:
    book = finished_book(workspace, tmp_path, pages=3)
    sha256 = workspace.pages(book.book_id)[1].page.file_sha256
    original = workspace.folder / "originals" / sha256[:2] / sha256
    original.chmod(0o644)
    original.write_bytes(b"\xff\xd8\xff hong")
    found = list(record_pdfs(workspace, book.book_id))
    assert [pdf.made for pdf in found] == [True, False, True]
    (told,) = found[1].notes
    assert told.severity is Severity.ERROR and told.record_id == found[1].record_id and found[1].pages == 0
    assert told.message.startswith("Không tạo được tệp PDF của bản ghi số 02") and "Đề nghị" in told.message
    with pytest.raises(InputError):
        record_pdf(workspace, found[1].record_id)


class Stopping:
    def __init__(self) -> None:
        self.told: list[tuple[int, int, str]] = []

    def progress(self, done: int, total: int, text: str = "") -> None:
        self.told.append((done, total, text))

    def check(self) -> None:
        if len(self.told) == 2:
            raise Cancelled


def test_a_person_may_stop_between_two_records(workspace: Workspace, tmp_path: Path) -> None:
    book = finished_book(workspace, tmp_path, pages=3)
    made: list[RecordPdf] = []
    ticket = Stopping()
    with pytest.raises(Cancelled):
        made.extend(record_pdfs(workspace, book.book_id, ticket))
    assert [text for _, _, text in ticket.told] == ["01", "02"]


def test_an_unknown_book_or_record_is_refused(workspace: Workspace) -> None:
    with pytest.raises(PolicyError):
        list(record_pdfs(workspace, "nope"))
    with pytest.raises(PolicyError):
        record_pdf(workspace, "nope")


def test_what_was_found_of_a_page_is_told_and_followed(workspace: Workspace, tmp_path: Path) -> None:
    book = finished_book(workspace, tmp_path, pages=1)
    page_id = workspace.pages(book.book_id)[0].page.page_id
    small = Fineness(page_id, 20_000, 150, 20_000)
    larger = msgspec.structs.replace(small, bytes_per_a4=200_000)
    lost = msgspec.structs.replace(small, letters=200, wrong_delivered=5, legible=False)
    options = PdfOptions(bytes_per_a4=20_000)
    sizes, told = [], []
    for found in (small, larger, lost):
        (pdf,) = record_pdfs(workspace, book.book_id, options=options, fineness={page_id: found})
        sizes.append(len(pdf.data))
        told.append([note.message for note in pdf.notes])
    assert sizes[0] == sizes[2] < sizes[1] and told[0] == []
    assert "200 kB thay vì 20 kB" in told[1][0] and "2.5 điểm phần trăm" in told[2][0]


def test_a_part_of_paper_is_straight_and_at_its_own_scale() -> None:
    """A square of the paper is a square of the part, wherever the camera stood."""
    paper = np.full((900, 700, 3), 255, np.uint8)
    ground = np.array([[3.1, 0.4, 60.0], [-0.3, 2.9, 90.0], [0.0002, 0.0001, 1.0]])
    for x, y in ((50, 50), (90, 50), (50, 90), (90, 90)):
        u, v, w = ground @ (x, y, 1)
        paper[round(v / w) - 2 : round(v / w) + 3, round(u / w) - 2 : round(u / w) + 3] = 0
    part = straight_part(paper, ground, 40.0, 40.0, (60.0, 60.0))
    height, width = part.pixels.shape[:2]
    assert height == width == round(60 * part.per_mm)
    for x, y in ((50, 50), (90, 50), (50, 90), (90, 90)):
        row, column = round((y - 40) * part.per_mm), round((x - 40) * part.per_mm)
        assert part.pixels[row - 2 : row + 3, column - 2 : column + 3].min() < 60


def test_a_part_takes_bytes_by_its_size() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (1200, 1200, 3), np.uint8)
    small, large = (len(part_jpeg(noise, (side, side), 100_000, 150.0)) for side in (60.0, 180.0))
    assert small <= 100_000 * a4_pages((60, 60)) * 1.15 and large <= 100_000 * a4_pages((180, 180)) * 1.15
    assert large > 4 * small
    assert max(decode(part_jpeg(noise, (60, 60), 100_000, 150.0), 0).shape[:2]) <= 60 / 25.4 * 150 + 1
