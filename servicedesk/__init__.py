"""The project: settings, wiring, supervisor and the screens that show several apps. Nothing imports it."""
