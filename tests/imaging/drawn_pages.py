"""Pages drawn with known truth: ruled sheets with printed Vietnamese text, skewed, photographed, stamped, shaded."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from hotich.imaging.geometry import Homography, Picture

FONT = next((Path(__file__).parents[2] / "hotich").rglob("*.ttf"))
WORDS = (
    "Họ và tên khai sinh Nguyễn Thị Hường sinh ngày mười lăm tháng tám năm một nghìn chín trăm bảy mươi sáu "
    "nơi sinh xã Đồng Tiến huyện Phổ Yên tỉnh Bắc Thái dân tộc Kinh quốc tịch Việt Nam họ tên cha Trần Văn Ấn "
    "tuổi nghề nghiệp làm ruộng nơi thường trú người đứng khai ký tên ủy ban nhân dân chứng thực ghi chú"
).split()
PAPER = (226, 240, 244)
BLACK_INK = (40, 38, 36)
BLUE_INK = (120, 58, 38)


def sheet(
    width: int = 1240, height: int = 1754, *, ruled: bool = True, text: bool = True, seed: int = 3, margin: float = 0.07
) -> Picture:
    """An upright A4 page at 150 dpi in BGR: a table of ruling and lines of text in it."""
    rng = np.random.default_rng(seed)
    page = np.full((height, width, 3), PAPER, np.uint8)
    left, top = round(width * margin), round(height * margin)
    row = round(height * 0.045)
    rows = range(top, height - top, row)
    if ruled:
        for y in rows:
            cv2.line(page, (left, y), (width - left, y), BLACK_INK, 2)
        for x in np.linspace(left, width - left, 5).astype(int):
            cv2.line(page, (int(x), rows[0]), (int(x), rows[-1]), BLACK_INK, 2)
    if text:
        page = with_text(page, [(left + 8, y + row // 4) for y in rows[:-1]], row // 2, rng)
    return noisy(page, rng)


def with_text(page: Picture, places: list[tuple[int, int]], size: int, rng: np.random.Generator) -> Picture:
    """The page with a line of words from each place to the right margin."""
    picture = Image.fromarray(np.ascontiguousarray(page[..., ::-1]))
    pen = ImageDraw.Draw(picture)
    font = ImageFont.truetype(str(FONT), size)
    for x, y in places:
        line = " ".join(rng.choice(WORDS, 14))
        while x + pen.textlength(line, font=font) > page.shape[1] - x:
            line = line[:-2]
        pen.text((x, y), line, font=font, fill=BLUE_INK[::-1])
    return np.ascontiguousarray(np.asarray(picture)[..., ::-1])


def noisy(page: Picture, rng: np.random.Generator, strength: float = 4.0) -> Picture:
    """The page with the grain of a scanner."""
    grain = rng.normal(0.0, strength, page.shape)
    return np.clip(page + grain, 0, 255).astype(np.uint8)


def skewed(page: Picture, degrees: float) -> Picture:
    """The page with its lines falling by that much to the right (clockwise on screen), on paper of its own colour."""
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    return np.asarray(cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=PAPER), np.uint8)


def photographed(page: Picture, corners: list[tuple[float, float]], size: tuple[int, int], seed: int = 5) -> Picture:
    """The page laid on a dark wooden table with its corners there (clockwise from top left), under a shadow."""
    rng = np.random.default_rng(seed)
    width, height = size
    board = np.array([70, 92, 120]) + 10 * np.sin(np.arange(height) / 9.0)[:, None, None]
    scene = np.broadcast_to(board, (height, width, 3)).astype(np.float32)
    matrix = photograph_matrix(page, corners)
    seen = cv2.warpPerspective(page, matrix, size, flags=cv2.INTER_AREA).astype(np.float32)
    mask = cv2.warpPerspective(np.ones(page.shape[:2], np.float32), matrix, size)[..., None]
    scene = scene * (1 - mask) + seen * mask
    shadow = 1.0 - 0.45 / (1.0 + np.exp(-(np.arange(width) - 0.62 * width) / (0.05 * width)))
    lit = scene * shadow[None, :, None] * np.linspace(1.0, 0.86, height)[:, None, None]
    return noisy(cv2.GaussianBlur(lit, (0, 0), 0.8), rng)


def photograph_matrix(page: Picture, corners: list[tuple[float, float]]) -> Homography:
    """Page pixels to photograph pixels."""
    height, width = page.shape[:2]
    own = np.array([(0, 0), (width - 1, 0), (width - 1, height - 1), (0, height - 1)], np.float32)
    return np.asarray(cv2.getPerspectiveTransform(own, np.array(corners, np.float32)), np.float64)


def stamped(page: Picture, centre: tuple[int, int], radius: int) -> Picture:
    """The page under a round red stamp: ring, inner disc of lines; what lies under it shows, as in real ink."""
    ink = np.zeros(page.shape[:2], np.float32)
    cv2.circle(ink, centre, radius, 1.0, max(3, radius // 12))
    cv2.circle(ink, centre, radius // 2, 1.0, max(2, radius // 20))
    for angle in np.linspace(0, 2 * np.pi, 24, endpoint=False):
        near, far = radius * 0.62, radius * 0.85
        start = (round(centre[0] + near * np.cos(angle)), round(centre[1] + near * np.sin(angle)))
        end = (round(centre[0] + far * np.cos(angle)), round(centre[1] + far * np.sin(angle)))
        cv2.line(ink, start, end, 1.0, 3)
    ink = cv2.GaussianBlur(ink, (0, 0), 0.8)[..., None] * 0.8
    red = np.array([60, 50, 205], np.float32) / 255.0
    return np.clip(page * (1 - ink + ink * red), 0, 255).astype(np.uint8)
