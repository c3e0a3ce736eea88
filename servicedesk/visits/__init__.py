"""Days of visits for pages and REST alike: what speaks against one, with what the scheme promises about its notice.

It composes apps that are blind to each other, and writes nothing.
"""
