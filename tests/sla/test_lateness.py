"""How late a clock is: the rows of lists say what the engine says, paused or not, stopped or not, on any calendar."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.actors import Actor
from sla import lateness, reports
from sla.models import Clock
from sla.services import check, fire_due, override_day, replan_open
from tickets import services

START = datetime(2026, 11, 17, 2, 0, 0, 205925, tzinfo=UTC)  # Tuesday 10:00 in Shanghai, and no whole second
DAY = timedelta(days=1)
END = START + 9 * DAY
STORIES = [
    (),
    [("waiting", 8.5)],
    [("waiting", 8.25), ("resumed", 8.5)],
    [("waiting", 8.25), ("resumed", 8.5), ("waiting", 8.7)],
    [("waiting", 8.25), ("resumed", 8.5), ("restored", 8.75)],
    [("waiting", 0.001), ("resumed", 6.3), ("waiting", 7.9), ("resumed", 8.1)],
    [("restored", 8.75)],
    [("resolved", 8.75)],
]


@pytest.fixture
def late(report, agent):
    """A plain fault of level 3, its restoration missed; what happened after it, by days from the start."""

    def make(*events, **facts):
        ticket = report(**{"level": "3", "at": START, "now": START, **facts})
        for type_, days in events:
            at = START + days * DAY
            fire_due(now=at)
            services.record(ticket=ticket, type=type_, by=Actor(user=agent), at=at, now=at)
        fire_due(now=END)
        return ticket

    return make


@pytest.fixture
def places(acme, borealis, cathay, delta):
    """Schemes on every calendar: around the clock, whole working days, office hours, promises in working days."""

    def at(cast, place, scheme, level):
        return {"organisation": cast.organisation, "site": place, "scheme": scheme, "level": level}

    return {
        "around the clock": at(acme, acme.hq, "infrastructure", "3"),
        "working days": at(cathay, cathay.site, "hardware", "B"),
        "office hours": at(cathay, cathay.site, "hardware", "C"),
        "office hours in Bangkok": at(borealis, borealis.site, "hardware", "C"),
        "in days": at(delta, delta.site, "teleconference", "2"),
        "begun in office hours": at(cathay, cathay.site, "software", "B"),
    }


def said_and_planned(ticket, now):
    """Seconds over by clock: what the rows say, and what the engine says of the log."""
    rows = list(Clock.objects.filter(ticket=ticket))
    said = lateness.of(rows, now)
    engine = {(view.target, view.run): view.over_seconds for view in reports.standing(ticket, now).clocks}
    return {(row.target, row.run): said[row.pk] for row in rows}, engine


@pytest.mark.parametrize("events", STORIES)
def test_every_row_is_as_late_as_the_engine_says(late, events):
    ticket = late(*events)
    for later in (timedelta(), timedelta(seconds=59, microseconds=794_080), timedelta(hours=5)):
        fire_due(now=END + later)
        rows, engine = said_and_planned(ticket, END + later)
        assert rows == engine
    assert max(rows.values()) > 0


@pytest.mark.parametrize("events", [STORIES[0], STORIES[3], STORIES[4], STORIES[5]])
@pytest.mark.parametrize("place", ["working days", "office hours in Bangkok", "in days", "begun in office hours"])
def test_closed_hours_and_working_days_count_as_the_engine_counts_them(late, places, place, events):
    ticket = late(("spare_needed", 0.0005), *events, **places[place])
    for hours in (0, 5.5, 13, 64):
        rows, engine = said_and_planned(ticket, END + timedelta(hours=hours))
        assert rows == engine
    assert max(rows.values()) > 0
    fire_due(now=END + timedelta(hours=64))
    assert check(now=END + timedelta(hours=64)).differences == []


def test_row_is_late_before_the_sweep_has_come_by(report, places):
    ticket = report(at=START, now=START, **places["office hours"])
    for days in (0, 1, 3, 9):
        rows, engine = said_and_planned(ticket, START + days * DAY)
        assert rows == engine
    assert max(rows.values()) > 0


def test_day_that_is_declared_closed_does_not_count_as_late(late, places, administrator):
    ticket = late(**places["office hours"])
    before, _ = said_and_planned(ticket, END + 3 * DAY)
    override_day(country="CN", day=(END + DAY).date(), status="closed", by=Actor(administrator))
    replan_open(now=END)
    after, engine = said_and_planned(ticket, END + 3 * DAY)
    assert after == engine
    assert sum(after.values()) < sum(before.values())


def test_fifty_late_rows_cost_one_statement(report, places, django_assert_num_queries):
    for number in range(50):
        at = START + timedelta(minutes=number)
        report(at=at, now=at, **list(places.values())[number % 4])
    rows = list(Clock.objects.filter(target="respond"))
    assert len(rows) == 50
    with django_assert_num_queries(1):
        assert all(lateness.of(rows, END).values())
