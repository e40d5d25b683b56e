"""Sheets as communes kept them: real files of every kind, made for a test."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

Row = Sequence[object]


def xlsx(path: Path, rows: Sequence[Row], title: str = "DL Import") -> Path:
    """A workbook with one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def csv_file(path: Path, rows: Sequence[Row], separator: str = ",", encoding: str = "utf-8-sig") -> Path:
    """The rows as text."""
    with path.open("w", encoding=encoding, newline="") as out:
        csv.writer(out, delimiter=separator).writerows(rows)
    return path


def converted(path: Path, ending: str) -> Path:
    """The workbook as LibreOffice writes it in another format; the test is skipped where there is none."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    profile = path.parent / "profile"
    command = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", ending]
    subprocess.run([*command, "--outdir", path.parent, path], check=True, capture_output=True, timeout=180)
    return path.with_suffix(f".{ending}")
