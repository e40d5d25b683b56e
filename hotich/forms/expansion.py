"""Turns the short notation of a definition file into the plain lines, texts, zones and spots of a FormSpec."""

from __future__ import annotations

from hotich.forms.formspec import (
    Align,
    EntryGrid,
    Ink,
    LineStyle,
    PrintedLine,
    PrintedText,
    Rect,
    Scope,
    Spot,
    SpotKind,
    Tick,
    Zone,
)
from hotich.forms.notation import (
    AreaNote,
    BoxNote,
    ColumnNote,
    LedgerNote,
    LineNote,
    RowNote,
    SectionNote,
    SignNote,
    SpotNote,
    TableNote,
    TextNote,
    TickNote,
)
from hotich.forms.problems import Source, read_list
from hotich.forms.typeset import LINE_SPACING, MM_PER_POINT, text_width, wrap

AFTER_LABEL = 1.5
BELOW_BASELINE = 2.0
"""Room for tails of letters under the baseline of a row, in millimetres."""
HAIR = 0.2
"""Gap that keeps neighbouring zones apart, in millimetres."""


class Sheet:
    """What has been put on the form so far."""

    def __init__(self) -> None:
        self.lines: list[PrintedLine] = []
        self.texts: list[PrintedText] = []
        self.zones: list[Zone] = []
        self.spots: list[Spot] = []

    def box(self, rect: Rect, scope: Scope, width: float = 0.25) -> None:
        """Four rules around a rectangle."""
        right, bottom = rect.x + rect.w, rect.y + rect.h
        self.rule(rect.x, rect.y, right, rect.y, scope, width)
        self.rule(right, rect.y, right, bottom, scope, width)
        self.rule(rect.x, bottom, right, bottom, scope, width)
        self.rule(rect.x, rect.y, rect.x, bottom, scope, width)

    def rule(self, x1: float, y1: float, x2: float, y2: float, scope: Scope, width: float = 0.25) -> None:
        """A solid rule."""
        self.lines.append(PrintedLine(_mm(x1), _mm(y1), _mm(x2), _mm(y2), LineStyle.SOLID, scope, width))

    def leader(self, x1: float, x2: float, y: float, scope: Scope) -> None:
        """A dotted line to write on."""
        self.lines.append(PrintedLine(_mm(x1), _mm(y), _mm(x2), _mm(y), LineStyle.DOTTED, scope, 0.25))

    def middle(self, text: str, rect: Rect, size: float, scope: Scope, bold: bool = False) -> None:
        """Words wrapped and centred in a rectangle."""
        lines = wrap(text, rect.w - 1.2, size, bold)
        step = size * MM_PER_POINT * LINE_SPACING
        y = rect.y + (rect.h - step * len(lines)) / 2 + step * 0.76
        for number, line in enumerate(lines):
            at = (_mm(rect.x + rect.w / 2), _mm(y + step * number))
            self.texts.append(PrintedText(line, *at, size, bold, False, Align.CENTER, scope))


def _mm(length: float) -> float:
    return round(length, 2)


def _rect(x: float, y: float, w: float, h: float) -> Rect:
    return Rect(_mm(x), _mm(y), _mm(w), _mm(h))


def put_section(sheet: Sheet, note: SectionNote, scope: Scope, source: Source) -> None:
    """Puts everything of `[page]` or `[entry]` on the sheet; mistakes are kept at the source."""
    for text in read_list(TextNote, note.text, source.at("text")):
        _put_text(sheet, text, scope)
    for line in read_list(LineNote, note.line, source.at("line")):
        sheet.lines.append(PrintedLine(line.x1, line.y1, line.x2, line.y2, line.style, scope, line.width))
    for box in read_list(BoxNote, note.box, source.at("box")):
        sheet.box(Rect(box.x, box.y, box.w, box.h), scope, box.width)
    _put_rows(sheet, read_list(RowNote, note.row, source.at("row")), note, scope)
    for tick in read_list(TickNote, note.tick, source.at("tick")):
        _put_ticks(sheet, tick, scope)
    for number, table in enumerate(read_list(TableNote, note.table, source.at("table"))):
        _put_table(sheet, table, scope, source.at("table").item(number))
    for area in read_list(AreaNote, note.area, source.at("area")):
        _put_area(sheet, area, scope)
    for sign in read_list(SignNote, note.sign, source.at("sign")):
        _put_sign(sheet, sign, scope)
    for spot in read_list(SpotNote, note.spot, source.at("spot")):
        sheet.spots.append(Spot(spot.kind, Rect(spot.x, spot.y, spot.w, spot.h), scope))


def _put_text(sheet: Sheet, note: TextNote, scope: Scope) -> None:
    lines = wrap(note.text, note.width, note.size, note.bold) if note.width else note.text.split("\n")
    step = note.size * MM_PER_POINT * LINE_SPACING
    for number, line in enumerate(lines):
        y = _mm(note.y + step * number)
        sheet.texts.append(PrintedText(line, note.x, y, note.size, note.bold, note.italic, note.align, scope))


