"""Export without a window: pre-check, package, proof."""

from pathlib import Path

import pytest

from hotich.pipeline import review
from hotich.pipeline.entry import confirm, void_record
from hotich.ui.presenters.desk import Screen
from hotich.ui.presenters.export import ExportPresenter
from tests.ui.made import REVIEWER, hand_over


class ExportDouble:
    """Remembers what was shown last."""

    def __init__(self) -> None:
        self.found = None
        self.places = {}
        self.past = ()
        self.result = ("", (), None)
        self.nothing = ""

    def show_precheck(self, found, rows, places) -> None:
        self.found, self.rows, self.places = found, rows, places

    def show_past(self, exports) -> None:
        self.past = exports

    def show_result(self, summary, problems, fine) -> None:
        self.result = (summary, problems, fine)

    def show_nothing(self, sentence) -> None:
        self.nothing = sentence


@pytest.fixture
def screen() -> ExportDouble:
    return ExportDouble()


@pytest.fixture
def opened() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def presenter(desk, screen, opened, records) -> ExportPresenter:
    return ExportPresenter(desk, screen, lambda record_id, field_id: opened.append((record_id, field_id)))


def approve_all(workspace, records) -> None:
    for record_id in records:
        hand_over(workspace, record_id)
        review.approve(workspace, record_id, REVIEWER)


def test_open_records_stand_in_the_way_and_are_refused_with_a_sentence(presenter, screen, shell, records, tmp_path):
    presenter.refresh()
    assert not screen.found.can_export and screen.found.open == 2
    assert [row.record_id for row in screen.rows if not row.fields] == list(records)
    presenter.export(str(tmp_path))
    assert shell.told and not list(tmp_path.glob("*.zip"))


def test_a_finding_leads_to_its_field(presenter, screen, workspace, records, opened, shell, desk):
    confirm(workspace, records[0], "nksNgaySinh", "31/2/2009", desk.actor)
    presenter.refresh()
    finding = next(f for f in screen.rows if "nksNgaySinh" in f.fields)
    presenter.go_to(finding)
    assert opened == [(records[0], "nksNgaySinh")] and shell.went == [Screen.ENTRY]
    assert screen.places[finding.record_id] in ("1", "2")


def test_an_approved_book_leaves_whole_and_stays_in_the_list(presenter, screen, workspace, records, desk, tmp_path):
    approve_all(workspace, records[:1])
    for record_id in records[1:]:
        void_record(workspace, record_id, "Dòng bỏ trống", desk.actor)
    presenter.refresh()
    assert screen.found.can_export, screen.found.reasons
    presenter.export(str(tmp_path / "gói"))
    summary, problems, fine = screen.result
    assert fine and not problems and "1 bản ghi" in summary
    presenter.refresh()
    assert screen.past[0].event.records == 1


def test_a_changed_package_is_told(presenter, screen, workspace, records, desk, tmp_path):
    test_an_approved_book_leaves_whole_and_stays_in_the_list(presenter, screen, workspace, records, desk, tmp_path)
    package = next((tmp_path / "gói").glob("*.zip"))
    data = bytearray(package.read_bytes())
    data[len(data) // 3] ^= 1
    package.write_bytes(bytes(data))
    presenter.verify(str(package))
    summary, problems, fine = screen.result
    assert not fine and problems and "KHÔNG" in summary


def test_a_missing_file_is_told_in_a_sentence(presenter, shell, tmp_path):
    presenter.verify(str(Path(tmp_path) / "không có.hotich.zip"))
    assert shell.told


def test_without_a_folder_or_a_book_nothing_is_written(presenter, desk, screen, shell):
    presenter.export("  ")
    assert "thư mục" in shell.told[-1]
    desk.book_id = ""
    presenter.refresh()
    assert "Ctrl+1" in screen.nothing
