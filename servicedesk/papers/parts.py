"""The parts that papers have in common: advice, charts of readings, what stands at the foot. Reads only."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from inspections import wording as words
from inspections.history import Series, plain
from inspections.models import Edition
from inspections.paper import Advice, Block, Chart, Heading, Text, Value, draw
from inspections.trends import Pace
from servicedesk import wording


def house() -> str:
    return _("Service Desk")


def pages() -> str:
    return _("Page {page} of {pages}")


def foot(reference: str, edition: int, day: date) -> str:
    return " · ".join([reference, _("edition %(number)d") % {"number": edition}, wording.date_of(day)])


def summary(row: Edition, own: str) -> Iterator[Block]:
    """What the counts say by themselves, then what somebody wrote."""
    yield Heading(_("In short"))
    yield Text(own)
    if row.summary:
        yield Text(row.summary)


def advice(row: Edition) -> Iterator[Block]:
    given = [(_("Upgrade"), row.upgrade), (_("Replace"), row.replace), (_("Train"), row.train)]
    found = [Advice(kind, text) for kind, text in given if text]
    if found:
        yield Heading(_("Our advice"))
        yield from found


def chart(series: Series, *, with_place: bool = False) -> Chart:
    """A reading over the years, with its limits as lines."""
    unit, item = series.item.unit, series.item
    values = [
        Value(point.on, point.value, words.measured(point.value, unit), wording.days(point.on, point.on), point.is_bad)
        for point in series.points
    ]
    title = f"{item.text} · {place(series)}" if with_place else item.text
    limits = [(limit, words.number(limit)) for limit in series.limits]
    return draw(title, values, limits, note=words.limits(item))


def place(series: Series) -> str:
    """The unit, or the site where the list was walked for the whole of it."""
    return series.unit.serial_number if series.unit else str(series.site)


def outlook(series: Series) -> str:
    """Where a reading goes at this pace, in a sentence; empty for one that does not get worse."""
    pace = series.pace
    if pace is None:
        return ""
    unit = series.item.unit
    size = words.measured(Decimal(f"{abs(pace.per_year):.3g}").normalize(), unit)
    facts = {"size": size, "limit": words.measured(pace.limit, unit)}
    if pace.step is not None:
        return _drift(pace, facts | {"step": words.measured(plain(pace.step), unit)})
    if pace.reached_on is None:
        if pace.per_year > 0:
            return _("Beyond its limit of %(limit)s, and rising by %(size)s a year.") % facts
        return _("Beyond its limit of %(limit)s, and falling by %(size)s a year.") % facts
    facts["day"] = wording.month(pace.reached_on)
    if pace.per_year > 0:
        return _("Rising by %(size)s a year: at this pace it reaches its limit of %(limit)s in %(day)s.") % facts
    return _("Falling by %(size)s a year: at this pace it reaches its limit of %(limit)s in %(day)s.") % facts


def _drift(pace: Pace, facts: dict[str, str]) -> str:
    """Of a reading that is held against the last one alone."""
    if pace.reached_on is None:
        if pace.per_year > 0:
            return (
                _("Rising by %(size)s a year, visit after visit: more than %(step)s since the first reading.") % facts
            )
        return _("Falling by %(size)s a year, visit after visit: more than %(step)s since the first reading.") % facts
    facts["day"] = wording.month(pace.reached_on)
    if pace.per_year > 0:
        return _("Rising by %(size)s a year: at this pace it is %(step)s above its first reading in %(day)s.") % facts
    return _("Falling by %(size)s a year: at this pace it is %(step)s below its first reading in %(day)s.") % facts
