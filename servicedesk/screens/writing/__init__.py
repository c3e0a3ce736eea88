"""Writing to a ticket and taking back what was done. Other pages link here; nothing here knows their insides."""
