"""The sample books as they lie in the repository: pictures, truth, and what they promise to show."""

import io
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
import pikepdf
import pytest
from PIL import Image

from hotich.forms.formspec import Layout
from hotich.forms.loader import load_catalogue
from hotich.normal import NormalContext, normalise
from hotich.values import Book, RecordType

ROOT = Path(__file__).parents[2] / "sample_scans"
LARGEST = 30 * 1024 * 1024
ENTRIES = {
    "ks-1984-yen-trach": 13,
    "kt-1981-hong-thai": 7,
    "kh-1986-hoai-thinh": 6,
    "cn-1992-ea-hieng": 5,
    "ks-2001-ea-drong-tul": 4,
    "kt-2003-hoa-tu-dong": 7,
    "kh-2004-lung-san": 4,
    "cn-2002-minh-thuan-ha": 2,
    "ks-2009-le-hong-thuong": 3,
    "kt-2012-hoai-my-tay": 3,
    "kh-2008-son-lu-thuong": 3,
    "cn-2013-gung-sre-tay": 3,
    "ks-2017-ba-trai-ha": 3,
    "kt-2019-an-khanh-dong": 3,
    "kh-2018-ea-kao-thuong": 3,
}


class Mark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    written: str
    normal: str
    ink: str
    hand: str
    box: tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
    state: str


