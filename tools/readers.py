"""Reads import workbooks with six readers and holds every cell against what was written.

    python tools/readers.py                     makes a workbook of every template, with hostile texts, and reads them
    python tools/readers.py BOOK.xlsx …         reads these files and holds the readers against one another

openpyxl and python-calamine come with the program. LibreOffice (`soffice`) and Gnumeric (`ssconvert`) are used where
they are found; the packages `xlsx` and `exceljs` where `--node FOLDER` has them (npm ci --prefix tools/node_readers).
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

Rows = list[list[str]]

HOSTILE = (
    "=1+1", "+84", "-5", "@SUM(A1)", "'0123", "0123", "1234567890123456789012345678901234567890", "1e5", "01.02.1982",
    "  hai đầu có dấu cách  ", "dòng một\ndòng hai", "Nguyễn “Thị” \"Ánh\", H'Hen", "<b>&amp;</b>", "TRUE", "#N/A",
    "https://example.invalid/a", "Ẩn Ẫn Ặn ượ ữ ỵ đ Đ ð", "12/2017", "3,5", "50%", "\t", "𝄞 ngoài mặt phẳng", "null",
)  # fmt: skip
"""Texts that readers or writers like to take for something else."""

_NODE_XLSX = """
const XLSX = require('xlsx');
const book = XLSX.readFile(process.argv[1], {raw: true, cellText: false});
const sheet = book.Sheets[process.argv[2]];
const rows = XLSX.utils.sheet_to_json(sheet, {header: 1, raw: true, defval: '', blankrows: true});
const types = new Set(Object.values(sheet).map(cell => cell.t).filter(t => t && !['s', 'z'].includes(t)));
if (types.size) throw Error('types ' + [...types]);
process.stdout.write(JSON.stringify(rows));
"""

_NODE_EXCELJS = """
const {Workbook} = require('exceljs');
(async () => {
  const book = new Workbook();
  await book.xlsx.readFile(process.argv[1]);
  const sheet = book.getWorksheet(process.argv[2]);
  const rows = [];
  sheet.eachRow({includeEmpty: true}, (row, number) => {
    const cells = [];
    row.eachCell({includeEmpty: true}, (cell, place) => {
      if (cell.value !== null && typeof cell.value !== 'string') throw Error('type at ' + cell.address);
      cells[place - 1] = cell.value === null ? '' : cell.value;
    });
    rows[number - 1] = cells;
  });
  process.stdout.write(JSON.stringify(rows.map(r => r || [])));
})();
"""


class NotHereError(Exception):
    """A reader that is not on this machine."""


def with_openpyxl(path: Path, sheet: str) -> Rows:
    """The cells as openpyxl reads them; one that is no text raises ValueError."""
    import openpyxl

    book = openpyxl.load_workbook(path)
    rows: Rows = []
    for row in book[sheet].iter_rows():
        for cell in row:
            if cell.value is not None and cell.data_type not in ("s", "inlineStr"):
                raise ValueError(f"{cell.coordinate}: {cell.data_type}")
        rows.append(["" if cell.value is None else cell.value for cell in row])
    return rows


def with_calamine(path: Path, sheet: str) -> Rows:
    """The cells as python-calamine reads them; one that is no text raises ValueError."""
    import python_calamine

    rows = python_calamine.load_workbook(str(path)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    if wrong := [cell for row in rows for cell in row if not isinstance(cell, str)]:
        raise ValueError(repr(wrong[0]))
    return [[str(cell) for cell in row] for row in rows]


def with_libreoffice(path: Path, sheet: str) -> Rows:
    """The cells as LibreOffice shows them."""
    program = _program("soffice")
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        # Comma, quotes, UTF-8, from row 1, all text in quotes, cells as shown, and the number of the sheet.
        filter_ = f"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,{_place(path, sheet)}"
        _run([program, profile, "--headless", "--convert-to", filter_, "--outdir", folder, str(path)])
        return _from_csv(next(Path(folder).glob("*.csv")))


def with_gnumeric(path: Path, sheet: str) -> Rows:
    """The cells as Gnumeric shows them."""
    program = _program("ssconvert")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.csv"
        options = f"quoting-mode=always separator=, format=raw eol=unix transliterate-mode=escape sheet='{sheet}'"
        _run([program, "-T", "Gnumeric_stf:stf_assistant", "-O", options, str(path), str(out)])
        return _from_csv(out)


def with_node_xlsx(path: Path, sheet: str) -> Rows:
    """The cells as the npm package xlsx reads them."""
    return _node(_NODE_XLSX, "xlsx", path, sheet)


def with_node_exceljs(path: Path, sheet: str) -> Rows:
    """The cells as the npm package exceljs reads them."""
    return _node(_NODE_EXCELJS, "exceljs", path, sheet)


READERS: dict[str, Callable[[Path, str], Rows]] = {
    "openpyxl": with_openpyxl,
    "python-calamine": with_calamine,
    "LibreOffice": with_libreoffice,
    "ssconvert": with_gnumeric,
    "npm xlsx": with_node_xlsx,
    "npm exceljs": with_node_exceljs,
}


def _place(path: Path, sheet: str) -> int:
    """The number of a sheet in its workbook, from 1."""
    import python_calamine

    names: list[str] = python_calamine.load_workbook(str(path)).sheet_names
    return names.index(sheet) + 1


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise NotHereError(name)
    return found


def _run(words: Sequence[str], environment: dict[str, str] | None = None) -> str:
    done = subprocess.run(words, capture_output=True, timeout=300, env=environment, check=False)
    if done.returncode:
        raise ValueError(done.stderr.decode("utf-8", "replace")[-400:])
    return done.stdout.decode("utf-8")


def _node(script: str, package: str, path: Path, sheet: str) -> Rows:
    node = _program("node")
    folder = Path(os.environ.get("HOTICH_NODE", "")) / "node_modules"
    if not os.environ.get("HOTICH_NODE") or not (folder / package).is_dir():
        raise NotHereError(f"npm package {package}")
    out = _run([node, "-e", script, str(path), sheet], os.environ | {"NODE_PATH": str(folder)})
    return [[str(cell or "") for cell in row] for row in json.loads(out)]


def _from_csv(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.reader(file)]


def trimmed(rows: Rows) -> Rows:
    """The rows without empty cells and rows at their ends, which readers keep or not."""
    cut = [row[: max((place for place, cell in enumerate(row, 1) if cell), default=0)] for row in rows]
    while cut and not cut[-1]:
        cut.pop()
    return cut


def differences(read: Rows, expected: Rows, most: int = 5) -> list[str]:
    """Where two sheets differ, the first few cells told."""
    one, other = trimmed(read), trimmed(expected)
    found = [] if len(one) == len(other) else [f"{len(one)} rows instead of {len(other)}"]
    for number, (got, wanted) in enumerate(zip(one, other, strict=False), start=1):
        width = max(len(got), len(wanted))
        pairs = zip(got + [""] * (width - len(got)), wanted + [""] * (width - len(wanted)), strict=True)
        found += [f"row {number} column {at}: {g!r}, not {w!r}" for at, (g, w) in enumerate(pairs, 1) if g != w]
    return found[:most]


def made_books(folder: Path) -> dict[Path, tuple[str, Rows]]:
    """A workbook of every shipped template with hostile texts in its free cells: its sheet and what was written."""
    from hotich.export.ministry.choices import load_choices
    from hotich.export.ministry.rows import MinistryRow, template_row
    from hotich.export.ministry.template import shipped_templates
    from hotich.export.ministry.workbook import sheet_name, write_workbook
    from hotich.forms.loader import load_catalogue

    choices, made = load_choices(), {}
    for template in shipped_templates().values():
        fields = load_catalogue().records[template.record_type].fields
        rows = [
            MinistryRow(
                str(number),
                number,
                {field.id: HOSTILE[(at + number) % len(HOSTILE)] for at, field in enumerate(fields)},
                "",
            )
            for number in range(1, len(HOSTILE) + 1)
        ]
        path = folder / f"{template.id}.xlsx"
        write_workbook(template, rows, path, choices)
        expected = [[column.header for column in template.columns], *(template_row(template, row) for row in rows)]
        made[path] = (sheet_name(template, choices), expected)
    return made


def compare(path: Path, sheet: str, expected: Rows | None) -> bool:
    """Prints what each reader makes of a file; whether all of those that are here agree."""
    fine = True
    for name, reader in READERS.items():
        try:
            rows = reader(path, sheet)
        except NotHereError as missing:
            print(f"{path.name}: {name}: not here ({missing})")
            continue
        expected = rows if expected is None else expected
        wrong = differences(rows, expected)
        fine = fine and not wrong
        cells = sum(len(row) for row in trimmed(expected))
        print(f"{path.name}: {name}: " + ("; ".join(wrong) if wrong else f"{cells} cells as written"))
    return fine


def first_sheet(path: Path) -> str:
    """The name of a workbook's first sheet."""
    import python_calamine

    return str(python_calamine.load_workbook(str(path)).sheet_names[0])


def main(words: Sequence[str] | None = None) -> int:
    """0 when all readers that are here agree."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("books", type=Path, nargs="*", metavar="BOOK.xlsx")
    parser.add_argument("--node", default="", metavar="FOLDER", help="folder with node_modules of xlsx and exceljs")
    chosen = parser.parse_args(words)
    if chosen.node:
        os.environ["HOTICH_NODE"] = str(Path(chosen.node).resolve())
    if chosen.books:
        return 0 if all([compare(path, first_sheet(path), None) for path in chosen.books]) else 1
    with tempfile.TemporaryDirectory() as folder:
        results = [compare(path, sheet, rows) for path, (sheet, rows) in made_books(Path(folder)).items()]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    sys.exit(main())
