"""The measuring of exports itself works: every writer writes every row."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.export import BOOK, FULL, NATIONAL, measured


@pytest.mark.parametrize("writer", [*FULL, *NATIONAL, *BOOK])
def test_every_writer_writes(writer: str, tmp_path: Path) -> None:
    told = measured(writer, 20, tmp_path)
    assert told["seconds"] > 0 and told["size"] > 0
    if writer in ("jsonl", "jsonl+", "orjson", "json"):
        lines = (tmp_path / "out").read_bytes().splitlines()
        assert len([line for line in lines if b"record_id" in line]) == 20
