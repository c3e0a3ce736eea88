"""Service schemes, calendars, clocks and timers: what is promised, when it is due, what happens when it is missed."""
