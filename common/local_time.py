"""From the wall clock of a place to instants, with one rule for clocks that are put forward or back.

A wall time that happens twice is taken the first or the second time as asked for; one that never happens
becomes the instant of the jump. No arithmetic is done on zoned datetimes here, they ignore daylight saving.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from common.epoch import SECOND, from_us, span_us

_NAIVE_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  wall time, the zone is applied by hand


class UnknownZone(ValueError):
    """The name is not in the time zone database."""


def zone_of(zone_id: str) -> ZoneInfo:
    """The zone of that IANA name."""
    try:
        return ZoneInfo(zone_id)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnknownZone(f"unknown time zone: {zone_id!r}") from error


def first_us(wall: datetime, zone: ZoneInfo) -> int:
    """The instant of a wall time; the first one if it happens twice, the jump if it never happens."""
    return _instant_us(wall, zone, fold=0)


def last_us(wall: datetime, zone: ZoneInfo) -> int:
    """The instant of a wall time; the second one if it happens twice, the jump if it never happens."""
    return _instant_us(wall, zone, fold=1)


def day_start_us(day: date, zone: ZoneInfo) -> int:
    """The first instant of a local day, which need not be midnight (São Paulo put clocks forward at 00:00)."""
    return first_us(datetime.combine(day, time()), zone)


def local_date(us: int, zone: ZoneInfo) -> date:
    """The date on the wall of that place at that instant."""
    return from_us(us).astimezone(zone).date()


def _instant_us(wall: datetime, zone: ZoneInfo, *, fold: int) -> int:
    before = _offset_us(wall, zone, fold=0)
    after = _offset_us(wall, zone, fold=1)
    since_epoch = span_us(wall - _NAIVE_EPOCH)
    if before < after:
        return _jump_us(since_epoch - after, since_epoch - before, zone)
    return since_epoch - (after if fold else before)


def _offset_us(wall: datetime, zone: ZoneInfo, *, fold: int) -> int:
    offset = wall.replace(tzinfo=zone, fold=fold).utcoffset()
    assert offset is not None  # a ZoneInfo always knows its offset
    return span_us(offset)


def _jump_us(low: int, high: int, zone: ZoneInfo) -> int:
    """The instant in (low, high] at which the offset changes; transitions are whole seconds."""
    old = from_us(low).astimezone(zone).utcoffset()
    while high - low > SECOND:
        middle = low + (high - low) // (2 * SECOND) * SECOND
        if from_us(middle).astimezone(zone).utcoffset() == old:
            low = middle
        else:
            high = middle
    return high


def add_months(instant: datetime, months: int, zone_id: str) -> datetime:
    """Same day and wall time so many months later (or earlier), or the last day of a shorter month."""
    zone = zone_of(zone_id)
    wall = instant.astimezone(zone).replace(tzinfo=None)
    year, month0 = divmod(wall.year * 12 + wall.month - 1 + months, 12)
    first = wall.replace(year=year, month=month0 + 1, day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    last_day = (following - timedelta(days=1)).day
    return from_us(first_us(first.replace(day=min(wall.day, last_day), fold=0), zone))
