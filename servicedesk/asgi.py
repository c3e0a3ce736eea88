"""One door for both: streams under `/events` through Django's ASGI side, every page through WSGI in eight threads.

Pages are ordinary synchronous Django with persistent connections, and so are served 2-3 times as fast as through ASGI;
an open stream holds no thread. Do not put pages under `/events`.
"""

import os
from typing import Any

from a2wsgi import WSGIMiddleware
from django.core.asgi import get_asgi_application

from servicedesk import wsgi

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicedesk.settings")

STREAMS = "/events"
THREADS = 8
_streams = get_asgi_application()
_pages = WSGIMiddleware(wsgi.application, workers=THREADS)  # type: ignore[arg-type]  # Django's type is narrower


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "http" and not is_stream(scope["path"]):
        await _pages(scope, receive, send)
    else:
        await _streams(scope, receive, send)


def is_stream(path: str) -> bool:
    return path == STREAMS or path.startswith(f"{STREAMS}/")
