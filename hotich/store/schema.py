"""The tables of a workspace and how an older file becomes a present one.

`actions` is the only truth. `books`, `pages`, `records`, `people` and `search` are an index of it that `rebuild` makes
again; triggers keep the full-text tables to `search`.
"""

from __future__ import annotations

import sqlite_utils
from sqlite_utils import Migrations

APPLICATION_ID = 0x486F5469
"""Written into the head of the file, so that another program's file is not taken for ours."""

INDEX_TABLES = ("people", "search", "records", "pages", "books")
"""In the order in which rows may be removed without breaking a foreign key."""

MIGRATIONS = Migrations("hotich")


@MIGRATIONS()
def m001_actions_and_index(db: sqlite_utils.Database) -> None:
    """The first version."""
    for statement in _FIRST_VERSION:
        db.execute(statement)


@MIGRATIONS()
def m002_search_and_extracts(db: sqlite_utils.Database) -> None:
    """Searching all books, and the printed extracts in their order; the rows of the search are made at opening."""
    for statement in _SEARCH:
        db.execute(statement)


_FIRST_VERSION = (
    """
    CREATE TABLE actions (
        action_id INTEGER PRIMARY KEY,
        book_id TEXT NOT NULL,
        page_id TEXT NOT NULL,
        record_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        event TEXT NOT NULL,
        actor_name TEXT NOT NULL,
        actor_role TEXT NOT NULL,
        at TEXT NOT NULL,
        previous_hash TEXT NOT NULL,
        hash TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX actions_by_record ON actions (record_id, action_id)",
    "CREATE INDEX actions_by_page ON actions (page_id, action_id)",
    "CREATE INDEX actions_by_book ON actions (book_id, action_id)",
    "CREATE INDEX actions_by_person ON actions (book_id, actor_name, action_id)",
    """
    CREATE TRIGGER actions_are_never_changed BEFORE UPDATE ON actions
    BEGIN SELECT RAISE(ABORT, 'actions are append-only'); END
    """,
    """
    CREATE TRIGGER actions_are_never_removed BEFORE DELETE ON actions
    BEGIN SELECT RAISE(ABORT, 'actions are append-only'); END
    """,
    """
    CREATE TABLE books (
        book_id TEXT PRIMARY KEY,
        opened INTEGER NOT NULL,
        data TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE pages (
        page_id TEXT PRIMARY KEY,
        book_id TEXT NOT NULL REFERENCES books (book_id),
        position INTEGER NOT NULL,
        file_sha256 TEXT NOT NULL,
        data TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX pages_in_order ON pages (book_id, position, page_id)",
    "CREATE INDEX pages_by_file ON pages (file_sha256)",
    """
    CREATE TABLE records (
        record_id TEXT PRIMARY KEY,
        book_id TEXT NOT NULL REFERENCES books (book_id),
        page_id TEXT NOT NULL REFERENCES pages (page_id),
        entry INTEGER NOT NULL,
        status TEXT NOT NULL,
        last_action INTEGER NOT NULL,
        data TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX records_by_status ON records (book_id, status)",
    "CREATE INDEX records_by_page ON records (page_id, entry, record_id)",
    "CREATE INDEX records_by_change ON records (book_id, last_action)",
    """
    CREATE TABLE people (
        book_id TEXT NOT NULL REFERENCES books (book_id),
        name TEXT NOT NULL,
        last_action INTEGER NOT NULL,
        PRIMARY KEY (book_id, name)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE settings (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
)

_WORDS = ("number", "book", "dates", "papers", "name", "people", "places", "marked", "facets")
_GREY = ("grey", "facets")


def _full_text(table: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    """A full-text table over columns of `search` and the triggers that keep it.

    The words come folded, because the tokenizers of SQLite do not take đ for d. Beginnings of one and two letters have
    an index of their own: without it a third of all words would be gone through for them.
    """
    names = ", ".join(columns)
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("old", "new"))
    take_out = f"INSERT INTO {table} ({table}, rowid, {names}) VALUES ('delete', old.place, {old});"
    put_in = f"INSERT INTO {table} (rowid, {names}) VALUES (new.place, {new});"
    return (
        f"CREATE VIRTUAL TABLE {table} USING fts5 ({names}, content = 'search', content_rowid = 'place',"
        " prefix = '1 2', tokenize = \"ascii tokenchars './:'\")",
        f"CREATE TRIGGER {table}_put AFTER INSERT ON search BEGIN {put_in} END",
        f"CREATE TRIGGER {table}_removed AFTER DELETE ON search BEGIN {take_out} END",
        f"CREATE TRIGGER {table}_changed AFTER UPDATE ON search BEGIN {take_out} {put_in} END",
    )


_SEARCH = (
    """
    CREATE TABLE search (
        place INTEGER PRIMARY KEY,
        record_id TEXT NOT NULL UNIQUE REFERENCES records (record_id),
        number TEXT NOT NULL,
        book TEXT NOT NULL,
        dates TEXT NOT NULL,
        papers TEXT NOT NULL,
        name TEXT NOT NULL,
        people TEXT NOT NULL,
        places TEXT NOT NULL,
        marked TEXT NOT NULL,
        grey TEXT NOT NULL,
        facets TEXT NOT NULL
    ) STRICT
    """,
    *_full_text("search_words", _WORDS),
    *_full_text("search_grey", _GREY),
    # Every word that stands somewhere, to find those that begin so; a word that is gone may stay.
    "CREATE TABLE search_terms (term TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    "CREATE INDEX actions_of_extracts ON actions (action_id) WHERE kind = 'ExtractPrinted'",
)
