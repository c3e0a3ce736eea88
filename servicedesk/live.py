"""Are live updates on? Asks the broker at most once in ten seconds per process, and never makes a page wait for it."""

import time

import redis
from django.conf import settings

from notifications.live import broker

CHECK_EVERY_SECONDS = 10.0
_last: tuple[float, bool] = (float("-inf"), False)


def is_on() -> bool:
    global _last
    asked, answer = _last
    if time.monotonic() - asked < CHECK_EVERY_SECONDS:
        return answer
    answer = _ping()
    _last = (time.monotonic(), answer)
    return answer


def _ping() -> bool:
    try:
        with broker.connect(settings.REDIS_URL) as client:
            return bool(client.ping())
    except (redis.RedisError, OSError, ValueError):
        return False