def _put_rows(sheet: Sheet, rows: list[RowNote], section: SectionNote, scope: Scope) -> None:
    baseline, lines, end = 0.0, 1, section.left
    for row in rows:
        if row.y is not None:
            baseline = row.y
        elif not row.beside:
            baseline += section.pitch * lines
        left = row.x if row.x is not None else (end + AFTER_LABEL if row.beside else section.left)
        end = row.to if row.to is not None else section.right
        _put_row(sheet, row, (left, end, baseline), section, scope)
        lines = max(row.lines, lines) if row.beside else row.lines


def _put_row(sheet: Sheet, row: RowNote, span: tuple[float, float, float], section: SectionNote, scope: Scope) -> None:
    left, end, baseline = span
    size = row.size or section.size
    if row.label:
        sheet.texts.append(PrintedText(row.label, left, baseline, size, row.bold, row.italic, Align.LEFT, scope))
        left = row.start or left + text_width(row.label, size, row.bold) + AFTER_LABEL
    if row.after:
        sheet.texts.append(PrintedText(row.after, end, baseline, size, row.bold, row.italic, Align.RIGHT, scope))
        end -= text_width(row.after, size, row.bold) + AFTER_LABEL
    if not row.field and not row.leader:
        return
    for number in range(row.lines):
        sheet.leader(left, end, baseline + 0.6 + number * section.pitch, scope)
    if not row.field:
        return
    top = baseline + BELOW_BASELINE - section.pitch
    rect = _rect(left, top, end - left, section.pitch * row.lines - HAIR)
    label = row.label.rstrip(": ")
    sheet.zones.append(Zone(row.field, rect, label, scope, row.ink, row.ditto, row.ages))


def _put_ticks(sheet: Sheet, note: TickNote, scope: Scope) -> None:
    ticks: list[Tick] = []
    for number, (code, words) in enumerate(note.options):
        if not words:
            continue
        rect = _rect(note.x, note.y + number * note.pitch, note.box, note.box)
        sheet.box(rect, scope)
        baseline = rect.y + note.box / 2 + note.size * MM_PER_POINT * 0.36
        at = (_mm(rect.x + note.box + AFTER_LABEL), _mm(baseline))
        sheet.texts.append(PrintedText(words, *at, note.size, False, False, Align.LEFT, scope))
        ticks.append(Tick(code, rect))
    if note.field:
        margin = 0.5
        height = note.pitch * (len(note.options) - 1) + note.box
        around = _rect(note.x - margin, note.y - margin, note.box + 2 * margin, height + 2 * margin)
        sheet.zones.append(Zone(note.field, around, note.label, scope, Ink.TICK, ticks=tuple(ticks)))


def _put_table(sheet: Sheet, note: TableNote, scope: Scope, source: Source) -> None:
    columns = len(note.x) - 1
    if len(note.head) != columns or any(len(row.fields) != columns - 1 for row in note.rows):
        source.wrong("forms-table-shape", columns=columns)
        return
    left, right = note.x[0], note.x[-1]
    heights = [note.height, *(note.height * row.lines for row in note.rows)]
    edges = [note.y]
    for height in heights:
        edges.append(edges[-1] + height)
    for y in edges:
        sheet.rule(left, y, right, y, scope)
    for x in note.x:
        sheet.rule(x, note.y, x, edges[-1], scope)
    for number, words in enumerate(note.head):
        if words:
            cell = Rect(note.x[number], note.y, note.x[number + 1] - note.x[number], note.height)
            sheet.middle(words, cell, note.size, scope, bold=True)
    for row, top, height in zip(note.rows, edges[1:], heights[1:], strict=False):
        label = Rect(left, top, note.x[1] - left, height)
        lines = wrap(row.label, label.w - 3, note.size)
        step = note.size * MM_PER_POINT * LINE_SPACING
        y = top + (height - step * len(lines)) / 2 + step * 0.76
        for number, line in enumerate(lines):
            sheet.texts.append(PrintedText(line, left + 1.5, _mm(y + number * step), note.size, scope=scope))
        for number, field in enumerate(row.fields, start=1):
            if field:
                x, w = note.x[number], note.x[number + 1] - note.x[number]
                rect = _rect(x + 0.5, top + 0.3, w - 1, height - 0.6)
                sheet.zones.append(Zone(field, rect, row.label, scope, Ink.HAND, row.ditto, row.ages))


def _put_area(sheet: Sheet, note: AreaNote, scope: Scope) -> None:
    sheet.box(Rect(note.x, note.y, note.w, note.h), scope)
    # Capitals with two marks, as in NHỮNG, rise a whole type size above the baseline.
    caption = note.size * MM_PER_POINT * 1.65
    at = (note.x + 1.5, _mm(note.y + caption * 0.8))
    sheet.texts.append(PrintedText(note.label, *at, note.size, True, scope=scope))
    if note.pitch:
        y = note.y + caption + note.pitch - BELOW_BASELINE
        while y < note.y + note.h - 1:
            sheet.leader(note.x + 2, note.x + note.w - 2, y, scope)
            y += note.pitch
    rect = _rect(note.x + 0.8, note.y + caption, note.w - 1.6, note.h - caption - 0.6)
    sheet.zones.append(Zone(note.field, rect, note.label, scope))


