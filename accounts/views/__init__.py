"""Pages of accounts: one's own (`own`), the lists of people and teams, and what all pages of records share."""
