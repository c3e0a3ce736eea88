"""Pages of the store room, a module for each: import the module, as `spares.urls` does."""
