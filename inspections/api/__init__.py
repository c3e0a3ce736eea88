"""Inspections over REST."""
