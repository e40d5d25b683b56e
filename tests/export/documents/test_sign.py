"""PDFs signed by a certificate: what poppler says of them, and what it says once they were changed."""

from __future__ import annotations

import sys
from pathlib import Path

import pikepdf
import pytest

from hotich.errors import InputError, SetupError
from hotich.export.documents.sign import sign_pdf
from hotich.export.trust import FileIdentity
from hotich.messages import explain
from tests.export.documents.conftest import output_of
from tests.export.documents.test_pdf import sheet, written
from tests.export.trust.authority import Holder, made


@pytest.fixture(scope="module", params=["ec", "rsa"])
def holder(request: pytest.FixtureRequest) -> Holder:
    root = made("Gốc thử nghiệm", authority=True)
    return made("Trần Văn Hòa", made("CA thử nghiệm", root, authority=True), request.param)


def identity_of(holder: Holder) -> FileIdentity:
    return FileIdentity(holder.certificate, holder.above, holder.key)


def test_a_signature_covers_the_whole_document(holder: Holder, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(sign_pdf(written(sheet("Ê Đê"), pdf_a=True), identity_of(holder)))
    told = output_of("pdfsig", "-nocert", tmp_path / "a.pdf")
    assert "Signature is Valid" in told and "Total document signed" in told
    assert "ETSI.CAdES.detached" in told and "SHA-256" in told and "Trần Văn Hòa" in told
    assert "No syntax or stream encoding errors" in output_of("qpdf", "--check", tmp_path / "a.pdf")


def test_what_was_there_stays_and_a_second_person_may_sign(holder: Holder, tmp_path: Path) -> None:
    plain = written(sheet())
    once = sign_pdf(plain, identity_of(holder))
    twice = sign_pdf(once, identity_of(made("Nguyễn Thị Lan")))
    assert once.startswith(plain) and twice.startswith(once)
    (tmp_path / "a.pdf").write_bytes(twice)
    told = output_of("pdfsig", "-nocert", tmp_path / "a.pdf")
    assert told.count("Signature is Valid") == 2 and "Nguyễn Thị Lan" in told


def test_the_chain_goes_with_the_signature(holder: Holder, tmp_path: Path) -> None:
    from asn1crypto import cms

    (tmp_path / "a.pdf").write_bytes(sign_pdf(written(sheet()), identity_of(holder)))
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        contents = bytes(pdf.Root.AcroForm.Fields[0].V.Contents)
    certificates = cms.ContentInfo.load(contents)["content"]["certificates"]
    names = {each.chosen.subject.native["common_name"] for each in certificates}
    assert {"Trần Văn Hòa", "CA thử nghiệm"} <= names


@pytest.mark.parametrize("place", ["picture", "end"])
def test_a_changed_byte_is_seen(holder: Holder, tmp_path: Path, place: str) -> None:
    data = bytearray(sign_pdf(written(sheet()), identity_of(holder)))
    at = data.index(b"\xff\xd8\xff") + 200 if place == "picture" else data.rindex(b"startxref") - 3
    data[at] ^= 1
    (tmp_path / "a.pdf").write_bytes(data)
    assert "Signature is Valid" not in _said_of(tmp_path / "a.pdf")


def _said_of(path: Path) -> str:
    """What poppler says, also where it gives up."""
    try:
        return output_of("pdfsig", "-nocert", path)
    except AssertionError as failed:
        return str(failed)


def test_something_that_is_no_pdf_is_refused(holder: Holder) -> None:
    for data in (b"", b"khong phai PDF", written(sheet())[:400]):
        with pytest.raises(InputError, match="pdf-unreadable"):
            sign_pdf(data, identity_of(holder))


def test_a_key_that_cannot_be_used_is_told(holder: Holder) -> None:
    class Gone:
        certificate, chain = holder.certificate, holder.above

        def sign_raw(self, data: bytes) -> bytes:
            raise SetupError("token-gone")

    with pytest.raises(SetupError, match="token-gone"):
        sign_pdf(written(sheet()), Gone())


def test_without_the_library_nothing_is_signed_and_that_is_told(
    holder: Holder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyhanko.pdf_utils.incremental_writer", None)
    with pytest.raises(SetupError, match="pdf-no-signing") as told:
        sign_pdf(written(sheet()), identity_of(holder))
    assert "hotich[pades]" in explain(told.value)
