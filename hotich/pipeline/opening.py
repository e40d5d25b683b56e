"""Opening a record by hand, where the machine saw no entry."""

from __future__ import annotations

import numpy as np

from hotich import workflow
from hotich.forms.formspec import FormSpec
from hotich.forms.loader import load_catalogue
from hotich.imaging.geometry import moved
from hotich.pipeline.lookup import page_of
from hotich.pipeline.reading import record_id_of
from hotich.store import PageRow, Workspace
from hotich.values import Actor, Quad, Region


def open_record(workspace: Workspace, page_id: str, entry: int, form_id: str, actor: Actor) -> str:
    """The id of a new record at that entry of a page, with boxes where the form lies, or none on a page without a form.

    An entry that is open already is left as it is.
    """
    row = page_of(workspace, page_id)
    record_id = record_id_of(page_id, entry)
    if workspace.record(record_id) is not None:
        return record_id
    form = load_catalogue().forms[form_id]
    event = workflow.RecordOpened(entry, form.id, form.sha256, regions_by_placement(row, form, entry))
    workspace.append(workflow.Draft(row.book_id, event, actor, record_id, page_id))
    return record_id


def regions_by_placement(row: PageRow, form: FormSpec, entry: int) -> tuple[Region, ...]:
    """The boxes of an entry where the page's placement puts them; none when the page has no placement of that form."""
    placement = row.placement
    if placement is None or placement.form_id != form.id:
        return ()
    matrix = np.array(placement.to_original)
    regions = []
    for zone in form.zones:
        x, y, w, h = (getattr(form.place(zone.rect, zone.scope, entry), side) for side in "xywh")
        corners = moved([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], matrix)
        regions.append(Region(zone.field_id, row.page.page_id, Quad(*corners), placement.residual_mm))
    return tuple(regions)
