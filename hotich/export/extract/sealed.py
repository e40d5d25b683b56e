"""The file of an extract: the drawn sheets with what they say attached, and whether both still agree.

The attachment holds the content and the payload, so that a program can compute the hash that the payload signs, and
draw the sheets again to see whether anything was changed on them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from hotich.errors import PackageError
from hotich.export.extract.content import ExtractContent, canonical, content_hash, read_content
from hotich.export.extract.draw import draw

if TYPE_CHECKING:
    from pikepdf import Pdf, Stream

ATTACHED: Final = "hotich-extract.json"
RENDER_DPI: Final = 110
MOST_PAGES: Final = 60
_LARGEST: Final = 4 * 2**20
"""Bytes of an attachment at most."""

VISIBLE: Final = 24
"""Difference of two grey values, of 255, from which something was changed."""


class Envelope(msgspec.Struct, frozen=True):
    """What is attached."""

    payload: str
    content: msgspec.Raw


@dataclass(frozen=True, slots=True)
class SealedExtract:
    """An extract read from its file; `digest` is the hash of the content as attached, `pictures` go by SHA-256."""

    content: ExtractContent
    digest: str
    payload: str
    pictures: dict[str, bytes]


def seal(drawn: bytes, content: ExtractContent, payload: str) -> bytes:
    """The drawn document with its content attached; equal inputs give equal bytes."""
    import pikepdf

    envelope = msgspec.json.encode(Envelope(payload, msgspec.Raw(canonical(content))))
    out = BytesIO()
    with pikepdf.open(BytesIO(drawn)) as pdf:
        told = {"description": "", "filename": ATTACHED, "creation_date": "", "mod_date": ""}
        pdf.attachments[ATTACHED] = pikepdf.AttachedFileSpec(pdf, envelope, mime_type="application/json", **told)
        pdf.save(out, deterministic_id=True, min_version="1.7")
    return out.getvalue()


def unseal(data: bytes) -> SealedExtract:
    """What is attached to a document. Raises PackageError `extract-not-ours` where that is not an extract."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            attached = pdf.attachments[ATTACHED].get_file().read_bytes()
            if len(attached) > _LARGEST or len(pdf.pages) > MOST_PAGES:
                raise ValueError("too large")
            envelope = msgspec.json.decode(attached, type=Envelope)
            written = bytes(envelope.content)
            content = read_content(written)
            return SealedExtract(content, content_hash(written).hex(), envelope.payload, dict(_pictures(pdf)))
    except (
        pikepdf.PdfError,
        pikepdf.PasswordError,
        KeyError,
        ValueError,
        OSError,
        RuntimeError,
        msgspec.MsgspecError,
    ) as failure:
        raise PackageError("extract-not-ours") from failure


def _pictures(pdf: Pdf) -> Iterator[tuple[str, bytes]]:
    import pikepdf

    for page in pdf.pages:
        held = page.obj.get("/Resources", pikepdf.Dictionary()).get("/XObject", pikepdf.Dictionary())
        for _, picture in held.items():
            if isinstance(picture, pikepdf.Stream) and "/DCTDecode" in map(str, _filters(picture)):
                data = picture.read_raw_bytes()
                yield hashlib.sha256(data).hexdigest(), data


def _filters(picture: Stream) -> Iterable[object]:
    """One filter stands by itself, several in a list."""
    import pikepdf

    found = picture.get("/Filter")
    return tuple(found) if isinstance(found, pikepdf.Array) else (found,)


def rendered(data: bytes, dpi: int = RENDER_DPI) -> Iterator[NDArray[np.uint8]]:
    """The sheets as grey pictures, one at a time. Raises PackageError `extract-not-a-pdf`."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as failure:
        raise PackageError("extract-not-a-pdf") from failure
    try:
        for number in range(min(len(document), MOST_PAGES)):
            page = document[number]
            picture = page.render(scale=dpi / 72, grayscale=True).to_numpy()
            yield np.array(picture.reshape(picture.shape[:2]), dtype=np.uint8)
    finally:
        document.close()


def changed_sheets(data: bytes, sealed: SealedExtract, public_key: str) -> tuple[int, ...]:
    """The numbers, from 1, of the sheets that do not look as their content is drawn; missing and added ones too."""
    again = draw(sealed.content, sealed.payload, sealed.pictures, public_key)
    told, meant = list(rendered(data)), list(rendered(again))
    most = max(len(told), len(meant))
    return tuple(
        number + 1
        for number in range(most)
        if number >= min(len(told), len(meant)) or not _look_alike(told[number], meant[number])
    )


def _look_alike(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> bool:
    if one.shape != other.shape:
        return False
    return bool((np.abs(one.astype(np.int16) - other.astype(np.int16)) < VISIBLE).all())
