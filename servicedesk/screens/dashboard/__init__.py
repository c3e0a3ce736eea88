"""Service levels for managers: the page, the lists behind its numbers, the export. Reads; decides nothing."""
