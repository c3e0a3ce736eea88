"""Read models of the store room. They write nothing."""
