"""What contracts owe in a year, and how far it is: for managers and customers alike. Reads only."""

from inspections.reports.contracts import PLACES, contracts_of, falling_behind, foremost, promises_of_schemes, years_of
from inspections.reports.years import Line, Stage, Year, owed_between, year_around, years

__all__ = [
    "PLACES",
    "Line",
    "Stage",
    "Year",
    "contracts_of",
    "falling_behind",
    "foremost",
    "owed_between",
    "promises_of_schemes",
    "year_around",
    "years",
    "years_of",
]  # fmt: skip
