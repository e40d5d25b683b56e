"""The ways in which one field can be filled, and what each costs: the clerk takes the cheapest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bench.desk_hands import Hands, common_start, key_weight
from bench.desk_telex import keys_of, shown, strokes
from hotich.forms.formspec import FieldKind
from hotich.forms.loader import load_catalogue
from hotich.keying.capitals import capital_word
from hotich.keying.macros import own_codes
from hotich.letters import nfc
from hotich.pipeline.entry import EntryView, FieldRow
from hotich.pipeline.known_places import ended_places
from hotich.pipeline.value_memory import known_names
from hotich.text import fold
from hotich.ui.presenters.typing_help import TypingHelp
from hotich.values import FieldState, FieldValue, Record
from sample_scans.draw.fields import Written

NUMBERED = 5
LONGEST_BEGINNING = 8
SHORT = 2
"""Letters after which a clerk looks whether a line of the list is nearly right."""
WORTH_IT = 10
"""Keys that mending another line has to save before anybody thinks of it."""
REASON = "đúng sổ"
"""What a clerk writes who lets an unlikely value of the paper stand."""


class Help(StrEnum):
    """What the clerk may use: nothing from other records, what was keyed before, readings of the machine as well."""

    TYPED = "typed"
    MEMORY = "memory"
    READINGS = "readings"


@dataclass(frozen=True, slots=True)
class Way:
    """A way with its name for the tables, its strokes, and the pressing of them."""

    name: str
    strokes: int
    act: Callable[[Hands], object]


@dataclass(frozen=True, slots=True)
class Sight:
    """What the clerk sees and knows in one field. `onward` is the key that accepts and goes to where he wants to go."""

    row: FieldRow
    view: EntryView
    typing: TypingHelp
    truth: Written
    above: Record | None
    help: Help
    onward: str
    plain: bool = False
    """A clerk without tricks: three letters of the beginning or all first letters, no mending of other lines."""


def agrees(value: FieldValue, truth: Written, kind: FieldKind) -> bool:
    """Whether a kept value is what the paper says; of coded fields the code decides."""
    if truth.state == "blank":
        return value.state is FieldState.BLANK
    if value.state is not FieldState.VALUE:
        return False
    if kind is FieldKind.CHOICE:
        return value.normal == truth.normal
    return value.as_written == nfc(truth.text)


def suggestion_right(row: FieldRow, truth: Written) -> bool:
    """Whether accepting what is shown gives what the paper says."""
    if not row.has_suggestion:
        return False
    if truth.state == "blank" or row.suggests_blank:
        return truth.state == "blank" and row.suggests_blank
    if row.field.kind is FieldKind.CHOICE:
        return _code_of(row) == truth.normal
    return row.text == nfc(truth.text)


def ways(sight: Sight) -> Iterator[Way]:
    """Every way that leads to what the paper says."""
    right = suggestion_right(sight.row, sight.truth)
    if right and not sight.row.foreseen:
        yield _accepting("accept", 0, lambda hands: None, sight)
    if sight.truth.state == "blank":
        yield Way("blank", key_weight("blank"), lambda hands: hands.press_key("blank"))
        return
    if right:
        cost = key_weight("accept-warning") + strokes(REASON) + 1
        yield Way("accept unlikely", cost, _accept_unlikely)
    if sight.row.field.kind is FieldKind.CHOICE:
        yield _typed("code", sight.truth.normal, sight)
        return
    yield from _from_screen(sight)
    if sight.row.field.kind is FieldKind.DATE:
        yield from _dates(sight)
    else:
        yield _typed("typed", plain_keys(sight), sight)


def _from_screen(sight: Sight) -> Iterator[Way]:
    text = nfc(sight.truth.text)
    others = _others(sight)[:NUMBERED]
    if text in others and sight.help is Help.READINGS:
        yield _pick("alternative", others.index(text) + 1)
    if sight.row.text:
        yield from _edits(sight, sight.row.text, text)
    if sight.row.field.kind is FieldKind.PLACE:
        yield from _ended(sight, text)
    if sight.help is not Help.TYPED:
        above = sight.above.fields.get(sight.row.field.id) if sight.above is not None else None
        if above is not None and above.value is not None and agrees(above.value, sight.truth, sight.row.field.kind):
            yield Way("as above", key_weight("same-above"), lambda hands: hands.press_key("same-above"))
        yield from _completions(sight, text)
    else:
        yield from _listed(sight, text)


def _others(sight: Sight) -> list[str]:
    """Other readings that a number takes; none of a name that is to be typed from the page."""
    return [] if sight.row.unseen else [way.text for way in sight.typing.alternatives(sight.row)]


def _completions(sight: Sight, text: str) -> Iterator[Way]:
    """The shortest beginning that brings the text into the first lines of the list, and nothing typed at all."""
    field_id = sight.row.field.id
    bare = [way.text for way in sight.typing.completions(field_id, "")]
    others = _others(sight)
    opened = [*others, *(other for other in bare if other not in others)][:NUMBERED]
    if text in opened:
        yield _opened("list", opened.index(text) + 1)
    for beginning in sorted(_plain_beginnings(text) if sight.plain else _beginnings(text), key=len):
        found = [way.text for way in sight.typing.completions(field_id, shown(beginning))][:NUMBERED]
        if text in found:
            yield _pick("completion", found.index(text) + 1, beginning)
            return
        if len(beginning) <= SHORT and not sight.plain:
            yield from _edited_lines(sight, text, beginning, found)


def _listed(sight: Sight, text: str) -> Iterator[Way]:
    """The beginning of a name from a list that came with the program: no memory is needed for it."""
    names = known_names(sight.row.field)
    for beginning in sorted(_beginnings(text), key=len):
        found = [way.text for way in sight.typing.completions(sight.row.field.id, shown(beginning))][:NUMBERED]
        if text in names and text in found:
            yield _pick("completion", found.index(text) + 1, beginning)
            return


def _beginnings(text: str) -> set[str]:
    """First letters of the words, the beginning of the text, the beginning of a word inside it; without marks."""
    words = ["".join(letter for letter in word if letter.isalnum()) for word in fold(text).split()]
    words = [word for word in words if word]
    initials = "".join(word[0] for word in words)
    tails = [" ".join(words[place:]) for place in range(len(words))]
    found = {initials[:length] for length in range(2, LONGEST_BEGINNING + 1)}
    found |= {tail[:length] for tail in tails for length in range(1, LONGEST_BEGINNING + 1)}
    return {beginning.strip() for beginning in found if beginning.strip()}


def _plain_beginnings(text: str) -> set[str]:
    whole = fold(text)
    initials = "".join(word[0] for word in whole.split())
    return {initials[:LONGEST_BEGINNING], *(whole[:length].strip() for length in range(3, len(whole)))}


def _dates(sight: Sight) -> Iterator[Way]:
    """As it stands, its figures without strokes, or the day alone; one of several readings is taken by number."""
    text = nfc(sight.truth.text)
    figures = "".join(letter for letter in text if letter.isdigit())
    parts = text.split("/")
    short = {figures, parts[0], "".join(parts[:2]), "/".join(parts[:2])} if len(parts) == 3 else {figures}
    for typed in (text, *sorted(short - {text, ""})):
        made = [reading.written for reading in sight.typing.dates(sight.row.field.id, typed)]
        name = "typed" if typed == text else "short date"
        if made == [text]:
            yield _typed(name, typed, sight)
        elif text in made[:NUMBERED]:
            yield _pick(name, made.index(text) + 1, typed)


def _ended(sight: Sight, text: str) -> Iterator[Way]:
    """A place typed up to a comma: the list knows how it ends."""
    book, field = sight.view.book, sight.row.field
    for place in (place for place, letter in enumerate(text) if letter == ","):
        head = text[:place]
        if sight.help is Help.TYPED and text not in ended_places(book, head, ()):
            continue
        found = [way.text for way in sight.typing.completions(field.id, head)][:NUMBERED]
        if text in found:
            yield _pick("place ended", found.index(text) + 1, head)


def _edits(sight: Sight, old: str, new: str) -> Iterator[Way]:
    """F2 and the letters that differ, in what is shown."""
    if old == new:
        return
    change = Change.between(old, new)
    cost = key_weight("edit") + change.strokes
    made = [reading.written for reading in sight.typing.dates(sight.row.field.id, new)]
    if len(made) < 2:
        yield _accepting("edited", cost, lambda hands: _edit(hands, change), sight)
    elif new in made[:NUMBERED]:
        yield Way("edited", cost + 2, lambda hands: _edit(hands, change, f"Alt+{made.index(new) + 1}"))


def _edited_lines(sight: Sight, text: str, typed: str, found: list[str]) -> Iterator[Way]:
    """Down to a line of the list that is nearly right, F2 to have it written, and the letters that differ."""
    for number, line in enumerate(found, 1):
        change = Change.between(line, text)
        cost = len(typed) + number + key_weight("edit") + change.strokes

        def act(hands: Hands, number: int = number, change: Change = change) -> None:
            hands.type(typed)
            hands.press("Down", number)
            _edit(hands, change)

        if cost + WORTH_IT <= strokes(text):
            yield _accepting("line edited", cost, act, sight)


@dataclass(frozen=True, slots=True)
class Change:
    """Letters taken out and put in, met from the nearer end of the text."""

    steps: int
    gone: int
    added: str
    from_start: bool

    @classmethod
    def between(cls, old: str, new: str) -> Change:
        """What makes one text the other."""
        head = common_start(old, new)
        tail = common_start(old[head:][::-1], new[head:][::-1])
        from_start = head + 1 < tail
        steps = head if from_start else tail
        return cls(steps, len(old) - head - tail, new[head : len(new) - tail], from_start)

    @property
    def strokes(self) -> int:
        """Keys after F2, which leaves the cursor at the end."""
        return self.from_start + self.steps + self.gone + strokes(self.added)


def _edit(hands: Hands, change: Change, end: str = "") -> None:
    hands.press_key("edit")
    if change.from_start:
        hands.press("Home")
    hands.press("Right" if change.from_start else "Left", change.steps)
    hands.press("Del" if change.from_start else "Backspace", change.gone)
    hands.type(change.added)
    if end:
        hands.press(end)


def plain_keys(sight: Sight) -> str:
    """What is typed for the whole text: short codes where there are, names in small letters that get their capitals."""
    text = nfc(sight.truth.text)
    found = [code for code in own_codes().codes if text == code.text or text.startswith(f"{code.text} ")]
    code = max(found, key=lambda each: len(each.text), default=None)
    rest = text.removeprefix(code.text) if code is not None else text
    before = code.text if code is not None else ""
    if sight.row.field.kind is FieldKind.PERSON_NAME:
        rest = _small_where_raised(rest, before)
    return (code.code if code is not None else "") + rest


def _small_where_raised(rest: str, before: str) -> str:
    words = []
    for word in rest.split(" "):
        raised = bool(word) and capital_word(word.lower(), before) == word
        words.append(word.lower() if raised else word)
        before = f"{before} {word}"
    return " ".join(words)


def _typed(name: str, text: str, sight: Sight) -> Way:
    return _accepting(name, strokes(text), lambda hands: hands.type(text), sight)


def _accepting(name: str, cost: int, act: Callable[[Hands], object], sight: Sight) -> Way:
    def whole(hands: Hands) -> None:
        act(hands)
        hands.press_key(sight.onward)

    return Way(name, cost + key_weight(sight.onward), whole)


def _pick(name: str, number: int, typed: str = "") -> Way:
    """A line of the list that comes up once that has been typed."""

    def whole(hands: Hands) -> None:
        hands.type(typed)
        hands.press(f"Alt+{number}")

    return Way(name, strokes(typed) + 2, whole)


def _opened(name: str, number: int) -> Way:
    """A line of the list that is opened by its key."""

    def whole(hands: Hands) -> None:
        hands.press_key("choices")
        hands.press(f"Alt+{number}")

    return Way(name, key_weight("choices") + 2, whole)


def _accept_unlikely(hands: Hands) -> None:
    hands.press_key("accept-warning")
    hands.type(REASON)
    hands.press("Return")


def _code_of(row: FieldRow) -> str:
    """The code of what a coded field suggests."""
    if row.reading is not None and row.text == row.reading.text:
        return row.reading.normal
    wanted = fold(row.text)
    entries = load_catalogue().codes[row.field.codes].entries
    return next((entry.code for entry in entries if wanted in (fold(entry.label), entry.code)), "")


def typed_out(truth: Written) -> int:
    """What the value costs in a sheet or a web form without any help: its letters and Tab."""
    return len(keys_of(nfc(truth.text))) + sum(letter.isupper() for letter in truth.text) + 1
