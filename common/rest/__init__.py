"""The conventions of the REST interface: problem documents, strict input, cursor pages, filters, ETags.

Knows Django REST framework and the errors of the house; no models, no routes.
"""
