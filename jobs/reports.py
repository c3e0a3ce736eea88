"""What contracts owe a year besides inspections, and what is used of it. Reads only."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q

from customers.models import Contract, Organisation, Site
from inspections.planning.rhythm import add_months
from inspections.promises import Owed
from inspections.reports import of_part, year_around
from jobs.kinds import JobKind
from jobs.models import Allowance, Job
from tickets import promises
from tickets.promises import Pair

OWN = "allowances"
KINDS = (JobKind.ASSURANCE, JobKind.TRAINING)


Years = Mapping[Pair, Mapping[str, int]]


def years_of(contracts: Iterable[Contract]) -> Years:
    """What the schemes of all of them promise a year."""
    return promises.a_year({pair_of(contract) for contract in contracts})


def pair_of(contract: Contract) -> Pair:
    return contract.scheme_code, contract.scheme_version


def promised(contract: Contract, kind: str, years: Years | None = None) -> int:
    """A year: the contract's own number, else what its scheme promises. `years`: of many contracts, asked once."""
    own = next((row.per_year for row in contract.allowances.all() if row.kind == kind), None)
    return own if own is not None else least(contract, kind, years)


def in_year(contract: Contract, kind: str, day: date, years: Years | None = None) -> int:
    """What its year around that day owes: as of inspections, of a year that its end cuts short as much of it."""
    return of_part(promised(contract, kind, years), contract, *year_around(contract, day))


def least(contract: Contract, kind: str, years: Years | None = None) -> int:
    """What the scheme promises."""
    found = years_of([contract]) if years is None else years
    return found.get(pair_of(contract), {}).get(kind, 0)


def contract_for(kind: str, organisation: Organisation, site: Site, day: date) -> Contract | None:
    """The contract that owes such work at the site that day: one that names the site first, then the latest."""
    of_sites = Contract.sites.through._default_manager.filter(contract_id=OuterRef("pk"))
    rows = Contract.objects.filter(organisation=organisation).in_force(day).prefetch_related("allowances")
    told = rows.annotate(names_sites=Exists(of_sites), names_site=Exists(of_sites.filter(site_id=site.pk)))
    years = years_of(told)
    found = [row for row in told if promised(row, kind, years) and (row.names_site or not row.names_sites)]
    return max(found, key=lambda row: (row.names_site, row.starts_on, row.pk), default=None)


def owed_of(contracts: Sequence[Contract], today: date, back: int) -> Mapping[Contract, Sequence[Owed]]:
    """Of each that was in force in its year around today or so many years back. One that is over by then has owed its
    part, and what was done of it is done.
    """
    day = add_months(today, -12 * back)
    begun = Contract.objects.filter(pk__in=[row.pk for row in contracts], starts_on__lte=day)
    rows = list(begun.prefetch_related(OWN))
    years = years_of(rows)
    promises_ = {row: {kind: n for kind in KINDS if (n := in_year(row, kind, day, years))} for row in rows}
    used = _used([row for row in rows if promises_[row]], day)
    return {row: _lines(row, owed, used) for row, owed in promises_.items() if owed}


def _lines(contract: Contract, owed: Mapping[JobKind, int], used: Mapping[tuple[int, str], int]) -> list[Owed]:
    return [
        Owed(str(kind.label), number, used.get((contract.pk, kind.value), 0), f"/jobs/?kind={kind}")
        for kind, number in owed.items()
    ]


def promises_of_its_own() -> Q:
    """Of a contract that promises more of this work than its scheme."""
    return Q(Exists(Allowance.objects.filter(contract=OuterRef("pk"))))


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
    return Owed("", in_year(job.contract, job.kind, job.begins_on), used.get((job.contract.pk, job.kind), 0), "")
