"""Deliveries and notices: rows first, sent afterwards."""