class Note(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: str
    box: tuple[tuple[float, float], ...]


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    file: str
    frame: int
    entry: int
    fields: dict[str, Mark]
    notes: tuple[Note, ...]


class Cover(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    record_type: RecordType
    form_id: str
    year: int
    number: str
    place: str
    province: str
    opened: str
    closed: str
    entries: int
    style: str
    files: tuple[str, ...]


class Truth(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    book: Cover
    entries: tuple[Entry, ...]


@cache
def truth(name: str) -> Truth:
    return msgspec.json.decode((ROOT / name / "truth.json").read_bytes(), type=Truth)


@cache
def pictures(path: Path) -> tuple[Image.Image, ...]:
    """Every page of a file, as stored: an EXIF turn is not applied."""
    if path.suffix == ".pdf":
        with pikepdf.open(path) as document:
            return tuple(_embedded(page) for page in document.pages)
    with Image.open(path) as picture:
        pages = []
        for frame in range(getattr(picture, "n_frames", 1)):
            picture.seek(frame)
            pages.append(picture.convert("RGB"))
        return tuple(pages)


def _embedded(page: pikepdf.Page) -> Image.Image:
    raw = page.Resources.XObject.Im0.read_raw_bytes()
    return Image.open(io.BytesIO(raw)).convert("RGB")


def _orientation(path: Path) -> int:
    with Image.open(path) as picture:
        return int(picture.getexif().get(0x0112, 1))


def marks(name: str) -> Iterator[tuple[Entry, str, Mark]]:
    for entry in truth(name).entries:
        for field_id, mark in entry.fields.items():
            yield entry, field_id, mark


@pytest.fixture(params=sorted(ENTRIES))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_folder_is_a_known_book() -> None:
    assert {path.parent.name for path in ROOT.glob("*/truth.json")} == set(ENTRIES)


def test_the_number_of_entries_is_the_promised_one(name: str) -> None:
    book = truth(name)
    assert book.book.entries == len(book.entries) == ENTRIES[name]
    assert [e.fields["so"].normal for e in book.entries] == [
        f"{number:02}/{book.book.year}" for number in range(1, ENTRIES[name] + 1)
    ]


def test_every_page_opens_and_every_box_lies_within_its_picture(name: str) -> None:
    for entry in truth(name).entries:
        picture = pictures(ROOT / name / entry.file)[entry.frame]
        boxes = [mark.box for mark in entry.fields.values()] + [note.box for note in entry.notes]
        xs, ys = [x for box in boxes for x, _ in box], [y for box in boxes for _, y in box]
        assert min(xs) >= 0 and max(xs) <= picture.width
        assert min(ys) >= 0 and max(ys) <= picture.height


def test_every_file_of_a_book_is_named_and_there(name: str) -> None:
    folder = ROOT / name
    there = {unicodedata.normalize("NFC", path.name) for path in folder.iterdir()} - {"truth.json"}
    assert there == set(truth(name).book.files) == {entry.file for entry in truth(name).entries}


def test_every_zone_of_the_form_has_its_truth(name: str) -> None:
    form = load_catalogue().forms[truth(name).book.form_id]
    for entry in truth(name).entries:
        assert set(entry.fields) == {zone.field_id for zone in form.zones}


def test_only_readable_values_have_text(name: str) -> None:
    for _, field_id, mark in marks(name):
        assert mark.state in ("value", "blank", "unreadable"), field_id
        assert (mark.written != "") == (mark.state == "value"), field_id
        assert mark.state == "value" or mark.normal == ""
        assert mark.written == unicodedata.normalize("NFC", mark.written)


def test_the_normal_form_is_the_one_of_the_import(name: str) -> None:
    cover = truth(name).book
    spec = load_catalogue().records[cover.record_type]
    book = Book("sample", cover.record_type, cover.year, cover.number, cover.place, cover.form_id)
    above: dict[str, str] = {}
    for _, field_id, mark in marks(name):
        if mark.state == "value":
            context = NormalContext(book, above.get(field_id, ""), cover.year)
            assert normalise(spec.field(field_id), mark.written, context).normal == mark.normal, field_id
        above[field_id] = mark.normal


def test_there_is_ink_in_the_box_of_every_value(name: str) -> None:
    for entry, field_id, mark in marks(name):
        if mark.state != "value":
            continue
        grey = np.asarray(pictures(ROOT / name / entry.file)[entry.frame].convert("L"))
        xs, ys = [x for x, _ in mark.box], [y for _, y in mark.box]
        part = grey[int(min(ys)) : int(max(ys)) + 1, int(min(xs)) : int(max(xs)) + 1]
        assert np.percentile(part, 90) - part.min() > 45, f"{entry.entry} {field_id}"


def test_all_134_letters_stand_somewhere() -> None:
    seen = {letter for name in ENTRIES for _, _, mark in marks(name) for letter in mark.written}
    tones = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    lower = {unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in tones} - set("aeiouy")
    lower |= {"đ"}
    letters = lower | {letter.upper() for letter in lower}
    assert len(letters) == 134
    assert letters - seen == set()


def test_all_forms_are_shown_and_every_layout_by_telephone_too() -> None:
    forms = load_catalogue().printed
    assert {truth(name).book.form_id for name in ENTRIES} == set(forms)
    photographed = {forms[truth(name).book.form_id] for name in ENTRIES if truth(name).book.style == "photo"}
    assert {form.layout for form in photographed} == set(Layout)
    assert {truth(name).book.style for name in ENTRIES} == {"flat", "photo", "pdf", "tiff"}


def test_the_hands_and_inks_are_many() -> None:
    everything = [mark for name in ENTRIES for _, _, mark in marks(name)]
    assert {mark.ink for mark in everything} == {"hand", "print", "tick"}
    assert len({mark.hand for mark in everything if mark.ink == "hand" and mark.state == "value"}) >= 8
    assert {mark.state for mark in everything} == {"value", "blank", "unreadable"}


def test_old_habits_are_there() -> None:
    values = [mark.written for name in ENTRIES for _, _, mark in marks(name)]
    for habit in ("nt", '"', "-nt-", "VN", "Y Moan Êban", "H'Hen Niê", "Không rõ"):
        assert habit in values
    assert any(text.endswith("t") and text[:-1].isdigit() for text in values)
    assert any(note.text.startswith("gạch: ") for name in ENTRIES for e in truth(name).entries for note in e.notes)


def test_one_picture_asks_to_be_turned_and_one_name_has_vietnamese_letters() -> None:
    jpegs = list(ROOT.glob("*/*.jpg"))
    turns = {path.name: _orientation(path) for path in jpegs}
    assert {name for name, turn in turns.items() if turn != 1} == {"IMG_0413.jpg"}
    assert any(not path.name.isascii() for path in jpegs)


def test_the_samples_stay_small() -> None:
    assert sum(path.stat().st_size for path in ROOT.rglob("*") if path.is_file()) <= LARGEST
