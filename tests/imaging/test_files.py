"""Reading scans from files: every kind that comes in, every way a file can be bad."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import struct
import unicodedata
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from hotich.errors import InputError
from hotich.imaging.files import IntakeResult, natural_key, read_sources, walk_sources
from hotich.imaging.rasters import MEDIA_TYPES, apply_turn, decode, decode_reduced
from hotich.messages import Language, all_messages, explain

NAMES = ["trang số 1 – sổ hộ tịch Đồng Tiến.jpg", "Quét (2) ghi chú & đính kèm.JPG", "C:\\Quét\\1.jpg"]

CORNERS = np.zeros((40, 60, 3), np.uint8)
CORNERS[:20, :30] = (255, 0, 0)
CORNERS[:20, 30:] = (0, 255, 0)
CORNERS[20:, :30] = (0, 0, 255)
CORNERS[20:, 30:] = (250, 250, 250)
"""RGB: red, green above blue, near-white."""


def encoded(kind: str, picture: Image.Image | None = None, **options: object) -> bytes:
    out = io.BytesIO()
    (picture or Image.fromarray(CORNERS)).save(out, kind, **options)
    return out.getvalue()


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def only_key(result: IntakeResult) -> str:
    assert result.pages == ()
    assert len(result.problems) == 1
    return result.problems[0].key


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "BMP", "WEBP", "JPEG2000"])
def test_a_picture_keeps_its_bytes_and_tells_its_size(tmp_path: Path, kind: str) -> None:
    data = encoded(kind)
    result = read_sources(write(tmp_path, "trang", data))
    assert result.problems == ()
    (page,) = result.pages
    assert page.original == data
    assert page.source.file_sha256 == hashlib.sha256(data).hexdigest()
    assert (page.source.width, page.source.height, page.source.frame) == (60, 40, 0)
    assert page.source.media_type == MEDIA_TYPES[kind]


@pytest.mark.parametrize(
    ("stated", "kept"), [((300, 300), 300.0), ((72, 72), None), ((96, 96), None), ((200, 200), 200.0)]
)
def test_only_a_scanner_resolution_is_believed(tmp_path: Path, stated: tuple[int, int], kept: float | None) -> None:
    (page,) = read_sources(write(tmp_path, "a.jpg", encoded("JPEG", dpi=stated))).pages
    assert page.source.dpi == kept


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_vietnamese_and_windows_names_are_kept_composed(tmp_path: Path, name: str, form: str) -> None:
    path = write(tmp_path, unicodedata.normalize(form, name), encoded("JPEG"))
    (page,) = read_sources(path).pages
    assert page.source.file_name == unicodedata.normalize("NFC", name)


def test_a_name_in_an_old_code_page_can_still_be_stored(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/qu\xe9t.jpg"))
    path.write_bytes(encoded("JPEG"))
    (page,) = read_sources(path).pages
    assert page.source.file_name.encode("utf-8").decode("utf-8") == "qu�t.jpg"


def test_a_tiff_of_many_pages_shares_one_file(tmp_path: Path) -> None:
    shades = [Image.new("L", (30 + n, 20), 40 * n) for n in range(4)]
    data = encoded("TIFF", shades[0], save_all=True, append_images=shades[1:])
    result = read_sources(write(tmp_path, "sổ.tif", data))
    assert [page.source.frame for page in result.pages] == [0, 1, 2, 3]
    assert [page.source.width for page in result.pages] == [30, 31, 32, 33]
    assert len({page.source.page_id for page in result.pages}) == 4
    assert all(page.original is result.pages[0].original for page in result.pages)
    for page in result.pages:
        assert decode(page.original, page.source.frame)[0, 0].tolist() == [40 * page.source.frame] * 3


def test_one_damaged_frame_leaves_the_others(tmp_path: Path) -> None:
    pages = [Image.fromarray(np.full((30, 30), n * 50, np.uint8)) for n in range(3)]
    data = bytearray(encoded("TIFF", pages[0], save_all=True, append_images=pages[1:], compression="tiff_lzw"))
    with Image.open(io.BytesIO(bytes(data))) as picture:
        picture.seek(1)
        start, length = picture.tag_v2[273][0], picture.tag_v2[279][0]
    data[start : start + length] = b"\x00" * length
    result = read_sources(write(tmp_path, "hỏng.tif", bytes(data)))
    assert [page.source.frame for page in result.pages] == [0, 2]
    (problem,) = result.problems
    assert problem.key in ("input-corrupt", "input-truncated")
    assert problem.facts["page"] == "2"


@pytest.mark.parametrize(("mark", "turn"), [(1, 0), (3, 180), (6, 90), (8, 270)])
def test_the_camera_turn_is_told_and_not_applied(tmp_path: Path, mark: int, turn: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = mark
    (page,) = read_sources(write(tmp_path, "máy ảnh.jpg", encoded("JPEG", exif=exif))).pages
    assert page.source.exif_turn == turn
    stored = decode(page.original, 0)
    assert stored.shape == (40, 60, 3)
    assert stored[5, 5].argmax() == 2, "red stays in the stored top left corner"
    with Image.open(io.BytesIO(page.original)) as picture:
        from PIL import ImageOps

        upright = np.asarray(ImageOps.exif_transpose(picture).convert("RGB"))[..., ::-1]
    assert np.abs(apply_turn(stored, turn).astype(int) - upright).mean() < 3.0


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_four_turns_come_round(turn: int) -> None:
    picture = CORNERS
    for _ in range(4):
        picture = apply_turn(picture, turn)
    assert np.array_equal(picture, CORNERS)


def sixteen_bits() -> Image.Image:
    return Image.fromarray(CORNERS[..., 0].astype(np.uint16) * 257)


def seen_through() -> Image.Image:
    alpha = np.dstack([CORNERS, np.full((40, 60), 255, np.uint8)])
    alpha[:20, :30] = (0, 0, 0, 0)
    return Image.fromarray(alpha)


@pytest.mark.parametrize(
    ("kind", "picture", "at_top_left"),
    [
        ("PNG", sixteen_bits(), (255, 255, 255)),
        ("TIFF", sixteen_bits(), (255, 255, 255)),
        ("PNG", seen_through(), (255, 255, 255)),
        ("PNG", Image.fromarray(CORNERS).convert("L"), (76, 76, 76)),
        ("PNG", Image.fromarray(CORNERS).quantize(8), (0, 0, 255)),
        ("TIFF", Image.fromarray(CORNERS).convert("CMYK"), (0, 0, 255)),
        ("JPEG", Image.fromarray(CORNERS).convert("CMYK"), (0, 0, 255)),
        ("TIFF", Image.fromarray(CORNERS[..., 0]).convert("1"), (255, 255, 255)),
        ("TIFF", Image.fromarray(CORNERS[..., 0].astype(np.float32) / 255.0), (255, 255, 255)),
    ],
    ids=["png16", "tiff16", "alpha", "grey", "palette", "tiff-cmyk", "jpeg-cmyk", "bilevel", "float"],
)
def test_every_kind_of_pixel_becomes_bgr_of_eight_bits(
    kind: str, picture: Image.Image, at_top_left: tuple[int, int, int]
) -> None:
    decoded = decode(encoded(kind, picture), 0)
    assert decoded.shape == (40, 60, 3)
    assert decoded.dtype == np.uint8
    assert np.abs(decoded[8, 8].astype(int) - at_top_left).max() <= 6


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
@pytest.mark.parametrize("longest", [16, 33, 60, 500])
def test_a_reduced_picture_is_no_longer_than_asked(kind: str, longest: int) -> None:
    small = decode_reduced(encoded(kind), 0, longest)
    assert max(small.shape[:2]) == min(longest, 60)
    assert small[small.shape[0] // 4, small.shape[1] // 4].argmax() == 2


HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAX1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9j"
    "AAAAAERAAAEAAQAAAAABoQABAAAAAAAAAIgAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA/Wlw"
    "cnAAAADdaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AA"
    "AAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAA"
    "QAAAAEAAAAAoY2xhcAAAADwAAAABAAAAKAAAAAH////8AAAAAv///+gAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWB"
    "AgMFhAAAAJBtZGF0AAAAhCgBrxOAY4zQf/Aqr+qfn90yWUm7cPD9OdNkCSHNoAMN36UDakaRtzFw5dKPdF6OIsGNAhArO7sssWoWZF2A3GXN"
    "8hoDMyT7TXhbXJ12h663W5GID7hcUNjfwUrOR8icezDZQGWqlDQarJUoaKqnDXvfX1UzVOFwfyS51S4VCKNrwWFLwA=="
)
"""The picture above as a telephone stores it; no package that the program needs can write this kind."""


def test_a_telephone_picture_in_heic_is_read(tmp_path: Path) -> None:
    result = read_sources(write(tmp_path, "IMG_0001.HEIC", HEIC))
    assert result.problems == ()
    (page,) = result.pages
    assert page.original == HEIC
    assert (page.source.media_type, page.source.width, page.source.height) == ("image/heic", 60, 40)
    decoded = decode(HEIC, 0)
    assert decoded.shape == (40, 60, 3)
    assert decoded[8, 8].argmax() == 2 and decoded[30, 8].argmax() == 0


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


BAD = {
    "rỗng.jpg": (b"", "input-empty-file"),
    "cụt.jpg": (encoded("JPEG", Image.effect_noise((300, 200), 60))[:-4000], "input-truncated"),
    "cụt.png": (encoded("PNG", Image.effect_noise((300, 200), 60))[:-4000], "input-truncated"),
    "đầu tệp.jpg": (encoded("JPEG")[:30], "input-corrupt"),
    "hỏng.png": (b"\x89PNG\r\n\x1a\n" + b"\x13" * 400, "input-corrupt"),
    "hỏng.tif": (b"II*\0" + b"\xff" * 300, "input-corrupt"),
    "văn bản.jpg": ("Sổ hộ tịch".encode(), "input-unknown-type"),
    "bảng.xlsx": (b"PK\x03\x04" + b"\0" * 200, "input-unknown-type"),
    "to 300 Mpx.png": (png_that_claims(20_000, 15_000), "input-huge-picture"),
    "to 900 Mpx.png": (png_that_claims(30_000, 30_000), "input-huge-picture"),
    "động.gif": (
        encoded("GIF", Image.new("L", (9, 9)), save_all=True, append_images=[Image.new("L", (9, 9), 200)]),
        "input-animated",
    ),
    "động.png": (
        encoded("PNG", Image.new("L", (9, 9)), save_all=True, append_images=[Image.new("L", (9, 9), 200)]),
        "input-animated",
    ),
}


# Pillow warns about damaged TIFF tags before it gives up.
@pytest.mark.filterwarnings("ignore:Corrupt EXIF data:UserWarning")
@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_told_with_its_name(tmp_path: Path, name: str) -> None:
    data, key = BAD[name]
    result = read_sources(write(tmp_path, name, data))
    assert only_key(result) == key
    (problem,) = result.problems
    assert isinstance(problem, InputError)
    for language in Language:
        sentence = explain(problem, language)
        assert name in sentence and "{" not in sentence


def test_missing_files_and_folders_are_told(tmp_path: Path) -> None:
    assert only_key(read_sources(tmp_path / "không có.jpg")) == "input-missing"
    assert only_key(read_sources(tmp_path)) == "input-folder"


@pytest.mark.skipif(not hasattr(os, "seteuid") or os.geteuid() != 0, reason="only root can become somebody else")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, "mật.jpg", encoded("JPEG"))
    path.chmod(0)
    os.seteuid(65534)
    try:
        result = read_sources(path)
    finally:
        os.seteuid(0)
    assert only_key(result) == "input-forbidden"


def test_folders_are_walked_as_a_person_counts(tmp_path: Path) -> None:
    for name in ("trang 10.jpg", "trang 2.jpg", "Trang 1.jpg"):
        write(tmp_path, name, encoded("JPEG"))
    inner = tmp_path / "trang 3"
    inner.mkdir()
    write(inner, "b.png", encoded("PNG"))
    write(inner, "không đuôi", encoded("PNG"))
    write(inner, "rỗng.jpg", b"")
    for dropping in ("Thumbs.db", ".DS_Store", "~$x.jpg", "ghi chú.txt"):
        write(tmp_path, dropping, b"x")
    (inner / "vòng").symlink_to(tmp_path, target_is_directory=True)
    named = write(tmp_path, "ghi chú.txt", b"named by hand")
    found = [path.relative_to(tmp_path).as_posix() for path in walk_sources([tmp_path, named])]
    inside = ["trang 3/b.png", "trang 3/không đuôi", "trang 3/rỗng.jpg"]
    assert found == ["Trang 1.jpg", "trang 2.jpg", *inside, "trang 10.jpg", "ghi chú.txt"]


def test_natural_order_does_not_depend_on_composition() -> None:
    assert natural_key(unicodedata.normalize("NFD", "Sổ 7")) == natural_key("sổ 07")
    assert natural_key("a9b") < natural_key("a10a")


def test_every_key_of_this_part_has_both_sentences() -> None:
    told = {key: texts for key, texts in all_messages().items() if key.startswith(("input-", "clean-", "quality-"))}
    assert len(told) > 20
    assert all(set(texts) == {"vi", "en"} and all(texts.values()) for texts in told.values())
