"""Pages of one organisation's records: itself, its sites, people and units. Lists and contracts are composed above."""
