"""Where the fields of a page stand and what was read and confirmed in them, as ALTO 4.4 (Library of Congress).

One file per page. A record is a ComposedBlock, a field a TextBlock with its quad in pixels of the picture as stored.
The text is what a person confirmed (CS true), else what the machine read (WC its confidence). Beside a confirmed text
the reading and the normal form stand as ALTERNATIVEs of its first word. People are not named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as Xml

import hotich
from hotich.export.documents.xml_text import lawful
from hotich.text import nfc
from hotich.values import FieldEntry, FieldState, MarginNote, Quad, Reading, Record, SourcePage

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
SCHEMA = "http://www.loc.gov/standards/alto/v4/alto-4-4.xsd"
VERSION = "4.4"

PERSON = "by-person"
"""The step by which people confirmed what they saw."""

_XSI = "http://www.w3.org/2001/XMLSchema-instance"


@dataclass(frozen=True, slots=True)
class AltoPage:
    """A page with its records in order. `number` counts from 1 in the book; `labels` names the fields by their ids."""

    page: SourcePage
    number: int
    records: tuple[Record, ...]
    labels: Mapping[str, str]


def write_alto(page: AltoPage) -> bytes:
    """The XML document in UTF-8; the same page gives the same bytes."""
    root = Xml.Element(
        "alto",
        {
            "xmlns": NAMESPACE,
            "xmlns:xsi": _XSI,
            "xsi:schemaLocation": f"{NAMESPACE} {SCHEMA}",
            "SCHEMAVERSION": VERSION,
        },
    )
    _describe(root, page)
    _name_tags(root, page)
    _lay_out(root, page)
    Xml.indent(root)
    document: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _describe(root: Xml.Element, page: AltoPage) -> None:
    description = Xml.SubElement(root, "Description")
    Xml.SubElement(description, "MeasurementUnit").text = "pixel"
    source = Xml.SubElement(description, "sourceImageInformation")
    Xml.SubElement(source, "fileName").text = lawful(page.page.file_name)
    identifier = Xml.SubElement(source, "fileIdentifier", {"fileIdentifierLocation": "sha256"})
    identifier.text = page.page.file_sha256
    for engine, version in _engines(page):
        _step(description, _engine_id(engine, version), "contentGeneration", (engine, version))
    _step(description, PERSON, "contentModification", ("HoTich", hotich.__version__))


def _step(description: Xml.Element, step_id: str, category: str, software: tuple[str, str]) -> None:
    step = Xml.SubElement(description, "Processing", {"ID": step_id})
    Xml.SubElement(step, "processingCategory").text = category
    told = Xml.SubElement(step, "processingSoftware")
    Xml.SubElement(told, "softwareName").text = lawful(software[0])
    Xml.SubElement(told, "softwareVersion").text = lawful(software[1])


def _name_tags(root: Xml.Element, page: AltoPage) -> None:
    """What blocks are tagged with: fields, states of fields, records, kinds of margin notes."""
    tags = Xml.SubElement(root, "Tags")
    for state in (FieldState.BLANK, FieldState.UNREADABLE):
        Xml.SubElement(tags, "OtherTag", {"ID": _state_id(state), "TYPE": "state", "LABEL": state.value})
    for number, record in enumerate(page.records, start=1):
        told = {"ID": _record_tag(number), "TYPE": "record", "LABEL": record.record_id}
        Xml.SubElement(tags, "OtherTag", told)
    for field_id in dict.fromkeys(entry.field_id for record in page.records for entry in _on_page(record, page)):
        told = {"ID": _field_tag(field_id), "TYPE": "field", "LABEL": field_id}
        Xml.SubElement(tags, "StructureTag", {**told, "DESCRIPTION": page.labels.get(field_id, field_id)})
    for kind in dict.fromkeys(note.kind for record in page.records for note in _notes_on(record, page)):
        Xml.SubElement(tags, "RoleTag", {"ID": f"note-{kind.value}", "TYPE": "margin-note", "LABEL": kind.value})


def _lay_out(root: Xml.Element, page: AltoPage) -> None:
    size = {"HEIGHT": str(page.page.height), "WIDTH": str(page.page.width)}
    told = {"ID": "page", **size, "PHYSICAL_IMG_NR": str(page.number), "LANG": "vi"}
    if page.page.exif_turn:
        told["ROTATION"] = str(page.page.exif_turn)
    sheet = Xml.SubElement(Xml.SubElement(root, "Layout"), "Page", told)
    space = Xml.SubElement(sheet, "PrintSpace", {**size, "HPOS": "0", "VPOS": "0"})
    for number, record in enumerate(page.records, start=1):
        quads = [quad for entry in _on_page(record, page) for quad in _quad(entry)]
        quads += [note.region.quad for note in _notes_on(record, page) if note.region is not None]
        if quads:
            _add_record(space, page, record, number, quads)


def _add_record(space: Xml.Element, page: AltoPage, record: Record, number: int, quads: list[Quad]) -> None:
    name = f"record-{number}"
    block = Xml.SubElement(
        space, "ComposedBlock", {"ID": name, "TAGREFS": _record_tag(number), **_bounds(quads), "TYPE": "record"}
    )
    for entry in _on_page(record, page):
        _add_field(block, name, entry)
    for place, note in enumerate(_notes_on(record, page), start=1):
        if note.region is not None:
            told = {"TAGREFS": f"note-{note.kind.value}", "PROCESSINGREFS": PERSON, "CS": "true"}
            _add_text(_block(block, f"{name}-note-{place}", note.region.quad, told), note.text, None, ())


def _add_field(record: Xml.Element, name: str, entry: FieldEntry) -> None:
    """One field: what a person said of it, else what was read, else only where it stands."""
    (quad,) = _quad(entry)
    value, reading = entry.value, entry.reading
    tags = [_field_tag(entry.field_id)]
    told: dict[str, str] = {}
    if value is not None:
        told = {"PROCESSINGREFS": PERSON, "CS": "true"}
        tags += [_state_id(value.state)] if value.state is not FieldState.VALUE else []
    elif reading is not None:
        told = {"PROCESSINGREFS": _engine_id(reading.engine, reading.engine_version), "CS": "false"}
    block = _block(record, f"{name}-{_safe(entry.field_id)}", quad, {"TAGREFS": " ".join(tags), **told})
    if value is not None:
        others = [("normal", value.normal)] + ([("reading", reading.text)] if reading is not None else [])
        _add_text(block, value.as_written, None, others)
    elif reading is not None:
        _add_text(block, reading.text, reading.confidence, [("normal", reading.normal)])


def _block(parent: Xml.Element, name: str, quad: Quad, told: dict[str, str]) -> Xml.Element:
    block = Xml.SubElement(parent, "TextBlock", {"ID": name, **told, **_bounds([quad])})
    points = " ".join(f"{_number(point.x)},{_number(point.y)}" for point in quad.points)
    Xml.SubElement(Xml.SubElement(block, "Shape"), "Polygon", {"POINTS": points})
    return block


def _add_text(block: Xml.Element, text: str, confidence: float | None, others: Iterable[tuple[str, str]]) -> None:
    """The text as one line of words. Where the words stand in it is not known, so they have no places of their own."""
    words = lawful(nfc(text)).split()
    if not words:
        return
    line = Xml.SubElement(block, "TextLine", {key: block.attrib[key] for key in ("HEIGHT", "WIDTH", "HPOS", "VPOS")})
    sure = {"WC": f"{min(1.0, max(0.0, confidence)):.3f}"} if confidence is not None else {}
    for place, word in enumerate(words):
        if place:
            Xml.SubElement(line, "SP")
        string = Xml.SubElement(line, "String", {"CONTENT": word, **sure})
        if not place:
            for purpose, other in others:
                if other and nfc(other) != nfc(text):
                    Xml.SubElement(string, "ALTERNATIVE", {"PURPOSE": purpose}).text = lawful(nfc(other))


def _on_page(record: Record, page: AltoPage) -> Iterator[FieldEntry]:
    """The fields of a record that stand on this page."""
    for entry in record.fields.values():
        if entry.region is not None and entry.region.page_id == page.page.page_id:
            yield entry


def _notes_on(record: Record, page: AltoPage) -> Iterator[MarginNote]:
    for note in record.margin_notes:
        if note.region is not None and note.region.page_id == page.page.page_id:
            yield note


def _engines(page: AltoPage) -> tuple[tuple[str, str], ...]:
    """Every engine, with its version, that read something on the page."""
    readings: list[Reading] = [e.reading for r in page.records for e in _on_page(r, page) if e.reading is not None]
    return tuple(sorted({(reading.engine, reading.engine_version) for reading in readings}))


def _quad(entry: FieldEntry) -> list[Quad]:
    return [entry.region.quad] if entry.region is not None else []


def _bounds(quads: Iterable[Quad]) -> dict[str, str]:
    lefts, tops, rights, bottoms = zip(*(quad.bounds for quad in quads), strict=True)
    left, top = min(lefts), min(tops)
    sides = {"HEIGHT": max(bottoms) - top, "WIDTH": max(rights) - left, "HPOS": left, "VPOS": top}
    return {key: _number(side) for key, side in sides.items()}


def _number(value: float) -> str:
    return f"{value:.1f}"


def _record_tag(number: int) -> str:
    return f"is-record-{number}"


def _field_tag(field_id: str) -> str:
    return f"is-{_safe(field_id)}"


def _state_id(state: FieldState) -> str:
    return f"is-{state.value}"


def _engine_id(engine: str, version: str) -> str:
    return f"by-{_safe(engine)}-{_safe(version)}"


def _safe(text: str) -> str:
    """Letters that an XML id may hold."""
    return re.sub(r"[^0-9A-Za-z._-]", "-", text)
