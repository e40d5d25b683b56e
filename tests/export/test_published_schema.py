"""docs/schema says what this version writes: the schemas are lawful by two validators, and so are all examples."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest

from hotich.export.package_types import SCHEMA_VERSION
from hotich.forms.loader import load_catalogue
from hotich.pipeline.checking import view_of
from hotich.rules import RuleContext, check_record_view
from hotich.values import RecordType, Severity
from tools.example_records import example_book, example_record
from tools.package_examples import FOLDER, example_files, schema_files

RENEW = "run tools/package_examples.py"
NAMES = ("manifest", "record", "records", "stream")


def schema(name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((FOLDER / f"{name}.schema.json").read_bytes())
    return told


def documents() -> list[tuple[str, str, Any]]:
    """Each example with the name of its schema."""
    found: list[tuple[str, str, Any]] = []
    for path in sorted((FOLDER / "examples").iterdir()):
        if path.suffix == ".jsonl":
            lines = path.read_bytes().splitlines()
            found += [("stream", f"{path.name}:{number}", json.loads(line)) for number, line in enumerate(lines, 1)]
        else:
            found.append((path.name.split(".")[-2], path.name, json.loads(path.read_bytes())))
    return found


def test_the_published_files_are_those_of_this_version() -> None:
    for folder, files in ((FOLDER, schema_files()), (FOLDER / "examples", example_files())):
        there = {path.name: path.read_bytes() for path in folder.glob("*.json*")}
        assert set(there) == set(files), RENEW
        assert [name for name, data in files.items() if there[name] != data] == [], RENEW


@pytest.mark.parametrize("name", NAMES)
def test_both_validators_take_the_schema(name: str) -> None:
    told = schema(name)
    assert told["$id"] == f"urn:hotich:package:{SCHEMA_VERSION}:{name}"
    jsonschema.Draft202012Validator.check_schema(told)
    jsonschema_rs.Draft202012Validator(told)
    jsonschema_rs.meta.validate(told)


def test_every_example_keeps_its_schema_by_both_validators() -> None:
    found = documents()
    assert {name.split(".")[0] for kind, name, _ in found if kind == "record"} == {each.value for each in RecordType}
    for kind, name, document in found:
        jsonschema.Draft202012Validator(schema(kind)).validate(document)
        assert jsonschema_rs.Draft202012Validator(schema(kind)).is_valid(document), name


def _breaches(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The example broken in one place each."""
    some = next(code for code, field in document["fields"].items() if field["confirmed"])
    broken: list[dict[str, Any]] = [
        {**document, "foreign": 1},
        {**document, "page": 0},
        {**document, "record_type": "XX"},
    ]
    broken += [{key: value for key, value in document.items() if key != "national"}]
    broken += [{**document, "national": {**document["national"], some: 3}}]
    for key, value in (("state", "unknown"), ("origin", 7), ("confirmed", {"by": ""}), ("reading", {"confidence": 2})):
        field = {**document["fields"][some], key: value}
        broken.append({**document, "fields": {**document["fields"], some: field}})
    return broken


def test_both_validators_refuse_the_same() -> None:
    one, other = jsonschema.Draft202012Validator(schema("record")), jsonschema_rs.Draft202012Validator(schema("record"))
    for kind, name, document in documents():
        if kind == "record":
            for broken in _breaches(document):
                assert not one.is_valid(broken) and not other.is_valid(broken), name


@pytest.mark.parametrize("kind", list(RecordType))
def test_the_examples_break_no_rule(kind: RecordType) -> None:
    record = example_record(kind)
    context = RuleContext(example_book(kind), load_catalogue().records[kind], frozenset(record.fields))
    found = check_record_view(view_of(record), context)
    assert [finding.message for finding in found if finding.severity is Severity.ERROR] == []


def test_the_examples_show_what_a_record_may_tell() -> None:
    """Every key of a record is filled somewhere, so that an importer sees it."""
    records = [document for kind, _, document in documents() if kind == "record"]
    assert all(record["margin_notes"] and record["refusals"] and record["accepted"] for record in records)
    fields = [field for record in records for field in record["fields"].values()]
    assert {field["state"] for field in fields} == {"value", "blank", "unreadable", "unstated"}
    assert {field["confirmed"].get("way") for field in fields if field["confirmed"]} >= {None, "together", "carousel"}
    assert any(field["confirmed"].get("note") for field in fields if field["confirmed"])
    assert any(field["reading"] for field in fields) and any(field["region"] for field in fields)


def test_the_manifests_show_a_whole_package_and_a_delta() -> None:
    whole, delta = (
        json.loads((FOLDER / "examples" / name).read_bytes()) for name in ("manifest.json", "delta.manifest.json")
    )
    assert whole["delta"] is None and whole["number"] == 1
    assert delta["number"] == 2 and delta["delta"]["base"] == 1 and delta["delta"]["withdrawn"]


def test_no_host_is_named() -> None:
    for path in Path(FOLDER).rglob("*.json*"):
        text = path.read_text(encoding="utf-8").replace("https://json-schema.org/draft/2020-12/schema", "")
        assert "http" not in text, path.name
