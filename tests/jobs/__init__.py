"""Promised work in steps: stories of each kind, and what must happen once."""
