"""From rules in local time to a `WorkTime` in UTC.

Daylight saving: a window starts at the first occurrence of its start and ends at the second one of its end, so a shift
is one contiguous span, what a worker actually works. A day's 24:00 is the beginning of the next local day.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from common.epoch import to_us
from common.local_time import day_start_us, first_us, last_us, zone_of
from common.worktime.core import WorkTime
from common.worktime.errors import NeverOpen
from common.worktime.rules import MINUTES_A_DAY, Rules, Window

Span = tuple[int, int]

# An always-open calendar does not end where its holiday data would.
_ALWAYS = (to_us(datetime.fromisoformat("1900-01-01T00:00Z")), to_us(datetime.fromisoformat("2300-01-01T00:00Z")))


def compile(
    *,
    zone: str,
    rules: Rules,
    first: date,
    last: date,
    official_until: date | None = None,
    always: bool = False,
) -> WorkTime:
    """The calendar of the local days first to last, both included.

    `official_until`: the last day not guessed (None: none is). `always`: open without end, whatever the rules say.
    """
    if last < first:
        raise ValueError(f"the calendar ends {last}, before it begins {first}")
    place = zone_of(zone)
    edges = [day_start_us(date.fromordinal(n), place) for n in range(first.toordinal(), last.toordinal() + 2)]
    cover: Span = (edges[0], edges[-1])
    # The day before the first is needed too: its night shift reaches into the calendar.
    spans = [] if always else _spans(first - timedelta(days=1), first, rules, place)
    days: list[tuple[int, int, int]] = []
    for number, start, end in zip(range(first.toordinal(), last.toordinal() + 1), edges, edges[1:], strict=False):
        day = date.fromordinal(number)
        todays = _day_spans(day, (start, end), rules, place) if not always else [(start, end)]
        spans += todays
        closes = max((e for _, e in todays), default=start)
        if todays and start < end and closes <= cover[1]:
            days.append((number, min(s for s, _ in todays), closes))
    if always:
        cover, spans = _ALWAYS, [_ALWAYS]
    return assemble(
        zone=place,
        cover=cover,
        spans=spans,
        days=days,
        first_day=first.toordinal(),
        last_day=last.toordinal(),
        official_to=None if official_until is None else _end_of(official_until, place),
    )


def assemble(
    *,
    zone: ZoneInfo,
    cover: Span,
    spans: Iterable[Span],
    days: list[tuple[int, int, int]],
    first_day: int,
    last_day: int,
    official_to: int | None,
) -> WorkTime:
    """A `WorkTime` from open spans in any order, clipped to the covered range."""
    merged = _merged((max(s, cover[0]), min(e, cover[1])) for s, e in spans)
    if not merged:
        raise NeverOpen("the calendar has no open time")
    upto = tuple(accumulate(e - s for s, e in merged))
    return WorkTime(
        zone=zone,
        covers_from=cover[0],
        covers_to=cover[1],
        starts=tuple(s for s, _ in merged),
        ends=tuple(e for _, e in merged),
        before=(0, *upto[:-1]),
        upto=upto,
        day_numbers=tuple(number for number, _, _ in days),
        day_opens=tuple(opens for _, opens, _ in days),
        day_closes=tuple(closes for _, _, closes in days),
        first_day=first_day,
        last_day=last_day,
        official_to=official_to,
    )


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _spans(first: date, stop: date, rules: Rules, zone: ZoneInfo) -> list[Span]:
    edges = [day_start_us(day, zone) for day in (first, stop)]
    return _day_spans(first, (edges[0], edges[1]), rules, zone)


def _day_spans(day: date, whole: Span, rules: Rules, zone: ZoneInfo) -> list[Span]:
    """The open spans that belong to a local day; none on a date that was skipped (Samoa, 30 December 2011)."""
    if whole[0] >= whole[1]:
        return []
    found = [(_start_us(day, window, zone), _end_us(day, window, whole[1], zone)) for window in rules.windows_on(day)]
    return [(start, end) for start, end in found if start < end]


def _start_us(day: date, window: Window, zone: ZoneInfo) -> int:
    return first_us(datetime.combine(day, time()) + timedelta(minutes=window.start), zone)


def _end_us(day: date, window: Window, next_day: int, zone: ZoneInfo) -> int:
    if window.end_offset == MINUTES_A_DAY:
        return next_day  # also where midnight happens twice: the day is over the first time
    return last_us(datetime.combine(day, time()) + timedelta(minutes=window.end_offset), zone)


def _end_of(day: date, zone: ZoneInfo) -> int:
    if day == date.min:  # nothing is official
        return _ALWAYS[0]
    return day_start_us(day + timedelta(days=1), zone)
