"""What is told beside a hand-off: which files, how many rows, what was found and who let it stand; as JSON and HTML."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Protocol

import msgspec

from hotich.messages import Language, sentence
from hotich.values import Severity

REPORT_VERSION = "1.0.0"


class Say(Protocol):
    """Gives a sentence of the report, escaped."""

    def __call__(self, key: str, **facts: object) -> str: ...


class ReportFile(msgspec.Struct, frozen=True):
    """A file of the hand-off: bytes and SHA-256."""

    name: str
    size: int
    sha256: str


class ReportCounts(msgspec.Struct, frozen=True):
    """Rows and PDFs that left, pages of those PDFs, void entries, and what the closing page counts."""

    rows: int
    pdfs: int
    pages: int
    void: int
    expected: int | None


class ReportFinding(msgspec.Struct, frozen=True):
    """Something found, at which record (its number) and fields, and who let it stand why."""

    rule: str
    severity: Severity
    message: str
    record_id: str = ""
    number: str = ""
    fields: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    accepted_by: str = ""
    accepted_reason: str = ""


class ReportColumn(msgspec.Struct, frozen=True):
    """A column that is not one of ours, and what fills it."""

    code: str
    source: str
    remark: str


class ReportRow(msgspec.Struct, frozen=True):
    """A row of the workbook and its PDF."""

    record_id: str
    number: str
    pdf: str
    pages: int


class HandoffReport(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is known of one hand-off."""

    report_version: str = REPORT_VERSION
    program: str
    written_at: str
    """UTC, ISO 8601."""
    by: str
    role: str
    record_type: str
    title: str
    book: str
    year: int
    place: str
    practice: bool
    template: str
    template_remark: str
    official: bool
    number: int
    base: int
    """Number of the earlier hand-off of which only the changes left; 0 for the whole book."""
    reason: str
    signed_by: str
    """Whose certificate signed the PDFs; '' where none did: the import asks for none."""
    counts: ReportCounts
    files: tuple[ReportFile, ...]
    columns: tuple[ReportColumn, ...]
    rows: tuple[ReportRow, ...]
    withdrawn: tuple[str, ...]
    findings: tuple[ReportFinding, ...]


def report_json(report: HandoffReport) -> bytes:
    """The report as JSON that a person can read too."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"


_STYLE = """
body{font:15px/1.5 "Be Vietnam Pro","Segoe UI",sans-serif;color:#1b1f24;max-width:60em;margin:2em auto;padding:0 1em}
h1{font-size:1.5em}h2{font-size:1.15em;margin-top:1.6em}table{border-collapse:collapse;width:100%}
th,td{border:1px solid #c5cbd3;padding:.3em .5em;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#eef2f7}.error{color:#a3161a;font-weight:600}.warning{color:#7a4b00;font-weight:600}
.note{color:#2f5068}code{font-size:.9em}.practice{border:2px solid #a3161a;padding:.6em;font-weight:600}
@media print{body{margin:0;max-width:none}}
"""


def report_html(report: HandoffReport, language: Language = Language.VIETNAMESE) -> str:
    """The report as one page without anything from outside, to be read and printed by a clerk."""

    def say(key: str, **facts: object) -> str:
        return escape(sentence(key, {k: str(v) for k, v in facts.items()}, language))

    heading = say("ministry-report-title", title=report.title, book=report.book, place=report.place)
    parts = [f"<h1>{heading}</h1>"]
    if report.practice:
        parts.append(f'<p class="practice">{say("ministry-report-practice")}</p>')
    parts.append(_facts(report, say))
    parts.append(
        f"<h2>{say('ministry-report-files')}</h2>"
        + _table(_files(report), [say("ministry-report-file"), say("ministry-report-size"), "SHA-256"])
    )
    for severity in (Severity.ERROR, Severity.WARNING, Severity.NOTE):
        found = [finding for finding in report.findings if finding.severity is severity]
        head = [
            say("ministry-report-record"),
            say("ministry-report-field"),
            say("ministry-report-said"),
            say("ministry-report-accepted"),
        ]
        if found or severity is Severity.WARNING:
            parts.append(f"<h2>{say('ministry-report-found-' + severity.value, count=len(found))}</h2>")
        if found:
            parts.append(_table((_finding_row(finding, severity, say) for finding in found), head))
    if report.columns:
        parts.append(f"<h2>{say('ministry-report-columns')}</h2>")
        rows = ([f"<code>{escape(column.code)}</code>", escape(column.remark)] for column in report.columns)
        parts.append(_table(rows, [say("ministry-report-column"), say("ministry-report-filled")]))
    if report.withdrawn:
        parts.append(f"<h2>{say('ministry-report-withdrawn')}</h2><p>{escape(', '.join(report.withdrawn))}</p>")
    parts.append(
        f"<h2>{say('ministry-report-rows')}</h2>"
        + _table(
            _rows(report), [say("ministry-report-record"), say("ministry-report-file"), say("ministry-report-pages")]
        )
    )
    body = "\n".join(parts)
    return (
        f'<!DOCTYPE html>\n<html lang="{language.value}">\n<head><meta charset="utf-8"><title>{heading}</title>\n'
        f"<style>{_STYLE}</style></head>\n<body>\n{body}\n</body></html>\n"
    )


def _facts(report: HandoffReport, say: Say) -> str:
    counts = report.counts
    told = [
        say("ministry-report-by", by=report.by, at=_day_first(report.written_at)),
        say("ministry-report-template", template=report.template, remark=report.template_remark),
        say("ministry-report-counts", rows=counts.rows, pdfs=counts.pdfs, pages=counts.pages, void=counts.void),
    ]
    if counts.expected is not None and not report.base:
        told.append(say("ministry-report-closing", expected=counts.expected, rows=counts.rows))
    told.append(
        say("ministry-report-base" if report.base else "ministry-report-number", number=report.number, base=report.base)
    )
    if report.signed_by:
        told.append(say("ministry-report-signed", name=report.signed_by))
    if report.reason:
        told.append(say("ministry-report-reason", reason=report.reason))
    return "<ul>" + "".join(f"<li>{line}</li>" for line in told) + "</ul>"


def _day_first(at: str) -> str:
    """An instant in ISO 8601 as Vietnamese readers write it: 05/03/2026 14:20."""
    return f"{at[8:10]}/{at[5:7]}/{at[:4]} {at[11:16]}"


def _files(report: HandoffReport) -> Iterable[list[str]]:
    for file in report.files:
        yield [escape(file.name), f"{file.size:,}".replace(",", "."), f"<code>{file.sha256}</code>"]


def _rows(report: HandoffReport) -> Iterable[list[str]]:
    for row in report.rows:
        yield [escape(row.number), escape(row.pdf), str(row.pages)]


def _finding_row(finding: ReportFinding, severity: Severity, say: Say) -> list[str]:
    accepted = ""
    if finding.accepted_reason:
        accepted = say("ministry-report-accepted-by", by=finding.accepted_by, reason=finding.accepted_reason)
    message = f'<span class="{severity.value}">{escape(finding.message)}</span>'
    return [escape(finding.number or "—"), escape(", ".join(finding.labels)), message, accepted]


def _table(rows: Iterable[list[str]], head: list[str]) -> str:
    """A table of finished cells."""
    top = "".join(f"<th>{cell}</th>" for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
