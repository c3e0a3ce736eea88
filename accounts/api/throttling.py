"""So many requests a second for each key holder, counted in Redis. Fails open: a dead Redis never refuses a request.

One round trip to Redis; after a failure none at all for a few seconds, so that a dead one costs nothing either.
"""

import logging
import re
import time
from functools import lru_cache
from typing import Any

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

log = logging.getLogger(__name__)
PERIODS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
TIMEOUT_SECONDS = 0.2
REST_AFTER_FAILURE_SECONDS = 5.0
_RATE = re.compile(r"(\d+)/([smhd])")


@lru_cache(maxsize=4)
def _connection(url: str) -> "redis.Redis":
    return redis.Redis.from_url(
        url,
        socket_timeout=TIMEOUT_SECONDS,
        socket_connect_timeout=TIMEOUT_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )


class _Breaker:
    """Remembers, in this process, until when Redis is not asked."""

    open_until = 0.0

    def is_open(self) -> bool:
        return time.monotonic() < self.open_until

    def trip(self, error: Exception) -> None:
        self.open_until = time.monotonic() + REST_AFTER_FAILURE_SECONDS
        log.warning("Requests are not counted for now, Redis does not answer: %s", error)


breaker = _Breaker()


def wait_for(holder: str, rate: str) -> float | None:
    """Counts one request; how many seconds to wait if it is one too many, else None."""
    match = _RATE.fullmatch(rate)
    if match is None or breaker.is_open():
        return None
    limit, period = int(match[1]), PERIODS[match[2]]
    now = time.time()
    window = int(now // period)
    name = f"rate:{holder}:{period}:{window}"
    try:
        pipe = _connection(settings.REDIS_URL).pipeline(transaction=False)
        pipe.incr(name)
        pipe.expire(name, period + 1)
        count = pipe.execute()[0]
    except (redis.RedisError, OSError) as error:
        breaker.trip(error)
        return None
    return (window + 1) * period - now if count > limit else None


class KeyHolderThrottle(BaseThrottle):
    """A person's keys share one count, so that more keys do not mean more requests."""

    def __init__(self) -> None:
        self.seconds: float | None = None

    def allow_request(self, request: Request, view: Any) -> bool:
        user = request.user
        if not user.is_authenticated:
            return True
        rate = settings.RATE_LIMITS["staff_key" if user.is_staff_member else "customer_key"]
        self.seconds = wait_for(f"user:{user.pk}", rate)
        return self.seconds is None

    def wait(self) -> float | None:
        return self.seconds
