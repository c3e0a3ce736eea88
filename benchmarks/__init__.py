"""Benchmarks, run by hand; see README.md beside this file. Never part of the product or of its tests.

Importing the package points Django at a state directory of the benchmarks' own, before any model is imported.
"""

from benchmarks import ground

ground.enter()
