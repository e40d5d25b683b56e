"""Pages of a PDF of scans: the scanner's own JPEG where a page is nothing but that, else a drawing of the page."""

from __future__ import annotations

import io
from dataclasses import dataclass
from types import TracebackType

import numpy as np

from hotich.errors import InputError
from hotich.imaging.geometry import Homography, Picture
from hotich.imaging.rasters import MEDIA_TYPES, PIXEL_CAP, as_png, check_decodes, open_raster

RENDER_DPI = 300.0
RENDER_PIXEL_CAP = 40_000_000
"""Pages are drawn smaller than 300 dpi rather than above this: an A3 page at 300 dpi has 17 million pixels."""

MAX_RENDER_DPI = 400.0
_POINTS_PER_INCH = 72.0
_COVERS = 0.97
"""Share of each side of the page that a picture must cover to count as the whole page."""
_UNCHANGED = {"/DCTDecode": "image/jpeg", "/JPXDecode": "image/jp2"}


@dataclass(frozen=True, slots=True)
class TakenPage:
    """A page taken from a PDF: picture bytes, size as stored, resolution, and the clockwise turn it still needs."""

    data: bytes
    width: int
    height: int
    dpi: float | None
    turn: int
    media_type: str


@dataclass(frozen=True, slots=True)
class _OnlyPicture:
    """The one picture that a page consists of, and where it lies (its own unit square to page points)."""

    raw: bytes | None
    media_type: str
    width: int
    height: int
    box: tuple[float, float, float, float]


class PdfBook:
    """An open PDF. Raises InputError on opening: `input-encrypted`, `input-corrupt`, `input-no-pages`."""

    def __init__(self, data: bytes) -> None:
        import pikepdf

        try:
            self._pdf = pikepdf.open(io.BytesIO(data))
        except pikepdf.PasswordError as locked:
            raise InputError("input-encrypted") from locked
        except Exception as broken:  # qpdf's wrapper raises several kinds on damaged files.
            raise InputError("input-corrupt") from broken
        self._data = data
        try:
            self.page_count = len(self._pdf.pages)
        except Exception as broken:
            self._pdf.close()
            raise InputError("input-corrupt") from broken
        if self.page_count == 0:
            self._pdf.close()
            raise InputError("input-no-pages")

    def __enter__(self) -> PdfBook:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pdf.close()

    def take(self, index: int) -> TakenPage:
        """One page, counted from 0. Raises InputError `input-corrupt`, `input-truncated` or `input-huge-picture`."""
        try:
            only = _only_picture(self._pdf.pages[index])
        except Exception:  # An odd page is no reason to stop: drawing it needs none of this.
            only = None
        if only is not None and only.raw is not None:
            taken = self._unchanged(index, only, only.raw)
            if taken is not None:
                return taken
        return self._drawn(index, only)

    def _unchanged(self, index: int, only: _OnlyPicture, raw: bytes) -> TakenPage | None:
        """The stream as it stands in the file, or None when it does not stand as a picture of its own."""
        header = open_raster(raw)
        if MEDIA_TYPES[header.format or ""] != only.media_type or header.mode not in ("L", "RGB"):
            return None
        check_decodes(header)
        dpi = round(only.width / (only.box[2] - only.box[0]) * _POINTS_PER_INCH, 2)
        turn = int(self._pdf.pages[index].obj.get("/Rotate", 0)) % 360
        return TakenPage(raw, only.width, only.height, dpi, turn, only.media_type)

    def _drawn(self, index: int, only: _OnlyPicture | None) -> TakenPage:
        picture, dpi = draw_page(self._data, index, _native_dpi(only))
        return TakenPage(as_png(picture), picture.shape[1], picture.shape[0], round(dpi, 2), 0, "image/png")


