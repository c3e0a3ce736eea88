"""What the program did step after step is one line that opens; what is new, or asked for, is told step by step."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from accounts.actors import Actor
from sla.services import fire_due
from tickets import services
from tickets.models import Ticket


@pytest.fixture
def desk(client: Client, agent) -> Client:
    client.force_login(agent)
    return client


@pytest.fixture
def ladder(report):
    """Nobody came for a day: warned, missed, raised, up to a crisis; the last of it long ago."""
    start = datetime.now(UTC) - timedelta(days=2)
    made = report(level="3", at=start, now=start)
    fire_due(now=datetime.now(UTC) - timedelta(hours=1))
    return Ticket.objects.get(pk=made.pk)


def runs(page):
    return re.findall(r'<details class="run">.*?</details>', page, re.S)


def test_steps_in_a_row_are_one_line_that_opens_and_the_rest_stays(desk, ladder, agent):
    services.note(ticket=ladder, body="Where is everybody?", by=Actor(user=agent), now=datetime.now(UTC))
    page = desk.get(ladder.get_absolute_url()).content.decode()
    found = runs(page)
    assert found
    assert re.search(r"<b>\d+ automatic steps</b>: ", found[0])
    assert found[0].count('<li class="ev"') == int(re.search(r"(\d+) automatic", found[0])[1]) >= 3
    assert "Where is everybody?" in re.sub(r'<details class="run">.*?</details>', "", page, flags=re.S)


def test_the_filter_of_events_tells_each(desk, ladder):
    assert not runs(desk.get(f"{ladder.get_absolute_url()}?show=events").content.decode())


def test_what_is_new_since_the_last_look_is_not_folded(desk, ladder, agent):
    services.mark_read(ticket=ladder, by=Actor(user=agent), seq=1, now=datetime.now(UTC))
    page = desk.get(ladder.get_absolute_url()).content.decode()
    assert 'id="new"' in page
    assert not runs(page)
    services.mark_read(ticket=ladder, by=Actor(user=agent), seq=ladder.last_seq, now=datetime.now(UTC))
    assert runs(desk.get(ladder.get_absolute_url()).content.decode())
