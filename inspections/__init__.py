"""Inspections as promised work. Hangs its record on tickets of kind inspection; blind to sla and spares."""
