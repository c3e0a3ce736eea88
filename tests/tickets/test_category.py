"""Another category asks again which contract covers the work: scheme, level and clocks follow, from the report on."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.actors import Actor
from sla import services as sla
from sla.models import Clock, Trouble
from tickets import services

pytestmark = pytest.mark.django_db
RECEIVED = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
LATER = RECEIVED + timedelta(minutes=10)


@pytest.fixture
def of_cathay(report, cathay):
    def make(category, level=""):
        places = {"organisation": cathay.organisation, "site": cathay.site}
        return report(at=RECEIVED, now=RECEIVED, category=category, level=level, **places)

    return make


def change(ticket, agent, **changes):
    row = services.edit(ticket=ticket, changes=changes, by=Actor(agent), now=LATER)
    row.refresh_from_db()
    return row


def test_scheme_and_clocks_follow_the_category(of_cathay, agent):
    ticket = change(of_cathay("software", "B"), agent, category="hardware")
    assert (ticket.scheme_code, ticket.contract.number, ticket.level) == ("hardware", "C-cathay-hardware", "B")
    assert list(ticket.events.filter(is_automatic=False).values_list("type", flat=True))[:3] == [
        "received", "edited", "placed",
    ]  # fmt: skip
    assert set(Clock.objects.filter(ticket=ticket).values_list("target", flat=True)) == {"respond", "reply"}
    assert sla.check(now=LATER).differences == []
    assert not Trouble.objects.exists()


@pytest.mark.parametrize(("given", "level", "is_confirmed"), [("D", "A", False), ("C", "C", True), ("", "A", False)])
def test_level_is_kept_where_the_new_scheme_has_it_and_somebody_gave_it(of_cathay, agent, given, level, is_confirmed):
    ticket = change(of_cathay("hardware", given), agent, category="software")
    assert (ticket.scheme_code, ticket.level, ticket.is_level_confirmed) == ("software", level, is_confirmed)


def test_nothing_follows_where_the_contract_stays(of_cathay, ticket, agent):
    for row, category in ((of_cathay("hardware"), "network"), (ticket, "software")):
        change(row, agent, category=category)
        assert not row.events.filter(type="placed").exists()


def test_there_and_back_is_as_it_was(of_cathay, agent):
    ticket = of_cathay("software", "A")
    before = set(Clock.objects.filter(ticket=ticket).values_list("target", "due_at"))
    change(ticket, agent, category="hardware")
    ticket = change(ticket, agent, category="software")
    assert set(Clock.objects.filter(ticket=ticket).values_list("target", "due_at")) == before
    assert ticket.scheme_code == "software"
