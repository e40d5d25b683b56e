"""The ZIP with one PDF for each row, written one by one: PDFs are compressed already and are stored as they are."""

from __future__ import annotations

import zipfile
from pathlib import Path
from types import TracebackType

_FIXED_TIME = (1980, 1, 1, 0, 0, 0)


class ArchiveWriter:
    """Adds PDFs to a ZIP; `pages` keeps how many each has. Use it in a `with` statement. Raises OSError."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path, "x", zipfile.ZIP_STORED)
        self.pages: dict[str, int] = {}

    def __enter__(self) -> ArchiveWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._zip.close()

    def add(self, name: str, data: bytes, pages: int) -> None:
        """Adds one PDF. The same files give the same bytes, whenever they are written."""
        info = zipfile.ZipInfo(name, _FIXED_TIME)
        info.external_attr = 0o644 << 16
        self._zip.writestr(info, data)
        self.pages[name] = pages
