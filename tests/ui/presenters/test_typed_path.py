"""Paths as people type or paste them."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotich.ui.presenters.typed_path import typed_path


@pytest.mark.parametrize("text", ["/nơi giao/gói 1", '"/nơi giao/gói 1"', '  "/nơi giao/gói 1" ', "/nơi giao/gói 1 "])
def test_quotes_and_spaces_around_a_path_are_no_part_of_it(text: str) -> None:
    assert typed_path(text) == Path("/nơi giao/gói 1")


def test_home_is_spelled_out_and_nothing_is_no_path() -> None:
    assert typed_path("~/gói") == Path.home() / "gói"
    assert typed_path(' "" ') is None and typed_path("") is None
