"""Days of visits: the form that moves one, the calendar, and what is agreed about them."""
