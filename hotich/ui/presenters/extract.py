"""The extract dialog: what is asked for, a preview of the sheets, the issue, and then paper or file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from hotich.errors import HotichError
from hotich.export.extract import rendered
from hotich.pipeline.extract_content import ExtractOrder, Office, number_of
from hotich.pipeline.extracts import Issued, hand_out, issue, keep_office, office_of, preview
from hotich.pipeline.lookup import book_of, record_of
from hotich.redaction import is_confidential
from hotich.signing import SigningKey, keys_folder, own_key
from hotich.ui.presenters.desk import Desk
from hotich.ui.presenters.typed_path import typed_path

Pages = Sequence[NDArray[np.uint8]]
Result = TypeVar("Result")

PREVIEW_DPI, PRINT_DPI = 96, 300


@dataclass(frozen=True, slots=True)
class ExtractForm:
    """What stands in the dialog."""

    recipient: str
    purpose: str
    copies: int
    office: Office
    pictures: bool


class ExtractScreen(Protocol):
    """The dialog as a widget."""

    def show_office(self, office: Office, file_name: str) -> None: ...

    def show_pages(self, pages: Pages) -> None: ...

    def show_state(self, sentence: str, kind: str) -> None:
        """`kind` is '', 'busy', 'wrong' or 'fine'."""

    def show_issued(self, serial: str) -> None:
        """The extract has its number: nothing may be changed any more."""

    def print_pages(self, pages: Pages, copies: int) -> None: ...


class ExtractPresenter:
    """One extract of one record. The number is given once; paper and file afterwards are of the same document."""

    def __init__(
        self, desk: Desk, screen: ExtractScreen, record_id: str, key: Callable[[], SigningKey] | None = None
    ) -> None:
        self._desk, self._screen, self._record_id = desk, screen, record_id
        self._key = key or (lambda: own_key(keys_folder()))
        self._issued: Issued | None = None
        self._form: ExtractForm | None = None
        self._asked = 0
        self._busy = False
        self._left = False

    @property
    def busy(self) -> bool:
        """Whether a number is being given: who asked for it must not go away before it is there."""
        return self._busy

    def leave(self) -> None:
        """The dialog is gone: what still comes is shown to nobody."""
        self._left = True

    @property
    def issued(self) -> Issued | None:
        """The extract, once it has its number."""
        return self._issued

    def begin(self) -> None:
        """Show who issued last, and a name for the file."""
        record = record_of(self._desk.workspace, self._record_id)
        book = book_of(self._desk.workspace, record.book_id)
        number = number_of(record).replace("/", "-") or "ban-ghi"
        self._screen.show_office(office_of(self._desk.workspace, book), f"trich-luc-{book.record_type}-{number}.pdf")
        if is_confidential(book):
            self._desk.shell.note(self._desk.say("ui-extract-confidential"))

    def show(self, form: ExtractForm) -> None:
        """Draw a preview of what the dialog says; of several asked for at once only the last is shown."""
        if self._issued is not None:
            return
        self._asked += 1
        question, workspace, order = self._asked, self._desk.workspace, self._order(form)
        self._screen.show_state(self._desk.say("ui-extract-drawing"), "busy")

        def shown(pages: list[NDArray[np.uint8]]) -> None:
            if question == self._asked and self._issued is None:
                self._screen.show_pages(pages)
                self._screen.show_state(self._desk.say("ui-extract-preview"), "")

        self._try(lambda: list(rendered(preview(workspace, order, date.today()), PREVIEW_DPI)), shown)

    def to_paper(self, form: ExtractForm) -> None:
        """Issue it if that was not done, then print."""
        self._with_issued(form, self._print)

    def to_file(self, form: ExtractForm, target: str) -> None:
        """Issue it if that was not done, then write the file."""
        path = typed_path(target)
        if path is None:
            self._screen.show_state(self._desk.say("ui-extract-no-file"), "wrong")
            return
        self._with_issued(form, lambda issued: self._save(issued, path))

    def _with_issued(self, form: ExtractForm, then: Callable[[Issued], None]) -> None:
        if self._issued is not None:
            then(self._issued)
            return
        if self._busy:
            return
        if not form.recipient.strip():
            self._screen.show_state(self._desk.say("extract-no-recipient"), "wrong")
            return
        workspace, order, actor = self._desk.workspace, self._order(form), self._desk.actor
        self._busy, self._form = True, form
        self._screen.show_state(self._desk.say("ui-extract-issuing"), "busy")

        def work() -> Issued:
            keep_office(workspace, form.office)
            return issue(workspace, order, actor, self._key(), date.today())

        def done(issued: Issued) -> None:
            self._issued = issued
            self._screen.show_issued(issued.serial)
            self._screen.show_state(self._desk.say("ui-extract-issued", serial=issued.serial), "fine")
            self._show_issued_pages(issued)
            then(issued)

        self._try(work, done)

    def _show_issued_pages(self, issued: Issued) -> None:
        self._try(lambda: list(rendered(issued.data, PREVIEW_DPI)), self._screen.show_pages)

    def _print(self, issued: Issued) -> None:
        copies = self._form.copies if self._form is not None else 1
        self._try(lambda: list(rendered(issued.data, PRINT_DPI)), lambda pages: self._printed(issued, pages, copies))

    def _printed(self, issued: Issued, pages: Pages, copies: int) -> None:
        self._screen.print_pages(pages, copies)
        self._screen.show_state(self._desk.say("ui-extract-printed", serial=issued.serial), "fine")

    def _save(self, issued: Issued, target: Path) -> None:
        def saved(path: Path) -> None:
            self._screen.show_state(self._desk.say("ui-extract-saved", serial=issued.serial, path=path), "fine")

        self._try(lambda: hand_out(issued, target), saved)

    def _order(self, form: ExtractForm) -> ExtractOrder:
        return ExtractOrder(
            self._record_id, form.recipient, form.purpose, form.copies, form.office, pictures=form.pictures
        )

    def _try(self, work: Callable[[], Result], done: Callable[[Result], None]) -> None:
        """Work in the background; what fails is said in the dialog, which stands in front of everything else."""

        def safely() -> tuple[Result | None, HotichError | None]:
            try:
                return work(), None
            except HotichError as error:
                return None, error

        def arrived(answer: tuple[Result | None, HotichError | None]) -> None:
            self._busy = False
            result, error = answer
            if self._left:
                return
            if error is not None:
                self._screen.show_state(self._desk.explain(error), "wrong")
            elif result is not None:
                done(result)

        self._desk.shell.fetch(lambda ticket: safely(), arrived)
