"""The JSON Schemas of a package (draft 2020-12), made from the types."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from hotich.export.package_types import SCHEMA_VERSION, Manifest, PackageRecord
from hotich.export.problems import Fault
from hotich.export.streams.stream_types import StreamLine

if TYPE_CHECKING:
    from jsonschema import ValidationError

NO_JSON = Fault("breach-no-json")
"""What is no JSON, or none of the shape of a package."""

_LONGEST_VALUE = 80
_DRAFT = "https://json-schema.org/draft/2020-12/schema"


@cache
def manifest_schema() -> dict[str, Any]:
    """The schema of manifest.json."""
    return _closed(msgspec.json.schema(Manifest), "manifest")


@cache
def records_schema() -> dict[str, Any]:
    """The schema of records.json: an array of records."""
    return _closed(msgspec.json.schema(tuple[PackageRecord, ...]), "records")


@cache
def record_schema() -> dict[str, Any]:
    """The schema of one record of records.json."""
    return _closed(msgspec.json.schema(PackageRecord), "record")


@cache
def stream_schema() -> dict[str, Any]:
    """The schema of one line of a stream."""
    return _closed(msgspec.json.schema(StreamLine), "stream")


def schema_bytes(schema: dict[str, Any]) -> bytes:
    """The schema as it stands in a package."""
    return (json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def breach_of(schema: dict[str, Any], data: bytes) -> tuple[str, Fault] | None:
    """The first place (a path such as `national/so`) where the JSON breaks the schema, and how; None when nowhere.

    Raises ValueError or RecursionError for what is no JSON.
    """
    import jsonschema

    errors = jsonschema.Draft202012Validator(schema).iter_errors(json.loads(data))
    first = min(errors, key=lambda error: [str(step) for step in error.absolute_path], default=None)
    if first is None:
        return None
    return "/".join(str(step) for step in first.absolute_path), fault_of(first)


def fault_of(error: ValidationError) -> Fault:
    """What the schema asks for at that place; `value` is what stands there."""
    instance: Any = error.instance
    asked: Any = error.validator_value
    value = json.dumps(instance, ensure_ascii=False)[:_LONGEST_VALUE]
    match error.validator:
        case "type":
            kinds = [asked] if isinstance(asked, str) else asked
            return Fault("breach-type", {"value": value, "wanted": ", ".join(kinds)})
        case "required":
            return Fault("breach-required", {"missing": ", ".join(key for key in asked if key not in instance)})
        case "additionalProperties":
            schema: Any = error.schema
            extra = [key for key in instance if key not in schema["properties"]]
            return Fault("breach-extra", {"extra": ", ".join(extra)})
        case "enum" | "const":
            return Fault("breach-choice", {"value": value})
        case keyword:
            return Fault("breach-other", {"value": value, "keyword": keyword})


def _closed(schema: dict[str, Any], name: str) -> dict[str, Any]:
    """The schema with its name, and with no keys allowed beside those of this version."""
    for part in schema.get("$defs", {}).values():
        if "properties" in part:
            part["additionalProperties"] = False
    return {"$schema": _DRAFT, "$id": f"urn:hotich:package:{SCHEMA_VERSION}:{name}", **schema}
