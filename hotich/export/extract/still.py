"""Whether the sheets of an extract are all that a program may show of it: nothing that only some show, or that acts.

Sheets are compared as one program draws them. Form fields, layers and notes that are shown on screens or on paper only,
other pictures for printing, and scripts are no part of that drawing and no part of any extract.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pikepdf import Page

_DOCUMENT: Final = frozenset(
    "/Type /Pages /Names /PageMode /PageLayout /AF /Metadata /Lang /ViewerPreferences /Version /Extensions /MarkInfo"
    " /AcroForm /DSS /Perms".split()
)
_PAGE: Final = frozenset(
    "/Type /MediaBox /CropBox /TrimBox /BleedBox /ArtBox /Contents /Parent /Rotate /Resources /Trans /Annots".split()
)
_USED: Final = frozenset("/Font /XObject /ProcSet".split())
_NOT_IN_PICTURES: Final = frozenset("/OC /Alternates /OPI".split())


def is_still(data: bytes) -> bool:
    """Whether a PDF holds nothing beside plain sheets, attachments and signatures that are not seen."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            root: Any = pdf.Root
            form = root.get("/AcroForm", {})
            return (
                set(root.keys()) <= _DOCUMENT
                and set(root.get("/Names", {}).keys()) <= {"/EmbeddedFiles"}
                and all(map(_is_unseen, form.get("/Fields", ())))
                and "/XFA" not in form
                and all(map(_is_plain, pdf.pages))
            )
    except (pikepdf.PdfError, pikepdf.PasswordError, AttributeError, KeyError, TypeError, ValueError, RuntimeError):
        return False  # It is not even made as a document should be.


def _is_plain(page: Page) -> bool:
    used: Any = page.resources
    return (
        set(page.obj.keys()) <= _PAGE
        and set(used.keys()) <= _USED
        and all(map(_is_picture, used.get("/XObject", {}).values()))
        and all(font.get("/Subtype") != "/Type3" for font in used.get("/Font", {}).values())
        and all(map(_is_unseen, page.obj.get("/Annots", ())))
    )


def _is_picture(drawn: Any) -> bool:
    return drawn.get("/Subtype") == "/Image" and not _NOT_IN_PICTURES & set(drawn.keys())


def _is_unseen(field: Any) -> bool:
    """Whether it is the field of a signature without a place on the sheet."""
    left, bottom, right, top = (float(side) for side in field.get("/Rect", (0, 0, 0, 0)))
    is_signature = field.get("/FT") == "/Sig" and field.get("/Subtype", "/Widget") == "/Widget"
    return is_signature and (left == right or bottom == top) and "/AA" not in field and "/A" not in field
