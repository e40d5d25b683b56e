"""Writes docs/schema: the JSON Schemas of packages and streams, and an example of everything they describe.

`python tools/package_examples.py` after a change of the types; a test tells when that was forgotten.
"""

from __future__ import annotations

import sys
import tempfile
import zipfile
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from hotich.export import PackageContent, PackagePage, build_package
from hotich.export.package_types import Change, ChangeKind, Delta, History, Withdrawn
from hotich.export.schema import manifest_schema, record_schema, records_schema, schema_bytes, stream_schema
from hotich.export.streams import JsonLines, StreamedBook, StreamedPage
from hotich.forms.loader import load_catalogue
from hotich.values import RecordType
from tools.example_records import APPROVED, example_book, example_page, example_picture, example_record

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "schema"
HISTORY = History(actions=4321, head="5e" * 32, at=APPROVED)


def schema_files() -> dict[str, bytes]:
    """The schemas by file name, as they stand in packages."""
    schemas = {"manifest": manifest_schema(), "records": records_schema(), "record": record_schema()}
    schemas["stream"] = stream_schema()
    return {f"{name}.schema.json": schema_bytes(schema) for name, schema in schemas.items()}


def example_files() -> dict[str, bytes]:
    """The examples by file name: a record of every type, two manifests and a stream."""
    files: dict[str, bytes] = {}
    for record_type in RecordType:
        manifest, records = _package(record_type, None)
        files[f"{record_type.value}.record.json"] = _pretty(msgspec.json.decode(records)[0])
        if record_type is RecordType.BIRTH:
            files["manifest.json"] = _pretty(msgspec.json.decode(manifest))
            files["delta.manifest.json"] = _pretty(msgspec.json.decode(_package(record_type, _delta())[0]))
    files["stream.jsonl"] = _stream()
    return files


def _package(record_type: RecordType, delta: Delta | None) -> tuple[bytes, bytes]:
    """manifest.json and records.json of a package with one record."""
    page = PackagePage(example_page(), example_picture(), (example_record(record_type),))
    content = PackageContent(
        book=example_book(record_type),
        spec=load_catalogue().records[record_type],
        pages=iter([page]),
        void=0,
        history=HISTORY,
        number=1 if delta is None else 2,
        delta=delta,
    )
    with tempfile.TemporaryDirectory() as folder:
        built = build_package(content, Path(folder))
        with zipfile.ZipFile(built.path) as archive:
            return archive.read("manifest.json"), archive.read("records.json")


def _delta() -> Delta:
    record_id = example_record(RecordType.BIRTH).record_id
    corrected = Change(
        record_id=record_id, kind=ChangeKind.CORRECTED, fields=("ngayDangKy",), reason="Sai định dạng ngày"
    )
    return Delta(
        base=1,
        base_file="KS.2009.01.hotich.zip",
        base_sha256="ab" * 32,
        base_history=4000,
        reason="Đính chính theo phản hồi của cơ quan tiếp nhận",
        changes=(corrected,),
        withdrawn=(Withdrawn(record_id="vi-du-ks-00001-02", state="void", reason="Dòng bị gạch bỏ"),),
    )


def _stream() -> bytes:
    with tempfile.TemporaryFile() as file:
        lines = JsonLines(file, practice=False)
        for record_type in (RecordType.BIRTH, RecordType.DEATH):
            page = StreamedPage(example_page(), (example_record(record_type),))
            spec = load_catalogue().records[record_type]
            lines.add(StreamedBook(example_book(record_type), spec, HISTORY, iter([page])))
        lines.close()
        file.seek(0)
        return file.read()


def _pretty(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def main() -> None:
    """Writes every file anew."""
    (FOLDER / "examples").mkdir(parents=True, exist_ok=True)
    for name, data in schema_files().items():
        (FOLDER / name).write_bytes(data)
    for name, data in example_files().items():
        (FOLDER / "examples" / name).write_bytes(data)
    print(*sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.json*")), sep="\n")


if __name__ == "__main__":
    main()
