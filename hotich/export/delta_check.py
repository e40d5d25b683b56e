"""Whether what a package says of changes since an earlier one agrees with what it holds."""

from __future__ import annotations

from collections import Counter

from hotich.export.package_types import Delta, Manifest
from hotich.export.problems import Problems

_NAMED = 5


def check_delta(manifest: Manifest, problems: Problems) -> None:
    """Tells every contradiction, and what is in a delta at all; a whole package has neither."""
    delta = manifest.delta
    if delta is None:
        return
    counts = {"records": len(manifest.records), "withdrawn": len(delta.withdrawn)}
    problems.tell("package-delta", number=manifest.number, base=delta.base, reason=delta.reason, **counts)
    if delta.base >= manifest.number or delta.base_history > manifest.history.actions:
        problems.add("package-delta-base", number=manifest.number, base=delta.base)
    told = Counter(change.record_id for change in delta.changes)
    held = Counter(check.record_id for check in manifest.records)
    for record_id in [*(told - held), *(held - told)]:
        problems.add("package-delta-list", record_id=record_id, record=record_id)
    _check_withdrawn(delta, told, problems)
    columns = set(manifest.book.columns)
    if strange := sorted({code for change in delta.changes for code in change.fields} - columns):
        problems.add("package-delta-fields", fields=tuple(strange), names=", ".join(strange[:_NAMED]))


def _check_withdrawn(delta: Delta, told: Counter[str], problems: Problems) -> None:
    times = told + Counter(one.record_id for one in delta.withdrawn)
    for record_id in (record_id for record_id, count in times.items() if count > 1):
        problems.add("package-delta-twice", record_id=record_id, record=record_id)
