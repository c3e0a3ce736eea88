"""The fan-out inside one process: slow readers, and what a page missed."""

import asyncio

import pytest

from notifications.live.wire import MANY, Change, Presence, change, decode, encode
from servicedesk.streams import frames
from servicedesk.streams.hub import END, QUEUE, Hub, Listener
from servicedesk.streams.presence import Present


def waiting(listener):
    found = []
    while not listener.queue.empty():
        found.append(listener.queue.get_nowait())
    return found


def test_a_slow_reader_is_told_to_look_anew_and_nobody_waits_for_him():
    listener = Listener()
    for number in range(QUEUE + 5):
        listener.put(frames.changed(Change((number,)), (number, 0)))
    found = waiting(listener)
    assert len(found) < QUEUE
    assert found[0] == frames.event("resync", {})


def test_a_slow_reader_can_still_be_ended():
    listener = Listener()
    for _ in range(QUEUE):
        listener.put(b"")
    listener.put(END)
    assert waiting(listener)[-1] is END


@pytest.fixture
def hub():
    hub = Hub()
    hub._known_from, hub.is_on = (0, 0), True
    hub._take((10, 0), Change((1, 2), public=(2,)))
    hub._take((11, 0), Change((3,), public=(3,)))
    return hub


def joined(hub, listener, after):
    async def join():
        hub.join(listener, after)
        hub.close()

    asyncio.run(join())
    return [frame for frame in waiting(listener)[1:] if frame is not END]


def test_resume_gives_what_came_after(hub):
    assert joined(hub, Listener(), (10, 0)) == [frames.changed(Change((3,)), (11, 0))]


def test_resume_from_before_what_is_known_looks_anew(hub):
    hub._known_from = (9, 0)
    assert joined(hub, Listener(), (8, 0)) == [frames.event("resync", {})]


def test_resume_of_a_customer_gives_nothing_but_his_case(hub):
    assert joined(hub, Listener(cases=frozenset({1})), (0, 0)) == []
    assert joined(hub, Listener(cases=frozenset({3, 9})), (0, 0)) == [frames.case_changed()]


def test_presence_ends_by_leaving_and_by_silence():
    present = Present()
    assert present.hear(Presence(7, 1, "Mei Chan", "viewing", until=45.0))
    assert not present.hear(Presence(7, 1, "Mei Chan", "viewing", until=60.0))
    assert present.hear(Presence(7, 1, "Mei Chan", "writing", until=60.0))
    assert present.expire(50.0) == set()
    assert present.expire(60.0) == {7}
    present.hear(Presence(7, 1, "Mei Chan", "viewing", until=99.0))
    assert present.hear(Presence(7, 1, "Mei Chan", "", until=99.0))
    assert present.at(7) == []


def test_very_many_changes_reach_only_the_customers_they_are_about(hub):
    staff, his, other = Listener(), Listener(cases=frozenset({5})), Listener(cases=frozenset({9999}))
    hub.listeners.update({staff, his, other})
    hub._take((12, 0), decode(encode(change(range(1, MANY + 2), [5, 7], by=0))))
    assert waiting(staff) == [frames.event("resync", {}, (12, 0))]
    assert waiting(his) == [frames.case_changed()]
    assert waiting(other) == []
