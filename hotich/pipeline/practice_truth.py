"""What really stands on the practice pages: the known answers beside the pictures of `sample_scans`."""

from __future__ import annotations

from pathlib import Path

import msgspec

from hotich.errors import SetupError
from hotich.values import FieldState, RecordType

TRUTH_FILE = "truth.json"


class TrueField(msgspec.Struct, frozen=True):
    """One field: the text on the paper, its normal form, how it was put there, and its box in original pixels."""

    written: str
    normal: str
    ink: str
    box: tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
    state: FieldState = FieldState.VALUE
    hand: str = ""


class TrueEntry(msgspec.Struct, frozen=True):
    """One entry of one page; `entry` counts from 0 on the page."""

    file: str
    frame: int
    entry: int
    fields: dict[str, TrueField]


class TrueBook(msgspec.Struct, frozen=True):
    """What the cover says, and how the pages were taken."""

    record_type: RecordType
    form_id: str
    year: int
    number: str
    place: str
    province: str = ""
    opened: str = ""
    closed: str = ""
    entries: int = 0
    style: str = "flat"
    files: tuple[str, ...] = ()


class Truth(msgspec.Struct, frozen=True):
    """The answers of one practice book and the folder they lie in."""

    book: TrueBook
    entries: tuple[TrueEntry, ...]
    folder: Path = Path()

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def files(self) -> tuple[Path, ...]:
        """The picture files in the order of the book."""
        return tuple(self.folder / name for name in self.book.files)


def sample_folder() -> Path:
    """The folder of the practice books that came with the program. Raises SetupError when it is missing."""
    folder = Path(__file__).resolve().parents[2] / "sample_scans"
    if not folder.is_dir():
        raise SetupError("setup-no-samples", folder=folder)
    return folder


def load_truths(folder: Path) -> tuple[Truth, ...]:
    """The answers of every practice book in the folder, by name. Raises SetupError for a file that does not fit."""
    return tuple(_load(file) for file in sorted(folder.glob(f"*/{TRUTH_FILE}")))


def _load(file: Path) -> Truth:
    try:
        truth = msgspec.json.decode(file.read_bytes(), type=Truth)
    except (OSError, msgspec.DecodeError) as error:
        raise SetupError("setup-samples-damaged", file=file, detail=error) from error
    return msgspec.structs.replace(truth, folder=file.parent)
