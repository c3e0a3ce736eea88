"""The way to Redis for pages and services: impatient, and silent for a while after a failure.

Nothing here raises: a write that happened must not fail because nobody could be told. Streams have their own,
asynchronous way in `servicedesk.streams.hub`.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

log = logging.getLogger(__name__)
PATIENCE_SECONDS = 0.2
PAUSE_SECONDS = 5.0
T = TypeVar("T")


class Broker:
    """One for each process. After a failure it is not asked for a while, so that a dead Redis costs nobody time."""

    def __init__(self) -> None:
        self._client: Any = None
        self._address = ""
        self._closed_until = float("-inf")
        self._lock = threading.Lock()

    def ask(self, question: Callable[[Any], T], otherwise: T) -> T:
        if time.monotonic() < self._closed_until:
            return otherwise
        try:
            return question(self._connected())
        except (redis.RedisError, OSError, ValueError) as error:
            self._closed_until = time.monotonic() + PAUSE_SECONDS
            log.warning("Live updates are off: %s", error)
            return otherwise

    def reset(self) -> None:
        """Ask again at once."""
        self._closed_until = float("-inf")

    def _connected(self) -> Any:
        with self._lock:
            if self._client is None or self._address != settings.REDIS_URL:
                self._address = settings.REDIS_URL
                self._client = connect(self._address)
            return self._client


def connect(address: str) -> Any:
    """Without the library's own repetitions, which would make a page wait for seconds."""
    return redis.Redis.from_url(
        address,
        decode_responses=True,
        socket_timeout=PATIENCE_SECONDS,
        socket_connect_timeout=PATIENCE_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )


broker = Broker()
