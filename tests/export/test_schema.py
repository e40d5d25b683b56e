"""The JSON Schemas: lawful themselves, kept by what is written, and no laxer than the types they come from."""

from __future__ import annotations

import copy
import json
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotich.export.package_types import Manifest, PackageRecord
from hotich.export.schema import manifest_schema, record_schema, records_schema

SCHEMAS = [manifest_schema(), records_schema(), record_schema()]


def member(package: Path, name: str) -> Any:
    with zipfile.ZipFile(package) as archive:
        return json.loads(archive.read(name))


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema["$id"])
def test_the_schemas_are_lawful(schema: dict[str, Any]) -> None:
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(schema)


def test_a_package_keeps_the_schemas_that_it_carries(package: Path) -> None:
    for name in ("manifest", "records"):
        schema = member(package, f"schema/{name}.schema.json")
        jsonschema.Draft202012Validator(schema).validate(member(package, f"{name}.json"))


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Paths to every value inside."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(deeper for key, part in inner for deeper in places(part, (*path, key)))]


JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 3), st.floats(-1, 2), st.sampled_from(["", "x", "value", "KS", "typed"]),
    st.just([]), st.just({}),
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "kind", "schema"), [("manifest", Manifest, manifest_schema()), ("records", PackageRecord, record_schema())]
)
@given(data=st.data())
def test_types_and_schema_refuse_the_same(
    package: Path, name: str, kind: type[Any], schema: dict[str, Any], data: st.DataObject
) -> None:
    whole = member(package, f"{name}.json")
    changed = copy.deepcopy(whole[0] if isinstance(whole, list) else whole)
    path = data.draw(st.sampled_from(places(changed)[1:]))
    parent = changed
    for step in path[:-1]:
        parent = parent[step]
    if data.draw(st.booleans()) and isinstance(parent, dict):
        del parent[path[-1]]
    else:
        parent[path[-1]] = data.draw(JUNK)
    lawful = jsonschema.Draft202012Validator(schema).is_valid(changed)
    assert lawful is _fits(changed, kind)


def _fits(value: Any, kind: type[Any]) -> bool:
    try:
        msgspec.json.decode(json.dumps(value), type=kind)
    except msgspec.ValidationError:
        return False
    return True
