"""Taking a report in: coverage, scheme, level, the ticket and its first event, in one transaction.

A scheme that cannot be read never refuses a report: the ticket is accepted and evaluated later.
"""

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Team, User
from accounts.policies import may, require
from accounts.roles import Role
from common import languages
from common.errors import Invalid, NotVisible
from customers import coverage
from customers import services as places
from customers.models import Contract, Equipment, Organisation, Site
from tickets import promises
from tickets.kinds import Channel, Kind
from tickets.models import Ticket
from tickets.policies import TABLE
from tickets.services import finding, happenings, log
from tickets.services.rows import OLDEST_FACT


@dataclass(frozen=True)
class Contact:
    """How to reach who reported, for a guest or on behalf of somebody. `language`: the one he read the page in."""

    name: str = ""
    email: str = ""
    phone: str = ""
    organisation: str = ""
    language: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """Where the ticket keeps it."""
        kept = {f"contact_{name}": getattr(self, name) for name in ("name", "email", "phone", "language")}
        return {**kept, "organisation_text": self.organisation}


@dataclass(frozen=True)
class Visit:
    """When somebody comes, and for how long where that is agreed."""

    planned_at: datetime
    minutes: int | None = None


@dataclass(frozen=True)
class Intake:
    """What is known when work comes in. `scheme`, `level` and places may be missing: worked out, or left open.

    `contract`: the one that owes the work, whatever covers the place besides. `visit`: of an inspection, when its day
    stands already.
    """

    title: str
    kind: str = Kind.FAULT
    description: str = ""
    language: str = ""
    organisation: Organisation | None = None
    site: Site | None = None
    equipment: Equipment | None = None
    level: str = ""
    category: str = ""
    cause: str = ""
    channel: str = Channel.WEB
    contract: Contract | None = None
    scheme: str = ""
    scheme_version: int | None = None
    reporter: User | None = None
    assignee: User | None = None
    team: Team | None = None
    contact: Contact = field(default_factory=Contact)
    access_notes: str = ""
    form_token: uuid.UUID | None = None
    visit: Visit | None = None


def report(*, intake: Intake, by: Actor, at: datetime, now: datetime) -> Ticket:
    """`at`: when it was reported; `now`: when it is written down. A guest's report goes to triage.

    Raises Invalid beside the field, NotVisible for places of another organisation. A second report with the same
    `form_token` returns the first one's ticket.
    """
    if by.user is not None:
        require(by, "ticket.report", TABLE)
    if intake.form_token is None:
        return _accept(intake=intake, by=by, at=at, now=now)
    same = Ticket.objects.filter(form_token=intake.form_token)
    if same.exists():  # mostly there is none, and a whole row costs more to ask for
        return same.get()
    try:
        return _accept(intake=intake, by=by, at=at, now=now)
    except IntegrityError:  # the same form, sent twice at the same moment: the other one has just won
        first = same.first()
        if first is None:
            raise
        return first


@transaction.atomic
def _accept(*, intake: Intake, by: Actor, at: datetime, now: datetime) -> Ticket:
    _check_instant(at, by=by, now=now)
    organisation, site, covered, promise = work_out(intake, by=by, at=at)
    ticket = _ticket(intake, organisation, site, covered, promise, at=at, now=now)
    level = level_of(intake, promise)
    ticket.level, ticket.severity = level, promise.levels.get(level)
    ticket.is_level_confirmed = bool(intake.level)
    ticket.search = finding.first(ticket)
    entries = [log.Entry("received", at, facts(ticket, covered) | {"is_level_given": bool(intake.level)})]
    if intake.visit is not None:
        fields = {"planned_at": intake.visit.planned_at, "minutes": intake.visit.minutes}
        entries.append(happenings.begin(ticket=ticket, type="visit_planned", by=by, at=at, fields=fields))
    log.append_first(ticket=ticket, entries=entries, by=by, now=now)
    return ticket


def work_out(
    intake: Intake, *, by: Actor, at: datetime
) -> tuple[Organisation | None, Site | None, coverage.Coverage, promises.Promise]:
    """Whose it is, where, whether it is covered, and what is promised; one missing place follows from another."""
    organisation, site = _places(intake, by)
    covered = coverage.decide(
        organisation=organisation,
        site=site,
        equipment=intake.equipment,
        category=intake.category,
        on=at.astimezone(ZoneInfo(site.zone) if site else UTC).date(),
    )
    if intake.contract is not None:
        covered = coverage.owed_by(intake.contract, covered)
    return organisation, site, covered, _promise(intake, covered)


