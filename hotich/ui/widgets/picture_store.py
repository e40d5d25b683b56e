"""Pictures for the eye, kept up to a number of bytes; those not looked at for longest go first."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtGui import QPixmap

BYTES_AT_MOST = 48_000_000
"""About a thousand snippets."""

BYTES_A_PIXEL = 4


class PictureStore:
    """Pixmaps by key."""

    def __init__(self, at_most: int = BYTES_AT_MOST) -> None:
        self._at_most = at_most
        self._pictures: OrderedDict[str, QPixmap] = OrderedDict()
        self.bytes = 0

    def put(self, key: str, picture: QPixmap) -> None:
        """Keep a picture; older ones give way."""
        self.drop(key)
        self._pictures[key] = picture
        self.bytes += _size(picture)
        while self.bytes > self._at_most and len(self._pictures) > 1:
            self.bytes -= _size(self._pictures.popitem(last=False)[1])

    def get(self, key: str) -> QPixmap | None:
        """The picture of that key, now the one looked at last."""
        found = self._pictures.get(key)
        if found is not None:
            self._pictures.move_to_end(key)
        return found

    def drop(self, key: str) -> None:
        """Forget a picture."""
        old = self._pictures.pop(key, None)
        if old is not None:
            self.bytes -= _size(old)

    def clear(self) -> None:
        """Forget all."""
        self._pictures.clear()
        self.bytes = 0

    def __contains__(self, key: object) -> bool:
        return key in self._pictures

    def __len__(self) -> int:
        return len(self._pictures)


def _size(picture: QPixmap) -> int:
    return picture.width() * picture.height() * BYTES_A_PIXEL
