"""Draws an extract: the sheet to be signed, then the pictures of the page. Equal values give equal sheets."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from io import BytesIO
from typing import Final

from hotich.export.extract.content import ExtractCell, ExtractContent, ExtractSection
from hotich.export.extract.layout import words
from hotich.export.extract.pen import BOTTOM, GREY, LEFT, MM, PAGE, PALE, RIGHT, TOP, Pen, width_of, wrapped
from hotich.signing import fingerprint

LAYOUT: Final = 1
"""Rises with every change of the drawing."""

QR_MM: Final = 42.0
SIGNING_MM: Final = 52.0
"""Height kept for hint, signature, name and office."""

SIZES: Final = (11.0, 10.5, 10.0, 9.5)
"""Sizes of type in points: the first in which all but the pictures fits on one sheet is taken."""

_FOOT_MM: Final = SIGNING_MM + 18.0
"""With the small print below."""

_SMALL: Final = 8.0
_GAP: Final = 4.0


def draw(content: ExtractContent, payload: str, pictures: Mapping[str, bytes], public_key: str = "") -> bytes:
    """The extract as a PDF. `pictures` are JPEGs by SHA-256; without a payload it is a preview that says so."""
    say = partial(_written, content, payload, pictures, public_key)
    fits = (size for size in SIZES if say(size, 0)[0].text_pages == 1)
    # A text that needs two sheets in any size has no need of small letters.
    size = next(fits, SIZES[0])
    return say(size, say(size, 0)[0].pen.pages)[1]


def _written(
    content: ExtractContent, payload: str, pictures: Mapping[str, bytes], public_key: str, size: float, total: int
) -> tuple[_Sheet, bytes]:
    """The sheets in letters of that size, numbered as of that many, and their PDF."""
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    # A JPEG goes in as it is: its bytes are hashed, and letters for bytes would only make the file larger.
    rl_config.useA85 = 0
    out = BytesIO()
    canvas = Canvas(out, pagesize=(PAGE[0] * MM, PAGE[1] * MM), invariant=1, pageCompression=1)
    canvas.setTitle(f"{content.title} {content.serial}".strip())
    canvas.setCreator("HoTich")
    sheet = _Sheet(Pen(canvas, size=size), content, payload, public_key, total)
    sheet.write()
    sheet.add_pictures(pictures)
    canvas.save()
    return sheet, out.getvalue()


class _Sheet:
    """The sheets of one extract."""

    def __init__(self, pen: Pen, content: ExtractContent, payload: str, public_key: str, total: int) -> None:
        self._content, self._payload, self._public_key, self._total = content, payload, public_key, total
        self.pen = pen
        self.text_pages = 1
        self._words = words()
        self._begin()

    def write(self) -> None:
        """From the name of the state down to the place for the signature."""
        self._head()
        self._title()
        for section in self._content.sections:
            self._section(section)
        self._registration()
        self._notes()
        self._foot()
        self.text_pages = self.pen.pages

    def add_pictures(self, pictures: Mapping[str, bytes]) -> None:
        """The pictures of the page on sheets of their own."""
        facts = [fact for fact in self._content.pictures if fact.sha256 in pictures]
        if not facts:
            self._end()
            return
        self._next_sheet()
        content, pen = self._content, self.pen
        pen.centred(PAGE[0] / 2, self._words.picture_title.format(serial=content.serial or "—"), 11, bold=True)
        line = self._words.picture_line.format(number=content.number, book=content.book, office=content.office)
        pen.centred(PAGE[0] / 2, line, 9)
        pen.y += _GAP
        for fact in facts:
            room = PAGE[1] - BOTTOM - TOP - 30
            scale = min(1.0, pen.width / fact.width, room / fact.height)
            self._make_room(fact.height * scale)
            pen.picture(pictures[fact.sha256], LEFT, pen.y, fact.width * scale, fact.height * scale)
            pen.y += fact.height * scale + _GAP
        self._end()

    def _begin(self) -> None:
        """The pale word across a fresh sheet, and the line at its foot."""
        canvas, (word, _) = self.pen.canvas, self._worth()
        canvas.saveState()
        canvas.translate(PAGE[0] / 2 * MM, PAGE[1] / 2 * MM)
        canvas.rotate(52)
        width_of(word, 10)
        canvas.setFont("HoTich-Bold", 96)
        canvas.setFillGray(PALE)
        canvas.drawCentredString(0, -30, word)
        canvas.restoreState()
        self.pen.y = TOP

    def _end(self) -> None:
        self._number_sheet()
        self.pen.canvas.showPage()

    def _next_sheet(self) -> None:
        self._end()
        self.pen.pages += 1
        self._begin()

    def _number_sheet(self) -> None:
        text = self._words.page.format(page=self.pen.pages, pages=self._total or self.pen.pages)
        self.pen.text(PAGE[0] - RIGHT - width_of(text, _SMALL), PAGE[1] - 8, text, _SMALL, grey=GREY)
        self.pen.text(LEFT, PAGE[1] - 8, self._worth()[1], _SMALL, grey=GREY)

    def _worth(self) -> tuple[str, str]:
        """What the sheet is worth: the word across it, and the line at its foot."""
        said = self._words
        if self._content.practice:
            return said.practice, said.practice_line
        return (said.draft, said.draft_line) if self._payload else (said.preview, said.preview_line)

    def _make_room(self, height: float) -> None:
        """A fresh sheet where that much does not fit any more."""
        if self.pen.y + height > PAGE[1] - BOTTOM:
            self._next_sheet()

    def _head(self) -> None:
        content, pen = self._content, self.pen
        top, half = pen.y, (PAGE[0] - LEFT - RIGHT) / 2
        pen.centred(LEFT + half * 0.42, content.issuer.upper(), 10.5, bold=True, room=half * 0.82)
        pen.centred(LEFT + half * 0.42, self._words.serial.format(serial=content.serial or "……"), 10.5)
        lowest, middle = pen.y, LEFT + half * 1.42
        pen.y = top
        pen.centred(middle, self._words.state, 10.5, bold=True, room=half * 1.3)
        pen.centred(middle, self._words.motto, 11.5, bold=True, room=half * 1.2)
        wide = width_of(self._words.motto, 11.5, True) / 2
        pen.rule(middle - wide, middle + wide, pen.y + 1.6)
        pen.y += 2.5
        year, month, day = content.issued.split("-")
        when = self._words.place_and_day.format(place=content.place or "……", day=day, month=month, year=year)
        pen.centred(middle, when, 10.5, room=half * 1.2)
        pen.y = max(lowest, pen.y) + _GAP

    def _title(self) -> None:
        pen = self.pen
        pen.y += 1
        pen.centred(PAGE[0] / 2, self._content.title, 15, bold=True, room=pen.width * 0.86)
        pen.centred(PAGE[0] / 2, self._words.copy, 11.5, bold=True)
        pen.y += _GAP

    def _section(self, section: ExtractSection) -> None:
        if section.heading:
            self._make_room(self.pen.line_height() * 2)
            self.pen.y += self.pen.line_height() + 1
            self.pen.text(LEFT, self.pen.y, section.heading, bold=True)
        for line in section.lines:
            self._line(line)
        self.pen.y += 1.5

    def _line(self, cells: tuple[ExtractCell, ...]) -> None:
        """Cells beside one another where they fit so, else below one another."""
        pen = self.pen
        if len(cells) > 1 and (places := self._places(cells)):
            self._make_room(pen.line_height())
            for cell, x in zip(cells, places, strict=True):
                self._cell(cell, x, pen.width)
            pen.y += pen.line_height()
            return
        for cell in cells:
            lines = self._cell_lines(cell, pen.width)
            self._make_room(pen.line_height() * min(len(lines), 4))
            self._cell(cell, LEFT, pen.width)
            pen.y += pen.line_height()

    def _places(self, cells: tuple[ExtractCell, ...]) -> list[float]:
        """Where cells of one line begin: in equal columns, else as close as they must; [] where they do not fit."""
        pen = self.pen
        wide = [
            width_of(f"{cell.label}: ", pen.size) + width_of(cell.value, pen.size, not cell.absent) for cell in cells
        ]
        column = (pen.width + _GAP) / len(cells)
        if all(each <= column - _GAP for each in wide):
            return [LEFT + number * column for number in range(len(cells))]
        spare = pen.width - sum(wide)
        if spare < _GAP * (len(cells) - 1):
            return []
        gap = spare / (len(cells) - 1)
        return [LEFT + sum(wide[:number]) + number * gap for number in range(len(cells))]

    def _cell_lines(self, cell: ExtractCell, room: float) -> list[str]:
        """The value in lines, the first of which stands after its label."""
        pen, bold = self.pen, not cell.absent
        words_left = cell.value.split()
        first: list[str] = []
        space = room - width_of(f"{cell.label}: ", pen.size)
        while words_left and width_of(" ".join((*first, words_left[0])), pen.size, bold) <= space:
            first.append(words_left.pop(0))
        return [" ".join(first), *(wrapped(" ".join(words_left), pen.size, room, bold) if words_left else [])]

    def _cell(self, cell: ExtractCell, x: float, room: float) -> None:
        """From the present height; the last line is left for the caller to step over."""
        pen, label = self.pen, f"{cell.label}: "
        first, *more = self._cell_lines(cell, room)
        baseline = pen.y + pen.line_height()
        pen.text(x, baseline, label)
        pen.text(x + width_of(label, pen.size), baseline, first, bold=not cell.absent, grey=self._shade(cell))
        for line in more:
            pen.y += pen.line_height()
            if pen.y + pen.line_height() > PAGE[1] - BOTTOM:
                self._next_sheet()
            pen.text(x, pen.y + pen.line_height(), line, bold=not cell.absent, grey=self._shade(cell))

    @staticmethod
    def _shade(cell: ExtractCell) -> float:
        return GREY if cell.absent else 0.0

    def _registration(self) -> None:
        content, said = self._content, self._words
        self._line((self._told(said.registered_at, content.office),))
        self._line((self._told(said.entry_number, content.number), self._told(said.book_number, content.book)))
        self._line((self._told(said.registered_on, content.registered),))
        self.pen.y += 1.5

    def _told(self, label: str, value: str) -> ExtractCell:
        """A cell that says so where there is no value."""
        return ExtractCell(label, value) if value else ExtractCell(label, self._words.absent, absent=True)

    def _notes(self) -> None:
        notes = self._content.notes or (self._words.no_notes,)
        self._line((ExtractCell(self._words.notes, notes[0], absent=not self._content.notes),))
        for note in notes[1:]:
            for line in wrapped(note, self.pen.size, self.pen.width - 4, bold=True):
                self._make_room(self.pen.line_height())
                self.pen.y += self.pen.line_height()
                self.pen.text(LEFT + 4, self.pen.y, line, bold=True)
        self.pen.y += 1.5
        self._make_room(_FOOT_MM + 3 * self.pen.line_height())
        given = [(self._words.recipient, self._content.recipient), (self._words.purpose, self._content.purpose)]
        for label, value in given:
            if value:
                self._line((ExtractCell(label, value),))
        register = self._words.from_register.format(register=self._content.register)
        for line in wrapped(register, self.pen.size, self.pen.width):
            self._make_room(self.pen.line_height())
            self.pen.y += self.pen.line_height()
            self.pen.text(LEFT, self.pen.y, line)

    def _foot(self) -> None:
        """The code on the left, the signature on the right, and what both are worth."""
        self._make_room(_FOOT_MM)
        pen, said = self.pen, self._words
        pen.y += _GAP
        top, middle = pen.y, LEFT + pen.width * 0.72
        pen.centred(middle, said.signer, bold=True)
        pen.centred(middle, said.signer_hint, _SMALL + 0.5, room=80)
        pen.y = top + SIGNING_MM - 14
        for text in (self._content.signer_name, self._content.signer_office):
            if text:
                pen.centred(middle, text, bold=True, room=80)
        self._code(top + 1)
        pen.y = max(pen.y, top + SIGNING_MM)
        self._small_print()

    def _code(self, top: float) -> None:
        if not self._payload:
            return
        import segno

        code = segno.make_qr(self._payload, error="m", boost_error=False)
        rows = [list(row) for row in code.matrix]
        side = QR_MM / len(rows)
        canvas = self.pen.canvas
        canvas.setFillGray(1)
        canvas.rect((LEFT - 2) * MM, (PAGE[1] - top - QR_MM - 2) * MM, (QR_MM + 4) * MM, (QR_MM + 4) * MM, 0, 1)
        canvas.setFillGray(0)
        for y, row in enumerate(rows):
            for x in (x for x, dark in enumerate(row) if dark):
                # A hair wider, so that no light shows between two dark squares.
                place = ((LEFT + x * side) * MM, (PAGE[1] - top - (y + 1) * side) * MM)
                canvas.rect(*place, side * MM + 0.06, side * MM + 0.06, stroke=0, fill=1)

    def _small_print(self) -> None:
        said = self._words
        lines = [said.qr_line.format(fingerprint=fingerprint(self._public_key))] if self._payload else []
        for text in (*lines, said.form_line):
            for line in wrapped(text, _SMALL, self.pen.width):
                self.pen.y += self.pen.line_height(_SMALL)
                self.pen.text(LEFT, self.pen.y, line, _SMALL, grey=GREY)
