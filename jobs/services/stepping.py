"""Filling in a step, and having done it: in order, once, by who may. What a kind wants besides stands in EFFECTS."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.actors import SYSTEM, Actor
from accounts.models import Duty, User
from accounts.policies import require
from accounts.roles import SENIOR_DUTY
from common import moments
from common.errors import Illegal, Invalid
from common.instants import parse_instant
from customers.models import Equipment
from jobs import plans
from jobs.kinds import FAIL, PASS, SENIORS, JobKind, Who
from jobs.models import Job, Step
from jobs.policies import TABLE
from jobs.services import checking, rows, values
from jobs.services.together import together
from tickets import services as tickets
from tickets.kinds import State

ACTIONS: Mapping[Who, str] = {Who.DESK: "job.plan", Who.ENGINEER: "job.work", Who.CUSTOMER: "job.sign"}
Effect = Callable[[Job, Step, Actor, datetime], None]


@dataclass(frozen=True)
class Given:
    """What somebody sent for a step: `values` by field, `uploads` for its papers. `seen`: what stood there when it was
    begun; None: what stands there now.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    seen: Mapping[str, Any] | None = None
    uploads: Sequence[Any] = ()


@transaction.atomic
def fill(*, job: Job, code: str, given: Given, by: Actor, now: datetime) -> Step:
    """Keeps what is known so far; nothing has to be complete. Raises NotVisible, Forbidden, Illegal, Invalid, Clash."""
    return _fill(job, code, given, by, now, is_final=False)


@transaction.atomic
def finish(*, job: Job, code: str, given: Given, by: Actor, now: datetime) -> Step:
    """The step is done: complete, in its turn, and unchanged from now on. The last one resolves the ticket."""
    step = _fill(job, code, given, by, now, is_final=True)
    work = step.job
    if step.kind.signing is not None:
        raise Illegal(_("This step is done by signing."))
    EFFECTS.get((work.kind, code), _nothing)(work, step, by, now)
    return done(work, step, by, now)


def done(job: Job, step: Step, by: Actor, now: datetime) -> Step:
    step.done_at, step.done_by = now, by.user
    step.save(update_fields=["done_at", "done_by"])
    tickets.tell_step(ticket=job.ticket, type="step_done", data={"job": job.kind, "step": step.code}, by=by, now=now)
    if not job.steps.filter(done_at=None).exists():
        _resolve(job, by, now)
    return step


def _resolve(job: Job, by: Actor, now: datetime) -> None:
    """A customer's last step ends the work, but he does not resolve tickets: then the program does."""
    ticket = job.ticket
    ticket.refresh_from_db(fields=["state"])
    if ticket.state != State.RESOLVED:
        tickets.resolve(ticket=ticket, by=SYSTEM if by.is_of_customer else by, at=now, now=now)


def _fill(job: Job, code: str, given: Given, by: Actor, now: datetime, *, is_final: bool) -> Step:
    row = rows.lock(job, by=by)
    step = rows.step_of(row, code)
    require(by, ACTIONS[step.kind.who], TABLE)
    if is_final or step.done_at is not None:
        rows.check_turn(row, step)
    step.values = _values(step, given, is_final=is_final)
    step.save(update_fields=["values"])
    if given.uploads:
        step.papers.add(*tickets.attach(ticket=row.ticket, uploads=given.uploads, by=by, now=now))
    if is_final and step.kind.needs_papers and not step.papers.exists():
        raise Invalid.field("papers", _("Attach at least one file."))
    return step


def _values(step: Step, given: Given, *, is_final: bool) -> dict[str, Any]:
    """What was typed, together with what others wrote meanwhile; complete, if it is to be final."""
    typed = values.read(step.kind, given.values, is_final=False)
    seen = step.values if given.seen is None else given.seen
    found = together(step.kind, seen=seen, typed=typed, stored=step.values)
    return values.read(step.kind, found, is_final=is_final)


def seniors(job: Job) -> list[User]:
    """Who may stand by at that event: by the duty list as it is for its days at the site, on every one of them."""
    site = job.ticket.site
    assert site is not None  # work always has a site
    zone, length = ZoneInfo(site.zone), (job.last_on - job.begins_on).days + 1
    starts = [datetime.combine(job.begins_on + timedelta(days=n), time(), zone) for n in range(length + 1)]
    turns = Duty.objects.filter(code=SENIOR_DUTY).filter(Q(starts_at=None) | Q(starts_at__lt=starts[-1]))
    turns = turns.filter(Q(ends_at=None) | Q(ends_at__gt=starts[0]))
    days: dict[int, set[int]] = {}
    for user, since, until in turns.order_by().values_list("user", "starts_at", "ends_at"):
        days.setdefault(user, set()).update(
            n for n in range(length) if (not since or since < starts[n + 1]) and (not until or until > starts[n])
        )
    always = [user for user, found in days.items() if len(found) == length]
    return list(User.objects.filter(pk__in=always, is_active=True).order_by("name"))


