"""Fields of a drawn page through a real workspace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from hotich import workflow
from hotich.errors import EngineError
from hotich.forms.formspec import FormSpec, Rect
from hotich.forms.loader import load_catalogue
from hotich.imaging.clean import CleanPage
from hotich.ocr.engine import Recogniser, recogniser
from hotich.pipeline.engines import Engines
from hotich.pipeline.fields import FieldReader
from hotich.store import Workspace
from hotich.values import (
    IDENTITY,
    MACHINE,
    Book,
    CleanRecipe,
    Placement,
    Point,
    Quad,
    Record,
    RecordType,
    Region,
    SourcePage,
)
from tests.doubles import engines as doubles
from tests.ocr.drawn_crops import FONT, INK, PAPER

PER_MM = 8.0
BOOK = Book("so-1", RecordType.BIRTH, 2009, "01", "UBND xã Tân Lập")
PRINTED = {"nksHoTen": "Trần Đức Huy", "nksNgaySinh": "24/12/2008", "nksQuocTich": "Việt Nam", "nksDanToc": "-nt-"}


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "kho") as opened:
        page = SourcePage("trang-1", "trang 1.png", "0" * 64, 0, 1680, 2376)
        scale = ((PER_MM, 0.0, 0.0), (0.0, PER_MM, 0.0), (0.0, 0.0, 1.0))
        placement = Placement("KS-2006", scale, 0.1, 0.9)
        opened.append(
            workflow.Draft("so-1", workflow.BookOpened(BOOK), MACHINE),
            workflow.Draft("so-1", workflow.PageAdded(page, 1), MACHINE, page_id="trang-1"),
            workflow.Draft("so-1", workflow.PagePlaced(placement), MACHINE, page_id="trang-1"),
        )
        yield opened


def form() -> FormSpec:
    return load_catalogue().forms["KS-2006"]


def quad(rect: Rect) -> Quad:
    left, top, right, bottom = (value * PER_MM for value in (rect.x, rect.y, rect.x + rect.w, rect.y + rect.h))
    return Quad(Point(left, top), Point(right, top), Point(right, bottom), Point(left, bottom))


def opened(workspace: Workspace, entry: int = 0) -> Record:
    regions = tuple(Region(zone.field_id, "trang-1", quad(zone.rect)) for zone in form().zones)
    record_id = f"ban-ghi-{entry}"
    event = workflow.RecordOpened(entry, "KS-2006", form().sha256, regions)
    workspace.append(workflow.Draft("so-1", event, MACHINE, record_id, "trang-1"))
    record = workspace.record(record_id)
    assert record is not None
    return record


def drawn_page(texts: dict[str, str], ticked: str = "") -> np.ndarray:
    picture = Image.new("L", (1680, 2376), PAPER)
    draw, font = ImageDraw.Draw(picture), ImageFont.truetype(str(FONT), round(4.2 * PER_MM))
    for field_id, text in texts.items():
        rect = form().zone(field_id).rect
        draw.text(((rect.x + 1) * PER_MM, (rect.y + rect.h / 2) * PER_MM), text, font=font, fill=INK, anchor="lm")
    for tick in form().zone("loaiDangKy").ticks:
        a, _, c, _ = quad(tick.rect).points
        draw.rectangle((*a, *c), outline=60, width=2)
        if tick.code == ticked:
            draw.line((a.x + 5, a.y + 5, c.x - 5, c.y - 5), fill=INK, width=4)
            draw.line((c.x - 5, a.y + 5, a.x + 5, c.y - 5), fill=INK, width=4)
    return np.asarray(picture, np.uint8)


def read(workspace: Workspace, records: list[Record], grey: np.ndarray, engine: Recogniser) -> int:
    colour = np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), np.uint8)
    page = CleanPage(colour, np.array(IDENTITY), CleanRecipe(), 203.0)
    engines = Engines(lambda picture, dpi: (), engine, engine)
    return FieldReader(workspace, BOOK, form(), engines, page, grey).read_records(records)


def reading(workspace: Workspace, field_id: str, record_id: str = "ban-ghi-0") -> tuple[str, str, str]:
    record = workspace.record(record_id)
    assert record is not None
    found = record.fields[field_id].reading
    assert found is not None
    return (found.text, found.normal, found.reason)


def test_print_ticks_and_blanks_of_a_page(workspace: Workspace) -> None:
    count = read(workspace, [opened(workspace)], drawn_page(PRINTED, ticked="4"), recogniser("tesserocr"))
    assert count == len(form().zones)
    assert reading(workspace, "nksHoTen")[:2] == ("Trần Đức Huy", "Trần Đức Huy")
    assert reading(workspace, "nksNgaySinh")[:2] == ("24/12/2008", "24.12.2008")
    assert reading(workspace, "nksQuocTich")[1] == "Việt Nam"
    assert reading(workspace, "loaiDangKy")[:2] == ("Quá hạn", "4")
    assert reading(workspace, "meHoTen") == ("", "", "reading-field-blank")


def test_engines_are_not_asked_about_blank_zones(workspace: Workspace) -> None:
    engine = doubles.saying("x")
    read(workspace, [opened(workspace)], drawn_page({"nksHoTen": "Lan"}), engine)
    assert [crop.field_id for crop in engine.asked] == ["nksHoTen"]


def test_one_bad_crop_costs_one_field(workspace: Workspace) -> None:
    read(workspace, [opened(workspace)], drawn_page(PRINTED), doubles.crashing(only="nksHoTen"))
    assert reading(workspace, "nksHoTen") == ("", "", "reading-field-failed")
    assert reading(workspace, "nksQuocTich")[0] == "Trần Thị Lan"


def test_an_engine_that_fails_everywhere_fails_the_page_and_writes_nothing(workspace: Workspace) -> None:
    record = opened(workspace)
    with pytest.raises(EngineError):
        read(workspace, [record], drawn_page(PRINTED), doubles.crashing())
    assert workspace.record(record.record_id) == record


def test_ditto_marks_take_the_record_above_on_the_page(workspace: Workspace) -> None:
    first, second = opened(workspace, 0), opened(workspace, 1)
    said = iter(["Mường", "-nt-"])
    engine = doubles.Answering(lambda crop: doubles.RawReading(crop.field_id, next(said), 0.95))
    read(workspace, [first, second], drawn_page({"nksDanToc": "Mường"}), engine)
    assert reading(workspace, "nksDanToc", "ban-ghi-1") == ("-nt-", "Mường", "neighbour")


def test_records_handed_over_are_left_alone(workspace: Workspace) -> None:
    from hotich.values import Actor, Role

    record = opened(workspace)
    clerk = Actor("Nguyễn Thị Lan", Role.CLERK)
    workspace.append(workflow.Draft("so-1", workflow.Submitted(), clerk, record.record_id, "trang-1"))
    handed = workspace.record(record.record_id)
    assert handed is not None
    assert read(workspace, [handed], drawn_page(PRINTED), doubles.saying("x")) == 0
    assert workspace.record(record.record_id) == handed
