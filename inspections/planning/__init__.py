"""How often an inspection is owed, and when. Pure: standard library only, working days are asked of the caller."""

from inspections.planning.rhythm import MONTHS, Every, Owed, Rhythm, owed, untaken

__all__ = ["MONTHS", "Every", "Owed", "Rhythm", "owed", "untaken"]
