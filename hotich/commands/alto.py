"""`hotich alto`: where the fields of a book's pages stand, what was read and confirmed, as ALTO XML."""

from __future__ import annotations

import argparse
from functools import partial
from typing import BinaryIO

from hotich.commands.console import Console, ProgressBar
from hotich.commands.documents import require_open
from hotich.commands.verbs import book_named, look_at_workspace


def run(words: argparse.Namespace, console: Console) -> int:
    """Writes one file per page that has records."""
    from hotich.export.naming import package_stem
    from hotich.export.new_file import new_file
    from hotich.pipeline.alto import SUFFIX, alto_pages

    with look_at_workspace(words) as workspace:
        book = book_named(workspace, words.book)
        require_open(book)
        paths = []
        for number, data in alto_pages(workspace, book.book_id, ProgressBar()):
            stem = f"{package_stem(book)}.{number:04}"
            path, _ = new_file(words.to, stem, SUFFIX, partial(_write, data))
            paths.append(path)
    console.say("alto-written", files=len(paths), folder=words.to)
    console.result({"files": [str(path) for path in paths]})
    return 0


def _write(data: bytes, file: BinaryIO) -> None:
    file.write(data)
