"""PDFs signed by a key on a token, with SoftHSM in place of one."""

from __future__ import annotations

from pathlib import Path

from hotich.export.documents.sign import sign_pdf
from hotich.export.trust import TokenChoice, certificate_fingerprint
from hotich.pipeline.trust import token_signer
from tests.export.documents.conftest import output_of
from tests.export.documents.test_pdf import sheet, written
from tests.export.trust.conftest import PIN, Authority, SoftToken


def test_a_token_signs_a_pdf(soft_token: SoftToken, authority: Authority, tmp_path: Path) -> None:
    soft_token.put(authority.ec, b"\x07")
    choice = TokenChoice(soft_token.module, soft_token.label, certificate_fingerprint(authority.ec.certificate))
    with token_signer(choice, PIN) as signer:
        (tmp_path / "a.pdf").write_bytes(sign_pdf(written(sheet()), signer.identity))
    told = output_of("pdfsig", "-nocert", tmp_path / "a.pdf")
    assert "Signature is Valid" in told and "Total document signed" in told
