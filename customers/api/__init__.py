"""Organisations, sites, equipment, contracts and memberships over REST. Everybody sees what his memberships reach."""
