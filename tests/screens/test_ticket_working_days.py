"""A promise in working days says so, with the hours of its own ledger, wherever the ticket names its length."""

import re
from datetime import UTC, datetime

import pytest
import time_machine

from accounts.actors import Actor
from tickets import services

TUESDAY = datetime(2026, 11, 17, 2, 0, tzinfo=UTC)  # 10:00 in Hong Kong


@pytest.fixture
def restored(report, agent):
    """Owes a fault report within one working day."""
    with time_machine.travel(TUESDAY, tick=False):
        ticket = report(level="4", at=TUESDAY, now=TUESDAY)
        for type_ in ("responded", "restored"):
            services.record(ticket=ticket, type=type_, by=Actor(user=agent), at=TUESDAY, now=TUESDAY)
        yield ticket


@pytest.mark.parametrize("hours", [1, 60])
def test_panel_ledger_and_copied_text_promise_a_working_day(restored, client, agent, hours):
    with time_machine.travel(TUESDAY.replace(day=17 + hours // 24), tick=False):
        client.force_login(agent)
        page = client.get(f"{restored.get_absolute_url()}?why=fault_report:1").content.decode()
    assert "1 working day, 18h promised" in page
    assert len(re.findall(r": 1 working day, 18h, counted", page)) == 2  # read and copied
    assert '<td class="num">18:00</td></tr></tfoot>' in re.sub(r">\s+<", "><", page)
