"""Tickets over REST: the ledger's own rows. What other apps know of one is composed in `servicedesk.rest`."""
