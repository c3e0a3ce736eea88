"""Who is at which ticket, as one process has heard it. Pure: the clock is an argument."""

from collections.abc import Iterable

from notifications.live.wire import Presence


class Present:
    def __init__(self) -> None:
        self._at: dict[int, dict[int, Presence]] = {}

    def hear(self, one: Presence) -> bool:
        """Takes in a heartbeat; true if that is news to anybody."""
        here = self._at.get(one.number, {})
        known = here.get(one.person)
        if one.act:
            self._at.setdefault(one.number, {})[one.person] = one
        elif known:
            self._drop(known)
        return (known.act if known else "") != one.act

    def expire(self, now: float) -> set[int]:
        """Forgets who has not been heard of; the tickets at which somebody is gone."""
        gone = [one for here in self._at.values() for one in here.values() if one.until <= now]
        for one in gone:
            self._drop(one)
        return {one.number for one in gone}

    def at(self, number: int) -> list[Presence]:
        return list(self._at.get(number, {}).values())

    def tickets(self) -> Iterable[int]:
        return list(self._at)

    def clear(self) -> set[int]:
        """After an outage nothing is known; the tickets of which that must be said."""
        numbers = set(self._at)
        self._at = {}
        return numbers

    def _drop(self, one: Presence) -> None:
        here = self._at[one.number]
        here.pop(one.person, None)
        if not here:
            del self._at[one.number]
