"""The manifest of a package, gathered while its pages and records go by."""

from __future__ import annotations

import hotich
from hotich.errors import PackageError
from hotich.export.geometry import page_of
from hotich.export.jpeg import jpeg_size
from hotich.export.package_types import (
    SCHEMA_VERSION,
    Counts,
    FileCheck,
    Manifest,
    ManifestPage,
    PackageBook,
    PackageForm,
    PackageRecord,
    People,
    Person,
    Program,
    RecordCheck,
    SignedBy,
)
from hotich.export.records_json import PackageContent, PackagePage
from hotich.forms.formspec import RecordSpec
from hotich.values import Book


class Tally:
    """How many records each person had to do with, and from when to when."""

    def __init__(self) -> None:
        self._people: dict[str, tuple[int, str, str]] = {}

    def add(self, name: str, times: list[str]) -> None:
        """Counts one more record of that person; the times are ISO 8601 in UTC and sort as texts."""
        records, first, last = self._people.get(name, (0, "", ""))
        known = sorted(time for time in (first, last, *times) if time)
        first, last = (known[0], known[-1]) if known else ("", "")
        self._people[name] = (records + 1, first, last)

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody, by name."""
        return tuple(
            Person(name=name, records=records, first_at=first, last_at=last)
            for name, (records, first, last) in sorted(self._people.items())
        )


class Witness:
    """Who had to do with the records that went by, and on which forms they were kept."""

    def __init__(self) -> None:
        self._forms: dict[tuple[str, str], None] = {}
        self._entered, self._approved = Tally(), Tally()

    def see(self, record: PackageRecord) -> None:
        """Takes note of one record."""
        self._forms[(record.form, record.form_sha256)] = None
        confirmed = [field.confirmed for field in record.fields.values() if field.confirmed is not None]
        for name in record.entered_by:
            self._entered.add(name, [one.at for one in confirmed if one.by == name])
        self._approved.add(record.approval.by, [record.approval.at])

    @property
    def forms(self) -> tuple[PackageForm, ...]:
        """The forms, by their ids."""
        return tuple(PackageForm(id=form, sha256=sha256) for form, sha256 in sorted(self._forms))

    @property
    def people(self) -> People:
        """Everybody."""
        return People(entered=self._entered.people, approved=self._approved.people)


class ManifestBuilder:
    """Gathers what the manifest tells."""

    def __init__(self, content: PackageContent) -> None:
        self._content = content
        self._pages: list[ManifestPage] = []
        self._checks: list[RecordCheck] = []
        self._witness = Witness()

    @property
    def records(self) -> int:
        """Records so far."""
        return len(self._checks)

    def add_page(self, page: PackagePage) -> ManifestPage:
        """The page with its number. Raises PackageError when its picture is no JPEG or its turn no quarter turn."""
        delivered = jpeg_size(page.jpeg)
        if delivered is None:
            raise PackageError("export-page-unfit", file=page.source.file_name)
        noted = page_of(page.source, len(self._pages) + 1, delivered)
        self._pages.append(noted)
        return noted

    def add_record(self, record: PackageRecord, check: RecordCheck) -> None:
        """Counts a record with the people who had to do with it."""
        self._checks.append(check)
        self._witness.see(record)

    def manifest(self, files: dict[str, FileCheck], signed_by: SignedBy | None = None) -> Manifest:
        """The manifest, once every other file is known."""
        content = self._content
        return Manifest(
            schema_version=SCHEMA_VERSION,
            program=Program(name="HoTich", version=hotich.__version__),
            practice=content.book.practice,
            book=package_book(content.book, content.spec),
            forms=self._witness.forms,
            counts=Counts(records=len(self._checks), pages=len(self._pages), void=content.void),
            people=self._witness.people,
            history=content.history,
            pages=tuple(self._pages),
            records=tuple(self._checks),
            files=dict(sorted(files.items())),
            number=content.number,
            delta=content.delta,
            signed_by=signed_by,
        )


def package_book(book: Book, spec: RecordSpec) -> PackageBook:
    """The book as a package tells it."""
    return PackageBook(
        book_id=book.book_id,
        record_type=book.record_type,
        title=spec.title,
        year=book.year,
        number=book.number,
        place=book.place,
        province=book.province,
        opened=book.opened,
        closed=book.closed,
        expected_entries=book.expected_entries,
        template=spec.template,
        official=spec.official,
        columns=tuple(field.id for field in spec.fields),
    )
