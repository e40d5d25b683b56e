"""Approved records for other programs, one after the other at constant memory: JSON Lines and CSV."""

from hotich.export.streams.csv_rows import CsvRows
from hotich.export.streams.json_lines import JsonLines
from hotich.export.streams.stream_types import StreamedBook, StreamedPage

__all__ = ["CsvRows", "JsonLines", "StreamedBook", "StreamedPage"]
