"""Business time: how much open time lies between two instants, and when so much of it will have passed.

A calendar is compiled once to sorted, disjoint, half-open UTC intervals with prefix sums; after that every question is
a binary search. Working days are counted as days, never turned into hours. Pure; asks no clock.
"""

from common.worktime.compiler import compile
from common.worktime.core import LocalDay, Stretch, WorkingDay, WorkTime
from common.worktime.errors import CalendarError, NeverOpen, OutsideCalendar
from common.worktime.intersection import intersect
from common.worktime.rules import DayStatus, Rules, Window

__all__ = [
    "CalendarError",
    "DayStatus",
    "LocalDay",
    "NeverOpen",
    "OutsideCalendar",
    "Rules",
    "Stretch",
    "Window",
    "WorkTime",
    "WorkingDay",
    "compile",
    "intersect",
]
