"""Pages that show the store room together with the clocks of its tickets: the board, and where a part can come from."""
