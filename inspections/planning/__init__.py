"""How often an inspection is owed, and when. Pure: standard library only, working days are asked of the caller."""

from inspections.planning.rhythm import Every, Owed, Rhythm, owed

__all__ = ["Every", "Owed", "Rhythm", "owed"]
