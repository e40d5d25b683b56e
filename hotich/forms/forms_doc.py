"""Writes docs/forms.md from the definitions: `python -m hotich.forms.forms_doc docs/forms.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from hotich.forms.codes import CodeList
from hotich.forms.formspec import FieldSpec, FormSpec, Need, RecordSpec
from hotich.forms.loader import Catalogue, load_catalogue
from hotich.values import RecordType

_ORDER = tuple(RecordType)
_NEEDS = {
    Need.REQUIRED: "bắt buộc",
    Need.CORE: "cốt lõi",
    Need.CORE_UNLESS: "cốt lõi, trừ khi chưa xác định được",
    Need.OPTIONAL: "",
}

_OPENING = """\
# Biểu mẫu và cột dữ liệu

Trang này được tạo từ các tệp trong `hotich/forms`; đừng sửa tay. Tạo lại bằng lệnh:

    python -m hotich.forms.forms_doc docs/forms.md

- `records/*.toml`: các cột của từng loại hồ sơ, đúng thứ tự của mẫu nhập quốc gia; loại chưa có mẫu in thì kèm thứ tự
  nhập theo cột.
- `eras/*.toml`: biểu mẫu in của từng thời kỳ. Đơn vị là milimét, gốc ở góc trên bên trái; vẽ lại theo mô tả, không phải
  bản chụp của biểu mẫu thật.
- `codes.toml`, `ethnic.toml`, `nationalities.toml`: danh mục.

Need levels: *bắt buộc* is required by the importer, *cốt lõi* is the core of the record in our judgement.
"""


def forms_markdown(catalogue: Catalogue) -> str:
    """The whole page as Markdown, ending with a line break."""
    records = sorted(catalogue.records.values(), key=lambda spec: _ORDER.index(spec.record_type))
    parts = [_OPENING, _eras(catalogue.printed.values()), _plain(catalogue)]
    parts += [_record(spec, _printed_for(spec, catalogue)) for spec in records]
    parts += ["## Danh mục mã\n", *(_codes(codes) for codes in catalogue.codes.values())]
    parts += [_ethnic(catalogue), _nationalities(catalogue)]
    return "\n".join(parts)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(head)
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _eras(forms: Iterable[FormSpec]) -> str:
    ordered = sorted(forms, key=lambda form: (form.record_type, form.used_from))
    rows = (
        (
            f"`{form.id}`",
            form.title,
            f"{form.used_from} – {form.used_to or 'nay'}",
            f"{form.layout.value}, {form.page_width:g}×{form.page_height:g} mm, {form.grid.count} mục/trang",
            str(len(form.zones)),
            form.form_code,
            form.basis,
        )
        for form in ordered
    )
    head = ("Biểu mẫu", "Tên", "Thời gian", "Trang", "Số ô", "Ký hiệu", "Căn cứ")
    return "## Biểu mẫu theo thời kỳ\n\n" + _table(head, rows)


def _plain(catalogue: Catalogue) -> str:
    forms = [form for kind in _ORDER for form in catalogue.forms_for(kind) if form.is_plain]
    rows = ((f"`{form.id}`", form.title, f"`{form.record_type.value}`", str(len(form.zones))) for form in forms)
    return (
        "## Nhập theo cột\n\n"
        "Những loại sau chưa có mẫu in trong chương trình. Trang sổ được xem nguyên ảnh và nhập tay, mỗi cột một dòng; "
        "máy không nhận mẫu và không đọc các trang này.\n\n" + _table(("Biểu cột", "Tên", "Loại", "Số cột"), rows)
    )


def _printed_for(spec: RecordSpec, catalogue: Catalogue) -> tuple[FormSpec, ...]:
    return tuple(form for form in catalogue.forms_for(spec.record_type) if not form.is_plain)


def _record(spec: RecordSpec, forms: tuple[FormSpec, ...]) -> str:
    official = "theo mẫu nhập quốc gia" if spec.official else "mã riêng của chương trình"
    head = ("#", "Mã", "Nhãn", "Label", "Loại", "Danh mục", "Mức", *(f"`{form.id}`" for form in forms))
    rows = ((str(number), *_field(field, forms)) for number, field in enumerate(spec.fields, start=1))
    title = f"## {spec.title} – `{spec.record_type.value}` ({len(spec.fields)} cột, {official})\n\n{spec.remark}\n\n"
    if not forms:
        title += "Chưa có mẫu in: nhập theo cột.\n\n"
    return title + _table(head, rows)


def _field(field: FieldSpec, forms: tuple[FormSpec, ...]) -> tuple[str, ...]:
    on_forms = ("×" if any(zone.field_id == field.id for zone in form.zones) else "" for form in forms)
    codes = f"`{field.codes}`" if field.codes else ""
    return (f"`{field.id}`", field.label, field.label_en, field.kind.value, codes, _NEEDS[field.need], *on_forms)


def _codes(codes: CodeList) -> str:
    remark = f"{codes.remark}\n\n" if codes.remark else ""
    rows = ((entry.code, entry.label, entry.label_en, ", ".join(entry.spellings)) for entry in codes.entries)
    return f"### {codes.title} – `{codes.id}`\n\n{remark}" + _table(("Mã", "Nghĩa", "Meaning", "Cách viết"), rows)


def _ethnic(catalogue: Catalogue) -> str:
    table = catalogue.ethnic
    rows = ((group.number, group.name, ", ".join(group.aliases)) for group in table.groups)
    doubtful = ((word, ", ".join(names)) for word, names in table.ambiguous.items())
    return (
        "## Dân tộc\n\n"
        + _table(("Số (1979)", "Tên nhập", "Tên khác trong sổ cũ"), rows)
        + f"\nNgoài ra: {', '.join(table.others)}.\n\n"
        + "Những từ sau chỉ được gợi ý, không bao giờ tự đổi:\n\n"
        + _table(("Từ", "Có thể là"), doubtful)
    )


def _nationalities(catalogue: Catalogue) -> str:
    entries = catalogue.nationalities.entries
    rows = ((entry.name, "×" if entry.attested else "", ", ".join(entry.spellings)) for entry in entries)
    return "## Quốc tịch\n\n" + _table(("Tên nhập", "Đã thấy trong danh mục", "Cách viết"), rows)


def main(arguments: list[str]) -> int:
    """Writes the page to the path given."""
    Path(arguments[0]).write_text(forms_markdown(load_catalogue()), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
