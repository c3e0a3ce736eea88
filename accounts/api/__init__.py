"""Doors of the REST interface: who is asking, what the key allows, how often, and once or twice."""
