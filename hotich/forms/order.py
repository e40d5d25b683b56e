"""The order in which a clerk meets the fields of an entry."""

from __future__ import annotations

from hotich.forms.formspec import FormSpec, Layout, RecordSpec, Rect, Zone


def entry_order(form: FormSpec, record: RecordSpec) -> tuple[str, ...]:
    """Field ids as they are met on the page, then the columns that are not on it, in the order of the import.

    Ledgers are read column by column, other pages line by line. Two people who stand side by side in a table are
    entered one after the other, since nobody reads a table of parents across.
    """
    placed = [(form.place(zone.rect, zone.scope, 0), zone) for zone in form.zones]
    heads = [item for item in placed if item[0].y + item[0].h <= form.grid.y]
    rest = [item for item in placed if item not in heads]
    met = [*_by_lines(heads), *(_by_columns(rest) if form.layout is Layout.LEDGER else _by_lines(rest))]
    known = {field.id for field in record.fields}
    people = {field.id: field.person for field in record.fields}
    on_page = _together([field_id for field_id in met if field_id in known], people)
    return (*on_page, *(field.id for field in record.fields if field.id not in set(on_page)))


def _by_columns(placed: list[tuple[Rect, Zone]]) -> list[str]:
    """Left to right by ledger column; inside one from top to bottom. Zones that overlap sideways share a column."""
    columns: list[list[tuple[Rect, Zone]]] = []
    edge = float("-inf")
    for rect, zone in sorted(placed, key=lambda item: item[0].x):
        if rect.x < edge:
            columns[-1].append((rect, zone))
        else:
            columns.append([(rect, zone)])
        edge = max(edge, rect.x + rect.w)
    return [field_id for column in columns for field_id in _by_lines(column)]


def _by_lines(placed: list[tuple[Rect, Zone]]) -> list[str]:
    """Top to bottom by lines of zones whose tops agree within half a line; inside a line left to right."""
    lines: list[list[tuple[Rect, Zone]]] = []
    for rect, zone in sorted(placed, key=lambda item: item[0].y):
        if lines and rect.y < lines[-1][0][0].y + 4:
            lines[-1].append((rect, zone))
        else:
            lines.append([(rect, zone)])
    return [zone.field_id for line in lines for _, zone in sorted(line, key=lambda item: item[0].x)]


def _together(met: list[str], people: dict[str, str]) -> list[str]:
    """The same fields with those of one person gathered where that person is met first."""
    ordered: list[str] = []
    for field_id in met:
        person = people.get(field_id, "")
        if field_id in ordered:
            continue
        ordered += [other for other in met if people.get(other) == person] if person else [field_id]
    return ordered
