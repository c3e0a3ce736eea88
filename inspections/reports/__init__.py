"""What contracts owe in a year, and how far it is: for managers and customers alike. Reads only."""

from inspections.reports.contracts import PLACES, contracts_of, falling_behind, foremost, promises_of_schemes, years_of
from inspections.reports.unplanned import done_without_plan
from inspections.reports.years import DONE, Line, Stage, Year, in_order, of_part, owed_between, year_around, years

__all__ = [
    "DONE",
    "PLACES",
    "Line",
    "Stage",
    "Year",
    "contracts_of",
    "done_without_plan",
    "falling_behind",
    "foremost",
    "in_order",
    "of_part",
    "owed_between",
    "promises_of_schemes",
    "year_around",
    "years",
    "years_of",
]  # fmt: skip
