"""One subscription to Redis for each process, fanned out to its open streams. Never touches the database.

A reader that is too slow loses his queue and is told to look anew. Redis may die and come back: streams stay open,
say so, and look anew afterwards.
"""

import asyncio
import logging
import os
import socket
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import redis
import redis.asyncio
from django.conf import settings
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from notifications.live import push, wire
from servicedesk.streams import frames
from servicedesk.streams.frames import Id
from servicedesk.streams.presence import Present

log = logging.getLogger(__name__)
QUEUE = 100
KEPT = 500
BLOCK_SECONDS = 5.0
FIRST_PAUSE, LAST_PAUSE = 0.5, 10.0
NAME = f"{socket.gethostname()}:{os.getpid()}"
END = None  # on a queue: this stream is over


@dataclass(eq=False)
class Listener:
    """One open stream. `cases`: a customer's page, which hears that something public happened to one of these tickets,
    and nothing else. None: staff.
    """

    cases: frozenset[int] | None = None
    after: Id | None = None  # the last event its page knows
    queue: "asyncio.Queue[bytes | None]" = field(default_factory=lambda: asyncio.Queue(QUEUE))

    def put(self, frame: bytes | None) -> None:
        try:
            self.queue.put_nowait(frame)
        except asyncio.QueueFull:
            while not self.queue.empty():
                self.queue.get_nowait()
            if frame is not END:
                self.queue.put_nowait(frames.event("resync", {}))
            self.queue.put_nowait(frame)

    def wants(self, change: wire.Change) -> bool:
        return self.cases is None or not self.cases.isdisjoint(change.public)


