"""The forms drawn with a real face: printed words stay on the paper and clear of the zones and of one another."""

from functools import cache
from importlib import resources
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from hotich.forms.formspec import Align, FormSpec, LineStyle, PrintedText, Scope
from hotich.forms.loader import load_catalogue
from hotich.forms.typeset import MM_PER_POINT, text_width, wrap

PIXELS_PER_MM = 4
ANCHORS = {Align.LEFT: "ls", Align.CENTER: "ms", Align.RIGHT: "rs"}
FORMS = tuple(load_catalogue().printed.values())


@cache
def face(size: float, bold: bool) -> ImageFont.FreeTypeFont:
    name = f"BeVietnamPro-{'Bold' if bold else 'Regular'}.ttf"
    path = resources.files("hotich") / "fonts" / name
    return ImageFont.truetype(str(path), size * MM_PER_POINT * PIXELS_PER_MM)


def scaled(*lengths: float) -> list[float]:
    return [length * PIXELS_PER_MM for length in lengths]


class Drawing:
    """Layers of one page in the ink that each sort of thing leaves: words, rules, zones."""

    def __init__(self, form: FormSpec) -> None:
        self.form = form
        self.size = (round(form.page_width * PIXELS_PER_MM), round(form.page_height * PIXELS_PER_MM))

    def origins(self, scope: Scope) -> list[tuple[float, float]]:
        if scope is Scope.PAGE:
            return [(0.0, 0.0)]
        return [self.form.grid.origin(entry) for entry in range(self.form.grid.count)]

    def zones(self) -> Image.Image:
        layer = Image.new("1", self.size)
        draw = ImageDraw.Draw(layer)
        for zone in self.form.zones:
            for x, y in self.origins(zone.scope):
                rect = zone.rect
                draw.rectangle(scaled(x + rect.x, y + rect.y, x + rect.x + rect.w, y + rect.y + rect.h), fill=1)
        return layer

    def words(self, texts: tuple[PrintedText, ...]) -> Image.Image:
        layer = Image.new("1", self.size)
        draw = ImageDraw.Draw(layer)
        for text in texts:
            for x, y in self.origins(text.scope):
                at = (scaled(x + text.x)[0], scaled(y + text.y)[0])
                draw.text(at, text.text, 1, face(text.size, text.bold), anchor=ANCHORS[text.align])
        return layer

    def rules(self) -> Image.Image:
        layer = Image.new("1", self.size)
        draw = ImageDraw.Draw(layer)
        for line in self.form.lines:
            if line.style is LineStyle.SOLID:
                for x, y in self.origins(line.scope):
                    draw.line(scaled(x + line.x1, y + line.y1, x + line.x2, y + line.y2), fill=1)
        return layer


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_printed_words_keep_clear(form: FormSpec, tmp_path: Path) -> None:
    drawing = Drawing(form)
    words, zones, rules = drawing.words(form.texts), drawing.zones(), drawing.rules()
    # Kept for the eye when the test fails.
    Image.merge("RGB", [layer.convert("L").point(lambda ink: 255 - ink) for layer in (words, zones, rules)]).save(
        tmp_path / f"{form.id}.png"
    )
    assert words.getbbox() is not None
    assert ImageChops.logical_and(words, zones).getbbox() is None
    assert ImageChops.logical_and(words, rules).getbbox() is None
    assert ImageChops.logical_and(zones, rules).getbbox() is None or form.layout.value != "ledger"


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_no_printed_words_run_into_others(form: FormSpec) -> None:
    boxes = []
    for text in form.texts:
        left, top, right, bottom = face(text.size, text.bold).getbbox(text.text, anchor=ANCHORS[text.align])
        for entry in range(form.grid.count if text.scope is Scope.ENTRY else 1):
            x, y = form.grid.origin(entry) if text.scope is Scope.ENTRY else (0, 0)
            px, py = scaled(x + text.x, y + text.y)
            boxes.append((text.text, (px + left, py + top, px + right, py + bottom)))
    for number, (name, one) in enumerate(boxes):
        for other_name, other in boxes[number + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] + 1 or other[3] <= one[1] + 1
            assert apart, (name, other_name)


@pytest.mark.parametrize("bold", [False, True])
def test_width_is_no_less_than_a_wide_face_takes(bold: bool) -> None:
    for form in FORMS:
        for text in form.texts:
            if len(text.text) < 3:
                continue
            real = face(text.size, bold).getlength(text.text) / PIXELS_PER_MM
            assert text_width(text.text, text.size, bold) >= real * 0.97, text.text
            assert text_width(text.text, text.size, bold) <= real * 1.35 + 1, text.text


def test_words_wrap_within_the_width_and_none_is_lost() -> None:
    words = "Họ tên cha, tuổi, dân tộc, quốc tịch, nơi ĐKNK thường trú"
    lines = wrap(words, 40, 8)
    assert " ".join(lines) == words
    assert len(lines) > 1
    assert all(text_width(line, 8) <= 40 for line in lines)
    assert wrap("dân tộc,\nquốc tịch", 100, 8) == ["dân tộc,", "quốc tịch"]
    assert wrap("nghiêng", 1, 8) == ["nghiêng"]
