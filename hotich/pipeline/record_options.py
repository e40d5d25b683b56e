"""What the documents of records are to be like."""

from __future__ import annotations

from dataclasses import dataclass

from hotich.messages import Language
from hotich.pipeline.record_parts import Extent
from hotich.pipeline.tuning import settings_of
from hotich.store import Workspace
from hotich.values import Status


@dataclass(frozen=True, slots=True)
class PdfOptions:
    """`statuses` are the records of a book that get a document.

    `bytes_per_a4` is the target for an A4 page of pictures, 0 for that of the workspace's settings. By `rise_at_most`,
    a share of letters, the recogniser may err more often on the delivered picture than on the original.
    """

    extent: Extent = Extent.ENTRY
    text_layer: bool = False
    pdf_a: bool = False
    bytes_per_a4: int = 0
    rise_at_most: float = 0.005
    statuses: frozenset[Status] = frozenset({Status.APPROVED})
    language: Language = Language.VIETNAMESE


DEFAULT = PdfOptions()


def usual_bytes(workspace: Workspace, options: PdfOptions) -> float:
    """Bytes of the pictures of an A4 page, by the options or the workspace's settings."""
    return options.bytes_per_a4 or settings_of(workspace).delivery_bytes_per_a4
