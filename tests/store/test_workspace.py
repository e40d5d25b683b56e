"""Opening, closing, and every reason why a workspace is not opened or not written."""

from __future__ import annotations

import re
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from hotich.errors import StoreError
from hotich.messages import Language, all_messages, explain
from hotich.store import Workspace
from hotich.store.database import DATABASE_NAME
from hotich.store.disk import file_system_type, is_share
from hotich.store.lock import LOCK_NAME
from tests.store.made import BOOK, LAN, Clock, fill, record_id, typed

HOLDER = """
import sys
from pathlib import Path
from hotich.store import Workspace
workspace = Workspace.open(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.readline()
"""


def refused(folder: Path) -> StoreError:
    with pytest.raises(StoreError) as caught:
        Workspace.open(folder)
    return caught.value


def test_a_fresh_folder_becomes_a_workspace(workspace: Workspace, folder: Path) -> None:
    assert workspace.journal == "wal"
    assert workspace.books() == () and workspace.head() is None and workspace.verify() == ()
    assert (folder / DATABASE_NAME).is_file()


def test_a_closed_workspace_is_one_file_and_says_that_it_is_closed(folder: Path) -> None:
    workspace = Workspace.open(folder)
    fill(workspace)
    workspace.close()
    workspace.close()
    assert sorted(path.name for path in folder.glob("hotich*")) == [LOCK_NAME, DATABASE_NAME]
    assert (folder / LOCK_NAME).read_bytes() == b""
    for work in (workspace.books, lambda: workspace.append(typed("An"))):
        with pytest.raises(StoreError, match="store-closed"):
            work()


