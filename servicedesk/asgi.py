"""One door for both: streams under `/events` as bare ASGI, every page through WSGI in eight threads.

Pages are ordinary synchronous Django with persistent connections, and so are served 2-3 times as fast as through ASGI;
an open stream holds neither thread nor connection. Do not put pages under `/events`.
"""

from typing import Any

from a2wsgi import WSGIMiddleware

from servicedesk import wsgi  # first: it makes Django ready for what follows
from servicedesk.streams import door

STREAMS = "/events"
THREADS = 8
_pages = WSGIMiddleware(wsgi.application, workers=THREADS)  # type: ignore[arg-type]  # Django's type is narrower


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "http" and is_stream(scope["path"]):
        await door.application(scope, receive, send)
    elif scope["type"] == "http":
        await _pages(scope, receive, send)
    else:
        raise ValueError(f"Nothing here speaks {scope['type']}")


def is_stream(path: str) -> bool:
    return path == STREAMS or path.startswith(f"{STREAMS}/")
