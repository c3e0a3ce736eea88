"""Organisations, sites, memberships, products, equipment and contracts. Answers whether work is covered, and why."""
