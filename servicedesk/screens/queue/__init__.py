"""The agents' queue: its list, what chooses and orders it, its preview, and what is done to many tickets at once."""
