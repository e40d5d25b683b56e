"""Export: what stands in the way, the package, and the proof that it is whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from hotich.pipeline.delivery import Delivery, Precheck, Verification, export_book, precheck, verify_package
from hotich.ui.presenters.desk import Desk, Screen
from hotich.ui.presenters.wording import of_status
from hotich.values import Finding, Record, Severity, Status
from hotich.workflow import Action, Exported

OPEN = (Status.RETURNED, Status.DRAFT, Status.SUBMITTED)
GRAVEST = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
OPEN_TOLD = 200
"""How many records of each state are listed."""

Checked = tuple[Precheck, tuple[Finding, ...], dict[str, str]]
"""The pre-check, what has to be looked at, and the number of each record in the book."""


class ExportScreen(Protocol):
    """The export screen as a widget."""

    def show_precheck(self, found: Precheck, rows: tuple[Finding, ...], places: dict[str, str]) -> None: ...

    def show_past(self, exports: tuple[Action, ...]) -> None: ...

    def show_result(self, summary: str, problems: tuple[Finding, ...], fine: bool) -> None: ...

    def show_nothing(self, sentence: str) -> None: ...


class ExportPresenter:
    """What can be done with a finished book."""

    def __init__(self, desk: Desk, screen: ExportScreen, open_field: Callable[[str, str], None]) -> None:
        self._desk = desk
        self._screen = screen
        self._open_field = open_field

    def refresh(self) -> None:
        """Check the book in hand and show what left it before."""
        desk, book_id = self._desk, self._desk.book_id
        if not book_id:
            self._screen.show_nothing(desk.say("ui-no-book"))
            return
        past = tuple(a for a in desk.workspace.actions(book_id=book_id) if isinstance(a.event, Exported))
        self._screen.show_past(past)
        desk.shell.fetch(lambda ticket: self._check(book_id), self._checked)

    def go_to(self, finding: Finding) -> None:
        """Open the field that a finding is about."""
        if finding.record_id:
            self._open_field(finding.record_id, finding.fields[0] if finding.fields else "")
            self._desk.shell.go(Screen.ENTRY)

    def export(self, folder: str) -> None:
        """Write the package into that folder and verify it."""
        desk, book_id, actor = self._desk, self._desk.book_id, self._desk.actor
        if not book_id or not folder.strip():
            desk.shell.tell(desk.say("ui-no-folder" if book_id else "ui-no-book"))
            return
        target = Path(folder.strip()).expanduser()
        desk.shell.run(
            desk.say("ui-job-export"),
            lambda ticket: export_book(desk.workspace, book_id, target, actor, ticket, language=desk.language),
            self._exported,
        )

    def verify(self, file: str) -> None:
        """Verify a package that lies somewhere."""
        if file.strip():
            path = Path(file.strip()).expanduser()
            self._desk.shell.run(
                self._desk.say("ui-job-verify"),
                lambda ticket: verify_package(path, language=self._desk.language),
                lambda found: self._verified(found, str(path)),
            )

    def _places(self, book_id: str) -> dict[str, str]:
        """For each record its number in the book, as the list of findings shows it."""
        return {key: str(place) for place, key in enumerate(self._desk.workspace.record_ids(book_id), 1)}

    def _check(self, book_id: str) -> Checked:
        workspace = self._desk.workspace
        found = precheck(workspace, book_id, language=self._desk.language)
        waiting = tuple(
            Finding("record-open", Severity.WARNING, (), self._why_open(record), record.record_id)
            for status in OPEN
            for record in workspace.records(book_id, status=status, limit=OPEN_TOLD)
        )
        gravest_first = sorted((*found.findings, *waiting), key=lambda finding: GRAVEST.index(finding.severity))
        return (found, tuple(gravest_first), self._places(book_id))

    def _why_open(self, record: Record) -> str:
        state = of_status(record.status, self._desk.language)
        reason = f": {record.return_reason}" if record.return_reason else ""
        return f"{state}{reason}"

    def _checked(self, found: Checked) -> None:
        self._screen.show_precheck(*found)

    def _exported(self, delivery: Delivery) -> None:
        self._desk.shell.changed()
        self._verified(delivery.verification, str(delivery.path))

    def _verified(self, found: Verification, path: str) -> None:
        key = "ui-package-whole" if found.ok else "ui-package-broken"
        summary = self._desk.say(key, path=path, records=found.records, problems=len(found.problems))
        self._screen.show_result(summary, found.problems, found.ok)
