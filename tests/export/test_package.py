"""What a package holds, and that writing one never leaves half a file nor covers another."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image

from hotich.errors import InputError, PackageError
from hotich.export import PackageContent, PackagePage, build_package, verify
from hotich.export.geometry import delivered_quad, place_of
from hotich.export.naming import package_stem
from hotich.export.package_types import History, ManifestPage, Size
from hotich.forms.loader import load_catalogue
from hotich.pipeline import entry
from hotich.pipeline.delivery import export_book
from hotich.pipeline.opening import open_record
from hotich.store import Workspace
from hotich.values import Book, FieldState, FieldValue, Origin, Point, Quad, RecordType, SourcePage, Way
from hotich.workflow import Draft, FieldsConfirmed
from tests.export.made import CLERK, FORM, REVIEWER, add_pages, approve, enter, finished_book, open_made_book
from tests.export.tamper import forged

HISTORY = History(actions=7, head="a" * 64, at="2026-01-02T03:04:05.000006Z")


@pytest.fixture(scope="module")
def files(package: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(package) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def manifest(files: dict[str, bytes]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(files["manifest.json"])
    return told


@pytest.fixture(scope="module")
def records(files: dict[str, bytes]) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads(files["records.json"])
    return told


def content(pages: Iterable[PackagePage] = (), **changes: Any) -> PackageContent:
    """A book without pages."""
    book = msgspec.structs.replace(Book("b1", RecordType.DEATH, 1982, "01", "UBND xã Đắk Drông"), **changes)
    return PackageContent(book, load_catalogue().records[book.record_type], pages, 0, HISTORY)


def test_the_name_says_type_year_and_number(package: Path) -> None:
    assert package.name == "KS.2009.01.hotich.zip"


@pytest.mark.parametrize(
    ("number", "stem"),
    [
        ("1", "KT.1982.01"),
        ("02", "KT.1982.02"),
        ("01/1982", "KT.1982.01"),
        ("3/1983", "KT.1982.3-1983"),
        ("Quyển Đệ nhị", "KT.1982.quyen-de-nhi"),
        ("../../x", "KT.1982.x"),
        ("", "KT.1982.00"),
        ("CON:\\*?", "KT.1982.con"),
    ],
)
def test_any_number_on_a_cover_makes_a_name(number: str, stem: str) -> None:
    assert package_stem(content(number=number).book) == stem


def test_the_members_stand_in_their_order(files: dict[str, bytes]) -> None:
    pages = [f"pages/000{number}.jpg" for number in (1, 2, 3)]
    schemas = ["schema/manifest.schema.json", "schema/records.schema.json"]
    assert list(files) == ["README.txt", *schemas, *pages, "records.json", "manifest.json", "manifest.sig", "SEAL"]


@pytest.mark.skipif(shutil.which("unzip") is None, reason="unzip is not installed")
def test_another_program_finds_the_container_sound(package: Path) -> None:
    tried = subprocess.run(["unzip", "-tqq", str(package)], capture_output=True)
    assert (tried.returncode, tried.stderr) == (0, b"")


def test_the_manifest_tells_book_people_counts_and_history(manifest: dict[str, Any]) -> None:
    assert manifest["schema_version"] == "1.2.0" and manifest["practice"] is False
    assert manifest["book"]["number"] == "01" and manifest["book"]["place"] == "UBND xã Tân Lập"
    assert manifest["counts"] == {"records": 3, "pages": 3, "void": 0}
    assert [(p["name"], p["records"]) for p in manifest["people"]["entered"]] == [(CLERK.name, 3)]
    assert [(p["name"], p["records"]) for p in manifest["people"]["approved"]] == [(REVIEWER.name, 3)]
    assert all(p["first_at"] < p["last_at"] for p in manifest["people"]["entered"])
    assert manifest["forms"] == [{"id": "KS-2006", "sha256": load_catalogue().forms["KS-2006"].sha256}]
    assert manifest["history"]["actions"] > 30 and len(manifest["history"]["head"]) == 64


def test_the_national_row_has_the_columns_of_the_template_in_order(records: list[dict[str, Any]]) -> None:
    columns = [field.id for field in load_catalogue().records[RecordType.BIRTH].fields]
    for record in records:
        assert list(record["national"]) == columns == list(record["fields"])
        assert all(record["national"][code] == field["normal"] for code, field in record["fields"].items())


def test_as_written_and_normal_form_stand_side_by_side(records: list[dict[str, Any]]) -> None:
    record = records[1]
    assert (record["page"], record["entry"], record["form"]) == (2, 1, "KS-2006")
    assert record["national"]["ngayDangKy"] == "02.03.2009"
    date = record["fields"]["nksNgaySinh"]
    assert (date["as_written"], date["normal"], date["state"], date["origin"]) == (
        "3/2009",
        "03.2009",
        "value",
        "typed",
    )
    name = record["fields"]["nksHoTen"]
    assert (name["as_written"], name["origin"]) == ("Y Moan Êban", "reading")
    assert name["reading"] == {"engine": "tesserocr", "version": "5.5.0", "confidence": 0.91}
    assert name["confirmed"]["by"] == CLERK.name and name["confirmed"]["role"] == "clerk"
    assert "way" not in name["confirmed"]
    assert date["reading"] is None


def test_the_way_of_a_confirmation_is_told_where_it_was_not_made_alone(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "kho") as workspace:
        book = open_made_book(workspace)
        (page_id,) = add_pages(workspace, book, tmp_path, 1, frozenset())
        record_id = open_record(workspace, page_id, 0, FORM, CLERK)
        value = FieldValue("meHoTen", "H'Lan Niê", "H'Lan Niê", FieldState.VALUE, Origin.READING)
        shown = FieldsConfirmed((value,), way=Way.CAROUSEL)
        workspace.append(Draft(book.book_id, shown, CLERK, record_id, page_id))
        assert entry.accept_above(workspace, record_id, 0.99, CLERK) is not None  # what the cover says
        enter(workspace, record_id, 1)
        approve(workspace, record_id)
        made = export_book(workspace, book.book_id, tmp_path, REVIEWER).path
    assert verify(made).ok
    with zipfile.ZipFile(made) as archive:
        fields = json.loads(archive.read("records.json"))[0]["fields"]
    assert fields["meHoTen"]["confirmed"]["way"] == "carousel"
    assert fields["noiDangKy"]["confirmed"]["way"] == "together"
    assert "way" not in fields["chaHoTen"]["confirmed"]


def test_a_package_of_the_first_version_is_still_sound(package: Path, tmp_path: Path) -> None:
    found = verify(forged(package, tmp_path / "p.zip", lambda manifest, _: manifest.update(schema_version="1.0.0")))
    assert (found.ok, found.records) == (True, 3), found.problems


def test_blank_and_unstated_are_told_apart(records: list[dict[str, Any]]) -> None:
    fields = records[0]["fields"]
    assert fields["meNgaySinh"]["state"] == "blank" and fields["meNgaySinh"]["confirmed"]["by"] == CLERK.name
    assert fields["nksMatTich"] == {
        "as_written": "",
        "normal": "",
        "state": "unstated",
        "origin": None,
        "confirmed": None,
        "reading": None,
        "region": None,
    }


def test_all_text_is_nfc(files: dict[str, bytes]) -> None:
    for name in ("records.json", "manifest.json", "README.txt"):
        text = files[name].decode("utf-8")
        assert unicodedata.is_normalized("NFC", text)
    assert "\\u" not in files["records.json"].decode()


def test_pictures_are_upright_and_without_camera_data(files: dict[str, bytes]) -> None:
    for number in (1, 2, 3):
        picture = Image.open(io.BytesIO(files[f"pages/000{number}.jpg"]))
        assert picture.width < picture.height and not picture.getexif()
        red, green, blue = picture.convert("RGB").getpixel((50, 50))
        assert red > 150 > 90 > green and blue < 90, number


def test_regions_lead_to_the_same_ink_on_both_pictures(manifest: dict[str, Any], records: list[dict[str, Any]]) -> None:
    """The form lies alike on all three pages, so the same field stands at the same place of each upright picture."""
    places = [record["fields"]["nksHoTen"]["region"] for record in records]
    assert places[1]["original"] != places[0]["original"]
    for place in places:
        for corner, first in zip(place["delivered"], places[0]["delivered"], strict=True):
            assert corner == pytest.approx(first, abs=1.0)
    assert [page["turn"] for page in manifest["pages"]] == [0, 90, 0]


def note(turn: int, original: tuple[int, int], delivered: tuple[int, int]) -> ManifestPage:
    return ManifestPage(
        number=1,
        file="pages/0001.jpg",
        page_id="p",
        source_name="x.jpg",
        source_sha256="0" * 64,
        frame=0,
        turn=turn,  # type: ignore[arg-type]
        original=Size(width=original[0], height=original[1]),
        delivered=Size(width=delivered[0], height=delivered[1]),
    )


@pytest.mark.parametrize(
    ("turn", "delivered", "corner"),
    [
        (0, (100, 50), (19.75, 9.75)),
        (90, (50, 100), (39.25, 19.75)),
        (180, (100, 50), (79.25, 39.25)),
        (270, (50, 100), (9.75, 79.25)),
    ],
)
def test_each_quarter_turn_is_followed(turn: int, delivered: tuple[int, int], corner: tuple[float, float]) -> None:
    page = note(turn, (200, 100), delivered)
    moved = delivered_quad(((40.0, 20.0),) * 4, page)
    assert moved[0] == pytest.approx(corner, abs=0.01)


def test_a_region_is_cut_off_at_the_edge_and_left_out_beyond_it() -> None:
    page = note(0, (200, 100), (100, 50))
    over = place_of(Quad(Point(-20, 10), Point(50, 10), Point(50, 30), Point(-20, 30)), page)
    assert over is not None and over.original[0] == (0.0, 10.0)
    assert place_of(Quad(Point(-50, 10), Point(-9, 10), Point(-9, 30), Point(-50, 30)), page) is None


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "kho") as workspace:
        book = finished_book(workspace, tmp_path, pages=2)
        spec = load_catalogue().records[book.record_type]
        jpeg = _jpeg()
        pages = [
            PackagePage(row.page, jpeg, workspace.page_records(row.page.page_id))
            for row in workspace.pages(book.book_id)
        ]
        made = [build_package(PackageContent(book, spec, iter(pages), 0, HISTORY), tmp_path / n) for n in ("a", "b")]
    assert made[0].sha256 == made[1].sha256 and made[0].path.read_bytes() == made[1].path.read_bytes()


def _jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 80), (200, 190, 170)).save(out, "JPEG")
    return out.getvalue()


def test_no_file_is_ever_covered(tmp_path: Path) -> None:
    names = [build_package(content(), tmp_path).path.name for _ in range(3)]
    assert names == ["KT.1982.01.hotich.zip", "KT.1982.01-2.hotich.zip", "KT.1982.01-3.hotich.zip"]
    assert all(verify(tmp_path / name).ok for name in names)


def test_a_disk_without_hard_links_serves_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    names = [build_package(content(), tmp_path).path.name for _ in range(2)]
    assert names == ["KT.1982.01.hotich.zip", "KT.1982.01-2.hotich.zip"]
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(names)
    assert all(verify(tmp_path / name).ok for name in names)


def test_a_fault_half_way_leaves_nothing_behind(tmp_path: Path) -> None:
    def pages() -> Iterator[PackagePage]:
        yield PackagePage(SourcePage("p1", "a.jpg", "0" * 64, 0, 60, 80), _jpeg(), ())
        raise InputError("store-original-missing", sha256="0" * 64)

    with pytest.raises(InputError):
        build_package(content(pages()), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_picture_that_is_none_is_refused(tmp_path: Path) -> None:
    page = PackagePage(SourcePage("p1", "tờ 1.jpg", "0" * 64, 0, 60, 80), b"not a picture", ())
    with pytest.raises(PackageError) as refused:
        build_package(content(iter([page])), tmp_path)
    assert refused.value.facts == {"file": "tờ 1.jpg"} and list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "tệp").write_bytes(b"")
    with pytest.raises(PackageError) as refused:
        build_package(content(), tmp_path / "tệp")
    assert refused.value.key == "export-cannot-write"


@pytest.mark.parametrize("kind", list(RecordType))
def test_each_record_type_can_leave(tmp_path: Path, kind: RecordType) -> None:
    built = build_package(content(record_type=kind), tmp_path)
    found = verify(built.path)
    assert found.ok and found.book is not None
    assert found.book.columns == tuple(field.id for field in load_catalogue().records[kind].fields)


def test_a_large_book_is_written_and_verified_in_little_memory(tmp_path: Path) -> None:
    import tracemalloc

    jpeg = _jpeg() + bytes(300_000)
    source = SourcePage("p", "a.jpg", "0" * 64, 0, 60, 80)
    tracemalloc.start()
    try:
        built = build_package(content(PackagePage(source, bytes(jpeg), ()) for _ in range(200)), tmp_path)
        assert verify(built.path).ok
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert built.path.stat().st_size > 60_000_000
    assert peak < 16_000_000
