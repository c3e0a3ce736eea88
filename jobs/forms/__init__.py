"""Forms of planned work."""
