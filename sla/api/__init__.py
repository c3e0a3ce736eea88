"""Schemes, simulation and calendars over REST: the same engine and the same calendars as for real tickets."""
