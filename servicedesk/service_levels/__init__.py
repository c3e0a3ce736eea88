"""What the dashboard and REST both ask about the promises kept: which days, whose tickets, what is open now.

Belongs to neither door: imports no screen and nothing of REST.
"""