def test_a_second_program_is_refused_with_who_is_in_it(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "open\n"
        error = refused(folder)
        assert error.key == "store-in-use"
        assert str(holder.pid) in explain(error) and "đóng cửa sổ đó" in explain(error)
        with Workspace.read_only(folder) as beside:
            assert beside.books() == ()
        holder.send_signal(signal.SIGKILL)
    with Workspace.open(folder) as workspace:
        assert [notice.rule_id for notice in workspace.notices()] == ["store-recovered"]
        fill(workspace)
    with Workspace.open(folder) as workspace:
        assert workspace.notices() == ()


def test_the_same_program_does_not_open_it_twice(workspace: Workspace, folder: Path) -> None:
    assert refused(folder).key == "store-in-use"
    fill(workspace)


def test_a_lock_whose_holder_has_not_signed_yet_is_told_too(workspace: Workspace, folder: Path) -> None:
    (folder / LOCK_NAME).write_bytes(b"")
    assert refused(folder).key == "store-in-use-unknown"


def test_who_only_looks_cannot_write(workspace: Workspace, folder: Path) -> None:
    fill(workspace)
    with Workspace.read_only(folder) as looking:
        assert len(looking.records(BOOK)) == 1
        for work in (
            lambda: looking.append(typed("An")),
            lambda: looking.undo(LAN, BOOK),
            lambda: looking.put_original(b"x"),
            looking.rebuild,
        ):
            with pytest.raises(StoreError, match="store-read-only"):
                work()
        workspace.append(typed("An"))
        record = looking.record(record_id())
        assert record is not None and record.normal("nksHoTen") == "An"


def test_a_folder_without_a_workspace_is_not_looked_at(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="store-not-ours"):
        Workspace.read_only(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_another_programs_database_is_left_alone(folder: Path) -> None:
    folder.mkdir()
    connection = sqlite3.connect(folder / DATABASE_NAME)
    connection.execute("CREATE TABLE khac (x)")
    connection.close()
    before = (folder / DATABASE_NAME).read_bytes()
    assert refused(folder).key == "store-not-ours"
    with pytest.raises(StoreError, match="store-not-ours"):
        Workspace.read_only(folder)
    assert (folder / DATABASE_NAME).read_bytes() == before


@pytest.mark.parametrize("content", [b"not a database at all, only text " * 200, None])
def test_a_damaged_file_is_told_with_what_to_do(folder: Path, content: bytes | None) -> None:
    with Workspace.open(folder) as workspace:
        fill(workspace, pages=20, entries=20)
    path = folder / DATABASE_NAME
    if content is None:
        whole = path.read_bytes()
        content = whole[:4096] + b"\xff" * (len(whole) - 4096)
    path.write_bytes(content)
    (folder / LOCK_NAME).write_bytes(b"{}")  # as after a power cut
    error = refused(folder)
    assert error.key == "store-damaged"
    assert "sao lưu" in explain(error)
    assert path.read_bytes() == content, "nothing is made worse"
    assert (folder / LOCK_NAME).read_bytes(), "the next start still knows of the power cut"


@pytest.mark.parametrize("left", ["nothing", "empty"])
def test_pictures_without_their_database_are_no_fresh_start(folder: Path, left: str) -> None:
    with Workspace.open(folder) as workspace:
        fill(workspace)
    (folder / DATABASE_NAME).unlink()
    if left == "empty":
        (folder / DATABASE_NAME).touch()
    assert refused(folder).key == "store-damaged"


def test_damage_met_while_working_is_told(folder: Path) -> None:
    with Workspace.open(folder) as workspace:
        fill(workspace, pages=20, entries=20)
    path = folder / DATABASE_NAME
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 4] + b"\xff" * (len(whole) - len(whole) // 4))
    with pytest.raises(StoreError, match="store-damaged"), Workspace.open(folder) as workspace:
        workspace.records(BOOK)
        workspace.actions(book_id=BOOK)


def test_a_full_disk_stops_one_step_and_loses_nothing(folder: Path) -> None:
    with Workspace.open(folder, clock=Clock()) as workspace:
        fill(workspace)
        workspace.append(typed("An"))
        full = "PRAGMA max_page_count = 1"
        workspace._write(lambda db: db.execute(full).fetchone())
        with pytest.raises(StoreError, match="store-disk-full"):
            for _ in range(100):
                workspace.append(typed("Ă" * 500))
        head = workspace.head()
        workspace._write(lambda db: db.execute("PRAGMA max_page_count = 100000").fetchone())
        (action,) = workspace.append(typed("Ân"))
        assert head is not None and action.action_id == head[0] + 1
        assert workspace.verify() == ()


def test_a_disk_that_takes_no_more_writing_is_told(workspace: Workspace) -> None:
    fill(workspace)
    workspace._write(lambda db: db.execute("PRAGMA query_only = ON").fetchall())
    with pytest.raises(StoreError, match="store-folder-read-only"):
        workspace.append(typed("An"))


@pytest.mark.skipif(sys.platform != "linux", reason="/sys takes no folder, whoever asks")
def test_a_folder_without_the_right_to_write_is_told() -> None:
    error = refused(Path("/sys/hotich"))
    assert error.key == "store-folder-read-only"
    assert "/sys/hotich" in explain(error)


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "so").write_text("x")
    assert refused(tmp_path / "so").key == "store-cannot-open"


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//may-chu/chung /mnt/M\\303\\241y\\040ch\\341\\273\\247 cifs rw 0 0
may-chu:/xa /home/xa nfs4 rw 0 0
/dev/sdb1 /home/xa/usb vfat rw 0 0
tmpfs /tmp tmpfs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/hotich", "ext4"),
        ("/home/xa/ho-tich", "nfs4"),
        ("/home/xaa", "ext4"),
        ("/home/xa/usb/ho-tich", "vfat"),
        ("/mnt/Máy chủ/ho-tich", "cifs"),
        ("/tmp", "tmpfs"),
    ],
)
def test_the_disk_under_a_folder_is_known(folder: str, kind: str) -> None:
    assert file_system_type(folder, MOUNTS) == kind


@pytest.mark.parametrize(
    ("folder", "shared"),
    [
        ("\\\\may-chu\\chung", True),
        ("//may-chu/chung", True),
        ("\\\\?\\UNC\\may-chu\\chung", True),
        ("\\\\?\\C:\\ho-tich", False),
        ("C:\\Sổ hộ tịch", False),
        ("/home/xa", False),
    ],
)
def test_a_windows_share_is_known_by_its_name(folder: str, shared: bool) -> None:
    assert is_share(folder) is shared


def test_a_network_folder_is_refused_before_anything_is_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hotich.store.workspace.is_network_folder", lambda asked: asked == folder)
    assert refused(folder).key == "store-on-network"
    assert list(folder.iterdir()) == []


def test_reading_connections_of_ended_threads_are_closed(workspace: Workspace) -> None:
    def look() -> None:
        workspace.books()

    for _ in range(5):
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    workspace.books()
    assert len(workspace._readers._open or ()) <= 2


def test_every_sentence_of_the_store_is_written_and_used() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in Path("hotich/store").glob("*.py"))
    used = set(re.findall(r'"(store-[a-z-]+)"', code))
    texts = {key: text for key, text in all_messages().items() if key.startswith("store-")}
    assert used == set(texts)
    assert all(text.get(language.value) for text in texts.values() for language in Language)
