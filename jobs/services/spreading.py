"""When the checks before an event are: on worked days of the site, in its hours, nobody two of them at one hour.

On the day three days before, else on those before it, then on those that are left until the event. Writes nothing;
callers are in a transaction.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from customers.models import Site
from inspections.services.hours import Diary, of_engineer
from jobs import plans
from tickets import workdays

BEFORE = timedelta(days=3)
ONE_DAY = timedelta(days=1)
MINUTES = 60  # one device against the list
HOURS = (time(10), time(11), time(13), time(14), time(15), time(16), time(9), time(17))
MOST_DAYS = 20  # before the one that is wanted: work is asked for long ahead
Place = tuple[int | None, datetime]


def spread(
    begins_on: date, site: Site, engineers: Sequence[int | None], count: int, now: datetime, but: Collection[int] = ()
) -> list[Place]:
    """So many times, each with its engineer. `engineers`: numbers of users, None for nobody yet; `but`: tickets whose
    visits do not count, because they are what is moved. Where no time is free it says the usual hour all the same.
    """
    zone = ZoneInfo(site.zone)
    days = _days(begins_on, site.country, now.astimezone(zone).date() + ONE_DAY)
    diaries = {engineer: Diary(of_engineer(engineer), days, zone, but) for engineer in engineers}
    found = list(islice(_free(days, diaries, zone), count))
    usual = datetime.combine(days[0], HOURS[0], zone)
    return found + [(engineers[n % len(engineers)], usual) for n in range(count - len(found))]


def _days(begins_on: date, country: str, tomorrow: date) -> list[date]:
    """The wanted one first. Asked for in the last moment there may be no worked day: then the next one it is."""
    first = min(tomorrow, begins_on) - BEFORE - timedelta(days=2 * MOST_DAYS)
    is_working = workdays.between(country, first, max(begins_on, tomorrow))
    wanted = max(plans.worked_day(begins_on - BEFORE, is_working), tomorrow)
    before = [wanted - timedelta(days=n) for n in range(2 * MOST_DAYS)]
    after = [wanted + timedelta(days=n) for n in range(1, max(1, (begins_on - wanted).days))]
    worked = [day for day in (*before, *after) if day >= tomorrow and is_working(day)]
    return worked[:MOST_DAYS] or [wanted]


def _free(days: Sequence[date], diaries: dict[int | None, Diary], zone: ZoneInfo) -> Iterator[Place]:
    """Time by time, whoever has room then."""
    for day in days:
        for hour in HOURS:
            begins = datetime.combine(day, hour, zone)
            for engineer, diary in diaries.items():
                if diary.has_room(begins, MINUTES):
                    diary.put(begins, MINUTES)
                    yield engineer, begins
