"""A finished book is handed off whole or not at all, read back, and the history says so."""

from __future__ import annotations

import html
import json
import shutil
import subprocess
import zipfile
from collections import Counter
from pathlib import Path

import msgspec
import pikepdf
import pytest

from hotich import workflow
from hotich.commands.parser import run
from hotich.errors import PolicyError, SetupError
from hotich.export.ministry.choices import load_choices
from hotich.export.ministry.names import parse_name
from hotich.export.ministry.template import shipped_templates
from hotich.ocr.engine import Crop, RawReading
from hotich.pipeline import entry, review
from hotich.pipeline.engines import Engines
from hotich.pipeline.handoff import (
    Handoff,
    HandoffOptions,
    check_handoff,
    chosen_template,
    handoff,
    handoffs_of,
    template_choices,
)
from hotich.pipeline.record_pdfs import PdfOptions
from hotich.pipeline.trust import file_signer, own_signer
from hotich.store import Workspace
from hotich.values import Book, RecordType, Refusal, Severity
from hotich.workflow import ExportKind
from tests.doubles.engines import Answering
from tests.export.made import CLERK, REVIEWER, finished_book
from tests.export.ministry.own import own_template
from tests.export.trust.authority import PASSPHRASE, made
from tools import readers

WHY = HandoffOptions(accepted="Sổ gốc ghi như vậy")


def exported(workspace: Workspace, book: Book) -> list[workflow.Exported]:
    return [a.event for a in workspace.actions(book_id=book.book_id) if isinstance(a.event, workflow.Exported)]


def cells(done: Handoff) -> list[dict[str, str]]:
    """The rows of the workbook by the codes of its header."""
    rows = readers.with_calamine(done.workbook, "DL Import")
    return [dict(zip([header.split("\n")[0].strip() for header in rows[0]], row, strict=False)) for row in rows[1:]]


def change(workspace: Workspace, record_id: str, field_id: str, text: str) -> None:
    """Returns an approved record, changes a field and approves it again."""
    review.give_back(workspace, record_id, "Sai", REVIEWER)
    entry.confirm(workspace, record_id, field_id, text, CLERK)
    entry.submit(workspace, record_id, CLERK)
    review.approve(workspace, record_id, REVIEWER)


def test_a_finished_book_leaves_whole(workspace: Workspace, book: Book, out: Path) -> None:
    head = workspace.head()
    assert check_handoff(workspace, book.book_id).can_hand_off
    done = handoff(workspace, book.book_id, out, REVIEWER)
    assert [path.name for path in out.iterdir()] == ["KS.2009.01"]
    assert sorted(path.name for path in done.folder.iterdir()) == [
        "KS.2009.01.bao-cao.html",
        "KS.2009.01.bao-cao.json",
        "KS.2009.01.xlsx",
        "KS.2009.01.zip",
    ]
    rows = cells(done)
    assert [row["so"] for row in rows] == ["01/2009", "02/2009", "03/2009"]
    assert rows[0]["ngayDangKy"] == "01.03.2009" and rows[0]["nksNgaySinh"] == "03.2009"
    assert (
        rows[0]["nksGioiTinh"] == "2" and rows[0]["nksDanToc"] == "Ê Đê" and rows[0]["noiDangKy"] == "UBND xã Tân Lập"
    )
    with zipfile.ZipFile(done.archive) as archive:
        said = [parse_name(name, load_choices()) for name in archive.namelist()]
        assert all(info.compress_type == zipfile.ZIP_STORED for info in archive.infolist())
        with pikepdf.open(archive.open(archive.namelist()[0])) as document:
            assert len(document.pages) == 1
    assert [(each.entry_number, each.day) for each in said if each] == [(row["so"], row["ngayDangKy"]) for row in rows]
    (event,) = exported(workspace, book)
    assert head is not None
    assert (event.kind, event.number, event.records, event.history) == (ExportKind.MINISTRY, 1, 3, head[0])
    assert event.package_sha256 == done.sha256 and event.file_name == "KS.2009.01/KS.2009.01.xlsx"


