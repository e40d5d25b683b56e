"""What an earlier version of the program wrote is read, folded and held for sound."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from hotich.store import Workspace, log
from hotich.store.database import DATABASE_NAME
from hotich.values import Way
from hotich.workflow import FieldsConfirmed, FindingAccepted
from tests.store.made import Clock, fill, record_id, typed

LATER_FACTS = ("questions", "margin_notes")


def test_events_without_the_later_facts_are_read():
    value = {"field_id": "so", "as_written": "5", "normal": "05/1982", "state": "value", "origin": "typed"}
    old = log.decode_event(json.dumps({"event": "FieldsConfirmed", "values": [value]}))
    assert isinstance(old, FieldsConfirmed) and (old.way, old.step, old.note) == (Way.ENTRY, "", "")
    text = {"event": "FindingAccepted", "rule_id": "x", "fields": ["so"], "reason": "đúng"}
    assert log.decode_event(json.dumps(text)) == FindingAccepted("x", ("so",), "đúng")


def test_an_index_row_without_the_later_facts_is_no_fault_and_a_changed_one_is(folder: Path):
    with Workspace.open(folder, clock=Clock()) as workspace:
        fill(workspace)
        workspace.append(typed("Siu Black"))
    connection = sqlite3.connect(folder / DATABASE_NAME)
    found = connection.execute("SELECT data FROM records WHERE record_id = ?", (record_id(),)).fetchone()
    row = json.loads(found[0])
    for fact in LATER_FACTS:
        del row[fact]
    for entry in row["fields"].values():
        del entry["way"], entry["note"]
    older = json.dumps(row, ensure_ascii=False)
    connection.execute("UPDATE records SET data = ? WHERE record_id = ?", (older, record_id()))
    connection.commit()
    with Workspace.open(folder) as workspace:
        assert workspace.verify() == ()
        record = workspace.record(record_id())
        assert record is not None and not record.held and record.margin_notes == ()
    altered = older.replace("Siu Black", "Siu White")
    connection.execute("UPDATE records SET data = ? WHERE record_id = ?", (altered, record_id()))
    connection.commit()
    connection.close()
    with Workspace.open(folder) as workspace:
        assert [finding.rule_id for finding in workspace.verify()] == ["store-index-wrong"]
