"""Pages of inspections: the visits that are owed, and the checklists they are done by."""