class Hub:
    def __init__(self) -> None:
        self.listeners: set[Listener] = set()
        self.is_on = False
        self.present = Present()
        self._kept: deque[tuple[Id, wire.Change]] = deque(maxlen=KEPT)
        self._known_from: Id = (2**60, 0)  # before this nothing is known
        self._last: Id | None = None
        self._task: asyncio.Task[None] | None = None
        self._said_at = 0.0
        self._has_failed = False

    # ---- streams come and go -----------------------------------------------------------------------------------
    def join(self, listener: Listener, after: Id | None) -> None:
        """`after`: the last event the page knows, from which it is told what it missed."""
        listener.after = after
        self.listeners.add(listener)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._live())
        listener.put(frames.event("state", {"is_on": self.is_on}))
        if self.is_on:
            self._catch_up(listener, after)

    def leave(self, listener: Listener) -> None:
        self.listeners.discard(listener)

    def close(self) -> None:
        """The process ends: browsers come back by themselves, to another or to the next."""
        for listener in list(self.listeners):
            listener.put(END)
        if self._task is not None:
            self._task.cancel()

    def _catch_up(self, listener: Listener, after: Id | None) -> None:
        if listener.cases is None:
            for number in self.present.tickets():
                listener.put(frames.here(number, self.present.at(number)))
        if after is None:
            return
        if after < self._known_from:
            listener.put(frames.event("resync", {}))
            return
        missed = [(id_, change) for id_, change in self._kept if id_ > after and listener.wants(change)]
        if len(missed) > QUEUE // 2:
            listener.put(frames.event("resync", {}))
            return
        for id_, change in missed:
            listener.put(frames.changed(change, id_) if listener.cases is None else frames.case_changed())

    # ---- Redis -------------------------------------------------------------------------------------------------
    async def _live(self) -> None:
        pause = FIRST_PAUSE
        while True:
            client = connect()
            try:
                await self._begin(client)
                pause = FIRST_PAUSE
                await self._follow(client)
            except (redis.RedisError, OSError, ValueError) as error:
                self._lost(error)
            finally:
                await _close(client)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LAST_PAUSE)

    async def _begin(self, client: Any) -> None:
        """Reads what happened shortly before, so that pages drawn then miss nothing."""
        is_first = self._last is None and not self._has_failed
        recent = await client.xrevrange(wire.STREAM, count=KEPT)
        total = await client.xlen(wire.STREAM) if len(recent) == KEPT else 0
        for one in push.present(await client.hgetall(wire.HERE), time.time()):
            self.present.hear(one)
        self._last = frames.parse_id(recent[0][0]) if recent else (0, 0)
        self._kept.clear()
        for id_, fields in reversed(recent):
            message = wire.decode(fields)
            if isinstance(message, wire.Change):
                self._kept.append((frames.parse_id(id_) or (0, 0), message))
        oldest = frames.parse_id(recent[-1][0]) or (0, 0) if total > KEPT else (0, 0)
        self._known_from = oldest if is_first else (int(time.time() * 1000), 0)
        self.is_on = True
        self._everybody(frames.event("state", {"is_on": True}))
        for listener in list(self.listeners):
            self._catch_up(listener, listener.after if is_first else None)
        if not is_first:
            self._everybody(frames.event("resync", {}))

    async def _follow(self, client: Any) -> None:
        while True:
            last = "{}-{}".format(*(self._last or (0, 0)))
            answer = await client.xread({wire.STREAM: last}, count=200, block=int(BLOCK_SECONDS * 1000))
            for _stream, entries in _pairs(answer):
                for id_, fields in entries:
                    self._take(frames.parse_id(id_) or (0, 0), wire.decode(fields))
            await self._forget_the_gone(client)
            await self._say_open(client)

    def _take(self, id_: Id, message: wire.Message | None) -> None:
        self._last = id_
        if isinstance(message, wire.Presence):
            if self.present.hear(message):
                self._tell_presence([message.number])
        elif message is not None:
            if len(self._kept) == KEPT:
                self._known_from = self._kept[0][0]
            self._kept.append((id_, message))
            frame, public = frames.changed(message, id_), frames.case_changed()
            for listener in list(self.listeners):
                if listener.wants(message):
                    listener.put(frame if listener.cases is None else public)

    async def _forget_the_gone(self, client: Any) -> None:
        now = time.time()
        gone = self.present.expire(now)
        if gone:
            self._tell_presence(gone)
            stale = [
                name for name, text in (await client.hgetall(wire.HERE)).items() if not push.present({name: text}, now)
            ]
            if stale:
                await client.hdel(wire.HERE, *stale)

    async def _say_open(self, client: Any) -> None:
        """How many streams this process has, for the system page."""
        now = time.time()
        if now - self._said_at >= BLOCK_SECONDS:
            self._said_at = now
            await client.hset(wire.OPEN, NAME, f"{len(self.listeners)} {now:.0f}")
            await client.expire(wire.OPEN, int(wire.OPEN_SECONDS))

    def _lost(self, error: Exception) -> None:
        if self.is_on:
            log.warning("The live streams lost Redis: %s", error)
        self.is_on, self._has_failed = False, True
        self._tell_presence(self.present.clear())
        self._everybody(frames.event("state", {"is_on": False}))

    def _tell_presence(self, numbers: Iterable[int]) -> None:
        told = [frames.here(number, self.present.at(number)) for number in numbers]
        for listener in [one for one in self.listeners if one.cases is None]:
            for frame in told:
                listener.put(frame)

    def _everybody(self, frame: bytes) -> None:
        for listener in list(self.listeners):
            listener.put(frame)


def _pairs(answer: Any) -> Iterable[tuple[Any, Any]]:
    """Both protocols of Redis: a list of pairs, or a mapping."""
    if isinstance(answer, dict):
        return [
            (name, entries if not entries or isinstance(entries[0], tuple) else entries[0])
            for name, entries in answer.items()
        ]
    return answer or []


def connect() -> Any:
    return redis.asyncio.Redis.from_url(
        settings.REDIS_URL,
        decode_responses=True,
        socket_connect_timeout=1.0,
        socket_timeout=BLOCK_SECONDS + 5.0,
        retry=Retry(NoBackoff(), 0),
    )


async def _close(client: Any) -> None:
    try:
        await client.aclose()
    except (redis.RedisError, OSError):
        log.debug("A connection to Redis was gone already")
