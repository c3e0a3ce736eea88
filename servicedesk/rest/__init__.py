"""REST answers that show several apps at once: the ticket with its clocks, the index, the schema."""
