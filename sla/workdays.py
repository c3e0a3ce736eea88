"""The days worked in a country, for apps that plan by days: holiday data with the override table on top."""

from datetime import date

from sla import holidays
from sla.facts import Overrides
from tickets.workdays import SATURDAY, IsWorking


def between(country: str, first: date, last: date) -> IsWorking:
    overrides = Overrides.load().by_country.get(country, ())
    found = holidays.day_status(country, first, last, overrides)
    return lambda day: day in found.working or (day.weekday() < SATURDAY and day not in found.closed)