@pytest.mark.skipif(shutil.which("unzip") is None, reason="unzip is not installed")
def test_another_program_finds_workbook_and_archive_sound(workspace: Workspace, book: Book, out: Path) -> None:
    done = handoff(workspace, book.book_id, out, REVIEWER, options=WHY)
    for file in (done.workbook, done.archive):
        tried = subprocess.run(["unzip", "-tqq", str(file)], capture_output=True)
        assert (tried.returncode, tried.stderr) == (0, b"")


def test_the_report_tells_files_rows_and_findings(workspace: Workspace, book: Book, out: Path) -> None:
    record_id = workspace.record_ids(book.book_id)[0]
    change(workspace, record_id, "nksNgaySinh", "1/2/1850")
    change(workspace, record_id, "trangSo", "")
    found = check_handoff(workspace, book.book_id)
    assert found.can_hand_off and any("trangSo" in finding.fields for finding in found.unanswered)
    with pytest.raises(PolicyError) as refused:
        handoff(workspace, book.book_id, out, REVIEWER)
    assert "cảnh báo chưa ai chấp nhận" in refused.value.facts["reasons"] and not out.exists()
    done = handoff(workspace, book.book_id, out, REVIEWER, options=WHY)
    report = json.loads(done.report_data.read_bytes())
    for file in report["files"]:
        assert (done.folder / file["name"]).stat().st_size == file["size"]
    assert report["counts"] == {"rows": 3, "pdfs": 3, "pages": 3, "void": 0, "expected": None}
    warned = [f for f in report["findings"] if f["severity"] == "warning"]
    assert warned and all(f["accepted_by"] == REVIEWER.name for f in warned)
    assert all(f["accepted_reason"] == WHY.accepted for f in warned)
    page = next(f for f in warned if f["fields"] == ["trangSo"])
    assert (page["record_id"], page["number"], page["labels"]) == (record_id, "01/2009", ["Trang số"])
    text = html.unescape(done.report.read_text(encoding="utf-8"))
    assert "Lần bàn giao thứ 1" in text and "ministry-report" not in text and "{" not in text.split("</style>")[1]
    assert WHY.accepted in text and REVIEWER.name in text and "UBND xã Tân Lập" in text and page["message"] in text


def test_who_let_a_warning_stand_at_the_record_is_told(workspace: Workspace, book: Book, out: Path) -> None:
    record_id = workspace.record_ids(book.book_id)[1]
    review.give_back(workspace, record_id, "Sai", REVIEWER)
    entry.confirm(workspace, record_id, "ngayDangKy", "2/3/2010", CLERK)
    for finding in entry.entry_view(workspace, record_id).findings:
        if finding.overridable:
            entry.accept_finding(workspace, record_id, finding, "Sổ ghi năm sau", CLERK)
    entry.submit(workspace, record_id, CLERK)
    review.approve(workspace, record_id, REVIEWER)
    done = handoff(workspace, book.book_id, out, REVIEWER, options=WHY)
    report = json.loads(done.report_data.read_bytes())
    (year,) = [f for f in report["findings"] if f["rule"] == "number-year"]
    assert (year["severity"], year["accepted_by"], year["accepted_reason"]) == ("note", CLERK.name, "Sổ ghi năm sau")


def test_a_page_written_twice_gets_a_folder_of_its_own(workspace: Workspace, book: Book, out: Path) -> None:
    first = handoff(workspace, book.book_id, out, REVIEWER)
    before = {path.name: path.read_bytes() for path in first.folder.iterdir()}
    second = handoff(workspace, book.book_id, out, REVIEWER)
    assert second.folder.name == "KS.2009.01-2" and second.number == 2
    assert second.workbook.read_bytes() == before[second.workbook.name]
    assert second.archive.read_bytes() == before[second.archive.name]
    assert {path.name: path.read_bytes() for path in first.folder.iterdir()} == before


