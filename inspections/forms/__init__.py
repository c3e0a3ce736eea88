"""Forms of inspections: the checklist editor and the plans. They check shape; services decide."""
