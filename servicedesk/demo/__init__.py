"""A believable world for trying the product out: people, places, and ninety days of work, the same each time.

Everything that happens goes through the services, in the order in which it happened, with the sweep in between; no row
of a ticket, clock or event is written here. Refused unless DEBUG is on.
"""