def test_corrected_rows_leave_alone(workspace: Workspace, book: Book, out: Path) -> None:
    handoff(workspace, book.book_id, out, REVIEWER)
    again = msgspec.structs.replace(WHY, since=1)
    with pytest.raises(PolicyError) as refused:
        handoff(workspace, book.book_id, out, REVIEWER, options=again)
    assert "Không có dòng nào mới" in refused.value.facts["reasons"]
    ids = workspace.record_ids(book.book_id)
    change(workspace, ids[1], "meHoTen", "H'Lan Êban")
    review.give_back(workspace, ids[2], "Sai", REVIEWER)
    entry.void_record(workspace, ids[2], "Dòng thừa", CLERK)
    done = handoff(workspace, book.book_id, out, REVIEWER, options=again)
    assert [(row["so"], row["meHoTen"]) for row in cells(done)] == [("02/2009", "H'Lan Êban")]
    with zipfile.ZipFile(done.archive) as archive:
        assert archive.namelist() == ["KS.2009.01.2009-03-02.02.pdf"]
    assert json.loads(done.report_data.read_bytes())["withdrawn"] == ["03/2009"]
    assert (exported(workspace, book)[-1].base, exported(workspace, book)[-1].number) == (1, 2)
    with pytest.raises(PolicyError, match="export-reason-needed"):
        change(workspace, ids[1], "meHoTen", "H'Lan Niê")
        handoff(workspace, book.book_id, out, REVIEWER, options=HandoffOptions(since=2))
    with pytest.raises(PolicyError, match="ministry-no-earlier"):
        check_handoff(workspace, book.book_id, since=9)


def test_rows_that_only_count_no_more_are_named(workspace: Workspace, book: Book, out: Path) -> None:
    handoff(workspace, book.book_id, out, REVIEWER)
    last = workspace.record_ids(book.book_id)[-1]
    review.give_back(workspace, last, "Sai", REVIEWER)
    entry.void_record(workspace, last, "Dòng thừa", CLERK)
    (reason,) = check_handoff(workspace, book.book_id, since=1).reasons
    assert "03/2009" in reason and "gỡ" in reason


def test_what_was_refused_leaves_again_though_the_paper_says_the_same(
    workspace: Workspace, book: Book, out: Path
) -> None:
    handoff(workspace, book.book_id, out, REVIEWER)
    record = workspace.record(workspace.record_ids(book.book_id)[1])
    assert record is not None
    refused = workflow.Refused((Refusal("meHoTen", "Tên mẹ sai", "Lỗi.xlsx"),))
    workspace.append(workflow.Draft(book.book_id, refused, REVIEWER, record.record_id, record.page_id))
    accepted = workflow.FindingAccepted(workflow.REFUSED, ("meHoTen",), "Sổ ghi đúng như vậy")
    workspace.append(workflow.Draft(book.book_id, accepted, CLERK, record.record_id, record.page_id))
    entry.submit(workspace, record.record_id, CLERK)
    review.approve(workspace, record.record_id, REVIEWER)
    done = handoff(workspace, book.book_id, out, REVIEWER, options=msgspec.structs.replace(WHY, since=1))
    assert [row["so"] for row in cells(done)] == ["02/2009"]
    assert not check_handoff(workspace, book.book_id, since=2).can_hand_off


def test_open_records_and_errors_keep_the_book_back(workspace: Workspace, book: Book, out: Path) -> None:
    first, second, _ = workspace.record_ids(book.book_id)
    review.give_back(workspace, first, "Sai", REVIEWER)
    assert "còn 1 bản ghi chưa xong" in check_handoff(workspace, book.book_id).reasons[0]
    entry.submit(workspace, first, CLERK)
    review.approve(workspace, first, REVIEWER)
    change(workspace, second, "so", "01")
    found = check_handoff(workspace, book.book_id)
    (doubled,) = [f for f in found.findings if f.severity is Severity.ERROR]
    assert (doubled.rule_id, doubled.record_id, doubled.fields) == ("number-doubled", second, ("so",))
    with pytest.raises(PolicyError, match="export-refused"):
        handoff(workspace, book.book_id, out, REVIEWER, options=WHY)
    assert not out.exists() and not exported(workspace, book)


