"""A package goes into a real database as a whole or not at all, once, and later ones put right what changed."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest

from hotich.errors import Cancelled, PackageError, SetupError, StoreError
from hotich.export.load import Loaded, Outcome, database_at, shown_target
from hotich.export.load.rows import records_with
from hotich.export.load.tables import BOOK_COLUMNS, TABLES, view_name
from hotich.export.package_reader import PackageReader
from hotich.export.package_types import PackageRecord
from hotich.forms.loader import load_catalogue
from hotich.pipeline import entry, review
from hotich.pipeline.confidential import Passphrase, locked_copy
from hotich.pipeline.delivery import export_book
from hotich.pipeline.loading import LoadReport, load_packages
from hotich.store import Workspace
from hotich.values import RecordType
from tests.export.made import CLERK, REVIEWER, approve, finished_book
from tests.export.tamper import forged

CONTENTS = ("packages", "books", "pages", "records", "fields", "record_history")


class Packages(msgspec.Struct):
    """What left of one book: everything, a correction and a withdrawal since, another since that, everything again."""

    whole: Path
    first: Path
    second: Path
    again: Path
    records: tuple[str, ...]


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Packages:
    folder = tmp_path_factory.mktemp("gói")

    def left(since: int = 0) -> Path:
        reason = "Đính chính theo sổ gốc" if since else ""
        return export_book(workspace, book.book_id, folder, REVIEWER, since=since, reason=reason).path

    def correct(record_id: str, name: str) -> None:
        review.give_back(workspace, record_id, "Sai họ tên mẹ", REVIEWER)
        entry.confirm(workspace, record_id, "meHoTen", name, CLERK)
        approve(workspace, record_id)

    with Workspace.open(folder / "kho") as workspace:
        book = finished_book(workspace, folder)
        records = workspace.record_ids(book.book_id)
        whole = left()
        correct(records[0], "H'Bia Niê")
        review.give_back(workspace, records[1], "Dòng trống", REVIEWER)
        entry.void_record(workspace, records[1], "Dòng bị gạch bỏ", CLERK)
        first = left(since=1)
        correct(records[0], "H'Bia Niê Kđăm")
        second = left(since=2)
        return Packages(whole, first, second, left(), records)


def contents(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    database = database_at(url)
    try:
        return {name: sorted(database.rows(f"SELECT * FROM {name}"), key=repr) for name in CONTENTS}
    finally:
        database.close()


def national(url: str) -> dict[str, str]:
    """The mother's name by record, from the wide view."""
    database = database_at(url)
    try:
        return dict(database.rows('SELECT record_id, "meHoTen" FROM national_ks'))
    finally:
        database.close()


def one(url: str, package: Path) -> LoadReport:
    (report,) = load_packages([package], url)
    return report


def test_a_package_becomes_rows(url: str, packages: Packages) -> None:
    report = one(url, packages.whole)
    assert report.loaded is not None and report.refused == ""
    assert (report.loaded.outcome, report.loaded.added) == (Outcome.LOADED, 3)
    held = contents(url)
    columns = load_catalogue().records[RecordType.BIRTH].fields
    assert {name: len(rows) for name, rows in held.items()} == {
        "packages": 1, "books": 1, "pages": 3, "records": 3, "fields": 3 * len(columns), "record_history": 0,
    }  # fmt: skip
    assert set(national(url).values()) == {"H'Lan Niê"}


def test_what_is_read_back_is_what_the_package_told(url: str, packages: Packages) -> None:
    one(url, packages.whole)
    with zipfile.ZipFile(packages.whole) as archive:
        told = msgspec.json.decode(archive.read("records.json"), type=tuple[PackageRecord, ...])
    database = database_at(url)
    read = {record.record_id: record for record in records_with(database, packages.records)}
    database.close()
    assert tuple(read[record.record_id] for record in told) == told


def test_the_wide_view_has_the_columns_of_the_template(url: str, packages: Packages) -> None:
    one(url, packages.whole)
    database = database_at(url)
    with zipfile.ZipFile(packages.whole) as archive:
        told = {record["record_id"]: record["national"] for record in json.loads(archive.read("records.json"))}
    for spec in load_catalogue().records.values():
        codes = [field.id for field in spec.fields]
        assert len({name.lower() for name in (*BOOK_COLUMNS, *codes)}) == len(BOOK_COLUMNS) + len(codes)
        quoted = ", ".join(f'"{code}"' for code in codes)
        rows = database.rows(f"SELECT record_id, {quoted} FROM {view_name(spec)}")
        assert {row[0]: dict(zip(codes, row[1:], strict=True)) for row in rows} == (
            told if spec.record_type.value == "KS" else {}
        )
    database.close()


