"""Two calendars at once, such as the customer's access hours and ours: open where both are.

Compiled once like any other calendar; local days are those of the first one's zone.
"""

from common.worktime.compiler import assemble
from common.worktime.core import WorkTime

Span = tuple[int, int]


def intersect(ours: WorkTime, theirs: WorkTime) -> WorkTime:
    """The calendar that is open where both are."""
    spans = _common(list(zip(ours.starts, ours.ends, strict=True)), list(zip(theirs.starts, theirs.ends, strict=True)))
    official = [to for to in (ours.official_to, theirs.official_to) if to is not None]
    return assemble(
        zone=ours.zone,
        cover=(max(ours.covers_from, theirs.covers_from), min(ours.covers_to, theirs.covers_to)),
        spans=spans,
        days=_days(ours, spans),
        first_day=ours.first_day,
        last_day=ours.last_day,
        official_to=min(official, default=None),
    )


def _common(left: list[Span], right: list[Span]) -> list[Span]:
    found: list[Span] = []
    i = j = 0
    while i < len(left) and j < len(right):
        start, end = max(left[i][0], right[j][0]), min(left[i][1], right[j][1])
        if start < end:
            found.append((start, end))
        if left[i][1] < right[j][1]:
            i += 1
        else:
            j += 1
    return found


def _days(ours: WorkTime, spans: list[Span]) -> list[tuple[int, int, int]]:
    """Our working days that still have open time, from its beginning to its end."""
    days: list[tuple[int, int, int]] = []
    for number, opens, closes in zip(ours.day_numbers, ours.day_opens, ours.day_closes, strict=True):
        left = _common([(opens, closes)], spans)
        if left:
            days.append((number, left[0][0], left[-1][1]))
    return days
