"""Writes the list of communes, districts and provinces that were valid until June 2025, for the reading of places.

    python -m tools.units hotich/forms/places/units.tsv.gz

Needs the package `vietnamadminunits` (MIT licence), see training/README.md. One line a district: the province, the
district and its communes, parted by tabs, each with its kind (`Xã Yên Khánh`).
"""

from __future__ import annotations

import gzip
import sqlite3
import sys
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path

from hotich.letters import nfc


def rows() -> list[tuple[str, str, str]]:
    """Province, district and commune of every commune of the three levels."""
    found = find_spec("vietnamadminunits")
    if found is None or found.origin is None:
        raise SystemExit("The package vietnamadminunits is not installed.")
    file = Path(found.origin).parent / "data" / "dataset.db"
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as units:
        return units.execute("select province, district, ward from admin_units_legacy").fetchall()


def main() -> None:
    communes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for province, district, commune in rows():
        if commune:
            communes[(nfc(province), nfc(district))].add(nfc(commune))
    lines = ["\t".join((*key, *sorted(names))) for key, names in sorted(communes.items())]
    with Path(sys.argv[1]).open("wb") as stream, gzip.GzipFile(fileobj=stream, mode="wb", mtime=0, filename="") as file:
        file.write("\n".join(lines).encode() + b"\n")
    print(len(lines), "districts")


if __name__ == "__main__":
    main()
