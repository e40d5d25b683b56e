"""The typing engine: a key goes in, the word as it then is comes out.

Every key is first tried as a mark, then as a letter; whatever makes a word that can still become a syllable is taken.
A key pressed twice takes its mark back and stands as a letter (ass gives as), and the rest of that word is then plain.
A word that can be no syllable shows the keys as they were pressed (window), and stays so: a finished word is never
changed after the fact, because the paper may say what no dictionary does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from hotich.keying.shapes import could_be, nucleus
from hotich.keying.word import TonePlace, Word

_CIRCUMFLEX: Final = {"a": "â", "ă": "â", "e": "ê", "o": "ô", "ơ": "ô"}
_HORN: Final = {"a": "ă", "â": "ă", "o": "ơ", "ô": "ơ", "u": "ư"}
_BARE: Final = {"ă": "a", "â": "a", "ê": "e", "ô": "o", "ơ": "o", "ư": "u", "đ": "d"}
_HORNED: Final = {"a": "ă", "o": "ơ", "u": "ư"}


@dataclass(frozen=True, slots=True)
class Method:
    """What the keys of a typing method do; keys are small letters or digits, marks are combining characters.

    `circumflex` and `horn` give the base letters that a key marks (`horn` covers ơ, ư and ă), `stroke` the keys of đ,
    `alone` the letters that a key makes where it has nothing to mark.
    """

    name: str
    tones: Mapping[str, str]
    clear: str
    circumflex: Mapping[str, str]
    horn: Mapping[str, str]
    stroke: str
    alone: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Typing:
    """A method with its settings. `strict` lets only lawful syllables be marked; otherwise every word may be."""

    method: Method
    tone_place: TonePlace = TonePlace.OLD
    strict: bool = True

    def takes(self, key: str, word: Word) -> bool:
        """Whether the key belongs to the word: a letter always, any other key of the method inside a word."""
        if key.isalpha():
            return True
        return key in self.method.alone or (bool(word.letters) and key in self._marks())

    def press(self, word: Word, key: str) -> Word:
        """Return the word after that key; `takes` said yes."""
        if word.plain:
            return word.adding(key)
        for made in self._options(word, key):
            settled = _settled(made)
            if settled.plain or not self.strict or could_be(settled.letters, settled.tone):
                return settled
        return replace(word, keys=(*word.keys, (key, len(word.letters)))).as_typed()

    def text(self, word: Word) -> str:
        """Return the word as it is shown (NFC)."""
        return word.text(self.tone_place)

    def _marks(self) -> str:
        method = self.method
        return "".join([*method.tones, method.clear, *method.circumflex, *method.horn, method.stroke])

    def _options(self, word: Word, key: str) -> Iterator[Word]:
        """Yield the words that the key can make, likeliest first.

        A mark is taken back at once by the same key pressed again; later only where the key makes no letter.
        """
        again = bool(word.keys) and word.keys[-1][0].lower() == key.lower()
        yield from self._marked(word, key)
        if again:
            yield from self._taken_back(word, key)
        if key.lower() in self.method.alone and not _vowels(word):
            yield word.with_letter(self.method.alone[key.lower()], key)
        elif key in self.method.alone and not key.isalpha():
            yield word.with_letter(self.method.alone[key], key)
        if not key.isdecimal():
            yield word.adding(key)
        if not again:
            yield from self._taken_back(word, key)
        if key.isdecimal():
            yield word.adding(key)

    def _marked(self, word: Word, key: str) -> Iterator[Word]:
        small, method = key.lower(), self.method
        if _vowels(word):
            if small == method.clear and word.tone:
                yield word.toned("", key)
            if small in method.tones and word.tone != method.tones[small]:
                yield word.toned(method.tones[small], key)
            yield from _with_circumflex(word, key, method.circumflex.get(small, ""))
            yield from _with_horn(word, key, method.horn.get(small, ""))
        if small == method.stroke and "d" in word.letters[: nucleus(word.letters)[0]]:
            yield word.marked({word.letters.rindex("d", 0, nucleus(word.letters)[0]): "đ"}, key)

    def _taken_back(self, word: Word, key: str) -> Iterator[Word]:
        small, method = key.lower(), self.method
        start, end = nucleus(word.letters)
        if small in method.tones and word.tone == method.tones[small]:
            yield replace(word.toned("", key).adding(key), plain=True)
        bases = method.circumflex.get(small, "")
        rounded = [i for i in range(start, end) if word.letters[i] in "âêô" and _BARE[word.letters[i]] in bases]
        if rounded:
            bared = _bared(word, [rounded[-1]], key)
            # xoong has oo in it: what can still become such a syllable goes on taking marks.
            yield replace(bared, plain=not could_be(bared.letters, bared.tone))
        bases = method.horn.get(small, "")
        horned = [i for i in range(start, end) if word.letters[i] in "ăơư" and _BARE[word.letters[i]] in bases]
        if horned and _made_alone(word, horned[-1]):
            yield replace(word.without_last().adding(key), plain=True)
        elif horned:
            yield _bared(word, horned, key)
        if small == method.stroke and "đ" in word.letters[:start]:
            yield _bared(word, [word.letters.index("đ")], key)


def _vowels(word: Word) -> str:
    start, end = nucleus(word.letters)
    return word.letters[start:end]


def _bared(word: Word, places: list[int], key: str) -> Word:
    bare = word.marked({place: _BARE[word.letters[place]] for place in places}, key)
    return replace(bare.adding(key), plain=True)


def _made_alone(word: Word, place: int) -> bool:
    """Whether the letter at the end was made by one key such as w."""
    made = [key for key, owner in word.keys if owner == place]
    return place == len(word.letters) - 1 and len(made) == 1 and made[0].lower() == "w"


def _with_circumflex(word: Word, key: str, bases: str) -> Iterator[Word]:
    start, end = nucleus(word.letters)
    for place in range(end - 1, start - 1, -1):
        letter = word.letters[place]
        if letter in _CIRCUMFLEX and _BARE.get(letter, letter) in bases:
            changes = {place: _CIRCUMFLEX[letter]}
            if letter == "ơ" and place > start and word.letters[place - 1] == "ư":
                changes[place - 1] = "u"  # ươ becomes uô
            yield word.marked(changes, key)


def _with_horn(word: Word, key: str, bases: str) -> Iterator[Word]:
    """Yield horns and breves: ươ as a pair where something follows it, otherwise the last letter that takes one."""
    start, end = nucleus(word.letters)
    pairs = [
        {place: "ư", place + 1: "ơ"}
        for place in range(start, end - 1)
        if word.letters[place] in "uư" and word.letters[place + 1] in "oôơ" and "o" in bases
        if word.letters[place : place + 2] != "ươ"
    ]
    singles = [
        {place: _HORN[word.letters[place]]}
        for place in range(end - 1, start - 1, -1)
        if _BARE.get(word.letters[place], word.letters[place]) in bases and word.letters[place] in _HORN
    ]
    at_end = bool(pairs) and max(pairs[0]) == len(word.letters) - 1 and word.letters[min(pairs[0])] == "u"
    for changes in [*singles, *pairs] if at_end else [*pairs, *singles]:
        yield word.marked(changes, key)


def _settled(word: Word) -> Word:
    """Return the word with uơ and ưo as ươ where a letter follows: huơ and n is hươn."""
    start = nucleus(word.letters)[0]
    if word.plain or word.letters[start : start + 2] not in ("uơ", "ưo") or start + 2 >= len(word.letters):
        return word
    return replace(word, letters=word.letters[:start] + "ươ" + word.letters[start + 2 :])


ERASE: Final = "\b"


def type_keys(keys: str, typing: Typing) -> str:
    """Return the text that a row of keys makes; ERASE is Backspace, anything no word takes ends the word."""
    done: list[str] = []
    word = Word()
    for key in keys:
        if key == ERASE:
            if word.letters:
                word = word.without_last()
            elif done:
                done[-1:] = [done[-1][:-1]] if len(done[-1]) > 1 else []
        elif typing.takes(key, word):
            word = typing.press(word, key)
        else:
            done.extend((typing.text(word), key) if word.letters else (key,))
            word = Word()
    return "".join([*done, typing.text(word)])
