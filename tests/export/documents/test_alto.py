"""ALTO: the order of elements that the standard asks for, places, texts, and who they are from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from xml.etree import ElementTree as Xml

import msgspec
import pytest

from hotich.export.documents.alto import NAMESPACE, AltoPage, write_alto
from hotich.pipeline.alto import alto_pages
from hotich.values import (
    FieldEntry,
    FieldState,
    FieldValue,
    MarginNote,
    NoteKind,
    Point,
    Quad,
    Reading,
    Record,
    Region,
    SourcePage,
)
from tests.export.documents.conftest import LEDGER, Sample

PAGE = SourcePage("trang", "Sổ 1984 – tờ 1.jpg", "0" * 64, 0, 2000, 1000, exif_turn=90)

# The children of each element in the order of version 4.4 of the standard, and its attributes; `!` must be there.
CHILDREN = {
    "alto": "Description? Styles? Tags? ReadingOrder? Layout!",
    "Description": "MeasurementUnit! sourceImageInformation? Processing*",
    "sourceImageInformation": "fileName? fileIdentifier* documentIdentifier*",
    "Processing": "processingCategory? processingDateTime? processingAgency? processingStepDescription* "
    "processingStepSettings? processingSoftware?",
    "processingSoftware": "softwareCreator? softwareName? softwareVersion? applicationDescription?",
    "Tags": "(LayoutTag|StructureTag|RoleTag|NamedEntityTag|OtherTag)*",
    "Layout": "Page+",
    "Page": "TopMargin? LeftMargin? RightMargin? BottomMargin? PrintSpace?",
    "PrintSpace": "Shape? (TextBlock|Illustration|GraphicalElement|ComposedBlock)*",
    "ComposedBlock": "Shape? (TextBlock|Illustration|GraphicalElement|ComposedBlock)*",
    "TextBlock": "Shape? TextLine*",
    "TextLine": "Shape? (String SP?)+ HYP?",
    "String": "Shape? ALTERNATIVE* Glyph*",
    "Shape": "(Polygon|Ellipse|Circle)!",
}
BLOCK = "ID! STYLEREFS TAGREFS PROCESSINGREFS HEIGHT WIDTH HPOS VPOS ROTATION IDNEXT CS"
ATTRIBUTES = {
    "alto": "SCHEMAVERSION {http://www.w3.org/2001/XMLSchema-instance}schemaLocation",
    "fileIdentifier": "fileIdentifierLocation",
    "Processing": "ID!",
    "StructureTag": "ID! TYPE LABEL! DESCRIPTION URI",
    "RoleTag": "ID! TYPE LABEL! DESCRIPTION URI",
    "OtherTag": "ID! TYPE LABEL! DESCRIPTION URI",
    "Page": "ID! PAGECLASS STYLEREFS PROCESSINGREFS HEIGHT WIDTH PHYSICAL_IMG_NR! PRINTED_IMG_NR LANG ROTATION",
    "PrintSpace": "ID STYLEREFS PROCESSINGREFS HEIGHT WIDTH HPOS VPOS",
    "ComposedBlock": f"{BLOCK} TYPE FILEID",
    "TextBlock": f"{BLOCK} LANG BASEDIRECTION",
    "TextLine": "ID STYLEREFS TAGREFS PROCESSINGREFS HEIGHT WIDTH HPOS VPOS BASELINE LANG CS BASEDIRECTION",
    "String": "ID STYLEREFS TAGREFS PROCESSINGREFS HEIGHT WIDTH HPOS VPOS CONTENT! WC CC CS LANG",
    "SP": "ID HEIGHT WIDTH HPOS VPOS",
    "ALTERNATIVE": "PURPOSE",
    "Polygon": "POINTS!",
}


def problems_of(root: Xml.Element) -> Iterator[str]:
    """Everything in which the document leaves the standard."""
    ids = [element.attrib["ID"] for element in root.iter() if "ID" in element.attrib]
    yield from (f"twice: {name}" for name in {name for name in ids if ids.count(name) > 1})
    yield from (f"no name: {name}" for name in ids if not re.fullmatch(r"[A-Za-z_][\w.-]*", name, re.ASCII))
    for element in root.iter():
        name = element.tag.removeprefix(f"{{{NAMESPACE}}}")
        inside = "".join(f"{child.tag.removeprefix(f'{{{NAMESPACE}}}')};" for child in element)
        if not re.fullmatch(pattern_of(CHILDREN.get(name, "")), inside):
            yield f"{name}: {inside}"
        known = ATTRIBUTES.get(name, "").split()
        yield from (f"{name}: no {each}" for each in known if each.endswith("!") and each[:-1] not in element.attrib)
        yield from (f"{name}: {each}" for each in element.attrib if each not in {one.rstrip("!") for one in known})
        for references in ("TAGREFS", "PROCESSINGREFS"):
            yield from (f"lost: {each}" for each in element.attrib.get(references, "").split() if each not in ids)


def pattern_of(model: str) -> str:
    """`a? (b|c)*` as a pattern for names that are each followed by a semicolon."""
    return re.sub(r"\w+", lambda name: f"({name[0]};)", model).replace(" ", "").replace("!", "")


def quad(left: float, top: float, width: float = 200.0, height: float = 40.0) -> Quad:
    right, bottom = left + width, top + height
    return Quad(Point(left, top), Point(right, top + 3), Point(right, bottom + 3), Point(left, bottom))


def region(field_id: str, left: float, top: float, page_id: str = "trang") -> Region:
    return Region(field_id, page_id, quad(left, top))


def record(*entries: FieldEntry, notes: tuple[MarginNote, ...] = ()) -> Record:
    fields = {entry.field_id: entry for entry in entries}
    return Record("trang-00", "so", "trang", 0, "KS-1961", "", fields=fields, margin_notes=notes)


def parsed(*records: Record, page: SourcePage = PAGE) -> Xml.Element:
    labels = {"nksHoTen": "Họ, chữ đệm, tên người được khai sinh"}
    return Xml.fromstring(write_alto(AltoPage(page, 3, records, labels)))


def blocks(root: Xml.Element) -> dict[str, Xml.Element]:
    """Blocks of fields by the label of their first tag."""
    spaces = {"a": NAMESPACE}
    labels = {tag.attrib["ID"]: tag.attrib["LABEL"] for tag in root.findall("a:Tags/*", spaces)}
    found = root.findall(".//a:TextBlock", spaces)
    return {labels[block.attrib["TAGREFS"].split()[0]]: block for block in found}


def words(block: Xml.Element) -> list[str]:
    return [string.attrib["CONTENT"] for string in block.iter(f"{{{NAMESPACE}}}String")]


def others(block: Xml.Element) -> dict[str, str]:
    return {each.attrib["PURPOSE"]: each.text or "" for each in block.iter(f"{{{NAMESPACE}}}ALTERNATIVE")}


READING = Reading("nksHoTen", "Do Thị Ngọc", "Đỗ Thị Ngọc", 0.75, "hotich-hand", "3")
VALUE = FieldValue("nksHoTen", "Đỗ Thị Ngọc", "Đỗ Thị Ngọc")


def test_the_pages_of_a_book_keep_to_the_standard(sample_of: Callable[[str], Sample]) -> None:
    sample = sample_of(LEDGER)
    ((number, data),) = alto_pages(sample.workspace, sample.book_id)
    root = Xml.fromstring(data)
    assert number == 1 and list(problems_of(root)) == []
    told = " ".join(words(root))
    assert all(" ".join(e.fields["nksHoTen"].written.split()) in told for e in sample.entries.values())
    ((_, again),) = alto_pages(sample.workspace, sample.book_id)
    assert data == again


def test_a_wrong_order_would_be_seen() -> None:
    root = parsed(record(FieldEntry("nksHoTen", region("nksHoTen", 10, 20), READING, VALUE)))
    assert list(problems_of(root)) == []
    block = next(root.iter(f"{{{NAMESPACE}}}TextBlock"))
    block.insert(1, block[0].__copy__())
    block.attrib["TAGREFS"] += " lost"
    assert sorted(problems_of(root)) == ["TextBlock: Shape;Shape;TextLine;", "lost: lost"]


def test_a_reading_is_told_with_how_sure_it_is() -> None:
    block = blocks(parsed(record(FieldEntry("nksHoTen", region("nksHoTen", 10, 20), READING))))["nksHoTen"]
    assert words(block) == ["Do", "Thị", "Ngọc"] and block.attrib["CS"] == "false"
    assert block.attrib["PROCESSINGREFS"] == "by-hotich-hand-3"
    assert {s.attrib["WC"] for s in block.iter(f"{{{NAMESPACE}}}String")} == {"0.750"}
    assert others(block) == {"normal": "Đỗ Thị Ngọc"}


def test_a_confirmed_text_goes_before_what_was_read() -> None:
    block = blocks(parsed(record(FieldEntry("nksHoTen", region("nksHoTen", 10, 20), READING, VALUE))))["nksHoTen"]
    assert words(block) == ["Đỗ", "Thị", "Ngọc"] and block.attrib["CS"] == "true"
    assert others(block) == {"reading": "Do Thị Ngọc"} and block.attrib["PROCESSINGREFS"] == "by-person"


def test_a_place_is_told_as_it_lies() -> None:
    block = blocks(parsed(record(FieldEntry("nksHoTen", region("nksHoTen", 10, 20)))))["nksHoTen"]
    sides = {key: block.attrib[key] for key in ("HPOS", "VPOS", "WIDTH", "HEIGHT")}
    assert sides == {"HPOS": "10.0", "VPOS": "20.0", "WIDTH": "200.0", "HEIGHT": "43.0"} and words(block) == []
    polygon = next(block.iter(f"{{{NAMESPACE}}}Polygon"))
    assert polygon.attrib["POINTS"] == "10.0,20.0 210.0,23.0 210.0,63.0 10.0,60.0"


@pytest.mark.parametrize("state", [FieldState.BLANK, FieldState.UNREADABLE])
def test_blank_and_unreadable_are_said(state: FieldState) -> None:
    value = FieldValue("nksHoTen", "", "", state)
    root = parsed(record(FieldEntry("nksHoTen", region("nksHoTen", 10, 20), READING, value)))
    block = blocks(root)["nksHoTen"]
    assert block.attrib["TAGREFS"].split()[1] == f"is-{state.value}" and words(block) == []
    assert list(problems_of(root)) == []


def test_margin_notes_are_told_and_other_pages_left_out() -> None:
    there = MarginNote(NoteKind.DIVORCE, "2001", "Ly hôn năm 2001", region("", 500, 600))
    elsewhere = MarginNote(NoteKind.OTHER, "", "Ở trang khác", region("", 5, 6, "khac"))
    far = FieldEntry("meHoTen", region("meHoTen", 1, 1, "khac"), None, FieldValue("meHoTen", "Ở xa", "Ở xa"))
    root = parsed(record(FieldEntry("nksHoTen", region("nksHoTen", 10, 20)), far, notes=(there, elsewhere)))
    assert words(root) == ["Ly", "hôn", "năm", "2001"] and list(problems_of(root)) == []


def test_a_page_on_its_side_says_so() -> None:
    (page,) = parsed().iter(f"{{{NAMESPACE}}}Page")
    assert (page.attrib["ROTATION"], page.attrib["WIDTH"], page.attrib["PHYSICAL_IMG_NR"]) == ("90", "2000", "3")
    (upright,) = parsed(page=msgspec.structs.replace(PAGE, exif_turn=0)).iter(f"{{{NAMESPACE}}}Page")
    assert "ROTATION" not in upright.attrib


def test_letters_that_xml_cannot_hold_are_left_out() -> None:
    value = FieldValue("nksHoTen", "Đỗ\x00 Thị\x0b <&> \ufffe", "")
    root = parsed(record(FieldEntry("nksHoTen", region("nksHoTen", 10, 20), None, value)))
    assert words(root) == ["Đỗ", "Thị", "<&>"]
