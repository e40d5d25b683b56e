"""The JSON Schemas of a package (draft 2020-12), made from the types."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import msgspec

from hotich.export.package_types import SCHEMA_VERSION, Manifest, PackageRecord
from hotich.export.streams.stream_types import StreamLine

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


def breach_of(schema: dict[str, Any], data: bytes) -> tuple[str, str] | None:
    """The first place (a path such as `national/so`) where the JSON breaks the schema, and how; None when nowhere.

    Raises ValueError or RecursionError for what is no JSON.
    """
    import jsonschema

    errors = jsonschema.Draft202012Validator(schema).iter_errors(json.loads(data))
    first = min(errors, key=lambda error: [str(step) for step in error.absolute_path], default=None)
    if first is None:
        return None
    return "/".join(str(step) for step in first.absolute_path), first.message[:200]


def _closed(schema: dict[str, Any], name: str) -> dict[str, Any]:
    """The schema with its name, and with no keys allowed beside those of this version."""
    for part in schema.get("$defs", {}).values():
        if "properties" in part:
            part["additionalProperties"] = False
    return {"$schema": _DRAFT, "$id": f"urn:hotich:package:{SCHEMA_VERSION}:{name}", **schema}
