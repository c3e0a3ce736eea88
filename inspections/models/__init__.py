"""The rows of inspections: checklists, plans of what is owed, appointments, and the visits with what was found."""

from inspections.models.appointments import Appointment
from inspections.models.checklists import Checklist, ChecklistVersion
from inspections.models.feeds import CalendarFeed
from inspections.models.found import Finding, Photo
from inspections.models.pictures import ReferencePicture
from inspections.models.plans import DEFAULT_MINUTES, LONGEST_MINUTES, Plan
from inspections.models.reports import Analysis, Edition, Report
from inspections.models.signing import SignOff
from inspections.models.visits import Answer, AnswerEntry, Inspection, Sheet

__all__ = [
    "DEFAULT_MINUTES", "LONGEST_MINUTES", "Analysis", "Answer", "AnswerEntry", "Appointment", "CalendarFeed",
    "Checklist", "ChecklistVersion", "Edition", "Finding", "Inspection", "Photo", "Plan", "ReferencePicture", "Report",
    "Sheet", "SignOff",
]  # fmt: skip
