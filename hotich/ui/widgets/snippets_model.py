"""The snippets of the carousel as a list; headings stand between them but are no rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from hotich.pipeline.carousel import Group, Snippet

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()


class SnippetsModel(QAbstractListModel):
    """Rows are asked for by number or key; `describe` says a snippet in words, for those who cannot see it."""

    def __init__(self, describe: Callable[[Snippet], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._describe = describe
        self._snippets: list[Snippet] = []
        self._places: dict[str, int] = {}
        self.groups: tuple[Group, ...] = ()

    def replace(self, groups: tuple[Group, ...]) -> None:
        """Other snippets."""
        self.beginResetModel()
        self.groups = groups
        self._snippets = [snippet for group in groups for snippet in group.snippets]
        self._places = {snippet.key: place for place, snippet in enumerate(self._snippets)}
        self.endResetModel()

    def update(self, snippets: Sequence[Snippet]) -> None:
        """The same snippets, as they are now."""
        for snippet in snippets:
            place = self._places.get(snippet.key)
            if place is not None:
                self._snippets[place] = snippet
                self.dataChanged.emit(self.index(place, 0), self.index(place, 0))

    def snippet(self, place: int) -> Snippet | None:
        """The snippet at that place."""
        return self._snippets[place] if 0 <= place < len(self._snippets) else None

    def place(self, key: str) -> int:
        """The place of that snippet, or -1."""
        return self._places.get(key, -1)

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """All snippets: rows cost nothing until they are painted."""
        return 0 if parent.isValid() else len(self._snippets)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """The value, or the snippet in words."""
        snippet = self.snippet(index.row()) if index.isValid() else None
        if snippet is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return snippet.cell.text
        return self._describe(snippet) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Open snippets may be typed over; the others only looked at."""
        snippet = self.snippet(index.row())
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual | Qt.ItemFlag.ItemIsEditable if snippet is not None else usual
