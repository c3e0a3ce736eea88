"""Promised work in steps: event assurance, delivery and acceptance, commissioning, training, contingency drills."""
