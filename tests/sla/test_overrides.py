"""An administrator's word on a day wins over the holiday data, and open tickets follow it."""

from datetime import UTC, date, datetime

import pytest

from accounts.actors import Actor
from common.errors import Forbidden
from sla import services
from sla.models import CalendarOverride, Clock
from tickets import services as tickets

pytestmark = pytest.mark.django_db
# Friday 20 November 2026, 18:30 in Shanghai: software A starts on Monday
RECEIVED = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def question(cathay, agent):
    intake = tickets.Intake(
        title="How do I?", organisation=cathay.organisation, site=cathay.site, scheme="software", level="A"
    )
    return tickets.report(intake=intake, by=Actor(agent), at=RECEIVED, now=RECEIVED)


def test_closed_day_moves_the_deadlines_of_open_tickets(question, administrator):
    assert Clock.objects.get(ticket=question).due_at == datetime(2026, 11, 23, 13, tzinfo=UTC)
    services.override_day(country="CN", day=MONDAY, status="closed", by=Actor(administrator))
    services.replan_open(now=RECEIVED)
    clock = Clock.objects.get(ticket=question)
    assert clock.due_at == datetime(2026, 11, 24, 13, tzinfo=UTC)
    assert " +1 " in clock.edition


def test_withdrawn_override_brings_the_data_back(question, administrator):
    row = services.override_day(country="CN", day=MONDAY, status="closed", by=Actor(administrator))
    services.withdraw_override(override=row, by=Actor(administrator))
    services.replan_open(now=RECEIVED)
    assert Clock.objects.get(ticket=question).due_at == datetime(2026, 11, 23, 13, tzinfo=UTC)


def test_second_word_on_a_day_replaces_the_first(administrator):
    for status in ("closed", "working"):
        services.override_day(country="CN", day=TUESDAY, status=status, by=Actor(administrator))
    assert list(CalendarOverride.objects.values_list("status", flat=True)) == ["working"]


def test_only_administrators_override(lead):
    with pytest.raises(Forbidden):
        services.override_day(country="CN", day=MONDAY, status="closed", by=Actor(lead))
