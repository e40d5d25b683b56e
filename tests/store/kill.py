"""Kills a program that confirms fields, at random instants, and looks at what it left.

`python -m tests.store.kill 200` makes 200 kills and prints what was found. After each kill the file must open, every
field that was acknowledged must be there, at most one more, and the chain must be whole.
"""

from __future__ import annotations

import itertools
import json
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from hotich.store import Workspace
from tests.store.made import fill, record_id, typed

FIELDS = ("so", "nksHoTen", "nksNgaySinh", "nksNoiSinh", "nksDanToc")
ENTRIES = 6
LATEST_S = 0.08
"""The latest instant of a kill."""
AT_WORK = 0.85
"""How many of the kills meet a program that has begun to confirm; the others may meet it opening the file."""


@dataclass(slots=True)
class Tally:
    """What the kills left. `during_opening` counts kills before the first acknowledgement."""

    kills: int = 0
    acknowledged: int = 0
    extra: int = 0
    during_opening: int = 0
    faults: list[str] = field(default_factory=list)


def confirm_for_ever(folder: Path) -> None:
    """Confirms field after field and acknowledges each on standard output once it is on disk."""
    print("loaded", flush=True)
    sys.stdin.readline()
    with Workspace.open(folder) as workspace:
        start = (workspace.head() or (0, ""))[0]
        for count in itertools.count(start):
            text = f"Nguyễn Thị Đặng {count}"
            draft = typed(text, record=record_id(0, count % ENTRIES), field_id=FIELDS[count % len(FIELDS)])
            (action,) = workspace.append(draft)
            print(json.dumps([action.action_id, action.record_id, draft.event.values[0].field_id, text]), flush=True)


def spawn(folder: Path) -> subprocess.Popen[str]:
    """The program, loaded and waiting to be let go."""
    command = [sys.executable, "-m", "tests.store.kill", "--child", str(folder)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")


def kill_one(child: subprocess.Popen[str], delay: float, at_work: bool) -> list[tuple[int, str, str, str]]:
    """Lets the program go, kills it after so many seconds, and returns what it acknowledged.

    `at_work` counts the seconds from its first acknowledgement, otherwise they count from its start.
    """
    assert child.stdin is not None and child.stdout is not None
    assert child.stdout.readline() == "loaded\n"
    child.stdin.write("go\n")
    child.stdin.flush()
    lines = [child.stdout.readline()] if at_work else []
    time.sleep(delay)
    child.kill()
    lines += _rest(child.stdout)
    child.stdin.close()
    if child.wait() >= 0 and sys.platform != "win32":
        raise RuntimeError("the program ended by itself")
    # The kill may have cut the last line: then nobody was told.
    return [tuple(json.loads(line)) for line in lines if line.endswith("\n")]


def _rest(stream: IO[str]) -> list[str]:
    with stream:
        return list(stream)


def faults_after(folder: Path, before: int, acknowledged: list[tuple[int, str, str, str]], tally: Tally) -> list[str]:
    """What is wrong in the workspace after a kill; `before` is the number of the last action at the start."""
    faults = []
    with Workspace.open(folder) as workspace:
        faults += [finding.message for finding in workspace.verify()]
        written = workspace.changes_since(before, limit=1_000_000)
        extra = len(written) - len(acknowledged)
        tally.extra += extra
        if not 0 <= extra <= 1:
            faults.append(f"{len(acknowledged)} acknowledged, {len(written)} there")
        told = {(a.action_id, a.record_id, v.field_id, v.as_written) for a in written for v in a.event.values}
        faults += [f"lost: {ack}" for ack in acknowledged if ack not in told]
        for record, name, text in {(ack[1], ack[2]): ack[1:] for ack in acknowledged}.values():
            folded = workspace.record(record)
            standing = folded.written(name) if folded is not None else ""
            newest = written[-1]
            if standing != text and not (
                extra and (newest.record_id, newest.event.values[0].field_id) == (record, name)
            ):
                faults.append(f"{record} {name}: {standing!r} stands for {text!r}")
    return faults


def run(folder: Path, kills: int, seed: int = 0) -> Tally:
    """Makes a book and kills so many programs that work on it; the instants follow from the seed."""
    chance = random.Random(seed)
    tally = Tally()
    with Workspace.open(folder) as workspace:
        fill(workspace, entries=ENTRIES)
        before = (workspace.head() or (0, ""))[0]
    child = spawn(folder)
    for _ in range(kills):
        # The next one loads while this one works, is killed and looked after.
        following = spawn(folder)
        acknowledged = kill_one(child, chance.uniform(0, LATEST_S), at_work=chance.random() < AT_WORK)
        tally.kills += 1
        tally.acknowledged += len(acknowledged)
        tally.during_opening += not acknowledged
        tally.faults += faults_after(folder, before, acknowledged, tally)
        with Workspace.read_only(folder) as workspace:
            before = (workspace.head() or (0, ""))[0]
        child = following
    kill_waiting(child)
    return tally


def kill_waiting(child: subprocess.Popen[str]) -> None:
    """Ends a program that was never let go."""
    assert child.stdin is not None and child.stdout is not None
    child.kill()
    child.stdin.close()
    child.stdout.close()
    child.wait()


def main() -> int:
    """Exit code 1 when a kill left anything wrong."""
    if sys.argv[1:2] == ["--child"]:
        confirm_for_ever(Path(sys.argv[2]))
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder:
        tally = run(Path(folder) / "workspace", kills, seed=int(time.time()))
    print(f"{tally.kills} kills, {tally.during_opening} of them before the first field")
    print(f"{tally.acknowledged} fields acknowledged, {tally.extra} more on disk, {len(tally.faults)} faults")
    for fault in tally.faults:
        print(" ", fault)
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