def test_the_same_package_twice_changes_nothing(url: str, packages: Packages, tmp_path: Path) -> None:
    one(url, packages.whole)
    before = contents(url)
    copied = tmp_path / "tên khác.zip"
    copied.write_bytes(packages.whole.read_bytes())
    for again in (packages.whole, copied):
        report = one(url, again)
        assert report.loaded is not None and report.loaded.outcome is Outcome.ALREADY
    assert contents(url) == before


def test_a_delta_replaces_what_it_corrects_and_keeps_what_was(url: str, packages: Packages) -> None:
    one(url, packages.whole)
    before = {row[0]: row for row in contents(url)["records"]}
    report = one(url, packages.first)
    assert report.loaded is not None
    loaded = report.loaded
    assert (loaded.added, loaded.corrected, loaded.withdrawn, loaded.unchanged) == (0, 1, 1, 0)
    held = contents(url)
    assert national(url) == {packages.records[0]: "H'Bia Niê", packages.records[2]: "H'Lan Niê"}
    history = {row[0]: row for row in held["record_history"]}
    assert {(row[0], row[4], row[5]) for row in history.values()} == {
        (packages.records[0], "corrected", "Sai họ tên mẹ"),
        (packages.records[1], "withdrawn", "Dòng bị gạch bỏ"),
    }
    with zipfile.ZipFile(packages.whole) as archive:
        lines = archive.read("records.json").decode().splitlines()
    for record_id in packages.records[:2]:
        assert history[record_id][7] in {line.removesuffix(",") for line in lines}
        assert history[record_id][3] == before[record_id][-1]
    assert {row[0]: row for row in held["records"]}[packages.records[2]] == before[packages.records[2]]


def test_any_order_on_the_command_line_comes_to_the_same(url: str, packages: Packages) -> None:
    reports = load_packages([packages.second, packages.first, packages.whole], url)
    assert [report.path for report in reports] == [packages.whole, packages.first, packages.second]
    assert all(report.loaded is not None and report.loaded.outcome is Outcome.LOADED for report in reports)
    assert national(url) == {packages.records[0]: "H'Bia Niê Kđăm", packages.records[2]: "H'Lan Niê"}
    assert len(contents(url)["record_history"]) == 3


def test_a_delta_without_what_it_stands_on_is_refused(url: str, packages: Packages) -> None:
    report = one(url, packages.first)
    assert report.loaded is None and "gói số 1 (KS.2009.01.hotich.zip)" in report.refused
    one(url, packages.whole)
    report = one(url, packages.second)
    assert report.loaded is None and "gói số 2" in report.refused
    assert set(national(url).values()) == {"H'Lan Niê"}


def test_a_delta_of_another_package_of_that_number_is_refused(url: str, packages: Packages, tmp_path: Path) -> None:
    def of_another(manifest: dict[str, Any], _: object) -> None:
        manifest["delta"]["base_sha256"] = "0" * 64

    other = forged(packages.first, tmp_path / "b.zip", of_another)
    first, second = load_packages([packages.whole, other], url)
    assert first.loaded is not None and second.loaded is None and "không cùng một nguồn" in second.refused
    assert set(national(url).values()) == {"H'Lan Niê"}


def test_two_books_of_the_same_pictures_are_never_mixed(url: str, packages: Packages, tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "nơi khác") as workspace:
        book = finished_book(workspace, tmp_path, 2)
        assert set(workspace.record_ids(book.book_id)) < set(packages.records)
        other = export_book(workspace, book.book_id, tmp_path, REVIEWER).path
    assert one(url, packages.whole).loaded is not None
    before = contents(url)
    assert "quyển khác (01/2009, UBND xã Tân Lập)" in one(url, other).refused
    assert contents(url) == before


def test_an_older_package_changes_nothing(url: str, packages: Packages) -> None:
    load_packages([packages.whole, packages.first], url)
    database = database_at(url)
    later = one(url, packages.again)
    assert later.loaded is not None and later.loaded.outcome is Outcome.LOADED
    before = contents(url)
    report = one(url, packages.second)
    database.close()
    assert report.loaded is not None and report.loaded.outcome is Outcome.OLDER
    assert contents(url) == before