def test_the_closing_page_must_agree(workspace: Workspace, book: Book) -> None:
    changed = msgspec.structs.replace(book, expected_entries=4)
    workspace.append(workflow.Draft(book.book_id, workflow.BookChanged(changed), CLERK))
    found = check_handoff(workspace, book.book_id)
    assert [f.rule_id for f in found.findings if f.severity is Severity.ERROR] == ["closing-count"]


def test_adoptions_stay_unless_the_office_asks(workspace: Workspace, book: Book, out: Path) -> None:
    secret = msgspec.structs.replace(book, record_type=RecordType.ADOPTION)
    workspace.append(workflow.Draft(book.book_id, workflow.BookChanged(secret), CLERK))
    assert check_handoff(workspace, book.book_id).confidential
    with pytest.raises(PolicyError, match="ministry-confidential"):
        handoff(workspace, book.book_id, out, REVIEWER, options=WHY)
    asked = msgspec.structs.replace(WHY, confidential=True)
    for actor, options in ((CLERK, asked), (REVIEWER, HandoffOptions(confidential=True))):
        with pytest.raises(PolicyError, match="confidential"):
            handoff(workspace, book.book_id, out, actor, options=options)
    assert not out.exists()
    done = handoff(workspace, book.book_id, out, REVIEWER, options=asked)
    assert done.workbook.name == "CN.2009.01.xlsx" and done.rows == 3


def test_practice_books_cannot_be_taken_for_real_ones(workspace: Workspace, tmp_path: Path, out: Path) -> None:
    book = finished_book(workspace, tmp_path, pages=1, practice=True)
    done = handoff(workspace, book.book_id, out, REVIEWER)
    assert done.folder.name == "THUC-HANH.KS.2009.01" and done.archive.name == "THUC-HANH.KS.2009.01.zip"
    assert "THỰC HÀNH" in done.report.read_text(encoding="utf-8")
    with zipfile.ZipFile(done.archive) as archive, pikepdf.open(archive.open(archive.namelist()[0])) as document:
        assert str(document.docinfo["/Title"]).startswith("THỰC HÀNH")


def test_a_template_dropped_into_the_workspace_is_offered_and_remembered(
    workspace: Workspace, book: Book, out: Path
) -> None:
    folder = workspace.folder / "templates"
    folder.mkdir()
    own_template(folder / "Mẫu Lâm Đồng.xlsx")
    (folder / "hỏng.xlsx").write_bytes(b"?")
    assert [t.id for t in template_choices(workspace, RecordType.BIRTH)] == ["Mẫu Lâm Đồng.xlsx", "KS-60", "KS-70"]
    assert chosen_template(workspace, RecordType.BIRTH).id == "KS-60"
    own = chosen_template(workspace, RecordType.BIRTH, "Mẫu Lâm Đồng.xlsx")
    done = handoff(workspace, book.book_id, out, REVIEWER, options=msgspec.structs.replace(WHY, template=own))
    assert cells(done)[0]["STT"] == "1" and cells(done)[0]["maXa"] == ""
    assert chosen_template(workspace, RecordType.BIRTH).id == "Mẫu Lâm Đồng.xlsx"
    assert chosen_template(workspace, RecordType.BIRTH, "KS-70").id == "KS-70"


def test_names_of_the_workspaces_own_choice_are_used(workspace: Workspace, book: Book, out: Path) -> None:
    own = 'archive_name = "{type}-{book_year}-{book}.zip"\npdf_name = "{type}.{book_year}.{book}.{number}.{day}.pdf"\n'
    (workspace.folder / "ministry.toml").write_text(own, encoding="utf-8")
    done = handoff(workspace, book.book_id, out, REVIEWER)
    assert done.archive.name == "KS-2009-01.zip"
    with zipfile.ZipFile(done.archive) as archive:
        assert archive.namelist()[0] == "KS.2009.01.01.2009-03-01.pdf"


