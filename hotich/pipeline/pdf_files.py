"""Documents of records as files of a folder, named as the hand-off names them, signed where somebody signs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

import msgspec

from hotich.errors import PolicyError
from hotich.export.documents.sign import sign_pdf
from hotich.export.ministry.choices import OWN_FILE, Choices, load_choices
from hotich.export.ministry.names import pdf_name
from hotich.export.naming import package_stem
from hotich.export.new_file import new_file
from hotich.export.trust import CertificateSigner, Signer
from hotich.pipeline.lookup import book_of, record_of
from hotich.pipeline.record_pdfs import RecordPdf
from hotich.store import Workspace
from hotich.values import Book, Finding, Record

SUFFIX = ".pdf"
_NAMING = ("so", "quyenSo", "ngayDangKy")


class PdfFiles(msgspec.Struct, frozen=True):
    """What was written: the files, their pages and bytes in all, and everything that was told of them."""

    paths: tuple[Path, ...] = ()
    pages: int = 0
    size: int = 0
    not_made: int = 0
    notes: tuple[Finding, ...] = ()


def write_pdf_files(
    workspace: Workspace, documents: Iterable[RecordPdf], folder: Path, signer: Signer | None = None
) -> PdfFiles:
    """Each document as a file of its own under the first free name; those that could not be made are told.

    Raises PolicyError where `signer` has no certificate, SetupError without room or where the key cannot be used,
    PackageError where the folder cannot be written.
    """
    finish = finishing(signer)
    choices = load_choices(workspace.folder / OWN_FILE)
    done = PdfFiles()
    for document in documents:
        notes = (*done.notes, *document.notes)
        if not document.made:
            done = msgspec.structs.replace(done, not_made=done.not_made + 1, notes=notes)
            continue
        record = record_of(workspace, document.record_id)
        stem = file_stem(book_of(workspace, record.book_id), record, choices)
        data = finish(document.data)
        path, _ = new_file(folder, stem, SUFFIX, _writing(data))
        done = PdfFiles((*done.paths, path), done.pages + document.pages, done.size + len(data), done.not_made, notes)
    return done


def _writing(data: bytes) -> Callable[[BinaryIO], int]:
    return lambda file: file.write(data)


def finishing(signer: Signer | None) -> Callable[[bytes], bytes]:
    """What is done to a document before it leaves. Raises PolicyError where the signer has no certificate."""
    if signer is None:
        return lambda data: data
    if not isinstance(signer, CertificateSigner):
        raise PolicyError("pdf-signer-without-certificate")
    identity = signer.identity
    return lambda data: sign_pdf(data, identity)


def file_stem(book: Book, record: Record, choices: Choices) -> str:
    """`KS.2017.01.2017-02-03.05`; where the numbers do not have the form of the import, book and id of the record."""
    cells = {field_id: record.normal(field_id) for field_id in _NAMING}
    name = pdf_name(cells, book.record_type, choices)
    stem = name.removesuffix(SUFFIX) or f"{package_stem(book)}.{record.record_id}"
    return f"{choices.practice_prefix}{stem}" if book.practice else stem
