"""How long what is on the screen has been looked at: nothing is confirmed by the page before it could be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

FIRST_LOOK = 0.4
"""Seconds that a page stands on the screen before Enter is heard: an earlier key was meant for the page before."""

EACH = 0.03
"""Seconds more for every snippet to be confirmed: about what the eye takes to pass over one that is like the others."""


class Looking:
    """Remembers since when each snippet has been on the screen without a break."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._since: dict[str, float] = {}

    @property
    def keys(self) -> tuple[str, ...]:
        """What is on the screen."""
        return tuple(self._since)

    def at(self, keys: Iterable[str]) -> None:
        """These are on the screen now, and nothing else."""
        now = self._clock()
        self._since = {key: self._since.get(key, now) for key in keys}

    def missing(self, keys: Sequence[str]) -> float:
        """Seconds that these still have to be looked at before they may be confirmed together; 0 when they may be.

        What is not on the screen at all takes the whole time.
        """
        needed = FIRST_LOOK + EACH * len(keys)
        now = self._clock()
        return max((max(0.0, needed - (now - self._since.get(key, now))) for key in keys), default=0.0)


def rounded_up(seconds: float) -> float:
    """Seconds as told to a person: to a tenth, never 0 while something is missing."""
    return max(0.1, round(seconds + 0.05, 1))
