"""Customers with what other apps know of them: open tickets, schemes of their contracts, coverage today."""
