"""REST of planned work."""
