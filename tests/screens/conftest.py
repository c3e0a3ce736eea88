"""A case of Alice's at ten on a Monday, and its page; a file that needs another one has fixtures of the same names."""

from datetime import UTC, datetime

import pytest
import time_machine

from accounts.actors import Actor
from tickets import services

MONDAY = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai


@pytest.fixture
def at_ten():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def case(at_ten, report, acme, alice):
    return report(by=alice, level="3", equipment=acme.unit, description="The fan is loud")


@pytest.fixture
def page(client, alice, case):
    client.force_login(alice)

    def read():
        return client.get(f"/portal/{case.reference}/").content.decode()

    return read


def happen(ticket, by, *kinds, **fields):
    now = datetime.now(UTC)
    for kind in kinds:
        services.record(ticket=ticket, type=kind, by=Actor(user=by), at=now, now=now, fields=fields)
