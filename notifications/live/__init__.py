"""Live push: which tickets changed and who is looking at them, through Redis. Ids only; never text of a ticket.

A hint for speed and nothing else: without Redis pages ask the database every half minute, and nothing is lost.
"""
