"""Tells the page of the plans what contracts owe besides inspections."""

from inspections import promises
from jobs import reports

promises.provide(reports.owed_of, reports.promises_of_its_own)
