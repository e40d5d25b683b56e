"""The tables and views that packages are loaded into, and making them."""

from __future__ import annotations

from hotich.errors import StoreError
from hotich.export.load.database import Database, Table
from hotich.forms.formspec import RecordSpec
from hotich.forms.loader import load_catalogue

VERSION = 1
"""Of these tables; a later one will know how to bring earlier ones up."""

MARK = Table("hotich_tables", (("version", "BIGINT NOT NULL"), ("views", "TEXT NOT NULL")), "PRIMARY KEY (version)")
PACKAGES = Table(
    "packages",
    (
        ("sha256", "TEXT NOT NULL"),
        ("book_id", "TEXT NOT NULL"),
        ("number", "BIGINT NOT NULL"),
        ("base", "BIGINT NOT NULL"),
        ("file_name", "TEXT NOT NULL"),
        ("schema_version", "TEXT NOT NULL"),
        ("program", "TEXT NOT NULL"),
        ("history", "BIGINT NOT NULL"),
        ("history_at", "TEXT NOT NULL"),
        ("records", "BIGINT NOT NULL"),
        ("reason", "TEXT NOT NULL"),
        ("loaded_at", "TEXT NOT NULL"),
    ),
    "PRIMARY KEY (sha256)",
)
BOOKS = Table(
    "books",
    (
        ("book_id", "TEXT NOT NULL"),
        ("record_type", "TEXT NOT NULL"),
        ("title", "TEXT NOT NULL"),
        ("year", "BIGINT NOT NULL"),
        ("number", "TEXT NOT NULL"),
        ("place", "TEXT NOT NULL"),
        ("province", "TEXT NOT NULL"),
        ("opened", "TEXT NOT NULL"),
        ("closed", "TEXT NOT NULL"),
        ("expected_entries", "BIGINT"),
        ("void_entries", "BIGINT NOT NULL"),
        ("template", "TEXT NOT NULL"),
        ("official", "BIGINT NOT NULL"),
        ("columns", "TEXT NOT NULL"),
        ("history", "BIGINT NOT NULL"),
        ("package", "TEXT NOT NULL REFERENCES packages (sha256)"),
    ),
    "PRIMARY KEY (book_id)",
)
PAGES = Table(
    "pages",
    (
        ("package", "TEXT NOT NULL REFERENCES packages (sha256)"),
        ("number", "BIGINT NOT NULL"),
        ("book_id", "TEXT NOT NULL"),
        ("page_id", "TEXT NOT NULL"),
        ("file", "TEXT NOT NULL"),
        ("source_name", "TEXT NOT NULL"),
        ("source_sha256", "TEXT NOT NULL"),
        ("frame", "BIGINT NOT NULL"),
        ("turn", "BIGINT NOT NULL"),
        ("original_width", "BIGINT NOT NULL"),
        ("original_height", "BIGINT NOT NULL"),
        ("delivered_width", "BIGINT NOT NULL"),
        ("delivered_height", "BIGINT NOT NULL"),
    ),
    "PRIMARY KEY (package, number)",
)
RECORDS = Table(
    "records",
    (
        ("record_id", "TEXT NOT NULL"),
        ("book_id", "TEXT NOT NULL REFERENCES books (book_id)"),
        ("record_type", "TEXT NOT NULL"),
        ("package", "TEXT NOT NULL"),
        ("page", "BIGINT NOT NULL"),
        ("entry", "BIGINT NOT NULL"),
        ("form", "TEXT NOT NULL"),
        ("form_sha256", "TEXT NOT NULL"),
        ("accepted", "TEXT NOT NULL"),
        ("entered_by", "TEXT NOT NULL"),
        ("submitted_by", "TEXT NOT NULL"),
        ("approved_by", "TEXT NOT NULL"),
        ("approved_at", "TEXT NOT NULL"),
        ("margin_notes", "TEXT NOT NULL"),
        ("refusals", "TEXT NOT NULL"),
        ("sha256", "TEXT NOT NULL"),
    ),
    "PRIMARY KEY (record_id), FOREIGN KEY (package, page) REFERENCES pages (package, number)",
)
FIELDS = Table(
    "fields",
    (
        ("record_id", "TEXT NOT NULL REFERENCES records (record_id)"),
        ("position", "BIGINT NOT NULL"),
        ("code", "TEXT NOT NULL"),
        ("as_written", "TEXT NOT NULL"),
        ("normal", "TEXT NOT NULL"),
        ("state", "TEXT NOT NULL"),
        ("origin", "TEXT"),
        ("confirmed_by", "TEXT"),
        ("confirmed_role", "TEXT"),
        ("confirmed_at", "TEXT"),
        ("confirmed_way", "TEXT"),
        ("confirmed_note", "TEXT"),
        ("engine", "TEXT"),
        ("engine_version", "TEXT"),
        ("confidence", "DOUBLE PRECISION"),
        ("region", "TEXT"),
    ),
    "PRIMARY KEY (record_id, position)",
)
RECORD_HISTORY = Table(
    "record_history",
    (
        ("record_id", "TEXT NOT NULL"),
        ("package", "TEXT NOT NULL REFERENCES packages (sha256)"),
        ("book_id", "TEXT NOT NULL"),
        ("sha256", "TEXT NOT NULL"),
        ("kind", "TEXT NOT NULL"),
        ("reason", "TEXT NOT NULL"),
        ("replaced_by", "TEXT NOT NULL REFERENCES packages (sha256)"),
        ("record", "TEXT NOT NULL"),
    ),
    "PRIMARY KEY (record_id, package, replaced_by)",
)
TABLES = (MARK, PACKAGES, BOOKS, PAGES, RECORDS, FIELDS, RECORD_HISTORY)
_INDEXES = (
    "CREATE INDEX records_by_book ON records (book_id)",
    # None on values: PostgreSQL indexes no text beyond some 2,700 bytes, and a note may be longer.
    "CREATE INDEX fields_by_code ON fields (code)",
    "CREATE INDEX packages_by_book ON packages (book_id, number)",
)

