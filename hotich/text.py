"""Vietnamese text, the one door to it: letters, syllables and names of people.

No function here raises on any string, and none changes a value on its own: keys compare, suggestions suggest.
"""

from hotich.letters import ACCENTED, fold, is_ditto, mend_eth, nfc, sort_key, squeeze, unmark
from hotich.person_names import (
    PersonName,
    Suggestion,
    expand_suggestions,
    is_same_name,
    name_case,
    split_person_name,
)
from hotich.syllables import iy_key, looks_vietnamese_syllable, place_tone_new, place_tone_old, tone_key

__all__ = [
    "ACCENTED",
    "PersonName",
    "Suggestion",
    "expand_suggestions",
    "fold",
    "is_ditto",
    "is_same_name",
    "iy_key",
    "looks_vietnamese_syllable",
    "mend_eth",
    "name_case",
    "nfc",
    "place_tone_new",
    "place_tone_old",
    "sort_key",
    "split_person_name",
    "squeeze",
    "tone_key",
    "unmark",
]
