"""What contracts owe a year besides inspections, and what is used of it. Reads only."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from customers.models import Contract, Organisation, Site
from inspections.planning.rhythm import add_months
from inspections.promises import Owed
from inspections.reports import year_around
from jobs.kinds import OWED, JobKind
from jobs.models import Allowance, Job

KINDS = (JobKind.ASSURANCE, JobKind.TRAINING)


def promised(contract: Contract, kind: str) -> int:
    """A year: the contract's own number, else what its scheme promises."""
    own = next((row.per_year for row in contract.allowances.all() if row.kind == kind), None)
    return own if own is not None else least(contract, kind)


def least(contract: Contract, kind: str) -> int:
    """What the scheme promises."""
    return OWED.get(contract.scheme_code, {}).get(kind, 0)


def contract_for(kind: str, organisation: Organisation, site: Site, day: date) -> Contract | None:
    """The contract that owes such work at the site that day: one that names the site first, then the latest."""
    of_sites = Contract.sites.through._default_manager.filter(contract_id=OuterRef("pk"))
    rows = Contract.objects.filter(organisation=organisation).in_force(day).prefetch_related("allowances")
    told = rows.annotate(names_sites=Exists(of_sites), names_site=Exists(of_sites.filter(site_id=site.pk)))
    found = [row for row in told if promised(row, kind) and (row.names_site or not row.names_sites)]
    return max(found, key=lambda row: (row.names_site, row.starts_on, row.pk), default=None)


def owed_of(user: User, today: date, back: int) -> Mapping[Contract, Sequence[Owed]]:
    """Of every contract this person may know of, in its year around today or so many years back."""
    day = add_months(today, -12 * back)
    contracts = [row for row in _contracts(user, day) if any(promised(row, kind) for kind in KINDS)]
    used = _used(contracts, day)
    return {contract: _lines(contract, used) for contract in contracts}


def _lines(contract: Contract, used: Mapping[tuple[int, str], int]) -> list[Owed]:
    kinds = [kind for kind in KINDS if promised(contract, kind)]
    counts = {kind: used.get((contract.pk, kind.value), 0) for kind in kinds}
    return [Owed(str(kind.label), promised(contract, kind), counts[kind], f"/jobs/?kind={kind}") for kind in kinds]


def _contracts(user: User, day: date) -> Iterable[Contract]:
    rows = Contract.objects.in_force(day).select_related("organisation").prefetch_related("allowances")
    promising = Q(scheme_code__in=OWED) | Q(Exists(Allowance.objects.filter(contract=OuterRef("pk"))))
    rows = rows.filter(promising).order_by("organisation__name", "number")
    if user.is_staff_member:
        return rows
    member = user.memberships.filter(organisation=OuterRef("organisation"))
    of_sites = Contract.sites.through._default_manager.filter(contract_id=OuterRef("pk"))
    sites = user.memberships.filter(site__isnull=False).values("site")
    is_his = Q(Exists(member)) & (Q(~Exists(of_sites)) | Q(Exists(of_sites.filter(site_id__in=sites))))
    return rows.filter(Q(Exists(member.filter(site__isnull=True))) | is_his)


def _used(contracts: Sequence[Contract], day: date) -> Mapping[tuple[int, str], int]:
    years = {contract.pk: year_around(contract, day) for contract in contracts}
    found: dict[tuple[int, str], int] = {}
    if not years:
        return found
    first, last = min(begins for begins, _ in years.values()), max(ends for _, ends in years.values())
    rows = Job.objects.standing().filter(contract__in=years, begins_on__gte=first, begins_on__lt=last)
    for contract, kind, begins_on in rows.values_list("contract_id", "kind", "begins_on"):
        begins, ends = years[contract]
        if begins <= begins_on < ends:
            found[contract, kind] = found.get((contract, kind), 0) + 1
    return found


def left(job: Job) -> Owed | None:
    """Of the contract's year in which the work falls; None: no contract owes it."""
    if job.contract is None:
        return None
    used = _used([job.contract], job.begins_on)
    return Owed("", promised(job.contract, job.kind), used.get((job.contract.pk, job.kind), 0), "")
