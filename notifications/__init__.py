"""Who hears of what: deliveries are rows before they are sent. Reads the log, never writes it."""
