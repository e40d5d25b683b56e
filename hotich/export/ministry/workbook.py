"""Writing the import workbook: a shipped template row by row at constant memory, or a copy of a province's own.

Every cell is text: nothing is taken for a number, a date, a link or a formula, whatever it begins with.
"""

from __future__ import annotations

import copy
import datetime
import hashlib
import re
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from hotich.errors import PackageError
from hotich.export.ministry.choices import Choices
from hotich.export.ministry.own_template import filled_cells, open_workbook
from hotich.export.ministry.rows import MinistryRow, template_row
from hotich.export.ministry.template import Template

_MADE = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)
"""The time inside a workbook, so that the same rows give the same bytes; when it was made stands in the report."""

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_SHEETS = "xl/worksheets/sheet"
_FAR_LETTER = re.compile(rb"&#(6553[6-9]|655[4-9]\d|65[6-9]\d\d|6[6-9]\d{3}|[7-9]\d{4}|\d{6,7});")
"""A letter beyond U+FFFF by its number; lower ones stay as they are."""

_NARROWEST, _WIDEST = 9, 32


class RowDigest:
    """What rows hash to, to hold a workbook read back against the rows that were written."""

    def __init__(self) -> None:
        self._sha256 = hashlib.sha256()
        self.rows = 0

    def add(self, texts: Sequence[str]) -> None:
        """Takes one row: its cells in order, without empty ones at its end."""
        filled = len(texts)
        while filled and not texts[filled - 1]:
            filled -= 1
        for text in texts[:filled]:
            data = text.encode("utf-8", "surrogatepass")
            self._sha256.update(len(data).to_bytes(4, "big") + data)
        self._sha256.update(b"\xff\xff\xff\xff")
        self.rows += 1

    @property
    def value(self) -> str:
        return self._sha256.hexdigest()


def sheet_name(template: Template, choices: Choices) -> str:
    """The sheet that rows stand in."""
    return template.sheet or choices.sheet


def write_workbook(template: Template, rows: Iterable[MinistryRow], path: Path, choices: Choices) -> RowDigest:
    """The workbook at that path, and the digest of its column codes and rows. Raises OSError."""
    digest = RowDigest()
    digest.add([column.code for column in template.columns])
    if template.file is None:
        _write_shipped(template, rows, path, choices, digest)
    else:
        _write_into_copy(template, rows, path, choices, digest)
    return digest


def _write_shipped(
    template: Template, rows: Iterable[MinistryRow], path: Path, choices: Choices, digest: RowDigest
) -> None:
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    workbook = xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent)})
    try:
        _fill(workbook, template, rows, choices, digest)
    except BaseException:
        _let_go(workbook)
        raise
    try:
        workbook.close()
    except FileCreateError as error:
        cause = error.args[0] if error.args else None
        raise cause if isinstance(cause, OSError) else OSError(str(error)) from error


def _let_go(workbook: Any) -> None:
    """Closes what was begun without making a file of it."""
    workbook.fileclosed = True
    for sheet in workbook.worksheets():
        with suppress(OSError):
            sheet.row_data_fh.close()


def _fill(workbook: Any, template: Template, rows: Iterable[MinistryRow], choices: Choices, digest: RowDigest) -> None:
    workbook.set_properties({"created": _MADE})
    text = workbook.add_format({"num_format": choices.cell_format})
    head = workbook.add_format(
        {
            "num_format": choices.cell_format,
            "bg_color": choices.header_fill,
            "font_color": choices.header_font,
            "bold": True,
            "text_wrap": True,
            "valign": "top",
        }
    )
    sheet = workbook.add_worksheet(sheet_name(template, choices))
    last = len(template.columns) - 1
    for place, column in enumerate(template.columns):
        sheet.set_column(place, place, min(max(len(column.code) + 2, _NARROWEST), _WIDEST), text)
    sheet.freeze_panes(1, 0)
    # Spreadsheets mark digits kept as text; here they are meant so.
    sheet.ignore_errors({"number_stored_as_text": f"A1:{_letters(last)}1048576"})
    _write_row(sheet, 0, [column.header for column in template.columns], head)
    for row in rows:
        texts = template_row(template, row)
        _write_row(sheet, digest.rows, texts, text)
        digest.add(texts)


def _letters(place: int) -> str:
    """The letters of a column counted from 0: A, Z, AA."""
    letters = ""
    while place >= 0:
        place, rest = divmod(place, 26)
        letters, place = chr(ord("A") + rest) + letters, place - 1
    return letters


def _write_row(sheet: Any, number: int, texts: Sequence[str], form: Any) -> None:
    for place, text in enumerate(texts):
        if text and sheet.write_string(number, place, text, form) != 0:
            raise PackageError("ministry-cell-not-written", row=number + 1, column=place + 1)


def _write_into_copy(
    template: Template, rows: Iterable[MinistryRow], path: Path, choices: Choices, digest: RowDigest
) -> None:
    """The template's workbook with the rows below its header; rows of samples that stood there are gone."""
    assert template.file is not None
    book, _ = open_workbook(template.file)
    sheet = book[template.sheet]
    width = max(len(template.columns), sheet.max_column)
    styles = [_style(sheet, template.first_row, place) for place in range(1, width + 1)]
    _clear(sheet, template.first_row)
    for row in rows:
        texts = template_row(template, row)
        number = template.first_row + digest.rows - 1
        for place, text in enumerate(texts, start=1):
            _put(sheet.cell(number, place), text, styles[place - 1], choices)
        digest.add(texts)
    book.active = book.worksheets.index(sheet)
    book.save(path)
    _spell_out(path)


def _spell_out(path: Path) -> None:
    """Writes letters beyond U+FFFF, as some of chữ Nôm are, as themselves: some readers misread their numbers.

    openpyxl writes all letters outside ASCII as numbers.
    """
    fresh = path.with_name(f"{path.name}.plain")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename.startswith(_SHEETS):
                data = _FAR_LETTER.sub(lambda found: chr(int(found[1])).encode(), data)
            target.writestr(zipfile.ZipInfo(info.filename, _ZIP_TIME), data, zipfile.ZIP_DEFLATED)
    fresh.replace(path)


def _style(sheet: Any, row: int, place: int) -> Any:
    """The style of a column's cells: that of the first row for records, else that of the column."""
    cell = sheet.cell(row, place)
    return copy.copy(cell._style)


def _clear(sheet: Any, first: int) -> None:
    """Takes the samples out, with what hangs on them; the look of the rows stays."""
    for merged in [each for each in sheet.merged_cells.ranges if each.max_row >= first]:
        sheet.unmerge_cells(str(merged))
    for cell in list(filled_cells(sheet, first)):
        cell.value, cell.comment, cell.hyperlink = None, None, None


def _put(cell: Any, text: str, style: Any, choices: Choices) -> None:
    cell._style = copy.copy(style)
    cell.number_format = choices.cell_format
    if text:
        # Set apart from the value: what begins with "=" would become a formula, with "#" an error.
        cell.value = text
        cell.data_type = "s"
