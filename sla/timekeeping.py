"""Whether the database's clock can be believed. Pure: readings come in, an objection or none comes out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

JUMP = timedelta(seconds=5)
# A jump ahead is believed once the clock has gone on steadily for so long: the machine was asleep, or has been set.
STEADY_AFTER = timedelta(seconds=30)


@dataclass
class Metronome:
    """Compares the database's clock with this process's steady one from reading to reading."""

    _now: datetime | None = None
    _steady: float = 0.0
    _jumped: float | None = None

    def objection(self, now: datetime, steady_seconds: float, seen_at: datetime | None) -> str | None:
        """Why no timer should fire at `now`, or None. `seen_at`: the highest instant any sweep has seen."""
        passed = timedelta(seconds=steady_seconds - self._steady)
        ahead = self._now is not None and now - self._now - passed > JUMP
        self._now, self._steady = now, steady_seconds
        if seen_at is not None and now < seen_at - JUMP:
            return f"the database's clock is behind what was seen already ({seen_at.isoformat()})"
        if ahead:
            self._jumped = steady_seconds
        if self._jumped is not None:
            if steady_seconds - self._jumped < STEADY_AFTER.total_seconds():
                return "the database's clock has jumped ahead"
            self._jumped = None
        return None
