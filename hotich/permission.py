"""Who may do what to a record as it is."""

from __future__ import annotations

from hotich.errors import PolicyError
from hotich.text import is_same_name
from hotich.values import Actor, Record, Role, Status
from hotich.workflow import (
    AnyEvent,
    Approved,
    ExtractPrinted,
    FieldsConfirmed,
    FindingAccepted,
    FormChanged,
    MarginNoteAdded,
    MarginNoteRemoved,
    QuestionAnswered,
    QuestionAsked,
    ReadingsMade,
    RecordOpened,
    RecordVoided,
    Refused,
    RegionsMoved,
    Returned,
    RowImported,
    Submitted,
)


def require(actor: Actor, event: AnyEvent, record: Record | None) -> None:
    """Nothing, when the actor may do this to the record as it is. Raises PolicyError with the reason otherwise.

    Four eyes (Luật Hộ tịch 2014, Đ.60(1): who answers for a record must be known): nobody who ever confirmed a field of
    a record, undone or not, approves it, in whatever capitals the name is typed. A machine confirms nothing.
    """
    match event:
        case FieldsConfirmed() | FindingAccepted() | RecordVoided() | MarginNoteAdded() | MarginNoteRemoved():
            _require_person(actor)
            _require_open(record)
        case QuestionAsked(_, text):
            _require_person(actor)
            _require_open(record)
            _require_text(text)
        case QuestionAnswered(_, answer):
            _require_answer(actor, event, record)
            _require_text(answer)
        case Submitted():
            _require_person(actor)
            _require_open(record)
            _require_not_held(record)
        case RowImported():
            _require_person(actor)
            _require_open(record)
        case Refused():
            _require_importer(actor, event, record)
        case ExtractPrinted(_, _, recipient):
            _require_person(actor)
            _require_approved(record)
            _require_text(recipient)
        case RegionsMoved() | FormChanged():
            _require_open(record)
        case Approved() | Returned():
            _require_supervisor(actor, event, record)
        case RecordOpened() if record is not None:
            raise PolicyError("policy-record-exists")
        case ReadingsMade() if record is None:
            raise PolicyError("policy-no-record")
        case _:
            return


def _require_person(actor: Actor) -> None:
    if actor.role is Role.MACHINE:
        raise PolicyError("policy-machine-confirms-nothing")


def _require_open(record: Record | None) -> None:
    if record is None:
        raise PolicyError("policy-no-record")
    if record.status not in (Status.DRAFT, Status.RETURNED):
        raise PolicyError(f"policy-record-is-{record.status.value}")


def _require_text(text: str) -> None:
    if not text.strip():
        raise PolicyError("policy-reason-needed")


def _require_not_held(record: Record | None) -> None:
    if record is not None and record.held:
        raise PolicyError("policy-record-is-held")


def _require_answer(actor: Actor, event: QuestionAnswered, record: Record | None) -> None:
    if actor.role is not Role.SUPERVISOR:
        raise PolicyError("policy-supervisor-only")
    if record is None or all(question.number != event.number for question in record.questions):
        raise PolicyError("policy-no-question")


def _require_supervisor(actor: Actor, event: AnyEvent, record: Record | None) -> None:
    if actor.role is not Role.SUPERVISOR:
        raise PolicyError("policy-supervisor-only")
    if record is None:
        raise PolicyError("policy-no-record")
    allowed = (Status.SUBMITTED,) if isinstance(event, Approved) else (Status.SUBMITTED, Status.APPROVED)
    if record.status not in allowed:
        raise PolicyError("policy-not-submitted")
    if isinstance(event, Approved) and has_worked_on(record, actor.name):
        raise PolicyError("policy-four-eyes", name=actor.name)
    if isinstance(event, Returned) and not event.reason.strip():
        raise PolicyError("policy-reason-needed")


def has_worked_on(record: Record, name: str) -> bool:
    """Whether that person ever entered something in the record or handed it over."""
    return any(is_same_name(name, other) for other in (*record.editors, record.submitted_by))


def _require_importer(actor: Actor, event: Refused, record: Record | None) -> None:
    if actor.role not in (Role.IMPORTER, Role.SUPERVISOR):
        raise PolicyError("policy-importer-only")
    if record is None:
        raise PolicyError("policy-no-record")
    if record.status is Status.VOID:
        raise PolicyError("policy-record-is-void")
    if not event.refusals or not all(refusal.text.strip() for refusal in event.refusals):
        raise PolicyError("policy-reason-needed")


def _require_approved(record: Record | None) -> None:
    """An extract copies what two people agreed on."""
    if record is None:
        raise PolicyError("policy-no-record")
    if record.status is not Status.APPROVED:
        raise PolicyError("policy-not-approved")


def may(actor: Actor, event: AnyEvent, record: Record | None) -> bool:
    """Whether `require` lets it pass."""
    try:
        require(actor, event, record)
    except PolicyError:
        return False
    return True
