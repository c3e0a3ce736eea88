"""The signature under an acceptance: under exactly what was read, once. It starts the warranty of the units."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.policies import require
from common.errors import Illegal, Invalid, Stale
from common.instants import format_instant
from customers import services as customers
from customers.models import Equipment
from jobs.kinds import JobKind
from jobs.models import Acceptance, Job, Step
from jobs.policies import TABLE
from jobs.services import rows, stepping
from sla import library
from tickets import promises
from tickets import services as tickets

STEP = "signature"
LONGEST_NAME = 150


@dataclass(frozen=True)
class ToSign:
    """What is put before the customer; `digest` names exactly this."""

    document: Mapping[str, Any]
    digest: str
    units: Sequence[Equipment]


def to_sign(job: Job) -> ToSign:
    """Everything that was done, with the hashes of its papers."""
    steps = list(job.steps.exclude(code=STEP).order_by("position").prefetch_related("papers"))
    units = _units(job, steps)
    assert job.ticket.organisation is not None
    assert job.ticket.site is not None  # work always has a place
    document = {
        "work": job.ticket.reference,
        "organisation": job.ticket.organisation.code,
        "site": job.ticket.site.code,
        "units": [unit.serial_number for unit in units],
        "steps": [_written(job, step) for step in steps],
    }
    return ToSign(document, digest_of(document), units)


def digest_of(document: Mapping[str, Any]) -> str:
    """SHA-256 of the document in one form, whoever writes it."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def sign(*, job: Job, name: str, seen: str, by: Actor, now: datetime) -> Acceptance:
    """`seen`: the digest of what was read. Raises Stale when it reads otherwise now, Illegal out of turn and twice."""
    row = rows.lock(job, by=by)
    require(by, "job.sign", TABLE)
    if row.kind != JobKind.DELIVERY:
        raise Illegal(_("There is nothing to sign."))
    step = rows.step_of(row, STEP)
    rows.check_turn(row, step)
    text = name.strip()
    if not text or len(text) > LONGEST_NAME:
        raise Invalid.field("name", _("Enter the name of who signs."))
    found = to_sign(row)
    if seen != found.digest:
        raise Stale(_("It reads otherwise now. Read it again before you sign."))
    assert by.user is not None  # nobody signs without an account at hand
    row.units.set(_accept(row, found, by, now))
    made = _keep(row, found, text, by, now)
    tickets.tell_step(
        ticket=row.ticket, type="acceptance_signed", data={"name": text, "digest": made.digest}, by=by, now=now
    )
    stepping.done(row, step, by, now)
    return made


def _keep(job: Job, found: ToSign, name: str, by: Actor, now: datetime) -> Acceptance:
    assert by.user is not None
    signature = {"name": name, "account": by.user.email, "at": format_instant(now)}
    document = {"signed": found.document, "signature": signature}
    return Acceptance.objects.create(
        job=job,
        name=name,
        signed_at=now,
        signed_by=by.user,
        accepted_on=_day(job, now),
        document=document,
        digest=digest_of(document),
    )


def _accept(job: Job, found: ToSign, by: Actor, now: datetime) -> list[Equipment]:
    arrived = job.steps.get(code="arrival").values.get("arrived_on")
    return customers.accept_equipment(
        units=found.units,
        delivered_on=date.fromisoformat(arrived) if arrived else None,
        accepted_on=_day(job, now),
        months=_months(job),
        by=by,
    )


def _day(job: Job, now: datetime) -> date:
    assert job.ticket.site is not None
    return now.astimezone(ZoneInfo(job.ticket.site.zone)).date()


def _months(job: Job) -> int | None:
    """Of the warranty that the scheme promises; one that cannot be read promises nothing here."""
    try:
        return library.scheme(job.ticket.scheme_code, job.ticket.scheme_version or 1).warranty.months or None
    except (promises.UnknownPromise, library.BrokenScheme):
        return None


def _units(job: Job, steps: Sequence[Step]) -> list[Equipment]:
    serials: list[str] = next((step.values.get("units", []) for step in steps if step.code == "installation"), [])
    rows_ = Equipment.objects.filter(site=job.ticket.site, serial_number__in=serials)
    return list(rows_.select_related("product").order_by("serial_number"))


def _written(job: Job, step: Step) -> dict[str, Any]:
    step.job = job
    public = {field.code for field in step.kind.fields if field.is_public}
    return {
        "step": step.code,
        "done_at": format_instant(step.done_at) if step.done_at else None,
        "values": {name: value for name, value in step.values.items() if name in public},
        "papers": sorted(f"{paper.sha256} {paper.name}" for paper in step.papers.all()),
    }
