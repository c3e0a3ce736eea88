"""Live pages: one event stream for each open page, fed by Redis, and polling as the way without it.

Streams are ASGI and hold neither a thread nor a database connection; everything else here is an ordinary page.
"""