def _check_instant(at: datetime, *, by: Actor, now: datetime) -> None:
    if at > now:
        raise Invalid.field("received_at", _("This time is in the future."))
    if now - at > OLDEST_FACT and not by.is_system:
        raise Invalid.field("received_at", _("This time is more than 30 days back."))
    if at != now and not may(by, "ticket.backdate", TABLE):
        raise Invalid.field("received_at", _("Only staff can report with an earlier time."))


def _places(intake: Intake, by: Actor) -> tuple[Organisation | None, Site | None]:
    """Organisation and site, filled in from the unit; refuses places that do not belong together or to the customer."""
    site = intake.site or (intake.equipment.site if intake.equipment else None)
    organisation = intake.organisation or (site.organisation if site else None)
    if site is not None and organisation is not None and site.organisation_id != organisation.pk:
        raise Invalid.field("site", _("This site belongs to another organisation."))
    if intake.equipment is not None and site is not None and intake.equipment.site_id != site.pk:
        raise Invalid.field("equipment", _("This unit stands at another site."))
    if by.user is not None and by.user.role == Role.CUSTOMER:
        _check_membership(by.user, organisation, site)
    return organisation, site


def _check_membership(user: User, organisation: Organisation | None, site: Site | None) -> None:
    memberships = list(user.memberships.all())
    reach_site = any(m.site_id == site.pk for m in memberships) if site else True
    whole = any(m.site_id is None and organisation and m.organisation_id == organisation.pk for m in memberships)
    belongs = organisation is None or any(m.organisation_id == organisation.pk for m in memberships)
    if not (whole or (reach_site and belongs)):
        raise NotVisible(_("There is no such place."))


def _promise(intake: Intake, covered: coverage.Coverage) -> promises.Promise:
    """The scheme named, else the contract's, else the default; one that cannot be read is carried along as broken."""
    contract = covered.contract
    code, version = settings.DEFAULT_SCHEME, None
    if intake.scheme:
        code, version = intake.scheme, intake.scheme_version
    elif contract is not None:
        code, version = contract.scheme_code, contract.scheme_version
    try:
        return promises.find(code, version)
    except promises.UnknownPromise:
        if intake.scheme:
            raise Invalid.field("scheme", _("There is no such service scheme.")) from None
        return promises.Promise(code=code, version=version or 1, is_broken=True)


def level_of(intake: Intake, promise: promises.Promise) -> str:
    if intake.level and promise.levels and intake.level not in promise.levels:
        known = ", ".join(promise.levels)
        raise Invalid.field("level", _("There is no such level. Levels of this scheme: %(known)s.") % {"known": known})
    return intake.level or promise.default_level


def _ticket(
    intake: Intake,
    organisation: Organisation | None,
    site: Site | None,
    covered: coverage.Coverage,
    promise: promises.Promise,
    *,
    at: datetime,
    now: datetime,
) -> Ticket:
    return Ticket(
        kind=intake.kind,
        title=intake.title,
        description=intake.description,
        language=intake.language or languages.detect(f"{intake.title} {intake.description}"),
        category=intake.category,
        cause=intake.cause,
        channel=intake.channel,
        organisation=organisation,
        site=site,
        equipment=intake.equipment,
        contract=covered.contract,
        coverage_status=covered.status,
        coverage_reason=covered.reason,
        reporter=intake.reporter,
        assignee=intake.assignee,
        team=intake.team,
        **intake.contact.columns,
        access_notes=places.plain_notes(intake.access_notes),
        scheme_code=promise.code,
        scheme_version=promise.version,
        asks_consent=promise.asks_consent,
        received_at=at,
        created_at=now,
        updated_at=now,
        last_seq=1,
        form_token=intake.form_token,
    )


def facts(ticket: Ticket, covered: coverage.Coverage) -> dict[str, Any]:
    """What the clocks need, written into the log, so that a later change of the site does not rewrite the past."""
    site = ticket.site
    return {
        "kind": ticket.kind,
        "channel": ticket.channel,
        "category": ticket.category,
        "cause": ticket.cause,
        "level": ticket.level,
        "scheme": ticket.scheme_code,
        "scheme_version": ticket.scheme_version,
        "zone": site.zone if site else None,
        "country": site.country if site else None,
        "travel_minutes": site.travel_minutes if site else None,
        "local_loaner": site.has_local_loaner if site else False,
        "in_warranty": covered.in_warranty,
    }
