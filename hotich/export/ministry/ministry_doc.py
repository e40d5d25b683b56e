"""Keeps the tables of docs/handoff.md in step with the data: `python -m hotich.export.ministry.ministry_doc FILE`."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from hotich.export.ministry.checks import importer_checks
from hotich.export.ministry.choices import load_choices, shipped_choices
from hotich.export.ministry.names import delivery_names, pdf_name
from hotich.export.ministry.template import Source, column_rules, shipped_templates
from hotich.rules import load_rules
from hotich.values import Book, RecordType

_PART = re.compile(r"(<!-- (\w+): made from the data -->\n).*?(<!-- end -->)", re.DOTALL)


def with_tables(text: str) -> str:
    """The page with every marked part made anew. Raises KeyError for a part of another name."""
    return _PART.sub(lambda found: f"{found[1]}\n{_TABLES[found[2]]()}\n{found[3]}", text)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(head)
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", "⏎") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _templates() -> str:
    rows = (
        (f"`{each.id}`", each.record_type.value, str(len(each.columns)), "có" if each.official else "không", each.vi)
        for each in shipped_templates().values()
    )
    return _table(("Mẫu", "Loại sổ", "Số cột", "Chính thức", "Nguồn"), rows)


def _headers() -> str:
    parts = []
    for template in shipped_templates().values():
        cells = ", ".join(f"`{column.header}`".replace("\n", "⏎") for column in template.columns)
        parts.append(f"**{template.id}** ({len(template.columns)}): {cells}\n")
    return "\n".join(parts)


def _columns() -> str:
    rows = (
        (f"`{rule.code}`" if rule.code else f"`*{rule.ending}`", _SOURCES[rule.source], rule.vi)
        for rule in column_rules()
    )
    return _table(("Cột", "Nguồn", "Cách điền"), rows)


_SOURCES = {
    Source.ROW_NUMBER: "số dòng",
    Source.PERSONAL_NUMBER: "số giấy tờ tùy thân",
    Source.NATIONALITY_NAME: "quốc tịch",
    Source.EMPTY: "để trống",
}


def _names() -> str:
    choices = load_choices()
    row = {"so": "05/2017", "quyenSo": "01/2017", "ngayDangKy": "03.02.2017"}
    unknown, double = row | {"ngayDangKy": ""}, row | {"so": "05a/2017"}
    names = delivery_names(Book("", RecordType.BIRTH, 2017, "01", ""), choices)
    rows = [
        ("PDF", f"`{choices.pdf_name}`", f"`{pdf_name(row, RecordType.BIRTH, choices)}`"),
        ("PDF, chưa rõ ngày đăng ký", "", f"`{pdf_name(unknown, RecordType.BIRTH, choices)}`"),
        ("PDF, số trùng thật trong sổ", "", f"`{pdf_name(double, RecordType.BIRTH, choices)}`"),
        ("ZIP", f"`{choices.archive_name}`", f"`{names.archive}`"),
        ("Excel", f"`{choices.workbook_name}`", f"`{names.workbook}`"),
        ("Biên bản", "", f"`{names.report}`, `{names.report_data}`"),
    ]
    return _table(("Tệp", "Cách đặt tên", "Ví dụ"), rows)


def _choices() -> str:
    rows = (
        (f"`{name}`", f"`{choice.value}`" if choice.value else "(trống)", choice.vi)
        for name, choice in shipped_choices().items()
    )
    return _table(("Tên", "Giá trị có sẵn", "Ý nghĩa"), rows)


def _checks() -> str:
    rows = []
    for check in importer_checks():
        severities = dict.fromkeys(r.severity.value for r in load_rules() if r.id.startswith(check.rule))
        rows.append((check.vi, ", ".join(severities), f"`{check.rule}`"))
    return _table(("Điều kiện của hệ thống nhận", "Mức", "Quy tắc"), rows)


_TABLES: dict[str, Callable[[], str]] = {
    "templates": _templates,
    "headers": _headers,
    "columns": _columns,
    "names": _names,
    "choices": _choices,
    "checks": _checks,
}


if __name__ == "__main__":
    page = Path(sys.argv[1])
    page.write_text(with_tables(page.read_text(encoding="utf-8")), encoding="utf-8")
