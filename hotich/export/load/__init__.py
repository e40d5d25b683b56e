"""Packages taken over into a database of one's own: SQLite, or PostgreSQL where psycopg is installed."""

from hotich.export.load.loader import Loaded, Outcome, load
from hotich.export.load.target import database_at, shown_target

__all__ = ["Loaded", "Outcome", "database_at", "load", "shown_target"]
