"""Pages drawn from a form for tests: printed lines and labels, some ink in chosen entries, and a known bend."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from hotich.forms.formspec import (
    Align,
    EntryGrid,
    FormSpec,
    Ink,
    Layout,
    LineStyle,
    PrintedLine,
    PrintedText,
    Rect,
    Scope,
    Tick,
    Zone,
)
from hotich.values import RecordType

FONTS = "/usr/share/fonts/truetype/dejavu/"
PAPER = (205, 226, 236)
PRINT_INK = (52, 48, 46)
HAND_INK = (150, 70, 40)

Mapping = Callable[[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Bend:
    """How the page lies before a camera: `corners` move its corners (share of its size), `curl_mm` lifts it."""

    corners: tuple[tuple[float, float], ...] = ((0.0, 0.0),) * 4
    curl_mm: float = 0.0
    stretch: float = 1.0
    shift_mm: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Drawn:
    picture: NDArray[np.uint8]
    to_page: Mapping
    """Form millimetres to pixels of the picture."""


def draw_page(form: FormSpec, filled: tuple[int, ...] = (), bend: Bend | None = None, dpi: float = 150.0) -> Drawn:
    """The form printed on yellowish paper with scribbles in the zones of the `filled` entries, bent as told."""
    bend = bend or Bend()
    flat = _flat_page(form, filled, bend, dpi)
    height, width = flat.shape[:2]
    matrix = _corner_homography(bend, width, height)
    scale = dpi / 25.4

    def to_page(x: float, y: float) -> tuple[float, float]:
        px, py = _printed_at(form, bend, x, y)
        u, v, w = matrix @ np.array([px * scale, (py + _lift(form, bend, px)) * scale, 1.0])
        return float(u / w), float(v / w)

    ys, xs = np.mgrid[0:height, 0:width].astype(np.float64)
    back = np.linalg.inv(matrix)
    w = back[2, 0] * xs + back[2, 1] * ys + back[2, 2]
    u = (back[0, 0] * xs + back[0, 1] * ys + back[0, 2]) / w
    v = (back[1, 0] * xs + back[1, 1] * ys + back[1, 2]) / w
    v = v - _lift(form, bend, u / scale) * scale
    bent = cv2.remap(
        flat,
        u.astype(np.float32),
        v.astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(60, 60, 60),
    )
    noise = np.random.default_rng(5).normal(0.0, 4.0, bent.shape)
    return Drawn(np.clip(bent + noise, 0, 255).astype(np.uint8), to_page)


def _printed_at(form: FormSpec, bend: Bend, x: float, y: float) -> tuple[float, float]:
    """Where the printer put the point on the paper."""
    cx, cy = form.page_width / 2, form.page_height / 2
    return cx + (x - cx) * bend.stretch + bend.shift_mm[0], cy + (y - cy) * bend.stretch + bend.shift_mm[1]


def _lift(form: FormSpec, bend: Bend, x: NDArray[np.float64] | float) -> NDArray[np.float64] | float:
    """Millimetres by which the paper's bend moves a column of the page down."""
    return bend.curl_mm * (2.0 * x / form.page_width - 1.0) ** 2


def _corner_homography(bend: Bend, width: int, height: int) -> NDArray[np.float64]:
    there = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    moved = there + np.array(bend.corners, np.float32) * np.array([width, height], np.float32)
    return np.asarray(cv2.getPerspectiveTransform(there, moved.astype(np.float32)), np.float64)


def _flat_page(form: FormSpec, filled: tuple[int, ...], bend: Bend, dpi: float) -> NDArray[np.uint8]:
    scale = dpi / 25.4
    page = Image.new("RGB", (round(form.page_width * scale), round(form.page_height * scale)), PAPER[::-1])
    pen = ImageDraw.Draw(page)

    def at(x: float, y: float) -> tuple[float, float]:
        px, py = _printed_at(form, bend, x, y)
        return px * scale, py * scale

    for line in form.lines:
        for dx, dy in _origins(form, line.scope):
            _rule(pen, at(line.x1 + dx, line.y1 + dy), at(line.x2 + dx, line.y2 + dy), line, scale)
    for text in form.texts:
        for dx, dy in _origins(form, text.scope):
            name = "DejaVuSerifCondensed-Bold.ttf" if text.bold else "DejaVuSerifCondensed.ttf"
            font = ImageFont.truetype(FONTS + name, round(text.size * dpi / 72))
            anchor = {Align.LEFT: "ls", Align.CENTER: "ms", Align.RIGHT: "rs"}[text.align]
            pen.text(at(text.x + dx, text.y + dy), text.text, font=font, fill=PRINT_INK[::-1], anchor=anchor)
    random = np.random.default_rng(11)
    for entry in filled:
        for zone in form.zones:
            if zone.ink is not Ink.TICK:
                _scribble(pen, form.place(zone.rect, zone.scope, entry), at, random, scale)
    return np.ascontiguousarray(np.asarray(page)[..., ::-1])


def _origins(form: FormSpec, scope: Scope) -> list[tuple[float, float]]:
    return [(0.0, 0.0)] if scope is Scope.PAGE else [form.grid.origin(entry) for entry in range(form.grid.count)]


