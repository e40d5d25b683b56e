"""From the URL that a person gives to an open database."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from hotich.errors import SetupError
from hotich.export.load.database import Database
from hotich.export.load.sqlite import SqliteDatabase

_SQLITE = "sqlite:///"
_POSTGRES = ("postgresql://", "postgres://")


def database_at(url: str) -> Database:
    """The database of `sqlite:///path` or `postgresql://...`. Raises SetupError for another URL, and StoreError."""
    if url.startswith(_SQLITE) and len(url) > len(_SQLITE):
        return SqliteDatabase(Path(unquote(url.removeprefix(_SQLITE))))
    if url.startswith(_POSTGRES):
        from hotich.export.load.postgres import PostgresDatabase

        return PostgresDatabase(url, shown_target(url))
    raise SetupError("load-unknown-url", url=shown_target(url))


def shown_target(url: str) -> str:
    """The URL for the screen: without the user, the password and parameters, where both may stand too."""
    scheme, mark, rest = url.partition("://")
    if not mark or scheme == "sqlite":
        return url
    place = rest.partition("?")[0]
    authority, slash, path = place.partition("/")
    return f"{scheme}://{authority.rpartition('@')[2]}{slash}{path}"
