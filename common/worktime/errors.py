"""What can go wrong when business time is asked for; callers turn these into "undetermined", not into a failed save."""


class CalendarError(Exception):
    """Base of the errors of business time."""


class OutsideCalendar(CalendarError):
    """The question, or its answer, lies outside the range the calendar was compiled for."""


class NeverOpen(CalendarError):
    """The calendar has no open time at all."""
