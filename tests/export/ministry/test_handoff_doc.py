"""The page on the hand-off says what the data says."""

from __future__ import annotations

from pathlib import Path

from hotich.export.ministry.choices import shipped_choices
from hotich.export.ministry.ministry_doc import with_tables
from hotich.export.ministry.template import shipped_templates

PAGE = Path(__file__).resolve().parents[3] / "docs" / "handoff.md"


def test_the_page_is_in_step_with_the_data() -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert written == with_tables(written), "python -m hotich.export.ministry.ministry_doc docs/handoff.md"
    for name in (*shipped_templates(), *shipped_choices(), "KS.2017.01.2017-02-03.05.pdf"):
        assert f"`{name}`" in written