def not_on_duty(job: Job) -> list[User]:
    """Of those who are named to stand by, such as for days to which the event has moved since."""
    if job.kind != JobKind.ASSURANCE:
        return []
    there = {user.pk for user in seniors(job)}
    return [user for user in job.engineers.order_by("name") if user.pk not in there]


def _plan(job: Job, step: Step, by: Actor, now: datetime) -> None:
    known = {user.email: user for user in seniors(job)}
    chosen = [known[email] for email in step.values["engineers"] if email in known]
    if len(chosen) != len(step.values["engineers"]):
        raise Invalid.field(
            "engineers", _("Choose senior engineers who are on the duty list on all days of the event.")
        )
    least, most = SENIORS[job.importance]
    if not least <= len(chosen) <= most:
        facts = {"least": least, "most": most}
        sentence = _("Choose two senior engineers.") if least == most else _("Choose %(least)d or %(most)d.") % facts
        raise Invalid.field("engineers", sentence)
    job.engineers.set(chosen)
    checking.make_checks(job, chosen, now)


def _pre_check(job: Job, step: Step, by: Actor, now: datetime) -> None:
    checking.require_checks(job)


def _notice(job: Job, step: Step, by: Actor, now: datetime) -> None:
    """The customer is told in a message of the ticket, a day ahead."""
    site, at = job.ticket.site, parse_instant(step.values["at"])
    assert site is not None  # work always has a site
    if now > plans.notice_due_at(at, site.zone, site.country):
        raise Invalid.field("at", _("That is less than a day's notice. Choose a later time."))
    organisation = job.ticket.organisation
    with translation.override(organisation.language if organisation else None):
        facts = {"at": moments.full(at, ZoneInfo(site.zone)), "place": step.values["place"]}
        body = _("The acceptance is on %(at)s, local time, here: %(place)s. Please be there to test with us.") % facts
    tickets.reply(ticket=job.ticket, body=body, by=by, now=now)


def installable(job: Job) -> QuerySet[Equipment]:
    """Units at the site that nobody has accepted yet."""
    return Equipment.objects.filter(site=job.ticket.site, is_retired=False, accepted_on=None)


def _installation(job: Job, step: Step, by: Actor, now: datetime) -> None:
    """What could not be accepted with the signature would keep it from being signed for good."""
    known = set(installable(job).values_list("serial_number", flat=True))
    wrong = [serial for serial in step.values["units"] if serial not in known]
    if wrong:
        raise Invalid.field(
            "units", _("Not at this site, or accepted before: %(units)s.") % {"units": ", ".join(wrong)}
        )


def _acceptance(job: Job, step: Step, by: Actor, now: datetime) -> None:
    announced = parse_instant(rows.step_of(job, "notice").values["at"])
    if now < announced:
        raise Illegal(_("The acceptance is announced for a later time."))


def _tests(job: Job, step: Step, by: Actor, now: datetime) -> None:
    """Nothing of the plan is left out."""
    planned = [line["test"] for line in rows.step_of(job, "plan").values["tests"]]
    tested = {line["test"] for line in step.values["results"]}
    missing = [test for test in planned if test not in tested]
    if missing:
        raise Invalid.field("results", _("Not tested yet: %(tests)s.") % {"tests": ", ".join(missing)})


def _result(job: Job, step: Step, by: Actor, now: datetime) -> None:
    results = [line["result"] for line in rows.step_of(job, "tests").values["results"]]
    if step.values["overall"] == PASS and FAIL in results:
        raise Invalid.field("overall", _("A test has failed. Choose reservations, or failed."))


def _nothing(job: Job, step: Step, by: Actor, now: datetime) -> None:
    """Most steps are only written down."""


EFFECTS: Mapping[tuple[str, str], Effect] = {
    ("assurance", "plan"): _plan,
    ("assurance", "pre-check"): _pre_check,
    ("delivery", "installation"): _installation,
    ("delivery", "notice"): _notice,
    ("delivery", "acceptance"): _acceptance,
    ("commissioning", "tests"): _tests,
    ("commissioning", "result"): _result,
}
