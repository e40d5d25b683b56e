"""Export without a window: what leaves, pre-check, files, proof."""

from pathlib import Path

import pytest

from hotich.pipeline import review
from hotich.pipeline.entry import confirm, submit, void_record
from hotich.pipeline.handoff import handoffs_of
from hotich.ui.presenters.desk import Screen
from hotich.ui.presenters.export import ExportPresenter, Leaving
from hotich.ui.presenters.signing import SignBy, SigningChoice
from hotich.values import Severity
from hotich.workflow import ExportKind
from tests.export.ministry.own import own_template
from tests.ui.made import REVIEWER, hand_over


class ExportDouble:
    """Remembers what was shown last."""

    def __init__(self) -> None:
        self.found = None
        self.choices = None
        self.past = ()
        self.result = ("", (), None, "")
        self.nothing = ""
        self.secret = ""

    def show_choices(self, choices) -> None:
        self.choices = choices

    def show_precheck(self, found) -> None:
        self.found = found

    def show_past(self, exports) -> None:
        self.past = exports

    def show_result(self, summary, problems, fine, folder) -> None:
        self.result = (summary, problems, fine, folder)

    def show_nothing(self, sentence) -> None:
        self.nothing = sentence

    def ask_secret(self, question, then) -> None:
        self.asked = question
        then(self.secret)


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


def finish(workspace, records, desk) -> None:
    """One approved record, the others void."""
    approve_all(workspace, records[:1])
    for record_id in records[1:]:
        void_record(workspace, record_id, "Dòng bỏ trống", desk.actor)


def test_open_records_stand_in_the_way_and_are_refused_with_a_sentence(presenter, screen, shell, records, tmp_path):
    for leaving in (Leaving.MINISTRY, Leaving.PACKAGE):
        presenter.refresh()
        presenter.choose(leaving)
        assert not screen.found.can_leave and "2 bản ghi" in screen.found.told
        assert [row.record_id for row in screen.found.rows if row.rule_id == "record-open"] == list(records)
        assert {row.severity for row in screen.found.rows if row.rule_id == "record-open"} == {Severity.ERROR}
        presenter.export(str(tmp_path / "gói"))
        assert shell.told and not (tmp_path / "gói").exists()


def test_nobody_is_asked_for_a_passphrase_for_what_cannot_leave(presenter, screen, shell, records, tmp_path):
    presenter.refresh()
    presenter.choose(Leaving.PACKAGE)
    presenter.choose_signing(SigningChoice(SignBy.FILE, str(tmp_path / "khóa.p12")))
    screen.asked = ""
    presenter.export(str(tmp_path))
    assert screen.asked == "" and not screen.found.can_leave
    assert shell.told == [screen.found.told]


def test_a_finding_leads_to_its_field(presenter, screen, workspace, records, opened, shell, desk):
    confirm(workspace, records[0], "nksNgaySinh", "31/2/2009", desk.actor)
    presenter.refresh()
    finding = next(f for f in screen.found.rows if "nksNgaySinh" in f.fields)
    presenter.go_to(finding)
    assert opened == [(records[0], "nksNgaySinh")] and shell.went == [Screen.ENTRY]
    assert screen.found.places[finding.record_id] in ("1", "2")


def test_an_approved_book_leaves_for_the_national_system(presenter, screen, workspace, records, desk, shell, tmp_path):
    finish(workspace, records, desk)
    presenter.refresh()
    assert screen.choices.kind is Leaving.MINISTRY and screen.choices.template == "KS-60"
    assert screen.found.can_leave, screen.found.told
    shell.reason = "Sổ gốc không ghi"
    presenter.export(str(tmp_path / "giao"))
    summary, problems, fine, folder = screen.result
    assert fine and not problems and "1 bản ghi" in summary and Path(folder).is_dir(), shell.told
    assert len(list(Path(folder).glob("*.xlsx"))) == len(list(Path(folder).glob("*.zip"))) == 1
    presenter.refresh()
    assert [(a.event.kind, a.event.number) for a in screen.past] == [(ExportKind.MINISTRY, 1)]


def test_warnings_that_nobody_accepted_are_answered_for_first(
    presenter, screen, workspace, records, desk, shell, tmp_path
):
    finish(workspace, records, desk)
    review.give_back(workspace, records[0], "Sai", REVIEWER)
    confirm(workspace, records[0], "trangSo", "", desk.actor)
    submit(workspace, records[0], desk.actor)
    review.approve(workspace, records[0], REVIEWER)
    presenter.refresh()
    assert screen.found.handoff.unanswered and "hỏi lý do" in screen.found.told
    presenter.export(str(tmp_path / "giao"))
    assert "Vì sao các cảnh báo" in shell.asked[0] and not (tmp_path / "giao").exists()
    shell.reason = "Sổ gốc không ghi"
    presenter.export(str(tmp_path / "giao"))
    assert workspace.actions(book_id=desk.book_id)[-1].event.reason == "Sổ gốc không ghi"


