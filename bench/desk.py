"""What a record costs at the desk: a scripted operator keys an invented commune's books through the real window.

    python -m bench.desk                                  births, 200 records, typed, with memory, with readings
    python -m bench.desk --type KT --records 40           deaths, 40 records (may be given again)
    python -m bench.desk --way memory --fields            one way of working, with what every field cost
    python -m bench.desk --way readings --accuracy person-name=0.6 --accuracy place=0.6
    python -m bench.desk --clerk                          errors that slip through, by way of working

Three ways of working: `typed` uses no remembered texts and no copies (what the screen offers by itself is taken when
right), `memory` completes and copies what was keyed before, `readings` has what the machine read as well, right as
often as is set. Only key events reach the window. After every record the store must hold what the paper says, or the
run ends.

Keys are counted as a Telex typist presses them, each modifier as a key of its own. Seconds are those of the keystroke
level model (Card, Moran and Newell 1980): K 0.28 a key for somebody who types 40 words a minute (0.20 for an average
typist), M 1.35 for every field of the page, since each has to be looked at however it is filled.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bench.desk_clerk import print_errors
from bench.desk_commune import TOWNS, CommuneBook, commune_book
from bench.desk_readings import ACCURACY

if TYPE_CHECKING:
    from bench.desk_hands import Answer
    from bench.desk_operator import Tally
    from bench.desk_session import BookRun

# Qt reads it when it is loaded, hence the imports inside the functions.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

WAYS = ("typed", "memory", "readings")
KEY_SECONDS = 0.28
QUICK_KEY_SECONDS = 0.20
LOOK_SECONDS = 1.35
FIRST, LAST = 10, 50
COSTLIEST = 16


@dataclass(frozen=True, slots=True)
class Wishes:
    """What to run."""

    records: int
    seed: int
    accuracy: Mapping[str, float]
    fields: bool
    plain: bool


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--type", action="append", choices=sorted(TOWNS), help="KS unless given")
    words.add_argument("--records", type=int, default=200)
    words.add_argument("--first", type=int, default=0, help="key only so many of them")
    words.add_argument("--way", action="append", choices=WAYS, help="all three unless given")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--accuracy", action="append", default=[], metavar="KIND=SHARE", help="of readings")
    words.add_argument("--fields", action="store_true", help="tell what every field cost")
    words.add_argument("--plain", action="store_true", help="a clerk who knows no tricks of the list")
    words.add_argument("--clerk", action="store_true", help="errors that slip through instead of keys")
    words.add_argument("--clerks", type=int, default=10, help="so many go through the book in each way")
    chosen = words.parse_args()
    accuracy = {**ACCURACY, **{kind: float(share) for kind, share in (w.split("=") for w in chosen.accuracy)}}
    wishes = Wishes(chosen.records, chosen.seed, accuracy, chosen.fields, chosen.plain)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    machine = f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} processors"
    print(f"{machine}, {load:.1f} programs at work when it began", flush=True)
    for record in chosen.type or ["KS"]:
        commune = commune_book(record, chosen.records, chosen.seed)
        commune = replace(commune, entries=commune.entries[: chosen.first or None])
        if chosen.clerk:
            print_errors(commune, accuracy, chosen.seed, chosen.clerks)
            continue
        for way in chosen.way or WAYS:
            run(commune, way, wishes)
    return 0


def run(commune: CommuneBook, way: str, wishes: Wishes) -> None:
    """Key a book in that way and print what it cost."""
    from bench.desk_session import key_book
    from bench.desk_ways import Help

    done = key_book(commune, Help(way), wishes.accuracy, wishes.seed, plain=wishes.plain)
    report(commune.record, way, done)
    if wishes.fields:
        report_fields(done.tallies[-LAST:])


def report(record: str, way: str, done: BookRun) -> None:
    """Print keys, seconds and latency of a run."""
    tallies, mouse = done.tallies, done.mouse
    keys = [tally.keys for tally in tallies]
    looks = statistics.mean(tally.looks for tally in tallies)
    print(f"\n{record} {way}: {len(tallies)} records, each as on the paper; mouse events {mouse}")
    plain = statistics.mean(tally.plain for tally in tallies)
    print(f"  typed out in a sheet {plain:.0f} keys; once for the book {done.once} keys")
    for label, part in (("first", keys[:FIRST]), ("last", keys[-LAST:]), ("all", keys)):
        mean = statistics.mean(part)
        slow, quick = (mean * each + looks * LOOK_SECONDS for each in (KEY_SECONDS, QUICK_KEY_SECONDS))
        pace = f"{slow:.0f} s ({3600 / slow:.0f} an hour), at K 0.20 {quick:.0f} s ({3600 / quick:.0f})"
        print(f"  {label} {len(part)}: {mean:.0f} keys (from {min(part)} to {max(part)}), {pace}")
    acts = statistics.mean(tally.acts for tally in tallies)
    print(f"  fields that took a key of their own: {acts:.0f} of {looks:.0f}")
    answers = [answer for tally in tallies for answer in tally.answers[:-1]]
    _tell_times("letter", [answer for answer in answers if answer.letter])
    _tell_times("other key", [answer for answer in answers if not answer.letter])
    _tell_times("any key", answers)
    _tell_times("next record", [tally.answers[-1] for tally in tallies[:-1]])
    sys.stdout.flush()


def _tell_times(what: str, answers: Sequence[Answer]) -> None:
    wall, own = sorted(each.wall for each in answers), sorted(each.own for each in answers)
    high = int(0.95 * (len(wall) - 1))
    told = f"median {statistics.median(wall):.0f} ms, 95 % {wall[high]:.0f}, worst {wall[-1]:.0f}"
    print(f"  {what}: {told}; work of the window's thread {statistics.median(own):.0f}, 95 % {own[high]:.0f}")


def report_fields(tallies: Sequence[Tally]) -> None:
    """Print what the costliest fields cost, by way."""
    spent: dict[str, Counter[str]] = defaultdict(Counter)
    times: dict[str, Counter[str]] = defaultdict(Counter)
    for tally in tallies:
        for (field_id, way), used in tally.spent.items():
            spent[field_id][way] += used
            times[field_id][way] += 1
    print(f"  keys a record by field, last {len(tallies)}:")
    for field_id in sorted(spent, key=lambda each: -spent[each].total())[:COSTLIEST]:
        ways = ", ".join(
            f"{way} {used / times[field_id][way]:.1f} x {times[field_id][way] / len(tallies):.2f}"
            for way, used in spent[field_id].most_common()
        )
        print(f"    {field_id or '(record)':24}{spent[field_id].total() / len(tallies):6.1f}  {ways}")


if __name__ == "__main__":
    sys.exit(main())
