"""The check of an extract, which needs nobody: what was changed on it is found."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import cv2
import msgspec
import numpy as np
import pikepdf
import pytest
from PIL import Image

from hotich.errors import HotichError, InputError
from hotich.export.extract import ExtractContent, draw, rendered, seal, unseal
from hotich.export.trust.known import KnownKey, Trust
from hotich.messages import explain
from hotich.pipeline.books import change_book
from hotich.pipeline.extract_check import ExtractCheck, SignedBy, Source, check_extract
from hotich.pipeline.extracts import (
    ExtractOrder,
    Issued,
    issue,
)
from hotich.signing import SigningKey
from hotich.store import Workspace
from hotich.values import Book
from tests.pipeline.conftest import CLERK
from tests.pipeline.extracts.conftest import NOBODY, TODAY


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
    for data in (b"\x00\x01\x02" * 50, b""):
        (tmp_path / "gì đó.bin").write_bytes(data)
        with pytest.raises(InputError) as refused:
            check_extract(str(tmp_path / "gì đó.bin"), NOBODY)
        assert "gì đó.bin" in explain(refused.value) and "{" not in explain(refused.value)


def test_an_extract_of_made_up_people_says_so(workspace: Workspace, book: Book, approved: str, key: SigningKey) -> None:
    change_book(workspace, msgspec.structs.replace(book, practice=True), CLERK)
    data = issue(workspace, ExtractOrder(approved, "Lan", pictures=False), CLERK, key, TODAY).data
    file = workspace.folder / "tập.pdf"
    file.write_bytes(data)
    found = check_extract(str(file), NOBODY)
    assert found.ok and "extract-practice" in keys_of(found)


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
