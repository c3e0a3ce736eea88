"""The customer's signature under a piece of work: under exactly what was read, once. Under a delivery it starts the
warranty of the units.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile
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
from inspections import services as inspections
from inspections.services import Signature
from jobs.kinds import SIGNATURE, WORKS, Signing
from jobs.models import Acceptance, Job, Step
from jobs.policies import TABLE
from jobs.services import rows, stepping
from sla import library
from tickets import promises
from tickets import services as tickets

LONGEST_PRESENT = 300


@dataclass(frozen=True)
class ToSign:
    """What is put before the customer; `digest` names exactly this."""

    document: Mapping[str, Any]
    digest: str
    units: Sequence[Equipment]


def to_sign(job: Job) -> ToSign:
    """Everything that was done before it, with the hashes of its papers."""
    steps = before(job.steps.order_by("position").prefetch_related("papers"))
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


def before(steps: Iterable[Step]) -> list[Step]:
    """What is signed of these steps, which are in order."""
    return list(takewhile(lambda step: step.code != SIGNATURE, steps))


def signing_of(job: Job) -> Signing:
    """Raises Illegal for work that nobody signs."""
    found = WORKS[job.kind].signing
    if found is None or all(step.code != SIGNATURE for step in job.steps.all()):
        raise Illegal(_("There is nothing to sign."))
    return found


def digest_of(document: Mapping[str, Any]) -> str:
    """SHA-256 of the document in one form, whoever writes it."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Word:
    """How the customer signs: `signature` drawn or typed, or "paper" of what he signed with a pen, with `papers` that
    show it. On a device of ours `present` says who was there when a name is typed.
    """

    signature: Signature
    present: str = ""
    papers: Sequence[Any] = ()


@transaction.atomic
def sign(*, job: Job, word: Word, seen: str, by: Actor, now: datetime) -> Acceptance:
    """`seen`: the digest of what was read. Raises Stale when it reads otherwise now, Illegal out of turn and twice."""
    row, step = _held(job, by)
    require(by, "job.sign", TABLE)
    kept = _checked(word, by)
    found = to_sign(row)
    if seen != found.digest:
        raise Stale(_("It reads otherwise now. Read it again before you sign."))
    if word.papers:
        papers = tickets.attach(ticket=row.ticket, uploads=word.papers, by=by, now=now)
        step.papers.add(*papers)
        kept["papers"] = sorted(f"{paper.sha256} {paper.name}" for paper in papers)
    if signing_of(row).accepts:
        row.units.set(_accept(row, found, by, now))
    made = _keep(row, found, kept, by, now)
    said = {**{name: kept[name] for name in ("name", "manner", "device")}, "job": row.kind}
    tickets.tell_step(ticket=row.ticket, type="acceptance_signed", data={**said, "digest": made.digest}, by=by, now=now)
    stepping.done(row, step, by, now)
    return made


@transaction.atomic
def leave_unsigned(*, job: Job, signature: Signature, by: Actor, now: datetime) -> None:
    """Nobody of the customer was there: he is told, and signs in his own account. The step waits for him."""
    row, _step = _held(job, by)
    require(by, "job.work", TABLE)
    reason = inspections.reason_of(signature)
    told = {"reason": reason, "job": row.kind}
    tickets.tell_step(ticket=row.ticket, type="acceptance_unsigned", data=told, by=by, now=now)


def _held(job: Job, by: Actor) -> tuple[Job, Step]:
    row = rows.lock(job, by=by)
    signing_of(row)
    step = rows.step_of(row, SIGNATURE)
    rows.check_turn(row, step)
    return row, step


def _checked(word: Word, by: Actor) -> dict[str, Any]:
    """What is kept of it. A name that staff type alone would be no word of the customer."""
    is_ours, signature, present = not by.is_of_customer, word.signature, " ".join(word.present.split())
    device = "ours" if is_ours else "customer"
    if signature.manner == Acceptance.Manner.PAPER and is_ours:
        name = inspections.signer_of(signature)
        if not word.papers:
            raise Invalid.field("papers", _("Add a photo or a scan of the signed paper."))
        return {"name": name, "manner": signature.manner, "device": device}
    values = inspections.checked(signature, may_be_absent=False)
    if is_ours and values["manner"] == Acceptance.Manner.TYPED and not present:
        raise Invalid.field("present", _("Say who was present when the name was typed."))
    if len(present) > LONGEST_PRESENT:
        raise Invalid.field("present", _("This text is too long. Shorten it."))
    kept = {"name": values["signer"], "manner": str(values["manner"]), "device": device}
    return kept | {name: value for name, value in (("present", present), ("strokes", values["strokes"])) if value}


def _keep(job: Job, found: ToSign, kept: Mapping[str, Any], by: Actor, now: datetime) -> Acceptance:
    assert by.user is not None  # nobody signs without an account at hand
    document = {"signed": found.document, "signature": {**kept, "account": by.user.email, "at": format_instant(now)}}
    return Acceptance.objects.create(
        job=job,
        name=kept["name"],
        manner=kept["manner"],
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
