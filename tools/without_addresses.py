"""Takes the addresses of sponsors out of a lock file of npm: `python tools/without_addresses.py package-lock.json`."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def without_addresses(lock: str) -> str:
    """The same lock without the key `funding`, the only one that still holds addresses."""
    told = json.loads(lock)
    for package in told["packages"].values():
        package.pop("funding", None)
    return json.dumps(told, indent=2) + "\n"


if __name__ == "__main__":
    file = Path(sys.argv[1])
    file.write_text(without_addresses(file.read_text(encoding="utf-8")), encoding="utf-8")
