"""The verb that takes the practice books through the whole journey and prints how well it went."""

from __future__ import annotations

import argparse
import datetime
import platform
from collections.abc import Sequence
from pathlib import Path

from hotich.commands.console import Console, ProgressBar
from hotich.commands.verbs import FOUND_ERRORS
from hotich.errors import SetupError
from hotich.messages import sentence
from hotich.pipeline.engines import load_engines
from hotich.pipeline.practice import BookOutcome, Tally, run_practice
from hotich.pipeline.practice_truth import Truth, load_truths, sample_folder
from hotich.settings import load_settings
from hotich.store import Workspace

INKS = ("print", "tick", "hand")


def run(words: argparse.Namespace, console: Console) -> int:
    """0 when every practice book ended in a verified package, else 9."""
    truths = _chosen(load_truths(getattr(words, "samples", None) or sample_folder()), getattr(words, "book", []))
    folder = getattr(words, "out", None) or _dated_folder()
    folder.mkdir(parents=True, exist_ok=True)
    console.say("commands-practice-begins", books=len(truths), folder=folder)
    with Workspace.open(folder / "workspace") as workspace:
        outcomes = run_practice(workspace, truths, load_engines(load_settings()), folder, ProgressBar())
    _print(outcomes, console)
    console.result(outcomes)
    return 0 if all(outcome.verified and not outcome.problems for outcome in outcomes) else FOUND_ERRORS


def _chosen(truths: tuple[Truth, ...], names: Sequence[str]) -> tuple[Truth, ...]:
    known = {truth.name: truth for truth in truths}
    if missing := [name for name in names if name not in known]:
        raise SetupError("commands-no-practice-book", books=", ".join(missing), known=", ".join(known))
    return tuple(known[name] for name in names) if names else truths


def _dated_folder() -> Path:
    return Path("practice") / datetime.datetime.now().strftime("%Y-%m-%d-%H%M%S")


def _print(outcomes: tuple[BookOutcome, ...], console: Console) -> None:
    console.line()
    console.table(console.head("book", "pages", "entries", "fields", "findings", "seconds", "result"), _rows(outcomes))
    console.line()
    console.table(console.head("type", "era", *INKS), _accuracy_rows(outcomes))
    console.line()
    console.table(console.head("kind", "fields", "first", "ink-alone"), _hand_rows(outcomes, console))
    console.line()
    for outcome in outcomes:
        for problem in outcome.problems:
            console.line(f"{outcome.name}: {problem}")
        if outcome.package:
            console.say("commands-practice-package", name=outcome.name, path=outcome.package)
        if outcome.handoff:
            console.say("commands-practice-handoff", name=outcome.name, path=outcome.handoff)
    pages = sum(outcome.pages for outcome in outcomes)
    seconds = sum(sum(outcome.seconds.values()) for outcome in outcomes)
    verified = sum(outcome.verified for outcome in outcomes)
    facts = {"verified": verified, "books": len(outcomes), "pages": pages, "machine": platform.platform()}
    console.say("commands-practice-ends", seconds=f"{seconds / max(1, pages):.1f}", **facts)


def _rows(outcomes: tuple[BookOutcome, ...]) -> list[tuple[str, ...]]:
    return [
        (
            outcome.name,
            str(outcome.pages),
            f"{outcome.entries}" + (f" (-{outcome.entries_missed})" if outcome.entries_missed else ""),
            str(sum(tally.fields for tally in outcome.tallies)),
            " / ".join(str(outcome.findings.get(level, 0)) for level in ("error", "warning", "note")),
            f"{sum(outcome.seconds.values()) / max(1, outcome.pages):.1f}",
            "OK" if outcome.verified else "LỖI",
        )
        for outcome in outcomes
    ]


def _accuracy_rows(outcomes: tuple[BookOutcome, ...]) -> list[tuple[str, ...]]:
    """Share of fields whose first suggestion was right, by record type and era, then over all."""
    tallies = [tally for outcome in outcomes for tally in outcome.tallies]
    groups = sorted({(tally.record_type, tally.era) for tally in tallies})
    rows = [
        (kind, era, *_shares([tally for tally in tallies if (tally.record_type, tally.era) == (kind, era)]))
        for kind, era in groups
    ]
    return [*rows, ("*", "*", *_shares(tallies))]


def _hand_rows(outcomes: tuple[BookOutcome, ...], console: Console) -> list[tuple[str, ...]]:
    """Handwriting by kind of field: first suggestions that were right, and what the ink alone says rightly."""
    written = [tally for outcome in outcomes for tally in outcome.tallies if tally.ink == "hand"]
    kinds = sorted({tally.kind for tally in written})
    groups = [(kind, [tally for tally in written if tally.kind == kind]) for kind in kinds]
    rows = []
    for kind, tallies in [*groups, ("", written)]:
        fields = sum(tally.fields for tally in tallies)
        name = sentence(f"field-kind-{kind}", language=console.language) if kind else "*"
        told = (sum(tally.right for tally in tallies), sum(tally.plain for tally in tallies))
        rows.append((name, str(fields), *(f"{100 * count / max(1, fields):.1f} %" for count in told)))
    return rows


def _shares(tallies: Sequence[Tally]) -> tuple[str, ...]:
    shares = []
    for ink in INKS:
        fields = sum(tally.fields for tally in tallies if tally.ink == ink)
        right = sum(tally.right for tally in tallies if tally.ink == ink)
        shares.append(f"{100 * right / fields:.1f} % ({right}/{fields})" if fields else "-")
    return tuple(shares)
