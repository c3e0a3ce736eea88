"""Promised work and its append-only log: ticket, events, lifecycle, who may see and do what. Knows no deadline."""
