"""The extract dialog without a window: preview, number, paper and file."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotich.pipeline import review
from hotich.pipeline.extracts import Office, log_of_prints
from hotich.signing import own_key
from hotich.store import Workspace
from hotich.ui.presenters.desk import Desk
from hotich.ui.presenters.extract import ExtractForm, ExtractPresenter, Pages
from tests.ui.made import REVIEWER, hand_over


class ExtractDouble:
    """Remembers what was shown."""

    def __init__(self) -> None:
        self.office = Office()
        self.file = ""
        self.pages: Pages = ()
        self.states: list[tuple[str, str]] = []
        self.serial = ""
        self.printed: list[tuple[int, int]] = []

    def show_office(self, office: Office, file_name: str) -> None:
        self.office, self.file = office, file_name

    def show_pages(self, pages: Pages) -> None:
        self.pages = pages

    def show_state(self, sentence: str, kind: str) -> None:
        self.states.append((sentence, kind))

    def show_issued(self, serial: str) -> None:
        self.serial = serial

    def print_pages(self, pages: Pages, copies: int) -> None:
        self.printed.append((len(pages), copies))


@pytest.fixture
def screen() -> ExtractDouble:
    return ExtractDouble()


@pytest.fixture
def presenter(
    desk: Desk, screen: ExtractDouble, workspace: Workspace, records: tuple[str, ...], tmp_path: Path
) -> ExtractPresenter:
    hand_over(workspace, records[0])
    review.approve(workspace, records[0], REVIEWER)
    return ExtractPresenter(desk, screen, records[0], lambda: own_key(tmp_path / "khóa"))


def form(recipient: str = "Y Moan Êban", copies: int = 2) -> ExtractForm:
    return ExtractForm(recipient, "nhập học", copies, Office("UBND xã", "Tân Lập", "Lan", "CHỦ TỊCH"), True)


def test_it_begins_with_the_office_and_a_name_for_the_file(presenter: ExtractPresenter, screen: ExtractDouble) -> None:
    presenter.begin()
    assert screen.office.issuer
    assert screen.file == "trich-luc-KS-05-2009.pdf"


def test_a_preview_gives_no_number(presenter: ExtractPresenter, screen: ExtractDouble, workspace: Workspace) -> None:
    presenter.show(form())
    assert len(screen.pages) == 2
    assert screen.states[-1][1] == ""
    assert log_of_prints(workspace) == () and screen.serial == ""


def test_paper_and_file_are_of_one_number(
    presenter: ExtractPresenter, screen: ExtractDouble, workspace: Workspace, tmp_path: Path, desk: Desk
) -> None:
    presenter.to_paper(form())
    assert screen.printed == [(2, 2)]
    presenter.to_file(form(), f'"{tmp_path / "trích lục.pdf"}"')
    presenter.to_paper(form())
    (line,) = log_of_prints(workspace)
    assert screen.serial == line.serial and (line.copies, line.by) == (2, desk.actor.name)
    assert presenter.issued is not None
    assert (tmp_path / "trích lục.pdf").read_bytes() == presenter.issued.data
    presenter.show(form("người khác"))
    assert screen.states[-1][1] == "fine", "what was issued is not drawn anew"


def test_without_a_recipient_or_a_file_nothing_is_issued(
    presenter: ExtractPresenter, screen: ExtractDouble, workspace: Workspace, desk: Desk
) -> None:
    presenter.to_paper(form(" "))
    assert screen.states[-1] == (desk.say("extract-no-recipient"), "wrong")
    presenter.to_file(form(), "  ")
    assert screen.states[-1] == (desk.say("ui-extract-no-file"), "wrong")
    assert log_of_prints(workspace) == () and screen.printed == []


def test_a_failure_is_said_and_can_be_mended(
    presenter: ExtractPresenter, screen: ExtractDouble, workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "tệp").write_bytes(b"")
    presenter.to_file(form(), str(tmp_path / "tệp" / "a.pdf"))
    assert screen.states[-1][1] == "wrong"
    presenter.to_file(form(), str(tmp_path / "a.pdf"))
    assert screen.states[-1][1] == "fine"
    assert len(log_of_prints(workspace)) == 1


def test_a_missing_original_is_said(presenter: ExtractPresenter, screen: ExtractDouble, workspace: Workspace) -> None:
    for file in (workspace.folder / "originals").glob("??/*"):
        file.unlink()
    presenter.show(form())
    assert screen.states[-1][1] == "wrong"
    assert screen.pages == ()


def test_who_issued_is_offered_next_time(
    presenter: ExtractPresenter, screen: ExtractDouble, desk: Desk, records: tuple[str, ...], tmp_path: Path
) -> None:
    presenter.to_file(form(), str(tmp_path / "a.pdf"))
    again = ExtractDouble()
    ExtractPresenter(desk, again, records[0]).begin()
    assert again.office == Office("UBND xã", "Tân Lập", "Lan", "CHỦ TỊCH")


def test_what_comes_after_the_dialog_is_gone_is_shown_to_nobody(
    presenter: ExtractPresenter, screen: ExtractDouble, workspace: Workspace, tmp_path: Path
) -> None:
    presenter.leave()
    presenter.show(form())
    assert screen.pages == () and not presenter.busy
