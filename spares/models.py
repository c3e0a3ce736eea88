"""Home of parts, stock and movements; they come with their own issue."""