def test_documents_follow_the_options(workspace: Workspace, book: Book, out: Path) -> None:
    options = HandoffOptions(template=shipped_templates()["KS-70"], pdf=PdfOptions(pdf_a=True, text_layer=True))
    done = handoff(workspace, book.book_id, out, REVIEWER, options=options)
    with zipfile.ZipFile(done.archive) as archive, pikepdf.open(archive.open(archive.namelist()[0])) as document:
        assert "pdfaid" in str(document.open_metadata())


def test_pictures_grow_where_handwriting_would_not_stay_legible(
    workspace: Workspace, tmp_path: Path, out: Path
) -> None:
    (workspace.folder / "settings.toml").write_text("delivery_bytes_per_a4 = 20000\n", encoding="utf-8")
    book = finished_book(workspace, tmp_path, pages=1)
    usual = handoff(workspace, book.book_id, out, REVIEWER).archive.stat().st_size
    record = workspace.records(book.book_id)[0]
    seen: Counter[str] = Counter()

    def answer(crop: Crop) -> RawReading:
        """Reads the original of a field, then not the picture of the usual size, then the larger one."""
        seen[crop.field_id] += 1
        text = "x" if seen[crop.field_id] == 2 else record.written(crop.field_id)
        return RawReading(crop.field_id, text, 0.9)

    engine = Answering(answer)
    engines = Engines(lambda pixels, dpi: (), engine, engine)
    done = handoff(workspace, book.book_id, out, REVIEWER, options=HandoffOptions(engines=lambda: engines))
    assert seen and done.archive.stat().st_size > usual and done.rows == 1


def test_without_a_recogniser_the_book_leaves_and_that_is_told(workspace: Workspace, book: Book, out: Path) -> None:
    def missing() -> Engines:
        raise SetupError("reading-no-model")

    done = handoff(workspace, book.book_id, out, REVIEWER, options=HandoffOptions(engines=missing))
    assert [f.rule_id for f in done.findings].count("ministry-legibility-unknown") == 1


def test_documents_are_signed_where_a_certificate_is_given(workspace: Workspace, book: Book, out: Path) -> None:
    signer = file_signer(made("Trần Văn Hòa").file(workspace.folder / "ký.p12"), PASSPHRASE)
    done = handoff(workspace, book.book_id, out, REVIEWER, options=HandoffOptions(signer=signer))
    with zipfile.ZipFile(done.archive) as archive:
        for name in archive.namelist():
            with pikepdf.open(archive.open(name)) as document:
                assert [str(field.FT) for field in document.Root.AcroForm.Fields] == ["/Sig"]
    assert exported(workspace, book)[-1].signed_by == signer.name
    assert signer.name in html.unescape(done.report.read_text(encoding="utf-8"))
    with pytest.raises(PolicyError, match="pdf-signer-without-certificate"):
        own = own_signer("Lan", workspace.folder / "khóa")
        handoff(workspace, book.book_id, out, REVIEWER, options=HandoffOptions(signer=own))
    assert [path.name for path in out.iterdir()] == ["KS.2009.01"]


def test_the_verb_checks_and_hands_off(tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "kho dữ liệu"
    with Workspace.open(folder) as workspace:
        book = finished_book(workspace, tmp_path, pages=1)
    common = ["handoff", book.book_id[:8], "--workspace", str(folder)]
    assert run([*common, "--check", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["can_hand_off"] and told["rows"] == 1 and told["template"] == "KS-60"
    assert run([*common, "--templates"]) == 0 and "KS-70" in capsys.readouterr().out
    assert run([*common, "--to", str(out), "--template", "KS-70", "--usual-size", "--name", "Lan", "--json"]) == 0
    done = json.loads(capsys.readouterr().out)
    assert Path(done["workbook"]).is_file() and done["rows"] == 1
    assert run([*common, "--to", str(out), "--template", "KT-48"]) == 4
    assert "KS-60" in capsys.readouterr().err
    with Workspace.open(folder) as workspace:
        assert [each.number for each in handoffs_of(workspace, book.book_id)] == [1]
        review.give_back(workspace, workspace.record_ids(book.book_id)[0], "Sai", REVIEWER)
    assert run([*common, "--check"]) == 9
    assert run([*common, "--to", str(out)]) == 6
