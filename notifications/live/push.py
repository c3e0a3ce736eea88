"""Telling the streams. One small message each; false when nobody could be told."""

import time
from typing import Any

from notifications.live import wire
from notifications.live.broker import broker


def send(message: wire.Message) -> bool:
    def tell(client: Any) -> bool:
        client.xadd(wire.STREAM, wire.encode(message), maxlen=wire.STREAM_LENGTH, approximate=True)
        return True

    return broker.ask(tell, False)


def here(*, number: int, person: int, name: str, act: str) -> bool:
    """Somebody is at a ticket, or (`act` empty) has left it; kept for 45 s and told to the streams."""
    until = time.time() + wire.HERE_SECONDS
    presence = wire.Presence(number, person, name, act, until)
    field = f"{number}:{person}"

    def keep(client: Any) -> bool:
        with client.pipeline(transaction=False) as pipe:
            if act:
                pipe.hset(wire.HERE, field, wire.encode(presence)["here"])
                pipe.expire(wire.HERE, int(wire.HERE_SECONDS))
            else:
                pipe.hdel(wire.HERE, field)
            pipe.xadd(wire.STREAM, wire.encode(presence), maxlen=wire.STREAM_LENGTH, approximate=True)
            pipe.execute()
        return True

    return broker.ask(keep, False)


def who_is_here() -> list[wire.Presence]:
    """Everybody at any ticket now; nobody when Redis is away."""
    return present(broker.ask(lambda client: client.hgetall(wire.HERE), {}), time.time())


def present(kept: dict[str, str], now: float) -> list[wire.Presence]:
    found = (wire.decode({"here": text}) for text in kept.values())
    return [one for one in found if isinstance(one, wire.Presence) and one.until > now]


def open_streams() -> int:
    """In all processes together, as they last said; 0 when Redis is away."""
    told: dict[str, str] = broker.ask(lambda client: client.hgetall(wire.OPEN), {})
    since = time.time() - wire.OPEN_SECONDS
    pairs = (text.split() for text in told.values())
    return sum(int(count) for count, at in pairs if float(at) > since)
