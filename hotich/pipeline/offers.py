"""What follows for a field without reading its ink: from the record above, from another person of the same record.

Nothing here is a value: it is shown grey, says where it comes from, and waits for a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec

from hotich.date_hand import words_like
from hotich.dates import parse_date
from hotich.forms.formspec import CopyRule, FieldKind, FieldSpec, FormSpec, Need, RecordSpec, Scope
from hotich.pipeline.checking import WORDS_CHECK
from hotich.rules import load_rules
from hotich.store import Workspace
from hotich.text import fold, is_ditto, squeeze
from hotich.values import FieldEntry, FieldState, FieldValue, ImportedText, Origin, Reading, Record

_NUMBER = re.compile(r"(\D*)(\d+)([^\d].*|)")

OFFER_CONFIDENCE = 0.9
"""Of a text that was not read from the page: no figure of any engine, and never enough to be taken without a look."""

DAY_CONFIDENCE = 0.5
"""Of a day that only goes on from the records above: shown as doubtful."""


class Offered(msgspec.Struct, frozen=True):
    """A text for a field and the key of the sentence that says where it comes from; `facts` go into the sentence."""

    text: str
    source: str
    facts: dict[str, str] = {}
    asked: bool = False
    """Whether the clerk asked for it by a key; it then goes before what was read."""
    confidence: float = OFFER_CONFIDENCE
    origin: Origin = Origin.COPIED
    """What the value came from, once it is confirmed."""


class OfferContext(msgspec.Struct, frozen=True):
    """What offers are made from: the record above (None at a book's start) and the fields that stay in this book."""

    above: Record | None
    form: FormSpec
    spec: RecordSpec
    sticky: frozenset[str] = frozenset()
    asked: Mapping[str, Offered] = {}
    """What the clerk asked for by a key; it goes before everything else."""
    turned: int = 0
    """How many pages on from the record above this one stands."""
    earlier: Record | None = None
    """The record above the one above."""


def sticky_fields(workspace: Workspace, book_id: str, spec: RecordSpec) -> frozenset[str]:
    """The fields whose value stays from record to record: those the definition names, changed as the clerk said."""
    kept = workspace.setting(f"sticky:{book_id}")
    changed = frozenset(kept.split()) if kept else frozenset()
    return frozenset(field.id for field in spec.fields if field.shared) ^ changed


def toggle_sticky(workspace: Workspace, book_id: str, field_id: str) -> None:
    """Lets a field stay from record to record, or no longer, in this book."""
    changed = frozenset(workspace.setting(f"sticky:{book_id}").split()) ^ {field_id}
    workspace.remember(f"sticky:{book_id}", " ".join(sorted(changed)))


def offers(record: Record, context: OfferContext) -> dict[str, Offered]:
    """What is offered for each field of the record, by field id."""
    found = dict(_from_above(record, context))
    found.update(_by_relation(record, context.spec))
    found.update(_words(record, context))
    found.update(_from_sheet(record))
    return {**found, **{key: msgspec.structs.replace(offer, asked=True) for key, offer in context.asked.items()}}


def copied(record: Record, spec: RecordSpec, rule: CopyRule) -> dict[str, Offered]:
    """What the block of one person offers for the block of another, where something is confirmed or read."""
    facts = {"person": rule.source}
    found = {}
    for target, source in copy_pairs(spec, rule):
        if text := _known_text(record, source):
            found[target] = Offered(text, "ui-offer-person", facts)
    if rule.relation_field:
        found[rule.relation_field] = Offered(rule.relation, "ui-offer-person", facts)
    return found


def copy_pairs(spec: RecordSpec, rule: CopyRule) -> Iterable[tuple[str, str]]:
    """The fields of the one person and of the other that say the same of both: target, source."""
    known = {field.id: field.kind for field in spec.fields}
    for target in known:
        ending = target.removeprefix(rule.to)
        source = f"{rule.source}{ending}"
        if target == ending or known.get(source) is not known[target]:
            continue
        if not rule.only or ending in rule.only:
            yield target, source


def shared_values(above: Record, record: Record, context: OfferContext) -> tuple[FieldValue, ...]:
    """The confirmed values of the record above for the shared fields on which nobody has said anything here."""
    return tuple(
        entry.value
        for field_id in _shared_ids(record, above, context)
        if (entry := above.fields.get(field_id)) is not None and entry.value is not None
        and not _is_said(record, field_id)
    )  # fmt: skip


def _from_above(record: Record, context: OfferContext) -> Iterable[tuple[str, Offered]]:
    above = context.above
    if above is None:
        return
    for field_id in _shared_ids(record, above, context):
        if text := _readable(above, field_id):
            yield field_id, Offered(text, "ui-offer-above")
    for field in context.spec.fields:
        if field.kind is FieldKind.ENTRY_NUMBER and (text := counted_on(_readable(above, field.id))):
            yield field.id, Offered(text, "ui-offer-counted")
        elif field.kind is FieldKind.PAGE_NUMBER and (
            offer := _page_number(_readable(above, field.id), context.turned)
        ):
            yield field.id, offer
        elif is_whole_day(field) and (text := _day_goes_on(field.id, above, context.earlier)):
            yield field.id, Offered(text, "ui-offer-day-goes-on", confidence=DAY_CONFIDENCE)


def _from_sheet(record: Record) -> Iterable[tuple[str, Offered]]:
    """What somebody keyed earlier in a sheet, and whether the machine read the same on the page."""
    for field_id, entry in record.fields.items():
        if offer := keyed_earlier(entry):
            yield field_id, offer


def keyed_earlier(entry: FieldEntry) -> Offered | None:
    """What a sheet says of a field on which nobody has said anything yet; doubtful where the machine read otherwise."""
    told, reading = entry.imported, entry.reading
    if told is None or entry.value is not None:
        return None
    facts = {"file": told.source, "row": str(told.row), "reading": reading.text if reading is not None else ""}
    if reading is None:
        return Offered(told.as_written, "ui-offer-sheet", facts, origin=Origin.IMPORTED)
    if says_the_same(told, reading):
        # The letters of the page go before those of the sheet: 04 for 4, Ánh for ánh.
        sure = max(OFFER_CONFIDENCE, reading.confidence)
        return Offered(reading.text, "ui-offer-sheet-read-so", facts, False, sure, Origin.READING)
    source = "ui-offer-sheet-read-otherwise" if reading.text else "ui-offer-sheet-no-ink"
    return Offered(told.as_written, source, facts, False, DAY_CONFIDENCE, Origin.IMPORTED)


KEYED_EARLIER = (Origin.IMPORTED, Origin.READING)
"""Offers of these origins come from a sheet; they go before a reading alone."""


def says_the_same(told: ImportedText, reading: Reading) -> bool:
    """Whether a sheet and the machine agree, in their letters or in what these mean."""
    if squeeze(told.as_written).casefold() == squeeze(reading.text).casefold():
        return True
    return bool(told.normal) and told.normal == reading.normal


def _page_number(number: str, turned: int) -> Offered | None:
    """The page number of the record above, counted on where this record is on the next page; None farther away."""
    if not number or turned not in (0, 1):
        return None
    text = counted_on(number) if turned else number
    return Offered(text, "ui-offer-counted" if turned else "ui-offer-above") if text else None


def is_whole_day(field: FieldSpec) -> bool:
    """Whether a field wants day, month and year of the day on which the entry was made."""
    return field.kind is FieldKind.DATE and field.need is Need.REQUIRED


def _day_goes_on(field_id: str, above: Record, earlier: Record | None) -> str:
    """The day of the record above where the one before it has the same: many were entered on one day."""
    same = earlier is not None and above.normal(field_id) and above.normal(field_id) == earlier.normal(field_id)
    return _readable(above, field_id) if same else ""


def _shared_ids(record: Record, above: Record, context: OfferContext) -> list[str]:
    once_a_page = {zone.field_id for zone in context.form.zones if zone.scope is Scope.PAGE}
    same_page = once_a_page if record.page_id == above.page_id else set()
    return [field.id for field in context.spec.fields if field.id in context.sticky or field.id in same_page]


def counted_on(number: str) -> str:
    """The next entry number, written like this one (05 gives 06, 99/2009 gives 100/2009); '' where there is none."""
    found = _NUMBER.fullmatch(number)
    if found is None:
        return ""
    before, digits, after = found.groups()
    if after and not after.startswith("/"):
        after = after[after.index("/") :] if "/" in after else ""
    return f"{before}{int(digits) + 1:0{len(digits)}}{after}"


def _by_relation(record: Record, spec: RecordSpec) -> Iterable[tuple[str, Offered]]:
    """What follows when the page says who the declarant is: the mother, the father."""
    for rule in spec.copies:
        said = fold(_known_text(record, rule.relation_field)) if rule.relation_field else ""
        if said and said in {fold(word) for word in rule.words}:
            found = copied(record, spec, rule)
            found.pop(rule.relation_field, None)
            yield from found.items()


def _words(record: Record, context: OfferContext) -> Iterable[tuple[str, Offered]]:
    """Dates in words, spelled from the confirmed figures as the record above writes its own."""
    for figures, words in date_pairs(context.spec):
        date = parse_date(record.normal(figures)).date if record.normal(figures) else None
        model = _readable(context.above, words) if context.above is not None else ""
        if date is not None and (text := words_like(date, model)):
            yield words, Offered(text, "ui-offer-figures")


def date_pairs(spec: RecordSpec) -> tuple[tuple[str, str], ...]:
    """The fields that hold one date in figures and in words, as the rules pair them."""
    known = {field.id for field in spec.fields}
    pairs = [rule.fields for rule in load_rules() if rule.check == WORDS_CHECK]
    return tuple((pair[0], pair[1]) for pair in pairs if set(pair) <= known)


def _known_text(record: Record, field_id: str) -> str:
    """The confirmed text of a field, else what was read there."""
    if text := _readable(record, field_id):
        return text
    entry = record.fields.get(field_id)
    said = entry is not None and entry.value is not None
    return entry.reading.text if entry is not None and entry.reading is not None and not said else ""


def _readable(record: Record, field_id: str) -> str:
    """The confirmed text of a field; a ditto mark gives what it stands for."""
    entry = record.fields.get(field_id)
    value = entry.value if entry is not None else None
    if value is None or value.state is not FieldState.VALUE:
        return ""
    return value.normal if is_ditto(value.as_written) else value.as_written


def _is_said(record: Record, field_id: str) -> bool:
    entry = record.fields.get(field_id)
    return entry is not None and entry.value is not None
