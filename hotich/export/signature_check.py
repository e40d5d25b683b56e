"""The signature of a package held against its manifest."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from hotich.errors import PackageError
from hotich.export.package_types import Manifest
from hotich.export.problems import Problems
from hotich.export.trust.certificates import printable
from hotich.export.trust.known import Trust
from hotich.export.trust.report import BROKEN, SignatureReport, report_of, unsigned_report
from hotich.export.trust.signer import SIGNATURE_FILES
from hotich.messages import Language

LARGEST_SIGNATURE = 2**17


class SignatureChecker(msgspec.Struct, frozen=True):
    """Whom to believe, and the language of what is told."""

    trust: Trust
    language: Language

    def check(
        self, data: bytes, manifest: Manifest, documents: Mapping[str, bytes | None], problems: Problems
    ) -> SignatureReport:
        """Who signed the manifest `data`; `documents` are the signatures found, None for one that cannot be read."""
        told = manifest.signed_by
        for name in documents:
            if told is None or name != told.file:
                problems.add("package-signature-foreign", file=name)
        if told is None:
            return BROKEN if documents else unsigned_report(self.language)
        if told.file not in documents:
            problems.add("package-signature-missing", file=told.file, name=told.name)
            return BROKEN
        report = self._report(data, told.file, documents[told.file], problems)
        if report is None or len(documents) > 1:
            return BROKEN
        if (report.name, report.fingerprint) != (printable(told.name), told.fingerprint):
            problems.add(
                "package-signature-other-signer",
                file=told.file,
                told=told.name,
                name=report.name,
                fingerprint=report.fingerprint,
            )
            return BROKEN
        return report

    def _report(self, data: bytes, name: str, document: bytes | None, problems: Problems) -> SignatureReport | None:
        kind = next(kind for kind, file in SIGNATURE_FILES.items() if file == name)
        try:
            return report_of(data, document or b"", kind, self.trust, self.language)
        except PackageError as failure:
            wrong = failure.key == "signature-wrong"
            problems.add("package-signature-wrong" if wrong else "package-signature-unreadable", file=name)
            return None
