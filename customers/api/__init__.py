"""Organisations, sites and equipment over REST, to read. Everybody sees what his memberships reach."""
