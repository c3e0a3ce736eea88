"""Checklists as data, and what an answer to a check means. Pure: standard library and `common` only, no clock."""

from inspections.checklists.answers import Answer, Judgement, Result, judge
from inspections.checklists.given import AnswerError, Given, Outcome, read_given
from inspections.checklists.model import Area, Checklist, Item, Kind, Limits, Option, Photo, Purpose, Section
from inspections.checklists.reading import ChecklistError, read
from inspections.checklists.words import in_language

__all__ = [
    "Answer",
    "AnswerError",
    "Area",
    "Checklist",
    "ChecklistError",
    "Given",
    "Item",
    "Judgement",
    "Kind",
    "Limits",
    "Option",
    "Outcome",
    "Photo",
    "Purpose",
    "Result",
    "Section",
    "in_language",
    "judge",
    "read",
    "read_given",
]