def test_only_a_book_that_left_can_leave_in_part(presenter, screen, workspace, records, desk, shell, tmp_path):
    finish(workspace, records, desk)
    shell.reason = "Sổ gốc không ghi"
    presenter.refresh()
    assert [kind for kind, _ in screen.choices.kinds] == [Leaving.MINISTRY, Leaving.PACKAGE]
    presenter.export(str(tmp_path / "giao"))
    presenter.refresh()
    presenter.choose(Leaving.MINISTRY_AGAIN)
    assert not screen.found.can_leave and "Không có dòng nào mới" in screen.found.told
    review.give_back(workspace, records[0], "Sai", REVIEWER)
    confirm(workspace, records[0], "meHoTen", "Trần Thị Mới", desk.actor)
    presenter.refresh()
    assert screen.choices.kind is Leaving.MINISTRY_AGAIN
    submit(workspace, records[0], desk.actor)
    review.approve(workspace, records[0], REVIEWER)
    presenter.refresh()
    assert screen.found.can_leave, screen.found.told
    presenter.export(str(tmp_path / "giao"))
    assert [each.number for each in handoffs_of(workspace, desk.book_id)] == [1, 2]
    assert workspace.actions(book_id=desk.book_id)[-1].event.base == 1


def test_the_way_and_the_template_are_remembered(presenter, screen, workspace, desk, shell, tmp_path):
    presenter.refresh()
    presenter.choose_template("KS-70")
    assert screen.choices.template == "KS-70"
    presenter.add_template(str(own_template(tmp_path / "Mẫu tỉnh.xlsx")))
    assert screen.choices.template == "Mẫu tỉnh.xlsx" and not shell.told
    assert (workspace.folder / "templates" / "Mẫu tỉnh.xlsx").is_file()
    presenter.choose(Leaving.PACKAGE)
    assert screen.choices.templates == ()
    other = ExportPresenter(desk, screen, lambda *_: None)
    other.refresh()
    assert screen.choices.kind is Leaving.PACKAGE
    other.choose(Leaving.MINISTRY)
    assert screen.choices.template == "Mẫu tỉnh.xlsx"


def test_a_file_that_is_no_template_is_told(presenter, screen, shell, tmp_path):
    presenter.refresh()
    (tmp_path / "x.xlsx").write_bytes(b"?")
    presenter.add_template(str(tmp_path / "x.xlsx"))
    assert "Không đọc được mẫu" in shell.told[-1] and screen.choices.template == "KS-60"


def test_a_template_that_went_away_does_not_stop_the_screen(presenter, screen, workspace, shell, tmp_path):
    presenter.refresh()
    presenter.add_template(str(own_template(tmp_path / "Mẫu tỉnh.xlsx")))
    (workspace.folder / "templates" / "Mẫu tỉnh.xlsx").unlink()
    presenter.refresh()
    assert screen.choices.template == "KS-60"


def test_a_package_leaves_whole_and_stays_in_the_list(presenter, screen, workspace, records, desk, tmp_path):
    finish(workspace, records, desk)
    presenter.refresh()
    presenter.choose(Leaving.PACKAGE)
    assert screen.found.can_leave, screen.found.told
    presenter.export(str(tmp_path / "gói"))
    summary, problems, fine, folder = screen.result
    assert {problem.severity for problem in problems} == {Severity.NOTE} and "khóa HoTich" in problems[0].message
    assert fine and "1 bản ghi" in summary and folder == str(tmp_path / "gói")
    presenter.refresh()
    assert screen.past[0].event.records == 1


def test_a_changed_package_is_told(presenter, screen, workspace, records, desk, tmp_path):
    test_a_package_leaves_whole_and_stays_in_the_list(presenter, screen, workspace, records, desk, tmp_path)
    package = next((tmp_path / "gói").glob("*.zip"))
    data = bytearray(package.read_bytes())
    data[len(data) // 3] ^= 1
    package.write_bytes(bytes(data))
    presenter.verify(str(package))
    summary, problems, fine, _ = screen.result
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


def test_a_signer_is_told_with_the_package(presenter, screen, workspace, records, desk, tmp_path):
    test_a_package_leaves_whole_and_stays_in_the_list(presenter, screen, workspace, records, desk, tmp_path)
    presenter.verify(str(next((tmp_path / "gói").glob("*.zip"))))
    told = [note.message for note in screen.result[1]]
    assert desk.actor.name in told[0] and "chính máy này" in told[1]
