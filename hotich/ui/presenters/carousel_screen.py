"""The carousel as its presenter sees it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from hotich.forms.formspec import FieldSpec
from hotich.pipeline.carousel import Group, Show, Snippet

Open = Callable[[str, str], None]
"""Takes a record in hand on the entry screen, at that field."""


class CarouselScreen(Protocol):
    """The carousel as a widget."""

    def show_fields(self, fields: tuple[FieldSpec, ...], current: int) -> None: ...

    def show_groups(self, groups: tuple[Group, ...], key: str) -> None:
        """Show these groups, that snippet in hand."""

    def show_snippets(self, snippets: Sequence[Snippet]) -> None:
        """The same snippets, as they are now."""

    def show_state(self, settled: int, total: int, show: Show, left_out: frozenset[str]) -> None: ...

    def show_current(self, key: str, *, at_top: bool) -> None:
        """Take that snippet in hand; `at_top` begins a new page with it."""

    def show_busy(self) -> None: ...

    def show_nothing(self, sentence: str) -> None: ...
