"""Durations, days and instants as people read them, in four languages. Pure: `now` is an argument.

Must not read the clock, the database or a request. Words come from gettext; the order of the parts of a date does not
translate word by word, so each language has its own row in FORMATS.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as calendar_date
from datetime import datetime, time, timedelta, tzinfo
from functools import lru_cache

from django.utils import translation
from django.utils.translation import get_language, gettext_noop

MINUTE, HOUR, DAY = 60, 3600, 86400
DAYS_FROM = 48 * HOUR  # below this the working day and the calendar day are too easily mixed up


@dataclass(frozen=True)
class DateFormat:
    """`date` and `day` take weekday, day, month and year; Thai people's text counts the Buddhist year."""

    weekdays: Sequence[str]
    months: Sequence[str]
    date: str
    day: str
    time: str = "{hour:02}:{minute:02}"
    year_offset: int = 0


NUMBERS = [str(number) for number in range(1, 13)]
FORMATS = {
    "en": DateFormat(
        weekdays=["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        months=["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        date="{weekday} {day} {month} {year}",
        day="{weekday} {day} {month}",
    ),
    "zh-hans": DateFormat(
        weekdays=["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
        months=NUMBERS,
        date="{year}年{month}月{day}日（{weekday}）",
        day="{month}月{day}日（{weekday}）",
    ),
    "zh-hant": DateFormat(
        weekdays=["一", "二", "三", "四", "五", "六", "日"],
        months=NUMBERS,
        date="{year}年{month}月{day}日（{weekday}）",
        day="{month}月{day}日（{weekday}）",
    ),
    "th": DateFormat(
        weekdays=["จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา."],
        months=["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."],
        date="{weekday} {day} {month} {year}",
        day="{weekday} {day} {month}",
        time="{hour:02}:{minute:02}\u00a0น.",
        year_offset=543,
    ),
}
WEEKDAY_ALONE = {"zh-hant": "週{weekday}"}
WEEKDAYS = 6  # to either side
NEAR_DAYS = {-1: gettext_noop("yesterday"), 0: gettext_noop("today"), 1: gettext_noop("tomorrow")}
# Cities that have a name of their own in our languages; the rest are written as the tz database does.
CITIES = (
    gettext_noop("Shanghai"),
    gettext_noop("Hong Kong"),
    gettext_noop("Bangkok"),
    gettext_noop("Taipei"),
    gettext_noop("Singapore"),
)
# Zones whose tz database abbreviation is only an offset, under the name people there write.
ZONE_NAMES = {"Asia/Bangkok": "ICT", "Asia/Ho_Chi_Minh": "ICT", "Asia/Singapore": "SGT", "Asia/Dubai": "GST"}


def gettext(text: str) -> str:
    """Django's, remembered for each language: one list of tickets asks for the same few words hundreds of times."""
    return _translated(text, get_language())


@lru_cache(maxsize=1024)
def _translated(text: str, language: str | None) -> str:
    return translation.gettext(text)


def date_format() -> DateFormat:
    return FORMATS.get(get_language() or "en", FORMATS["en"])


def duration(length: timedelta | float, *, days: bool = True) -> str:
    """Largest unit first, two units at most: "2h 45m", "28m", "3d 4h". `days=False` for counted working time."""
    seconds = _seconds(length)
    words = patterns()
    if seconds < MINUTE:
        return words["seconds"] % {"seconds": seconds}
    if days and seconds >= DAYS_FROM:
        return _two(seconds // DAY, seconds % DAY // HOUR, words["days"], words["days_hours"])
    if seconds >= HOUR:
        return _two(seconds // HOUR, seconds % HOUR // MINUTE, words["hours"], words["hours_minutes"])
    return words["minutes"] % {"n": seconds // MINUTE}


def patterns() -> Mapping[str, str]:
    """Also handed to the browser, which counts clock text between two pages."""
    return _patterns(get_language())


@lru_cache(maxsize=8)
def _patterns(language: str | None) -> Mapping[str, str]:
    return {
        "now": gettext("now"),
        "seconds": gettext("%(seconds)ds"),
        "minutes": gettext("%(n)dm"),
        "hours": gettext("%(n)dh"),
        "hours_minutes": gettext("%(n)dh %(m)02dm"),
        "days": gettext("%(n)dd"),
        "days_hours": gettext("%(n)dd %(m)dh"),
    }


def counted(length: timedelta | float) -> str:
    """Hours and minutes as the ledger adds them up: "0:10", "12:00"."""
    seconds = _seconds(length)
    return f"{seconds // HOUR}:{seconds % HOUR // MINUTE:02}"


def shown_lengths(stretches: Sequence[tuple[datetime, datetime, bool]]) -> list[int]:
    """Seconds of each stretch (start, end, does it count) as its shown minutes say: 14:06–16:00 is 1:54.

    A sum of whole minutes stays what it is: what pauses at odd seconds leave over falls to the last that counts.
    """
    found = [int(end.timestamp() // MINUTE - start.timestamp() // MINUTE) * MINUTE for start, end, _ in stretches]
    counting = [at for at, (*_, counts) in enumerate(stretches) if counts]
    exact = sum(round((stretches[at][1] - stretches[at][0]).total_seconds()) for at in counting)
    if counting and exact % MINUTE == 0:
        found[counting[-1]] += exact - sum(found[at] for at in counting)
    return found


def counted_line(period: str, seconds: float, total: float) -> str:
    """A line of a ledger as text: the period, what counts of it, and the sum so far."""
    words = {"period": period, "counted": counted(seconds), "total": counted(total)}
    return gettext("%(period)s: %(counted)s (%(total)s)") % words


def age(since: datetime, now: datetime) -> str:
    """How long ago, in one unit: "22m", "3h", "2d"; "now" within the minute."""
    seconds = _seconds(now - since)
    if seconds < MINUTE:
        return gettext("now")
    if seconds < HOUR:
        return gettext("%(n)dm") % {"n": seconds // MINUTE}
    if seconds < DAY:
        return gettext("%(n)dh") % {"n": seconds // HOUR}
    return gettext("%(n)dd") % {"n": seconds // DAY}


def time_of_day(at: datetime, zone: tzinfo) -> str:
    local = at.astimezone(zone)
    return date_format().time.format(hour=local.hour, minute=local.minute)


def date(at: datetime, zone: tzinfo) -> str:
    """The whole date, never digits only: "Fri 13 Nov 2026"."""
    return _fill(date_format().date, at.astimezone(zone))


def date_of(day: calendar_date) -> str:
    """A day without a time and so without a zone, as `date` writes it."""
    return _fill(date_format().date, datetime.combine(day, datetime.min.time()))


def days(first: calendar_date, last: calendar_date, known: calendar_date | None = None) -> str:
    """A stretch of days: "1–17 Nov 2026", "29 Oct – 27 Nov 2026"; without the year where `known` has the same."""
    is_chinese = (get_language() or "en").startswith("zh")
    year = "" if known and known.year == last.year == first.year else str(last.year + date_format().year_offset)
    names = date_format().months

    def words(day: calendar_date, with_year: str) -> str:
        if is_chinese:
            return f"{with_year}年{day.month}月{day.day}日" if with_year else f"{day.month}月{day.day}日"
        return f"{day.day} {names[day.month - 1]} {with_year}".strip()

    if first == last:
        return words(first, year)
    if first.year != last.year:
        return f"{words(first, str(first.year + date_format().year_offset))} – {words(last, year)}"
    if is_chinese:
        end = f"{last.day}日" if first.month == last.month else words(last, "")
        return f"{words(first, year)}–{end}"
    if first.month == last.month:
        return f"{first.day}–{words(last, year)}"
    return f"{words(first, '')} – {words(last, year)}"


def month(day: calendar_date) -> str:
    """ "Nov 2026"."""
    year = day.year + date_format().year_offset
    if (get_language() or "en").startswith("zh"):
        return f"{year}年{day.month}月"
    return f"{date_format().months[day.month - 1]} {year}"


def chosen(value: calendar_date | time) -> str:
    """What a picker holds, in words: a day, a day and time, or a time. Local already, so it has no zone."""
    if isinstance(value, time):
        return date_format().time.format(hour=value.hour, minute=value.minute)
    if isinstance(value, datetime):
        return _join(date_of(value.date()), chosen(value.time()))
    return date_of(value)


def city(zone: tzinfo) -> str:
    """The zone as people say it: the city whose clocks it goes by."""
    return gettext(str(zone).rsplit("/", 1)[-1].replace("_", " "))


def weekday(at: datetime, zone: tzinfo) -> str:
    local = at.astimezone(zone)
    pattern = WEEKDAY_ALONE.get(get_language() or "en", "{weekday}")
    return _fill(pattern, local)


def day(at: datetime, now: datetime, zone: tzinfo) -> str:
    """ "yesterday", "today", "tomorrow", the weekday within six days, else the date.

    A weekday alone is a day to come; one that has been says its date ("Tue 10 Nov"), or it would be taken for the next.
    """
    if near := near_day(at, now, zone):
        return near
    distance = _days_between(now, at, zone)
    if 0 < distance <= WEEKDAYS:
        return weekday(at, zone)
    if -WEEKDAYS <= distance < 0:
        return _fill(date_format().day, at.astimezone(zone))
    return date(at, zone)


def near_day(at: datetime, now: datetime, zone: tzinfo) -> str:
    """ "yesterday", "today", "tomorrow", else nothing."""
    return gettext(NEAR_DAYS[distance]) if (distance := _days_between(now, at, zone)) in NEAR_DAYS else ""


def moment(at: datetime, now: datetime, zone: tzinfo) -> str:
    """Day and time: "today 14:35", "Mon 09:50", "Fri 13 Nov 17:50", "Fri 24 Jul 2026 17:50"."""
    return _join(day(at, now, zone), time_of_day(at, zone))


def short_moment(at: datetime, now: datetime, zone: tzinfo) -> str:
    """For a narrow column, all on one line: "14:35", "Mon 09:50", "13 Nov 17:50", "3 Jan 2027 17:50"."""
    distance, local = _days_between(now, at, zone), at.astimezone(zone).date()
    if distance == 0:
        return time_of_day(at, zone)
    is_near = -1 <= distance <= WEEKDAYS
    name = day(at, now, zone) if is_near else days(local, local, now.astimezone(zone).date())
    return _join(name, time_of_day(at, zone)).replace(" ", "\u00a0")


def full_moment(at: datetime, zone: tzinfo) -> str:
    """Date and time without reference to now, for tooltips, mails and anything that is kept."""
    return _full_moment(at, zone, get_language())


@lru_cache(maxsize=4096)
def _full_moment(at: datetime, zone: tzinfo, language: str | None) -> str:
    return _join(date(at, zone), time_of_day(at, zone))


def moment_for_site(at: datetime, now: datetime, zone: tzinfo, site_zone: tzinfo) -> str:
    """The viewer's time, and the site's in brackets where its clocks show another: "today 11:05 ICT (12:05 HKT)"."""
    if at.astimezone(zone).utcoffset() == at.astimezone(site_zone).utcoffset():
        return moment(at, now, zone)
    there, site_time = day(at, now, site_zone), time_of_day(at, site_zone)
    is_same_day = there == day(at, now, zone)
    return _in_both(at, moment(at, now, zone), zone, site_time if is_same_day else _join(there, site_time), site_zone)


def full_moment_at_site(at: datetime, site_zone: tzinfo, zone: tzinfo) -> str:
    """Of what is counted by the site's clocks: its time first, and the viewer's in brackets where it is another."""
    if at.astimezone(zone).utcoffset() == at.astimezone(site_zone).utcoffset():
        return full_moment(at, site_zone)
    is_same_day = date(at, zone) == date(at, site_zone)
    here = time_of_day(at, zone) if is_same_day else full_moment(at, zone)
    return _in_both(at, full_moment(at, site_zone), site_zone, here, zone)


def _in_both(at: datetime, first: str, zone: tzinfo, second: str, other: tzinfo) -> str:
    return gettext("%(moment)s %(zone)s (%(site_moment)s %(site_zone)s)") % {
        "moment": first,
        "zone": zone_name(at, zone),
        "site_moment": second,
        "site_zone": zone_name(at, other),
    }


def visit(at: datetime, zone: tzinfo) -> str:
    """For the customer, in the site's time."""
    words = {"moment": full_moment(at, zone), "zone": zone_name(at, zone)}
    return gettext("Our engineer is expected on site on %(moment)s (%(zone)s).") % words


def zone_name(at: datetime, zone: tzinfo) -> str:
    """ "HKT", "ICT"; an offset as "UTC+7" where the zone has no name people use."""
    local = at.astimezone(zone)
    name = ZONE_NAMES.get(str(zone)) or local.tzname() or ""
    if name.isalpha():
        return name
    minutes = int((local.utcoffset() or timedelta()).total_seconds() // MINUTE)
    sign, hours, rest = ("-" if minutes < 0 else "+"), abs(minutes) // 60, abs(minutes) % 60
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def period(start: datetime, end: datetime, zone: tzinfo) -> str:
    """A stretch of the ledger: "Fri 13 Nov, 17:50–18:00"; both days are named where it crosses midnight."""
    first, last = start.astimezone(zone), end.astimezone(zone)
    pattern = date_format().day
    words = {
        "day": _fill(pattern, first),
        "start": time_of_day(start, zone),
        "end_day": _fill(pattern, last),
        "end": time_of_day(end, zone),
    }
    if first.date() == last.date():
        return gettext("%(day)s, %(start)s–%(end)s") % words
    return gettext("%(day)s %(start)s – %(end_day)s %(end)s") % words


def sentence_start(text: str) -> str:
    """With a capital, for words that may stand first; digits and other scripts stay as they are."""
    return text[:1].upper() + text[1:]


def _days_between(first: datetime, last: datetime, zone: tzinfo) -> int:
    return (last.astimezone(zone).date() - first.astimezone(zone).date()).days


def _fill(pattern: str, local: datetime) -> str:
    form = date_format()
    return pattern.format(
        weekday=form.weekdays[local.weekday()],
        day=local.day,
        month=form.months[local.month - 1],
        year=local.year + form.year_offset,
    )


def _join(day_words: str, time_words: str) -> str:
    return gettext("%(day)s %(time)s") % {"day": day_words, "time": time_words}


def _two(large: int, small: int, alone: str, both: str) -> str:
    return both % {"n": large, "m": small} if small else alone % {"n": large}


def _seconds(length: timedelta | float) -> int:
    seconds = length.total_seconds() if isinstance(length, timedelta) else length
    return max(0, int(seconds))