def _rule(
    pen: ImageDraw.ImageDraw, start: tuple[float, float], end: tuple[float, float], line: PrintedLine, scale: float
) -> None:
    width = max(1, round(line.width * scale))
    if line.style is LineStyle.SOLID:
        pen.line([start, end], fill=PRINT_INK[::-1], width=width)
        return
    length = float(np.hypot(end[0] - start[0], end[1] - start[1]))
    for part in np.arange(0.0, 1.0, 1.0 * scale / max(length, 1.0)):
        x, y = start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part
        pen.rectangle([x, y, x + 1, y + 1], fill=PRINT_INK[::-1])


def _scribble(pen: ImageDraw.ImageDraw, rect: Rect, at: Mapping, random: np.random.Generator, scale: float) -> None:
    """A wavy line of ink that fills half the zone's width."""
    xs = np.linspace(rect.x + 1.0, rect.x + max(2.0, rect.w * 0.55), 60)
    middle = rect.y + min(rect.h * 0.6, 6.0)
    size = min(rect.h * 0.3, 1.8)
    ys = middle + size * np.sin(np.cumsum(random.uniform(0.2, 1.6, 60)))
    pen.line([at(x, y) for x, y in zip(xs, ys, strict=True)], fill=HAND_INK[::-1], width=max(1, round(0.35 * scale)))


def ledger() -> FormSpec:
    """A small ledger: eight columns, six rows, a head with labels."""
    columns = [15.0, 28.0, 55.0, 105.0, 122.0, 150.0, 205.0, 262.0, 285.0]
    labels = ["Số thứ tự", "Ngày đăng ký", "Họ và tên", "Nam nữ", "Ngày sinh", "Nơi sinh", "Họ tên cha", "Ghi chú"]
    top, head, row, count = 30.0, 22.0, 22.0, 6
    lines = [PrintedLine(columns[0], top, columns[-1], top, width=0.4)]
    lines += [
        PrintedLine(columns[0], top + head + row * k, columns[-1], top + head + row * k) for k in range(count + 1)
    ]
    lines += [PrintedLine(x, top, x, top + head + row * count) for x in columns]
    texts = [
        PrintedText("SỔ ĐĂNG KÝ KHAI SINH", 150.0, 16.0, 16.0, bold=True, align=Align.CENTER),
        PrintedText("Xã ............ Huyện ............ Tỉnh", 60.0, 25.0, 11.0),
    ]
    for label, left, right in zip(labels, columns, columns[1:], strict=False):
        words = label.split()
        half = [" ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])]
        texts += [
            PrintedText(part, (left + right) / 2, top + 8.0 + 6.0 * k, 8.5, align=Align.CENTER)
            for k, part in enumerate(half)
        ]
    zones = [
        Zone(f"field{k}", Rect(left - columns[0] + 0.5, 0.5, right - left - 1.0, row - 1.0))
        for k, (left, right) in enumerate(pairwise(columns))
    ]
    return FormSpec(
        id="T-ledger",
        revision=1,
        record_type=RecordType.BIRTH,
        title="Sổ",
        used_from="1961-01-01",
        used_to="1998-12-31",
        basis="",
        form_code="HT1",
        layout=Layout.LEDGER,
        page_width=300.0,
        page_height=200.0,
        heading=("SỔ ĐĂNG KÝ KHAI SINH",),
        grid=EntryGrid(columns[0], top + head, columns[-1] - columns[0], row, 1, count),
        zones=tuple(zones),
        lines=tuple(lines),
        texts=tuple(texts),
    )


def single() -> FormSpec:
    """A small single page: labels with dotted leaders, a tick box, no table."""
    labels = [
        "Họ, chữ đệm, tên:",
        "Ngày, tháng, năm sinh:",
        "Giới tính:",
        "Dân tộc:",
        "Quốc tịch:",
        "Nơi sinh:",
        "Quê quán:",
    ]
    labels += ["Họ tên mẹ:", "Nơi cư trú:", "Họ tên cha:", "Giấy tờ tùy thân:", "Người đi khai sinh:"]
    texts = [
        PrintedText("KHAI SINH", 105.0, 30.0, 18.0, bold=True, align=Align.CENTER),
        PrintedText("TP/HT-2010-KS.1", 20.0, 285.0, 8.0),
        PrintedText("Đúng hạn", 172.0, 50.0, 10.0),
    ]
    zones, lines = [], []
    for k, label in enumerate(labels):
        base = 60.0 + 14.0 * k
        texts.append(PrintedText(label, 20.0, base, 11.0))
        lines.append(PrintedLine(70.0, base + 0.5, 190.0, base + 0.5, LineStyle.DOTTED))
        zones.append(Zone(f"field{k}", Rect(70.0, base - 7.0, 120.0, 9.0)))
    box = Rect(165.0, 46.5, 4.0, 4.0)
    zones.append(Zone("tick", box, ink=Ink.TICK, ticks=(Tick("1", box),)))
    lines += [
        PrintedLine(165.0, 46.5, 169.0, 46.5),
        PrintedLine(165.0, 50.5, 169.0, 50.5),
        PrintedLine(165.0, 46.5, 165.0, 50.5),
        PrintedLine(169.0, 46.5, 169.0, 50.5),
    ]
    return FormSpec(
        id="T-single",
        revision=1,
        record_type=RecordType.BIRTH,
        title="Sổ",
        used_from="2006-01-01",
        used_to="2015-12-31",
        basis="",
        form_code="TP/HT-2010-KS.1",
        layout=Layout.SINGLE,
        page_width=210.0,
        page_height=297.0,
        heading=("KHAI SINH",),
        grid=EntryGrid(0.0, 0.0, 210.0, 297.0),
        zones=tuple(zones),
        lines=tuple(lines),
        texts=tuple(texts),
    )
