"""Export: what leaves and by which template, what stands in the way field by field, what left, and the proof of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from hotich.pipeline.confidential import is_confidential, is_locked
from hotich.pipeline.delivery import Delivery, Verification, export_book, packages_of, precheck, verify_package
from hotich.pipeline.handoff import (
    Handoff,
    HandoffCheck,
    HandoffOptions,
    add_template,
    check_handoff,
    chosen_template,
    handoff,
    handoffs_of,
    remember_template,
    template_choices,
)
from hotich.pipeline.ticket import Ticket
from hotich.redaction import CONFIDENTIAL, redacted_finding
from hotich.ui.presenters.desk import Desk, Screen
from hotich.ui.presenters.protection import LockAnswer, UnlockAnswer
from hotich.ui.presenters.signing import (
    BY_OWN_KEY,
    SignBy,
    SigningChoice,
    offer_to_note,
    remember,
    remembered,
    signer_of,
)
from hotich.ui.presenters.typed_path import typed_path
from hotich.ui.presenters.wording import of_status
from hotich.values import Book, Finding, Record, RecordType, Role, Severity, Status
from hotich.workflow import Action, Exported

OPEN = (Status.RETURNED, Status.DRAFT, Status.SUBMITTED)
GRAVEST = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
OPEN_TOLD = 200
"""How many records of each state are listed."""

OUR_OWN = (RecordType.ADOPTION, RecordType.GUARDIANSHIP, RecordType.CHANGE)
"""Types without a template of the ministry: they leave as packages unless somebody chooses otherwise."""


class Leaving(StrEnum):
    """What may leave: for the MINISTRY or as a PACKAGE, the whole book or AGAIN only what changed since the last."""

    MINISTRY = "ministry"
    MINISTRY_AGAIN = "ministry-again"
    PACKAGE = "package"
    PACKAGE_AGAIN = "package-again"

    @property
    def for_ministry(self) -> bool:
        """Whether it goes by a template."""
        return self in (Leaving.MINISTRY, Leaving.MINISTRY_AGAIN)

    @property
    def again(self) -> bool:
        """Whether only what changed leaves."""
        return self in (Leaving.MINISTRY_AGAIN, Leaving.PACKAGE_AGAIN)


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen and what is: kinds of leaving with their sentences, templates by id with theirs."""

    kinds: tuple[tuple[Leaving, str], ...]
    kind: Leaving
    templates: tuple[tuple[str, str], ...] = ()
    template: str = ""


@dataclass(frozen=True, slots=True)
class Readiness:
    """How far the book is: the sentence, whether it may leave, what has to be looked at, and each record's number."""

    told: str
    can_leave: bool
    rows: tuple[Finding, ...]
    places: dict[str, str]
    handoff: HandoffCheck | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """How a package leaves: why again, locked how, signed by whom, and the secret of that, which is never shown."""

    why: str
    lock: LockAnswer
    signing: SigningChoice = BY_OWN_KEY
    secret: str = field(default="", repr=False)


class ExportScreen(Protocol):
    """The export screen as a widget."""

    def show_choices(self, choices: Choices) -> None: ...

    def show_precheck(self, found: Readiness) -> None: ...

    def show_past(self, exports: tuple[Action, ...]) -> None: ...

    def show_result(self, summary: str, problems: tuple[Finding, ...], fine: bool, folder: str) -> None: ...

    def show_nothing(self, sentence: str) -> None: ...

    def ask_secret(self, question: str, then: Callable[[str], None]) -> None: ...


