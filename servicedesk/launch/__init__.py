"""Everything between `python3 manage.py` and a running Service Desk: packages, servers, processes.

Runs before Django is there, so nothing here may import Django or another app of ours.
"""