BOOK_COLUMNS = ("record_id", "book_id", "book_year", "book_number", "book_place")
"""What every wide view has before the columns of the import template."""


def view_name(spec: RecordSpec) -> str:
    """The name of the wide view of that record type: `national_ks`."""
    return f"national_{spec.record_type.value.lower()}"


def view_statement(spec: RecordSpec) -> str:
    """What makes the view: one row a record, one column for each code, with the normal forms."""
    columns = ", ".join(
        f"max(CASE WHEN f.code = '{field.id}' THEN f.normal END) AS \"{field.id}\"" for field in spec.fields
    )
    return (
        f"CREATE VIEW {view_name(spec)} AS SELECT r.record_id AS record_id, max(b.book_id) AS book_id,"
        f" max(b.year) AS book_year, max(b.number) AS book_number, max(b.place) AS book_place, {columns}"
        " FROM records r JOIN books b ON b.book_id = r.book_id JOIN fields f ON f.record_id = r.record_id"
        f" WHERE r.record_type = '{spec.record_type.value}' GROUP BY r.record_id"
    )


def make_tables(database: Database) -> None:
    """Makes what is missing, within the transaction that is open.

    Raises StoreError when tables of those names belong to another program, or to a later version of this one.
    """
    existing = database.existing()
    specs = tuple(load_catalogue().records.values())
    if MARK.name not in existing:
        if foreign := sorted(existing & {table.name for table in TABLES}):
            raise StoreError("load-foreign-tables", tables=", ".join(foreign))
        for statement in (*(table.statement for table in TABLES), *_INDEXES, *map(view_statement, specs)):
            database.execute(statement)
        database.insert(MARK, [(VERSION, _codes(specs))])
        return
    ((version, views),) = database.rows(f"SELECT version, views FROM {MARK.name}")
    if version != VERSION:
        raise StoreError("load-other-tables", version=version, known=VERSION)
    if views != _codes(specs):
        _renew_views(database, specs)


def _renew_views(database: Database, specs: tuple[RecordSpec, ...]) -> None:
    """The columns of an import template changed with the program."""
    for spec in specs:
        database.execute(f"DROP VIEW IF EXISTS {view_name(spec)}")
        database.execute(view_statement(spec))
    database.execute(f"UPDATE {MARK.name} SET views = ?", (_codes(specs),))


def _codes(specs: tuple[RecordSpec, ...]) -> str:
    return "; ".join(f"{spec.record_type.value}: {' '.join(field.id for field in spec.fields)}" for spec in specs)
