"""The verb that takes packages over into a database."""

from __future__ import annotations

import argparse

from hotich.commands.console import Console, ProgressBar
from hotich.commands.signing import unlock_of
from hotich.commands.verbs import FOUND_ERRORS


def run(words: argparse.Namespace, console: Console) -> int:
    """0 when every package is in the database now, else 9 after saying which is not and why."""
    from hotich.pipeline.loading import load_packages

    unlock = unlock_of(words, console, words.packages)
    reports = load_packages(words.packages, words.to, ProgressBar(), language=console.language, unlock=unlock)
    for report in reports:
        if report.loaded is None:
            console.line(report.refused)
            continue
        loaded = report.loaded
        counts = {"added": loaded.added, "corrected": loaded.corrected}
        console.say(
            f"load-{loaded.outcome.value}",
            file=report.path.name,
            withdrawn=loaded.withdrawn,
            unchanged=loaded.unchanged,
            **counts,
        )
        console.line(f"  {report.signed}")
    console.result([{"path": str(each.path), "loaded": each.loaded, "refused": each.refused} for each in reports])
    return 0 if all(report.loaded is not None for report in reports) else FOUND_ERRORS
