"""Pages of what was measured: what gets worse, a unit's readings over the years, one reading at every site."""