def draw_page(data: bytes, index: int, dpi: float) -> tuple[Picture, float]:
    """The page drawn in BGR as a reader sees it, and the resolution it really has. Raises InputError."""
    import pypdfium2

    try:
        book = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as broken:
        raise InputError("input-corrupt") from broken
    try:
        page = book[index]
        width, height = page.get_size()
        if width <= 0 or height <= 0:
            raise InputError("input-corrupt")
        # pdfium has no limit of its own: a page of five metres at 300 dpi would ask for 13 GB.
        most = float(np.sqrt(RENDER_PIXEL_CAP / (width * height))) * _POINTS_PER_INCH
        dpi = min(dpi, most)
        if dpi < 1.0:
            raise InputError("input-huge-picture", megapixels=PIXEL_CAP // 1_000_000)
        drawn = page.render(scale=dpi / _POINTS_PER_INCH, rev_byteorder=False).to_numpy()
    except pypdfium2.PdfiumError as broken:
        raise InputError("input-corrupt") from broken
    finally:
        book.close()
    if drawn.ndim == 2 or drawn.shape[2] == 1:
        drawn = np.repeat(drawn.reshape(*drawn.shape[:2], 1), 3, axis=2)
    return np.ascontiguousarray(drawn[..., :3]), dpi


def _native_dpi(only: _OnlyPicture | None) -> float:
    """300, or the resolution of the picture a page consists of, so that drawing neither loses nor invents pixels."""
    if only is None:
        return RENDER_DPI
    native = only.width / (only.box[2] - only.box[0]) * _POINTS_PER_INCH
    return float(np.clip(native, 150.0, MAX_RENDER_DPI))


def _only_picture(page: object) -> _OnlyPicture | None:
    """The picture that covers the page alone and upright, or None where there is other ink or another placing."""
    import pikepdf

    assert isinstance(page, pikepdf.Page)
    placed = _placements(page)
    if placed is None or len(placed) != 1:
        return None
    name, matrix = placed[0]
    image = page.obj.Resources.XObject[name]
    left, top, right, bottom = _upright_box(matrix)
    if not _covers((left, top, right, bottom), page) or image.get("/Mask") is not None or "/SMask" in image:
        return None
    raw, media_type = None, ""
    filters = image.get("/Filter")
    kind = str(filters[0]) if isinstance(filters, pikepdf.Array) and len(filters) == 1 else str(filters)
    if kind in _UNCHANGED and "/Decode" not in image:
        raw, media_type = image.read_raw_bytes(), _UNCHANGED[kind]
    return _OnlyPicture(raw, media_type, int(image.Width), int(image.Height), (left, top, right, bottom))


def _placements(page: object) -> list[tuple[str, Homography]] | None:
    """Name and matrix of every picture the page draws; None when it also shows anything else."""
    import pikepdf

    assert isinstance(page, pikepdf.Page)
    now, kept, placed = np.eye(3), [], []
    invisible = False
    for instruction in pikepdf.parse_content_stream(page):
        operands = instruction.operands
        match str(instruction.operator):
            case "q":
                kept.append(now)
            case "Q":
                now = kept.pop() if kept else np.eye(3)
            case "cm":
                a, b, c, d, e, f = (float(number) for number in operands)
                now = np.array([[a, b, 0.0], [c, d, 0.0], [e, f, 1.0]]) @ now
            case "Tr":
                # Mode 3 is the unseen text that a scanner program lays under its picture.
                invisible = int(operands[0]) == 3
            case "Tj" | "TJ" | "'" | '"' if not invisible:
                return None
            case "Do":
                name = str(operands[0])
                if str(page.obj.Resources.XObject[name].Subtype) != "/Image":
                    return None
                placed.append((name, now))
            case "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "S" | "s" | "sh" | "INLINE IMAGE":
                return None
            case _:
                pass
    return placed


def _upright_box(matrix: Homography) -> tuple[float, float, float, float]:
    """Left, bottom, right, top in points of a picture placed without turn or mirror; an empty box otherwise."""
    a, b, c, d = matrix[0, 0], matrix[0, 1], matrix[1, 0], matrix[1, 1]
    if a <= 0 or d <= 0 or abs(b) > 1e-3 * a or abs(c) > 1e-3 * d:
        return (0.0, 0.0, 0.0, 0.0)
    return (float(matrix[2, 0]), float(matrix[2, 1]), float(matrix[2, 0] + a), float(matrix[2, 1] + d))


def _covers(box: tuple[float, float, float, float], page: object) -> bool:
    """Whether the box covers the visible page, and little of the picture lies outside of it."""
    import pikepdf

    assert isinstance(page, pikepdf.Page)
    left, bottom, right, top = (float(side) for side in page.cropbox)
    width, height = right - left, top - bottom
    if width <= 0 or height <= 0 or box[2] <= box[0]:
        return False
    seen_across = (min(right, box[2]) - max(left, box[0])) / max(width, box[2] - box[0])
    seen_down = (min(top, box[3]) - max(bottom, box[1])) / max(height, box[3] - box[1])
    return bool(min(seen_across, seen_down) >= _COVERS)
