"""Planned work of every kind, each half way, and important periods to come."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from accounts.actors import Actor
from accounts.models import Duty, User
from accounts.roles import SENIOR_DUTY
from common.instants import format_instant
from customers.models import Site
from jobs import services
from jobs.kinds import Importance, JobKind
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
    for make in (_delivery, _commissioning, _commissioned, _training, _drill):
        make(people, now)


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
    services.fill(job=job, code="rehearsal", given=services.Given({"runs": [run]}), by=Actor(engineer), now=now)


def _delivery(people: Mapping[str, User], now: datetime) -> None:
    """Everything is done; Alice has only to sign."""
    job = _made(people, now, JobKind.DELIVERY, "acme-hq", "Access switch, floor 2", -6, 6)
    engineer, at = people["engineer"], now - timedelta(days=5)
    packing = [
        {"item": "Switch C9300", "ordered": 1, "arrived": 1, "damaged": 0},
        {"item": "Optics 10G", "ordered": 8, "arrived": 7, "damaged": 0, "remark": "One follows by courier"},
        {"item": "Rack rails", "ordered": 1, "arrived": 1, "damaged": 1, "remark": "Bent, works"},
    ]
    _done(job, "arrival", {"arrived_on": at.date().isoformat(), "packing": packing}, engineer, at)
    installed = {"installed_on": at.date().isoformat(), "units": ["SN-1237"]}
    _done(job, "installation", installed, engineer, at + timedelta(hours=5))
    notice = {"at": format_instant(now - timedelta(hours=3)), "place": "Wiring closet, floor 2"}
    _done(job, "notice", notice, people["agent"], now - timedelta(days=4, hours=12))
    tests = [{"test": "Uplinks", "result": "pass"}, {"test": "Fail-over of the stack", "result": "pass"}]
    later = now - timedelta(hours=1)
    _done(job, "acceptance", {"tests": tests, "people": "Alice Chen, Wong Ka Ming"}, engineer, later)
    _done(job, "papers", {"list": [{"title": "Port plan", "copies": 2}]}, engineer, later)
    topics = [{"topic": "Daily checks", "hours": 2, "people": "Alice Chen"}]
    _done(job, "training", {"trainer": "Wong Ka Ming", "topics": topics}, engineer, later)


def _commissioning(people: Mapping[str, User], now: datetime) -> None:
    """Ordered and planned; the tests are ahead."""
    job = _made(people, now, JobKind.COMMISSIONING, "acme-plant", "Second UPS", 2, 3)
    order = {
        "people": [{"name": "Wong Ka Ming", "role": "leads"}, {"name": "Bob Li", "role": "customer"}],
        "deadline": (now.date() + timedelta(days=5)).isoformat(),
        "devices": [{"kind": "UPS", "count": 1}, {"kind": "Battery cabinet", "count": 2}],
    }
    _done(job, "order", order, people["agent"], now - timedelta(days=1))
    tests = [
        {"test": "Start without mains", "expected": "Takes the load within 10 ms"},
        {"test": "Battery at half load", "expected": "At least 20 min"},
    ]
    _done(job, "plan", {"tests": tests}, people["engineer"], now)


def _commissioned(people: Mapping[str, User], now: datetime) -> None:
    """Tested, with a reservation; Alice has only to sign the result."""
    job = _made(people, now, JobKind.COMMISSIONING, "acme-hq", "Storage controller", -2, 2)
    engineer, at = people["engineer"], now - timedelta(hours=20)
    order = {
        "people": [{"name": "Wong Ka Ming", "role": "leads"}, {"name": "Alice Chen", "role": "customer"}],
        "deadline": (now.date() + timedelta(days=1)).isoformat(),
        "devices": [{"kind": "Storage controller", "count": 2}],
    }
    _done(job, "order", order, people["agent"], now - timedelta(days=5))
    planned = [
        {"test": "Both controllers serve", "expected": "No path is lost"},
        {"test": "One controller off", "expected": "The other takes over within 30 s"},
    ]
    _done(job, "plan", {"tests": planned}, engineer, now - timedelta(days=3))
    results = [
        {"test": "Both controllers serve", "result": "pass"},
        {"test": "One controller off", "result": "fail", "remark": "Took 41 s. New firmware on Thursday."},
    ]
    _done(job, "tests", {"results": results}, engineer, at)
    result = {
        "overall": "reserved",
        "commissioned_on": at.date().isoformat(),
        "remark": "The take-over is tested again.",
    }
    _done(job, "result", result, engineer, at)


def _training(people: Mapping[str, User], now: datetime) -> None:
    """Planned; the material is not there yet."""
    job = _made(people, now, JobKind.TRAINING, "delta-1", "Conference bridge for operators", 12, 1)
    plan = {
        "kind": "operation",
        "topic": "Conference bridge 9000",
        "trainer": "Wong Ka Ming",
        "at": format_instant(now + timedelta(days=12)),
        "place": "Room Spree",
    }
    _done(job, "plan", plan, people["agent"], now)


def _drill(people: Mapping[str, User], now: datetime) -> None:
    """It took place; what is learnt from it is to be written down."""
    job = _made(people, now, JobKind.DRILL, "cathay-1", "Core switch lost", -1, 1)
    begun = now - timedelta(days=1)
    scenario = {
        "scenario": "The core switch is gone, its spare is in the depot.",
        "goal": "Tellers work again within 30 minutes.",
        "at": format_instant(begun),
        "people": "Desk, Wong Ka Ming, Dan Zhou",
    }
    _done(job, "scenario", scenario, people["lead"], begun - timedelta(days=6))
    entries = [
        {"at": format_instant(begun), "what": "Power of the core switch cut", "who": "Dan Zhou"},
        {"at": format_instant(begun + timedelta(minutes=6)), "what": "Fault reported by phone", "who": "Dan Zhou"},
        {"at": format_instant(begun + timedelta(minutes=24)), "what": "Loaner up", "who": "Wong Ka Ming"},
    ]
    _done(job, "timeline", {"entries": entries}, people["engineer"], now)


def _made(people: Mapping[str, User], now: datetime, kind: str, site: str, name: str, ahead: int, days: int) -> Job:
    """Planned a week ago, or before it began."""
    begins = now.date() + timedelta(days=ahead)
    place = Site.objects.select_related("organisation").get(code=site)
    wanted = services.Wanted(kind, name, place, begins, begins + timedelta(days=days - 1))
    return services.make(wanted=wanted, by=Actor(people["agent"]), now=now - timedelta(days=8))


def _done(job: Job, code: str, given: Mapping[str, Any], by: User, at: datetime) -> None:
    services.finish(job=job, code=code, given=services.Given(given), by=Actor(by), now=at)