class ExportPresenter:
    """What can be done with a finished book."""

    def __init__(self, desk: Desk, screen: ExportScreen, open_field: Callable[[str, str], None]) -> None:
        self._desk = desk
        self._screen = screen
        self._open_field = open_field
        self._found: Readiness | None = None
        self._leaving = Leaving.PACKAGE
        self._asked = 0

    def refresh(self) -> None:
        """Check the book in hand and show what left it before."""
        desk, book = self._desk, self._desk.book()
        self._found = None
        if book is None:
            self._screen.show_nothing(desk.say("ui-no-book"))
            return
        past = desk.workspace.book_actions(book.book_id, Exported.__name__)
        self._screen.show_past(past)
        self._leaving = self._remembered(book)
        self._look(book)

    def choose(self, leaving: Leaving) -> None:
        """Let the book leave in another way, and remember it for books of its type."""
        book = self._desk.book()
        if book is not None and leaving is not self._leaving:
            self._leaving = leaving
            self._desk.attempt(lambda: self._desk.workspace.remember(_key(book), leaving.value))
            self._look(book)

    def choose_template(self, template_id: str) -> None:
        """Go by another template, and remember it for books of the type."""
        book, desk = self._desk.book(), self._desk
        if book is None:
            return

        def take() -> None:
            remember_template(desk.workspace, chosen_template(desk.workspace, book.record_type, template_id))

        desk.attempt(take)
        self._look(book)

    def add_template(self, file: str) -> None:
        """Keep a province's own template in the workspace and go by it."""
        book, desk = self._desk.book(), self._desk
        path = typed_path(file)
        if book is None or path is None:
            return

        def take() -> None:
            remember_template(desk.workspace, add_template(desk.workspace, book.record_type, path))

        if desk.attempt(take) and not self._leaving.for_ministry:
            self._leaving = Leaving.MINISTRY
        self._look(book)

    def go_to(self, finding: Finding) -> None:
        """Open the field that a finding is about."""
        if finding.record_id:
            # First the screen: changing it moves the focus, and with it the field in hand.
            self._desk.shell.go(Screen.ENTRY)
            self._open_field(finding.record_id, finding.fields[0] if finding.fields else "")

    def export(self, folder: str) -> None:
        """Write what was chosen into that folder and verify it; questions that are open come first."""
        desk, book = self._desk, self._desk.book()
        target = typed_path(folder)
        if book is None or target is None:
            desk.shell.tell(desk.say("ui-no-folder" if book is not None else "ui-no-book"))
            return
        if self._leaving.for_ministry:
            self._hand_off(book, target)
        elif self._found is None or not self._found.can_leave:
            # Nobody types a reason or a passphrase for what cannot leave.
            desk.shell.tell(self._found.told if self._found is not None else desk.say("ui-checking"))
        elif self._leaving.again:
            desk.shell.ask_reason(desk.say("ui-reason-again"), lambda why: self._lock_package(book, target, why))
        else:
            self._lock_package(book, target, "")

    def verify(self, file: str) -> None:
        """Verify a package that lies somewhere."""
        path = typed_path(file)
        if path is None:
            return
        if is_locked(path):
            question = self._desk.say("ui-unlock-to-verify", file=path.name)
            self._desk.shell.ask_unlock(question, lambda answer: self._verify(path, answer))
        else:
            self._verify(path, None)

    def _verify(self, path: Path, answer: UnlockAnswer | None) -> None:
        language = self._desk.language
        self._desk.shell.run(
            self._desk.say("ui-job-verify"),
            lambda ticket: verify_package(path, language=language, unlock=answer.unlock() if answer else None),
            lambda found: self._looked_at(found, path),
        )

    def _looked_at(self, found: Verification, path: Path) -> None:
        """Show it and offer to note a signer that is not known here."""
        self._verified(found, path)
        if found.ok:
            offer_to_note(self._desk, found.signature)

    def _remembered(self, book: Book) -> Leaving:
        usual = Leaving.PACKAGE if book.record_type in OUR_OWN else Leaving.MINISTRY
        chosen = self._desk.workspace.setting(_key(book), usual.value)
        leaving = Leaving(chosen) if chosen in [each.value for each in Leaving] else usual
        return leaving if leaving in self._kinds(book) else usual

    def _kinds(self, book: Book) -> tuple[Leaving, ...]:
        """What may leave: only a book that left before can leave again."""
        workspace = self._desk.workspace
        handed = (Leaving.MINISTRY_AGAIN,) if handoffs_of(workspace, book.book_id) else ()
        packed = (Leaving.PACKAGE_AGAIN,) if packages_of(workspace, book.book_id) else ()
        return (Leaving.MINISTRY, *handed, Leaving.PACKAGE, *packed)

    def _look(self, book: Book) -> None:
        """Check anew; what was asked before and comes later is not shown any more."""
        self._asked += 1
        self._found = None
        asked, leaving = self._asked, self._leaving

        def show(found: tuple[Choices, Readiness]) -> None:
            if asked == self._asked:
                self._found = found[1]
                self._screen.show_choices(found[0])
                self._screen.show_precheck(found[1])

        self._desk.shell.fetch(lambda ticket: (self._choices(book, leaving), self._readiness(book, leaving)), show)

    def _choices(self, book: Book, leaving: Leaving) -> Choices:
        desk = self._desk
        kinds = tuple((kind, desk.say(f"ui-leaving-{kind.value}")) for kind in self._kinds(book))
        if not leaving.for_ministry:
            return Choices(kinds, leaving)
        templates = template_choices(desk.workspace, book.record_type)
        chosen = chosen_template(desk.workspace, book.record_type)
        known = (*(() if any(each.id == chosen.id for each in templates) else (chosen,)), *templates)
        return Choices(kinds, leaving, tuple((each.id, each.sentence(desk.language)) for each in known), chosen.id)

    def _readiness(self, book: Book, leaving: Leaving) -> Readiness:
        rows, can_leave, told, handed = self._checked(book, leaving)
        # Only a delta leaves without what is not finished.
        severity = Severity.WARNING if leaving.again else Severity.ERROR
        waiting = tuple(
            Finding("record-open", severity, (), self._why_open(record), record.record_id)
            for status in OPEN
            for record in self._desk.workspace.records(book.book_id, status=status, limit=OPEN_TOLD)
        )
        gravest_first = sorted((*rows, *waiting), key=lambda finding: GRAVEST.index(finding.severity))
        return Readiness(told, can_leave, tuple(gravest_first), self._places(book.book_id), handed)

    def _checked(self, book: Book, leaving: Leaving) -> tuple[tuple[Finding, ...], bool, str, HandoffCheck | None]:
        """What was found, whether the book may leave, the sentence about it, and the check for the ministry."""
        desk, workspace = self._desk, self._desk.workspace
        if leaving.for_ministry:
            since = len(handoffs_of(workspace, book.book_id)) if leaving.again else 0
            check = check_handoff(workspace, book.book_id, since=since, language=desk.language)
            key = "ui-can-hand-off-asked" if check.unanswered else "ui-can-hand-off"
            told = desk.say(key, rows=check.rows, warnings=len(check.unanswered))
            return check.findings, check.can_hand_off, told if check.can_hand_off else "\n".join(check.reasons), check
        since = len(packages_of(workspace, book.book_id)) if leaving.again else 0
        found = precheck(workspace, book.book_id, since=since, language=desk.language)
        told = desk.say("ui-can-export", ready=found.ready, open=found.open)
        return found.findings, found.can_export, told if found.can_export else "\n".join(found.reasons), None

    def _places(self, book_id: str) -> dict[str, str]:
        """For each record its number in the book, as the list of findings shows it."""
        return {key: str(place) for place, key in enumerate(self._desk.workspace.record_ids(book_id), 1)}

    def _why_open(self, record: Record) -> str:
        state = of_status(record.status, self._desk.language)
        reason = f": {record.return_reason}" if record.return_reason else ""
        return f"{state}{reason}"

    def _hand_off(self, book: Book, target: Path) -> None:
        """Ask what has to be answered first: whether confidential records may go, and why warnings stand."""
        desk = self._desk
        found = self._found.handoff if self._found is not None else None
        if found is None or not found.can_hand_off:
            desk.shell.tell(" ".join(found.reasons) if found is not None else desk.say("ui-checking"))
        elif found.confidential:
            question = f"{desk.say('ministry-confidential')}\n{desk.say('ui-confidential-anyway')}"
            desk.shell.confirm(question, lambda: self._answer(book, target, found))
        else:
            self._answer(book, target, found)

    def _answer(self, book: Book, target: Path, found: HandoffCheck) -> None:
        desk = self._desk
        if found.confidential:
            desk.shell.ask_reason(desk.say("ui-reason-confidential"), lambda why: self._write(book, target, why))
        elif found.unanswered:
            facts = {"count": len(found.unanswered), "first": found.unanswered[0].message}
            desk.shell.ask_reason(desk.say("ui-reason-warnings", **facts), lambda why: self._write(book, target, why))
        elif self._leaving.again:
            desk.shell.ask_reason(desk.say("ui-reason-again"), lambda why: self._write(book, target, why))
        else:
            self._write(book, target, "")

    def _write(self, book: Book, target: Path, why: str) -> None:
        desk, actor = self._desk, self._desk.actor
        since = len(handoffs_of(desk.workspace, book.book_id)) if self._leaving.again else 0
        options = HandoffOptions(
            since=since, accepted=why, confidential=True, engines=desk.engines, language=desk.language
        )
        desk.shell.run(
            desk.say("ui-job-handoff"),
            lambda ticket: handoff(desk.workspace, book.book_id, target, actor, ticket, options=options),
            self._handed_off,
        )

    @property
    def signing(self) -> SigningChoice:
        """Who signs, as chosen last."""
        return remembered(self._desk.workspace)

    def choose_signing(self, choice: SigningChoice) -> None:
        """Let somebody else sign from now on."""
        self._desk.attempt(lambda: remember(self._desk.workspace, choice))

    def _lock_package(self, book: Book, target: Path, why: str) -> None:
        """Ask how a confidential book leaves."""
        desk = self._desk
        if is_confidential(book):
            may_give_reason = desk.actor.role is Role.SUPERVISOR
            question = desk.say("ui-lock-question")
            desk.shell.ask_lock(question, may_give_reason, lambda lock: self._sign_package(book, target, why, lock))
        else:
            self._sign_package(book, target, why, LockAnswer())

    def _sign_package(self, book: Book, target: Path, why: str, lock: LockAnswer) -> None:
        """Ask for the passphrase or PIN of who signs."""
        choice = self.signing
        if choice.by is SignBy.OWN:
            self._write_package(book, target, Leave(why, lock))
        else:
            key = "secret-ask-pin" if choice.by is SignBy.TOKEN else "secret-ask-key-file"
            self._screen.ask_secret(
                self._desk.say(key), lambda secret: self._write_package(book, target, Leave(why, lock, choice, secret))
            )

    def _write_package(self, book: Book, target: Path, how: Leave) -> None:
        desk, actor = self._desk, self._desk.actor
        since = len(packages_of(desk.workspace, book.book_id)) if self._leaving.again else 0

        def write(ticket: Ticket) -> Delivery:
            with signer_of(how.signing, how.secret, actor.name) as signer:
                return export_book(
                    desk.workspace,
                    book.book_id,
                    target,
                    actor,
                    ticket,
                    since=since,
                    reason=how.why,
                    signer=signer,
                    protection=how.lock.protection(),
                    language=desk.language,
                )

        desk.shell.run(desk.say("ui-job-export"), write, self._exported)

    def _handed_off(self, done: Handoff) -> None:
        self._desk.shell.changed()
        told = self._desk.say("ministry-handed-off", rows=done.rows, number=done.number, folder=done.folder)
        files = ", ".join(path.name for path in (done.workbook, done.archive, done.report))
        self._screen.show_result(f"{told}\n{files}", (), True, str(done.folder))

    def _exported(self, delivery: Delivery) -> None:
        self._desk.shell.changed()
        self._verified(delivery.verification, delivery.path)

    def _verified(self, found: Verification, path: Path) -> None:
        key = "ui-package-whole" if found.ok else "ui-package-broken"
        grave = sum(problem.severity is Severity.ERROR for problem in found.problems)
        summary = self._desk.say(key, path=path, records=found.records, problems=grave)
        hidden = found.book is not None and found.book.record_type in CONFIDENTIAL
        problems = tuple(map(redacted_finding, found.problems)) if hidden else found.problems
        self._screen.show_result(summary, (*problems, *found.signature.notes), found.ok, str(path.parent))


def _key(book: Book) -> str:
    return f"export-leaving:{book.record_type.value}"