def _put_sign(sheet: Sheet, note: SignNote, scope: Scope) -> None:
    step = note.size * MM_PER_POINT * LINE_SPACING
    centre, y = note.x + note.w / 2, note.y
    for line in wrap(note.label, note.w, note.size, True):
        y += step
        sheet.texts.append(PrintedText(line, centre, _mm(y), note.size, True, False, Align.CENTER, scope))
    if note.note:
        y += step
        size = note.size - 1.5
        sheet.texts.append(PrintedText(note.note, centre, _mm(y), size, False, True, Align.CENTER, scope))
    y += 1.5
    bottom = note.y + note.h
    if note.title:
        sheet.zones.append(Zone(note.title, _rect(note.x, y, note.w, 7.5), note.label, scope))
        y += 7.7
    if note.field:
        bottom -= 7.7
        sheet.zones.append(Zone(note.field, _rect(note.x, bottom, note.w, 7.5), note.label, scope))
    room = _rect(note.x, y, note.w, bottom - y - HAIR)
    sheet.spots.append(Spot(SpotKind.SIGNATURE, room, scope))
    if note.stamp:
        side = min(36.0, note.w)
        # The seal is set over the left third of the signature and runs over the written name.
        around = _rect(max(note.x + note.w * 0.3 - side / 2, 0), y, side, min(side, bottom - y + 5))
        sheet.spots.append(Spot(SpotKind.STAMP, around, scope))


def put_ledger(sheet: Sheet, note: LedgerNote, columns: list[ColumnNote], grid: EntryGrid) -> None:
    """Puts the ruled table of a ledger on the sheet: heads, column numbers, rules and the zones of one row."""
    heads = note.top + note.group
    numbers = heads + note.head
    bottom = grid.y + grid.height * grid.rows
    spans = _spans(columns, grid.x)
    for number, (column, (left, right)) in enumerate(zip(columns, spans, strict=True), start=1):
        top = heads if column.group else note.top
        sheet.middle(column.head, Rect(left, top, right - left, numbers - top), note.size, Scope.PAGE)
        sheet.middle(str(number), Rect(left, numbers, right - left, note.numbers), note.size - 1, Scope.PAGE)
        for x in (left, right):
            sheet.rule(x, top, x, bottom, Scope.PAGE)
        _put_cells(sheet, column, (left - grid.x, right - grid.x), grid.height)
    for left, right in _runs(columns, spans):
        for y in (note.top, numbers, numbers + note.numbers, *(grid.origin(k)[1] for k in range(grid.rows)), bottom):
            sheet.rule(left, y, right, y, Scope.PAGE)
    _put_groups(sheet, note, columns, spans)


def _spans(columns: list[ColumnNote], left: float) -> list[tuple[float, float]]:
    spans: list[tuple[float, float]] = []
    for column in columns:
        left += column.before
        spans.append((left, left + column.width))
        left += column.width
    return spans


def _runs(columns: list[ColumnNote], spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Stretches of columns that touch: one for each side of the fold."""
    runs: list[tuple[float, float]] = []
    for column, (left, right) in zip(columns, spans, strict=True):
        if runs and not column.before:
            runs[-1] = (runs[-1][0], right)
        else:
            runs.append((left, right))
    return runs


def _put_groups(sheet: Sheet, note: LedgerNote, columns: list[ColumnNote], spans: list[tuple[float, float]]) -> None:
    groups: dict[str, tuple[float, float]] = {}
    for column, (left, right) in zip(columns, spans, strict=True):
        if column.group:
            groups[column.group] = (groups.get(column.group, (left, right))[0], right)
    for words, (left, right) in groups.items():
        sheet.middle(words, Rect(left, note.top, right - left, note.group), note.size, Scope.PAGE, bold=True)
        sheet.rule(left, note.top + note.group, right, note.top + note.group, Scope.PAGE)
        for x in (left, right):
            sheet.rule(x, note.top, x, note.top + note.group, Scope.PAGE)


def _put_cells(sheet: Sheet, column: ColumnNote, span: tuple[float, float], height: float) -> None:
    left, right = span[0] + 0.6, span[1] - 0.6
    if column.spot is not None:
        sheet.spots.append(Spot(column.spot, _rect(left, 1, right - left, height - 2), Scope.ENTRY))
    if not column.cells:
        return
    shares = column.lines or [1] * len(column.cells)
    step = (height - 1) / sum(shares)
    top = 0.5
    for row, share in zip(column.cells, shares, strict=True):
        unit = (right - left) / sum(cell.share for cell in row) if row else 0.0
        x = left
        for cell in row:
            rect = _rect(x, top, cell.share * unit - HAIR, step * share - HAIR)
            label = cell.label or column.head.replace("\n", " ")
            sheet.zones.append(Zone(cell.field, rect, label, Scope.ENTRY, Ink.HAND, cell.ditto, cell.ages))
            x += cell.share * unit
        top += step * share
        if top < height - 1:
            sheet.leader(left, right, top - 0.1, Scope.ENTRY)