def test_a_whole_package_takes_out_what_it_no_longer_has(url: str, packages: Packages) -> None:
    load_packages([packages.whole, packages.again], url)
    assert national(url) == {packages.records[0]: "H'Bia Niê Kđăm", packages.records[2]: "H'Lan Niê"}
    kinds = sorted(str(row[4]) for row in contents(url)["record_history"])
    assert kinds.count("withdrawn") == 1


def test_a_changed_or_practice_package_is_refused(
    url: str, packages: Packages, practice_package: Path, tmp_path: Path
) -> None:
    changed = forged(packages.whole, tmp_path / "sửa.zip", lambda _, records: records[0].update(page=2))
    flipped = tmp_path / "lật.zip"
    data = bytearray(packages.whole.read_bytes())
    data[len(data) // 2] ^= 1
    flipped.write_bytes(data)
    reports = load_packages([changed, flipped, practice_package, tmp_path / "không có.zip", packages.whole], url)
    assert [report.loaded is not None for report in reports] == [False, False, False, False, True]
    assert "không còn nguyên vẹn" in reports[0].refused and "không còn nguyên vẹn" in reports[1].refused
    assert "dữ liệu thực hành" in reports[2].refused and "Không mở được tệp" in reports[3].refused
    assert len(contents(url)["packages"]) == 1


def test_a_locked_package_needs_its_key(url: str, packages: Packages, tmp_path: Path) -> None:
    words = Passphrase("chín chữ rất dài để khóa")
    locked = locked_copy(packages.whole, tmp_path, [words])
    reports = [*load_packages([locked], url), *load_packages([locked], url, unlock=Passphrase("sai rồi"))]
    assert all(report.loaded is None and report.refused for report in reports)
    (report,) = load_packages([locked], url, unlock=words)
    assert report.loaded is not None and report.loaded.added == 3 and REVIEWER.name in report.signed
    assert one(url, packages.whole).loaded == Loaded(Outcome.ALREADY)
    deltas = load_packages([packages.first], url)
    assert deltas[0].loaded is not None and deltas[0].loaded.corrected == 1


def test_being_stopped_half_way_leaves_nothing(url: str, packages: Packages, tmp_path: Path) -> None:
    class Stopping:
        def progress(self, done: int, total: int, text: str = "") -> None:
            raise Cancelled

        def check(self) -> None:
            pass

    with pytest.raises(Cancelled):
        load_packages([packages.whole], url, Stopping())
    database = database_at(url)
    assert database.existing() == set()
    database.close()
    one(url, packages.whole)
    before = contents(url)
    with pytest.raises(Cancelled):
        load_packages([packages.first], url, Stopping())
    assert contents(url) == before


KILLED = """
import sys, time
from pathlib import Path
from hotich.pipeline.loading import load_packages

class Waiting:
    def progress(self, done, total, text=""):
        print("half", flush=True)
        time.sleep(600)
    def check(self):
        pass

load_packages([Path(sys.argv[1])], sys.argv[2], Waiting())
"""


def test_being_killed_half_way_leaves_nothing(url: str, packages: Packages) -> None:
    one(url, packages.whole)
    before = contents(url)
    words = [sys.executable, "-c", KILLED, str(packages.first), url]
    with subprocess.Popen(words, stdout=subprocess.PIPE, cwd=Path(__file__).parents[3]) as process:
        assert process.stdout is not None and process.stdout.readline() == b"half\n"
        process.kill()
    assert contents(url) == before
    report = one(url, packages.first)
    assert report.loaded is not None and report.loaded.corrected == 1


def test_two_that_load_at_once_take_turns(url: str, packages: Packages) -> None:
    with ThreadPoolExecutor(4) as pool:
        reports = list(pool.map(lambda _: one(url, packages.whole), range(4)))
    outcomes = [report.loaded.outcome if report.loaded is not None else report.refused for report in reports]
    assert sorted(outcomes) == [Outcome.ALREADY] * 3 + [Outcome.LOADED]
    assert len(contents(url)["records"]) == 3


def test_tables_of_another_program_are_left_alone(url: str, packages: Packages) -> None:
    database = database_at(url)
    with database.transaction():
        database.execute("CREATE TABLE books (title TEXT)")
    report = one(url, packages.whole)
    assert report.loaded is None and "books" in report.refused
    assert database.existing() & {table.name for table in TABLES} == {"books"}
    database.close()


def test_tables_of_a_later_version_are_left_alone(url: str, packages: Packages) -> None:
    one(url, packages.whole)
    database = database_at(url)
    database.execute("UPDATE hotich_tables SET version = 2")
    report = one(url, packages.first)
    database.close()
    assert report.loaded is None and "phiên bản HoTich khác" in report.refused


def test_views_follow_the_program(url: str, packages: Packages) -> None:
    one(url, packages.whole)
    database = database_at(url)
    database.execute("DROP VIEW national_ks")
    database.execute("UPDATE hotich_tables SET views = ''")
    one(url, packages.first)
    assert len(database.rows("SELECT * FROM national_ks")) == 2
    database.close()


def test_a_workspace_is_no_place_to_load_into(packages: Packages, tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "kho"):
        pass
    report = one(f"sqlite:///{tmp_path / 'kho' / 'hotich.sqlite'}", packages.whole)
    assert report.loaded is None and "chương trình khác" in report.refused


@pytest.mark.parametrize("url", ["", "x.sqlite", "sqlite:///", "mysql://a@b/c", "sqlite://x"])
def test_another_address_is_not_understood(url: str, packages: Packages) -> None:
    with pytest.raises(SetupError) as refused:
        load_packages([packages.whole], url)
    assert refused.value.key == "load-unknown-url"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://lan:bimat@may:5433/so", "postgresql://may:5433/so"),
        ("postgresql://lan:bi@mat@may/so?sslmode=require", "postgresql://may/so"),
        ("postgresql:///so?user=lan&password=bimat", "postgresql:///so"),
        ("postgresql://lan:bimat@[::1", "postgresql://[::1"),
        ("sqlite:///đường dẫn/x?.sqlite", "sqlite:///đường dẫn/x?.sqlite"),
        ("x.sqlite", "x.sqlite"),
    ],
)
def test_no_password_is_ever_shown(url: str, shown: str) -> None:
    assert shown_target(url) == shown


