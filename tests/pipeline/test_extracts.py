"""Extracts: what they say of a record, the log that comes before the paper, and the check that needs nobody."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import cv2
import msgspec
import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from hotich.errors import HotichError, InputError, PolicyError, SetupError
from hotich.export.extract import ExtractContent, draw, rendered, seal, unseal
from hotich.export.trust.known import KnownKey, Trust
from hotich.pipeline.extract_check import ExtractCheck, SignedBy, Source, check_extract
from hotich.pipeline.extracts import (
    ExtractOrder,
    Issued,
    Office,
    hand_out,
    issue,
    keep_office,
    log_of_prints,
    next_serial,
    office_of,
    preview,
    print_of,
)
from hotich.pipeline.opening import open_record
from hotich.signing import SigningKey, own_key
from hotich.store import Workspace
from hotich.values import Actor, Book, FieldState, FieldValue, MarginNote, NoteKind, Role, Status
from hotich.workflow import Approved, Draft, FieldsConfirmed, MarginNoteAdded, Returned, Submitted
from tests.pipeline.conftest import CLERK, REVIEWER

TODAY = date(2026, 11, 22)
NOBODY = Trust()
VALUES = {
    "so": ("5", "05/2009"),
    "ngayDangKy": ("5/3/2009", "05.03.2009"),
    "noiDangKy": ("UBND xã Tân Lập", "UBND xã Tân Lập"),
    "nksHoTen": ("H'Hen Niê", "H'Hen Niê"),
    "nksGioiTinh": ("gái", "2"),
    "nksNgaySinh": ("1.3.2009", "01.03.2009"),
    "nksNoiSinh": ("nt", "Trạm xá xã Ea Tu"),
    "nksDanToc": ("Ê Đê", "Ê Đê"),
    "meHoTen": ("H'Lan Niê", "H'Lan Niê"),
    "meNgaySinh": ("28 tuổi", "1981"),
    "chaHoTen": ("Y Moan Êban", "Y Moan Êban"),
    "chaNgaySinh": ("năm Mậu Thân", ""),
    "ghiChu": ("Đăng ký quá hạn", "Đăng ký quá hạn"),
}


@pytest.fixture
def key(tmp_path: Path) -> SigningKey:
    return own_key(tmp_path / "khóa")


def approve(workspace: Workspace, record_id: str, **states: FieldState) -> None:
    """Confirms the values of a birth, with a note in the margin, and approves it."""
    record = workspace.record(record_id)
    assert record is not None
    values = [FieldValue(name, written, normal) for name, (written, normal) in VALUES.items()]
    values += [FieldValue(name, "", "", state) for name, state in states.items()]
    note = MarginNote(NoteKind.CORRECTION, "12/5/2015", "Cải chính họ mẹ theo QĐ số 12")
    for event, actor in (
        (FieldsConfirmed(tuple(values)), CLERK),
        (MarginNoteAdded(note), CLERK),
        (Submitted(), CLERK),
        (Approved(), REVIEWER),
    ):
        workspace.append(Draft(record.book_id, event, actor, record_id=record_id))


@pytest.fixture
def approved(workspace: Workspace, record_id: str) -> str:
    approve(workspace, record_id, chaDanToc=FieldState.UNREADABLE, meDanToc=FieldState.BLANK)
    return record_id


@pytest.fixture
def order(approved: str) -> ExtractOrder:
    office = Office("UBND phường Tân Lập", "Tân Lập", "Lê Thị Mai", "CHỦ TỊCH")
    return ExtractOrder(approved, "Y Moan Êban", "nhập học", 2, office)


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    finally:
        document.close()


def test_the_sheet_says_what_the_register_says(workspace: Workspace, order: ExtractOrder, key: SigningKey) -> None:
    text = text_of(issue(workspace, order, CLERK, key, TODAY).data)
    for part in (
        "Số: 0001/2026", "Tân Lập, ngày 22 tháng 11 năm 2026", "TRÍCH LỤC KHAI SINH (BẢN SAO)",
        "Họ, chữ đệm, tên: H'Hen Niê", "Ngày, tháng, năm sinh: 01/03/2009", "Giới tính: Nữ",
        "Ghi bằng chữ: Ngày một tháng ba năm hai nghìn không trăm linh chín", "Nơi sinh: Trạm xá xã Ea Tu",
        "Năm sinh: 1981 (sổ ghi: 28 tuổi)", "Năm sinh: năm Mậu Thân", "Số: 05/2009", "Quyển số: 01/2009",
        "Ngày, tháng, năm đăng ký: 05/03/2009", "Đăng ký tại: UBND xã Tân Lập", "Đăng ký quá hạn",
        "12/5/2015: Cải chính họ mẹ theo QĐ số 12", "Cấp cho: Y Moan Êban", "Mục đích: nhập học",
        "(trong sổ không đọc được)", "(trong sổ để trống)", "CHỦ TỊCH", "ẢNH CHỤP MỤC SỔ",
    ):  # fmt: skip
        assert part in text, part


def test_the_picture_of_the_entry_comes_along_or_not(
    workspace: Workspace, order: ExtractOrder, key: SigningKey
) -> None:
    with_picture = issue(workspace, order, CLERK, key, TODAY)
    (fact,) = with_picture.content.pictures
    assert hashlib.sha256(unseal(with_picture.data).pictures[fact.sha256]).hexdigest() == fact.sha256
    plain = ExtractOrder(order.record_id, "Y Moan", pictures=False)
    assert issue(workspace, plain, CLERK, key, TODAY).content.pictures == ()


def test_it_is_in_the_log_before_anybody_holds_it(workspace: Workspace, order: ExtractOrder, key: SigningKey) -> None:
    issued = issue(workspace, order, CLERK, key, TODAY)
    (line,) = log_of_prints(workspace)
    assert (line.serial, line.by, line.copies, line.number) == ("0001/2026", CLERK.name, 2, "05/2009")
    assert line.recipient == "Y Moan Êban – nhập học"
    assert line.sha256 == hashlib.sha256(issued.data).hexdigest() == issued.sha256
    assert workspace.verify() == ()


def test_serials_count_on_within_a_year(workspace: Workspace, order: ExtractOrder, key: SigningKey) -> None:
    made = [issue(workspace, order, CLERK, key, day).serial for day in (TODAY, TODAY, date(2027, 1, 2), TODAY)]
    assert made == ["0001/2026", "0002/2026", "0001/2027", "0003/2026"]
    assert [line.serial for line in log_of_prints(workspace)] == made[::-1]
    assert next_serial(workspace, 2027) == "0002/2027"


def test_two_at_once_get_two_serials(workspace: Workspace, order: ExtractOrder, key: SigningKey) -> None:
    with ThreadPoolExecutor(4) as pool:
        serials = list(pool.map(lambda _: issue(workspace, order, CLERK, key, TODAY).serial, range(6)))
    assert sorted(serials) == [f"{number:04}/2026" for number in range(1, 7)]


def test_only_what_was_approved_and_for_somebody(workspace: Workspace, page_id: str, key: SigningKey) -> None:
    record_id = open_record(workspace, page_id, 0, "KS-2006", CLERK)
    for way in (
        lambda: issue(workspace, ExtractOrder(record_id, "Lan"), CLERK, key, TODAY),
        lambda: preview(workspace, ExtractOrder(record_id, "Lan"), TODAY),
    ):
        with pytest.raises(PolicyError, match="policy-not-approved"):
            way()
    approve(workspace, record_id)
    for order, why in (
        (ExtractOrder(record_id, "  "), "extract-no-recipient"),
        (ExtractOrder(record_id, "Lan", copies=0), "extract-copies"),
        (ExtractOrder(record_id, "Lan", copies=99), "extract-copies"),
        (ExtractOrder("nobody", "Lan"), "policy-no-record"),
    ):
        with pytest.raises(PolicyError, match=why):
            issue(workspace, order, CLERK, key, TODAY)
    with pytest.raises(PolicyError):
        issue(workspace, ExtractOrder(record_id, "Lan"), Actor("hotich", Role.MACHINE), key, TODAY)
    assert log_of_prints(workspace) == ()


def test_an_original_that_is_gone_issues_nothing(workspace: Workspace, order: ExtractOrder, key: SigningKey) -> None:
    for file in (workspace.folder / "originals").glob("??/*"):
        file.unlink()
    with pytest.raises(InputError):
        issue(workspace, order, CLERK, key, TODAY)
    assert log_of_prints(workspace) == ()
    plain = ExtractOrder(order.record_id, order.recipient, pictures=False)
    assert issue(workspace, plain, CLERK, key, TODAY).serial == "0001/2026"


def test_a_preview_is_neither_numbered_nor_logged(workspace: Workspace, order: ExtractOrder) -> None:
    text = text_of(preview(workspace, order, TODAY))
    assert "XEM TRƯỚC" in text and "0001/2026" not in text
    assert log_of_prints(workspace) == ()


def test_the_log_survives_and_cannot_be_taken_back(workspace: Workspace, order: ExtractOrder, key: SigningKey) -> None:
    issue(workspace, order, CLERK, key, TODAY)
    record = workspace.record(order.record_id)
    assert record is not None
    with pytest.raises(PolicyError, match="policy-record-is-approved"):
        workspace.undo(CLERK, record.book_id)
    assert len(log_of_prints(workspace)) == 1


def test_the_file_never_covers_another(
    workspace: Workspace, order: ExtractOrder, key: SigningKey, tmp_path: Path
) -> None:
    first = hand_out(issue(workspace, order, CLERK, key, TODAY), tmp_path / "ra" / "Trích lục.pdf")
    second = hand_out(issue(workspace, order, CLERK, key, TODAY), tmp_path / "ra" / "Trích lục.pdf")
    assert first.name == "Trích lục.pdf" and second != first
    (tmp_path / "tệp").write_bytes(b"")
    with pytest.raises(SetupError, match="extract-not-written"):
        hand_out(issue(workspace, order, CLERK, key, TODAY), tmp_path / "tệp" / "a.pdf")


def test_who_issues_is_remembered(workspace: Workspace, book: Book) -> None:
    assert office_of(workspace, book) == Office(issuer="UBND xã Tân Lập")
    keep_office(workspace, Office("UBND phường", "Hà Nội", "Lan", "PHÓ CHỦ TỊCH"))
    assert office_of(workspace, book).signer_office == "PHÓ CHỦ TỊCH"


def test_a_line_of_the_log_is_found_by_its_serial(workspace: Workspace, order: ExtractOrder, key: SigningKey) -> None:
    for _ in range(3):
        issue(workspace, order, CLERK, key, TODAY)
    line = print_of(workspace, "0002/2026")
    assert line is not None and line.serial == "0002/2026"
    assert print_of(workspace, "0009/2026") is None
    assert print_of(workspace, "lung tung") is None


@pytest.fixture
def issued(workspace: Workspace, order: ExtractOrder, key: SigningKey) -> Issued:
    return issue(workspace, order, CLERK, key, TODAY)


@pytest.fixture
def file(issued: Issued, tmp_path: Path) -> Path:
    return hand_out(issued, tmp_path / "trích lục.pdf")


def keys_of(found: ExtractCheck) -> set[str]:
    return {finding.rule_id for finding in found.findings}


def test_an_untouched_extract_passes_and_says_whose_it_is(workspace: Workspace, file: Path, key: SigningKey) -> None:
    found = check_extract(str(file), Trust(own=key.fingerprint), workspace)
    assert (found.ok, found.compared, found.source, found.signed_by) == (True, True, Source.PDF, SignedBy.OWN)
    assert found.findings == ()
    assert found.payload is not None and found.payload.people == "H'Hen Niê"
    assert found.logged is not None and found.logged.serial == "0001/2026"
    known = check_extract(str(file), Trust((KnownKey(key.fingerprint, "UBND phường Tân Lập", ""),)))
    assert (known.signed_by, known.signer, known.ok) == (SignedBy.KNOWN, "UBND phường Tân Lập", True)
    stranger = check_extract(str(file), NOBODY)
    assert (stranger.signed_by, keys_of(stranger), stranger.ok) == (SignedBy.UNKNOWN, {"extract-unknown-key"}, True)


def test_the_typed_text_of_the_code_passes_and_asks_for_eyes(file: Path, issued: Issued) -> None:
    payload = unseal(file.read_bytes()).payload
    found = check_extract(payload.lower(), NOBODY)
    assert (found.ok, found.compared, found.source) == (True, False, Source.TEXT)
    assert "extract-compare-by-eye" in keys_of(found)
    assert found.payload is not None and found.payload.serial == issued.serial
    broken = check_extract(payload[:-3], NOBODY)
    assert not broken.ok and keys_of(broken) == {"extract-code-unreadable"}


def photograph(data: bytes, seed: int) -> bytes:
    """The first sheet as a telephone takes it: aslant, unevenly lit, a little soft."""
    sheet = next(iter(rendered(data, 220)))
    chance = np.random.default_rng(seed)
    height, width = sheet.shape
    corners = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    seen = corners * 0.8 + 130 + chance.uniform(-50, 50, (4, 2)).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(corners, seen.astype(np.float32))
    picture = cv2.warpPerspective(sheet, matrix, (width, height), borderValue=110).astype(float)
    picture *= np.linspace(0.7, 1.0, width)[None, :]
    picture = cv2.GaussianBlur(picture, (0, 0), 0.8) + chance.normal(0, 5, picture.shape)
    out = io.BytesIO()
    Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8)).save(out, "JPEG", quality=85)
    return out.getvalue()


@pytest.mark.parametrize("seed", [1, 2])
def test_a_photograph_of_the_paper_tells_the_facts_to_compare(file: Path, tmp_path: Path, seed: int) -> None:
    picture = tmp_path / "ảnh chụp.jpg"
    picture.write_bytes(photograph(file.read_bytes(), seed))
    found = check_extract(str(picture), NOBODY)
    assert (found.ok, found.compared, found.source) == (True, False, Source.PICTURE)
    assert found.payload is not None and found.payload.number == "05/2009"


def test_a_picture_without_a_code_does_not_pass(tmp_path: Path) -> None:
    picture = tmp_path / "trắng.png"
    Image.new("L", (400, 400), 255).save(picture)
    found = check_extract(str(picture), NOBODY)
    assert not found.ok and keys_of(found) == {"extract-no-code"}


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="extract-no-file"):
        check_extract(str(tmp_path / "không có.pdf"), NOBODY)
    (tmp_path / "gì đó.bin").write_bytes(b"\x00\x01\x02" * 50)
    with pytest.raises(InputError):
        check_extract(str(tmp_path / "gì đó.bin"), NOBODY)


def edited(file: Path, edit: object) -> str:
    """The file after something was done to its PDF, under another name."""
    other = file.with_name(f"sửa {file.name}")
    with pikepdf.open(file) as pdf:
        edit(pdf)  # type: ignore[operator]  # one of the edits below
        pdf.save(other)
    return str(other)


def painted(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"q 1 1 1 rg 180 640 90 12 re f Q")


def without_last_sheet(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[-1]


def another_picture(pdf: pikepdf.Pdf) -> None:
    out = io.BytesIO()
    Image.new("RGB", (300, 400), (10, 200, 30)).save(out, "JPEG")
    for _, held in pdf.pages[-1].obj.Resources.XObject.items():
        held.write(out.getvalue(), filter=pikepdf.Name("/DCTDecode"))


def without_content(pdf: pikepdf.Pdf) -> None:
    del pdf.attachments["hotich-extract.json"]


def annotated(pdf: pikepdf.Pdf) -> None:
    name = pikepdf.Name
    shape = {"BBox": [0, 0, 150, 40], "Subtype": name("/Form"), "Type": name("/XObject")}
    look = pdf.make_stream(b"0 g 0 0 150 40 re f", **shape)
    box = pikepdf.Dictionary(
        Type=name("/Annot"), Subtype=name("/Square"), Rect=[150, 600, 300, 640], F=4, AP=pikepdf.Dictionary(N=look)
    )
    pdf.pages[0].obj.Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(box)]))


@pytest.mark.parametrize(
    ("edit", "key_told"),
    [
        (painted, "extract-sheet-changed"),
        (without_last_sheet, "extract-picture-changed"),
        (another_picture, "extract-picture-changed"),
        (annotated, "extract-sheet-changed"),
    ],
)
def test_whatever_is_changed_on_the_sheets_is_found(file: Path, edit: object, key_told: str) -> None:
    found = check_extract(edited(file, edit), NOBODY)
    assert not found.ok
    assert key_told in keys_of(found)


def drawn_over(pdf: pikepdf.Pdf, **more: object) -> pikepdf.Object:
    """Something with a look of its own on the first sheet."""
    name = pikepdf.Name
    look = pdf.make_stream(b"0 g 0 0 150 40 re f", BBox=[0, 0, 150, 40], Subtype=name.Form, Type=name.XObject)
    box = {"Type": name.Annot, "Rect": [150, 600, 300, 640], "F": 4, "AP": pikepdf.Dictionary(N=look), **more}
    added = pdf.make_indirect(pikepdf.Dictionary(**box))
    pdf.pages[0].obj.Annots = pikepdf.Array([added])
    return added


def filled_field(pdf: pikepdf.Pdf) -> None:
    field = drawn_over(pdf, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T="a", V="Trần Văn Khác")
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field])


def seen_signature(pdf: pikepdf.Pdf) -> None:
    field = drawn_over(pdf, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, T="a")
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field])


def stamp_for_paper(pdf: pikepdf.Pdf) -> None:
    drawn_over(pdf, Subtype=pikepdf.Name.Stamp, F=4 | 32)


def layer_for_paper(pdf: pikepdf.Pdf) -> None:
    name = pikepdf.Name
    layer = pdf.make_indirect(pikepdf.Dictionary(Type=name.OCG, Name="a"))
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer]))
    pdf.pages[0].resources.Properties = pikepdf.Dictionary(OC1=layer)
    pdf.pages[0].contents_add(b"/OC /OC1 BDC 0 g 150 600 150 40 re f EMC")


def script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="1")


@pytest.mark.parametrize("edit", [filled_field, seen_signature, stamp_for_paper, layer_for_paper, script])
def test_what_only_some_programs_show_does_not_pass(file: Path, edit: object) -> None:
    found = check_extract(edited(file, edit), NOBODY)
    assert not found.ok
    assert "extract-not-still" in keys_of(found)


def unseen_signature(pdf: pikepdf.Pdf) -> None:
    field = drawn_over(pdf, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, T="a", Rect=[0, 0, 0, 0])
    del field["/AP"]
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field], SigFlags=3)


def test_a_signature_that_is_not_seen_changes_nothing(file: Path) -> None:
    assert check_extract(edited(file, unseen_signature), NOBODY).ok


def test_a_locked_document_is_no_extract(file: Path) -> None:
    other = file.with_name("khóa.pdf")
    with pikepdf.open(file) as pdf:
        pdf.save(other, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(HotichError):
        check_extract(str(other), NOBODY)


def test_a_file_whose_content_was_taken_out_is_never_said_to_be_whole(file: Path) -> None:
    found = check_extract(edited(file, without_content), NOBODY)
    assert not found.compared
    assert {"extract-bare-pdf", "extract-compare-by-eye"} <= keys_of(found)


def forgeries(issued: Issued, key: SigningKey) -> Iterator[tuple[str, bytes]]:
    """Files made with the program itself by somebody who does not have the key."""
    sealed = unseal(issued.data)
    other, payload = changed(issued.content), sealed.payload
    redrawn = draw(other, payload, sealed.pictures, key.public_key)
    yield "extract-content-changed", seal(redrawn, other, payload)
    yield "extract-sheet-changed", seal(redrawn, issued.content, payload)


def changed(content: ExtractContent) -> ExtractContent:
    """The same extract of somebody else."""
    return msgspec.structs.replace(content, recipient="Người khác", notes=())


def test_other_words_under_the_same_code_are_found(issued: Issued, key: SigningKey, tmp_path: Path) -> None:
    for number, (key_told, data) in enumerate(forgeries(issued, key)):
        forged = tmp_path / f"giả {number}.pdf"
        forged.write_bytes(data)
        found = check_extract(str(forged), Trust(own=key.fingerprint))
        assert not found.ok and key_told in keys_of(found)


def test_the_code_of_another_extract_is_found(
    workspace: Workspace, order: ExtractOrder, issued: Issued, key: SigningKey, tmp_path: Path
) -> None:
    second = issue(workspace, order, CLERK, key, TODAY)
    sealed, other = unseal(issued.data), unseal(second.data)
    data = seal(draw(issued.content, other.payload, sealed.pictures, key.public_key), issued.content, sealed.payload)
    forged = tmp_path / "đổi mã.pdf"
    forged.write_bytes(data)
    found = check_extract(str(forged), Trust(own=key.fingerprint))
    assert not found.ok and "extract-code-swapped" in keys_of(found)


def test_a_returned_record_gets_no_more_extracts(workspace: Workspace, order: ExtractOrder, key: SigningKey) -> None:
    record = workspace.record(order.record_id)
    assert record is not None and record.status is Status.APPROVED
    workspace.append(Draft(record.book_id, Returned("xem lại"), REVIEWER, record_id=order.record_id))
    with pytest.raises(PolicyError, match="policy-not-approved"):
        issue(workspace, order, CLERK, key, TODAY)
