"""Spare parts. Hangs its record on tickets; blind to sla and inspections."""
