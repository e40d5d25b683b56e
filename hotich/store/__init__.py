"""The workspace of one office: what people did, kept for ever in one SQLite file, and the page pictures beside it."""

from hotich.store.rows import BookRow, Changes, FieldCell, PageRow, Place
from hotich.store.search import Found, FoundPage, Wanted
from hotich.store.workspace import Workspace

__all__ = ["BookRow", "Changes", "FieldCell", "Found", "FoundPage", "PageRow", "Place", "Wanted", "Workspace"]
