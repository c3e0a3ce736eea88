"""Planned work of every kind, each half way, and important periods to come."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from accounts.actors import Actor
from accounts.models import Duty, User
from common.instants import format_instant
from customers.models import Site
from jobs import services
from jobs.kinds import SENIOR_DUTY, Importance
from jobs.models import Job, Period
from tickets import services as tickets

SENIORS = ("engineer", "lead")
# site, name, importance, days from now, how many days, who adds it
PERIODS = (
    ("delta-1", "Election night live", Importance.VERY, 6, 2, "agent"),
    ("delta-1", "New Year's concert", Importance.IMPORTANT, 34, 1, "agent"),
    ("acme-hq", "Year-end closing", Importance.IMPORTANT, 33, 4, "alice"),
)


def create(people: Mapping[str, User], now: datetime) -> None:
    Duty.objects.bulk_create(Duty(code=SENIOR_DUTY, user=people[key]) for key in SENIORS)
    periods = [_period(people, now, *row) for row in PERIODS]
    _assurance(periods[0], people, now)


def _period(
    people: Mapping[str, User], now: datetime, site: str, name: str, importance: str, ahead: int, days: int, by: str
) -> Period:
    begins = now.date() + timedelta(days=ahead)
    values = {
        "site": Site.objects.get(code=site),
        "name": name,
        "importance": importance,
        "begins_on": begins,
        "last_on": begins + timedelta(days=days - 1),
    }
    saved: Period = services.save_period(period=Period(), values=values, by=Actor(people[by])).row
    return saved


def _assurance(period: Period, people: Mapping[str, User], now: datetime) -> None:
    """Planned and checked; of the rehearsal one run has failed."""
    engineer = people["engineer"]
    job = services.ask_assurance(period=period, by=Actor(people["agent"]), now=now - timedelta(days=9))
    seniors = [people[key].email for key in SENIORS]
    approach = "One of us sits in the machine room, one beside the mixing desk. Call +86 21 5550 0105 at any time."
    _done(job, "plan", {"engineers": seniors, "approach": approach}, engineer, now - timedelta(days=8))
    for check in job.checks.select_related("inspection__ticket"):
        at = now - timedelta(days=3)
        tickets.record(ticket=check.inspection.ticket, type="visit_done", by=Actor(engineer), at=at, now=at)
    _done(job, "pre-check", {"summary": "All devices passed; one fan was cleaned."}, engineer, now - timedelta(days=2))
    run = {
        "at": format_instant(now - timedelta(days=1)),
        "what": "Switch from the main to the spare MCU",
        "result": "fail",
        "remark": "Took 40 s, the line to the archive stayed down. Second run tomorrow.",
    }
    services.fill(job=job, code="rehearsal", given={"runs": [run]}, by=Actor(engineer), now=now)


def _done(job: Job, code: str, given: Mapping[str, Any], by: User, at: datetime) -> None:
    services.finish(job=job, code=code, given=given, by=Actor(by), now=at)
