"""Extracts: copies from the register for signature, with a signed code that is checked without asking anybody."""

from hotich.export.extract.content import (
    ExtractCell,
    ExtractContent,
    ExtractSection,
    PictureFact,
    canonical,
    content_hash,
)
from hotich.export.extract.draw import LAYOUT, draw
from hotich.export.extract.layout import ExtractLayout, layout_of, words
from hotich.export.extract.payload import Payload, facts_agree, find_payload, make_payload, read_payload
from hotich.export.extract.sealed import SealedExtract, changed_sheets, rendered, seal, unseal
from hotich.export.extract.still import is_still

__all__ = [
    "LAYOUT",
    "ExtractCell",
    "ExtractContent",
    "ExtractLayout",
    "ExtractSection",
    "Payload",
    "PictureFact",
    "SealedExtract",
    "canonical",
    "changed_sheets",
    "content_hash",
    "draw",
    "facts_agree",
    "find_payload",
    "is_still",
    "layout_of",
    "make_payload",
    "read_payload",
    "rendered",
    "seal",
    "unseal",
    "words",
]