def test_a_database_that_is_not_there_is_told_without_the_password(packages: Packages, tmp_path: Path) -> None:
    with pytest.raises(StoreError) as refused:
        load_packages([packages.whole], f"postgresql://lan:bimat@/x?host={tmp_path}")
    assert refused.value.key == "load-cannot-open" and "bimat" not in str(refused.value)
    (tmp_path / "tệp").write_bytes(b"khong phai sqlite" * 100)
    assert "báo lỗi" in one(f"sqlite:///{tmp_path / 'tệp'}", packages.whole).refused


def test_without_psycopg_a_sentence_says_how_to_get_it(packages: Packages) -> None:
    script = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from hotich.__main__ import main\n"
        "sys.argv = ['hotich', 'load', sys.argv[1], '--to', 'postgresql:///x']\n"
        "sys.exit(main())"
    )
    words = [sys.executable, "-c", script, str(packages.whole)]
    done = subprocess.run(words, capture_output=True, text=True, cwd=Path(__file__).parents[3], timeout=60)
    assert done.returncode == 4 and 'pip install "hotich[postgres]"' in done.stderr, done.stderr


def test_a_package_that_changes_while_it_is_read_is_told(packages: Packages, tmp_path: Path) -> None:
    target = forged(packages.whole, tmp_path / "p.zip", lambda manifest, _: None)
    with PackageReader(target) as package:
        told = msgspec.structs.replace(package.manifest.records[0], sha256="0" * 64)
        package.manifest = msgspec.structs.replace(package.manifest, records=(told, *package.manifest.records[1:]))
        with pytest.raises(PackageError) as changed:
            list(package.records())
    assert changed.value.key == "package-changed-meanwhile"


def test_the_verb_says_what_became_of_each(
    packages: Packages, practice_package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from hotich.commands.parser import run

    to = ["--to", f"sqlite:///{tmp_path / 'nơi nhận.sqlite'}"]
    assert run(["load", str(packages.first), str(packages.whole), *to]) == 0
    out = capsys.readouterr().out
    assert "Thêm 3" in out and "đính chính 1, rút lại 1" in out and REVIEWER.name in out
    assert run(["load", "--json", str(packages.whole), str(practice_package), *to]) == 9
    refused, there = json.loads(capsys.readouterr().out)
    assert there["loaded"]["outcome"] == "already" and "thực hành" in refused["refused"]
