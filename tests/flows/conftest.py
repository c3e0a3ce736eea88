"""A customer in a browser, and his report with the equipment chosen."""

import pytest

from tests.flows import reporting


@pytest.fixture
def browser(client, alice):
    client.force_login(alice)
    return client


@pytest.fixture
def walk(browser, acme):
    walk = reporting.Walk(browser)
    walk.equipment(unit=acme.unit.pk)
    return walk
