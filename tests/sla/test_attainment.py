"""What counts as kept and as missed, and in which line of the tables it stands."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.actors import Actor
from sla import attainment
from sla import services as sla
from sla.attainment import Scope, Share
from tickets import services

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 2, 2, tzinfo=UTC)
MONTH = Scope(datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC))


def later(**length):
    return START + timedelta(**length)


@pytest.fixture
def fault(report, agent):
    """A level 2 fault at acme: reply within 15 minutes, restore within 4 hours."""

    def make(*, replied=None, restored=None, level="2", **facts):
        ticket = report(at=START, now=START, level=level, channel="phone", **facts)
        steps = sorted((length, type_) for type_, length in (("responded", replied), ("restored", restored)) if length)
        for length, type_ in steps:
            services.record(ticket=ticket, type=type_, by=Actor(user=agent), at=START + length, now=START + length)
        return ticket

    return make


def test_in_time_is_kept_and_late_is_missed(fault):
    fault(replied=timedelta(minutes=10), restored=timedelta(hours=3))
    fault(replied=timedelta(minutes=20), restored=timedelta(hours=3))
    shares = attainment.by_target(MONTH, later(hours=3))
    assert (shares["respond"], shares["restore"]) == (Share(1, 1), Share(2, 0))


def test_an_open_late_ticket_is_missed_before_the_sweep_has_seen_it(fault):
    fault()
    assert attainment.by_target(MONTH, later(minutes=15))["respond"] == Share()
    assert attainment.by_target(MONTH, later(minutes=15, seconds=1))["respond"] == Share(0, 1)


def test_what_is_not_decided_counts_for_neither(fault):
    fault(replied=timedelta(minutes=10))
    assert attainment.by_target(MONTH, later(hours=1))["restore"].percent is None


def test_clocks_belong_to_the_period_in_which_they_started(fault):
    fault(replied=timedelta(minutes=10))
    to_the_start, from_the_start = Scope(MONTH.start, START), Scope(START, MONTH.end)
    assert "respond" not in attainment.by_target(to_the_start, later(hours=1))
    assert attainment.by_target(from_the_start, later(hours=1))["respond"] == Share(1, 0)


def test_gravity_puts_the_letters_of_different_schemes_where_they_belong(fault, cathay, agent):
    """Level A is the lightest of the software scheme, level 1 the gravest of infrastructure."""
    fault(level="1", replied=timedelta(minutes=5))
    software = {"organisation": cathay.organisation, "site": cathay.site, "category": "software"}
    ticket = fault(level="A", **software)
    services.resolve(ticket=ticket, by=Actor(user=agent), at=later(hours=5), now=later(hours=5))
    rows = {row.key: row for row in attainment.tally(MONTH, later(hours=5)).by_severity()}
    assert rows[1].shares["respond"] == Share(1, 0)
    assert rows[3].shares["resolve"] == Share(1, 0)


def test_a_line_of_a_contract_holds_only_its_own_tickets(fault, borealis, agent):
    fault(replied=timedelta(minutes=10))
    fault(replied=timedelta(minutes=20), level="B", organisation=borealis.organisation, site=borealis.site)
    rows = {row.name: row.shares["respond"] for row in attainment.tally(MONTH, later(minutes=30)).by_contract()}
    assert rows == {"Acme": Share(1, 0), "Borealis": Share(0, 1)}


def test_the_rows_behind_a_number_are_as_many_as_the_number(fault):
    for minutes in (5, 10, 20, 40):
        fault(replied=timedelta(minutes=minutes))
    now = later(hours=1)
    scope = Scope(MONTH.start, MONTH.end, target="respond", severity=2)
    assert attainment.decided(scope, now).count() == 4
    assert attainment.missed(scope, now).count() == 2


def test_a_raised_round_is_missed_but_nobody_has_to_stop_it_any_more(fault):
    fault(replied=timedelta(minutes=5))
    sla.fire_due(now=later(hours=4))
    missed = attainment.missed(MONTH, later(hours=4, minutes=1)).get(target="restore")
    assert (missed.run, missed.has_next) == (1, True)


def test_weeks_are_whole_and_the_running_one_is_left_out(fault):
    fault(replied=timedelta(minutes=10))
    weeks = attainment.by_week(MONTH, datetime(2026, 11, 11, tzinfo=UTC), UTC, weeks=3)
    assert [week.monday.isoformat() for week in weeks] == ["2026-10-19", "2026-10-26", "2026-11-02"]
    assert [week.shares.get("respond") for week in weeks] == [None, None, Share(1, 0)]


def test_statements_do_not_grow_with_the_tickets(fault, django_assert_num_queries):
    def everything():
        counted = attainment.tally(MONTH, later(hours=1))
        counted.by_target(), counted.by_severity(), counted.by_contract()
        attainment.by_target(MONTH, later(hours=1))
        attainment.by_week(MONTH, later(hours=1), UTC)

    for _ in range(3):
        fault(replied=timedelta(minutes=10))
    with django_assert_num_queries(3):
        everything()
