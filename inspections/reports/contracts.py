"""Contracts with planned work, their years beside what their schemes promise, and which of them fall behind.

What a year owes is worked out of the plans; how many of a contract were made comes from the database, so that the ones
with enough are not worked out at all to know that nothing is missing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from accounts.models import User
from customers.models import Contract
from inspections import promises, words
from inspections.models import Inspection, Plan
from inspections.planning.rhythm import add_months
from inspections.reports.unplanned import done_without_plan, of_no_plan, with_done
from inspections.reports.years import Line, Stage, Year, how_far, of_part, year_around, years
from tickets import promises as schemes
from tickets.kinds import OVER_STATES, State
from tickets.models import Ticket

PLACES = ("contract__organisation", "site", "unit__product", "unit__site", "checklist", "assignee")
Promises = Mapping[schemes.Pair, Mapping[str, int]]


def contracts_of(user: User, day: date, of_schemes: Promises) -> QuerySet[Contract]:
    """Those with plans or with inspections without one that the person may see, and those in force on the day that
    promise planned work a year.
    """
    in_force = Contract.objects.in_force(day).order_by()
    inspected = in_force.visible_to(user).filter(_of(of_schemes, words.YEARLY))
    worked = in_force.concerning(user).filter(_of(of_schemes, promises.KINDS) | promises.own())
    planned = Plan.objects.visible_to(user).filter(contract=OuterRef("pk"))
    is_owing = Q(pk__in=inspected.values("pk")) | Q(pk__in=worked.values("pk"))
    done = of_no_plan(Ticket.objects.visible_to(user)).filter(done_at__isnull=False).order_by()
    rows = Contract.objects.filter(Q(Exists(planned)) | is_owing | Q(pk__in=done.values("contract")))
    return rows.select_related("organisation").order_by("organisation__name", "number")


def _of(of_schemes: Promises, kinds: Collection[str]) -> Q:
    """Contracts whose scheme promises any of these a year."""
    found = Q(pk__in=())
    for (code, version), a_year in of_schemes.items():
        if a_year.keys() & set(kinds):
            found |= Q(scheme_code=code, scheme_version=version)
    return found


def promises_of_schemes() -> Promises:
    """What every scheme that a contract names promises a year; two statements."""
    return schemes.a_year(set(Contract.objects.order_by().values_list("scheme_code", "scheme_version").distinct()))


def years_of(
    contracts: Sequence[Contract], user: User, of_schemes: Promises, *, today: date, back: int = 0
) -> list[Year]:
    """Of each of these contracts its year around today or so many years back, with the lines the person may see. What
    its scheme promises is compared for those who see all of its plans.
    """
    rows = Plan.objects.visible_to(user).filter(contract__in=contracts).select_related(*PLACES)
    found = {year.contract: year for year in years(rows.order_by("site__name", "pk"), today=today, back=back)}
    day = add_months(today, -12 * back)
    others = promises.owed_of(contracts, today, back)
    full = [found.get(one) or Year(one, *year_around(one, day), ()) for one in contracts]
    done = _done_in(full, Ticket.objects.visible_to(user))
    whole = set(Contract.objects.visible_to(user).filter(pk__in=[one.pk for one in contracts]))
    made = []
    for one, plain in zip(contracts, full, strict=True):
        year = replace(with_done(plain, done.get(one.pk, ())), contract=one, more=others.get(one, ()))
        made.append(with_promises(year, of_schemes.get(_pair(one), {})) if one in whole else year)
    return made


def _done_in(years: Sequence[Year], seen: QuerySet[Ticket] | None = None) -> Mapping[int, Sequence[Line]]:
    """What was done without a plan in the time of all of them, by contract."""
    if not years:
        return {}
    begins, ends = min(year.begins for year in years), max(year.ends for year in years)
    return done_without_plan([year.contract for year in years], begins, ends, seen)


def _pair(contract: Contract) -> schemes.Pair:
    return contract.scheme_code, contract.scheme_version


def with_promises(year: Year, a_year: Mapping[str, int]) -> Year:
    """Beside what the scheme promises a year. Inspections by phone are its calls, where it promises calls. What was
    done without a plan is done, unless other work asked for it.
    """
    counts = dict.fromkeys(words.YEARLY, 0)
    for line in year.lines:
        is_planned = line.plan is not None and line.is_owed and line.stage != Stage.CANCELLED
        if is_planned or (line.plan is None and not line.is_of_other_work):
            counts[_counts_as(line.plan.manner if line.plan else "", a_year)] += 1
    promised = [
        promises.Owed(str(label), owed, counts[kind])
        for kind, label in words.YEARLY.items()
        if (owed := of_part(a_year.get(kind, 0), year.contract, year.begins, year.ends))
    ]
    return replace(year, promised=promised)


def _counts_as(manner: str, a_year: Mapping[str, int]) -> str:
    return "call" if manner == Plan.Manner.PHONE and "call" in a_year else "inspection"


def foremost(year: Year, most: int) -> Sequence[Line]:
    """So many lines of a year, in their order: what is behind before what is to come, what is done last."""
    ranks = {Stage.OWED: 1, Stage.PLANNED: 1}
    by_need = sorted(range(len(year.lines)), key=lambda n: (_rank(year.lines[n], ranks), n))
    return [year.lines[n] for n in sorted(by_need[:most])]


def _rank(line: Line, ranks: Mapping[Stage, int]) -> int:
    return 0 if line.is_behind else ranks.get(line.stage, 2)


def falling_behind(today: date, of_schemes: Promises) -> set[int]:
    """The keys of contracts of whose year something is behind, or less is planned than their schemes promise, or of
    which a plan cannot be planned, such as one that has lost its unit to another site.
    """
    stuck = Plan.objects.stuck(today).order_by().values_list("contract", flat=True)
    return _late(today) | set(stuck) | _short(today, of_schemes)


def _late(today: date) -> set[int]:
    """What was made for a time that is over, and is not done: of this year, and of earlier ones what is still open."""
    undone = how_far(Inspection.objects.filter(plan__isnull=False, closes_on__lte=today)).exclude(is_visited=True)
    undone = undone.exclude(is_read=True).exclude(is_reported=True, ticket__state=State.CLOSED)
    is_of_year = (
        Q(opens_on__gt=add_months(today, -12)) & _is_within("plan__ends_on") & _is_within("plan__contract__ends_on")
    )
    rows = undone.filter(is_of_year | ~Q(ticket__state__in=OVER_STATES)).order_by()
    found = rows.values_list("plan__contract", "plan__contract__starts_on", "opens_on", "ticket__state").distinct()
    return {
        pk
        for pk, starts_on, opens_on, state in found
        if state not in OVER_STATES or (opens_on and opens_on >= _begins(starts_on, today))
    }


def _is_within(ends_on: str) -> Q:
    """What was called off after the end is owed by nobody."""
    return Q(**{f"{ends_on}__isnull": True}) | Q(opens_on__lt=F(ends_on))


def _begins(starts_on: date, today: date) -> date:
    return year_around(Contract(starts_on=starts_on), today)[0]


def _short(today: date, of_schemes: Promises) -> set[int]:
    promised = {pair: a_year for pair, a_year in of_schemes.items() if a_year.keys() & words.YEARLY.keys()}
    contracts = list(Contract.objects.in_force(today).filter(_of(promised, words.YEARLY)))
    made = _made(contracts, promised, today)
    wanting = [one for one in contracts if _lacks(one, promised[_pair(one)], made, today)]
    plans = Plan.objects.filter(contract__in=wanting).select_related(*PLACES)
    found = {year.contract: year for year in years(plans, today=today)}
    full = [found.get(one) or Year(one, *year_around(one, today), ()) for one in wanting]
    done = _done_in(full)
    whole = [with_done(year, done.get(year.contract.pk, ())) for year in full]
    return {year.contract.pk for year in whole if with_promises(year, promised[_pair(year.contract)]).is_short}


def _made(contracts: Collection[Contract], promised: Promises, today: date) -> Mapping[tuple[int, str], int]:
    """How many inspections of each contract's year were made, by what they count as."""
    of = {one.pk: one for one in contracts}
    is_off = Q(ticket__state__in=OVER_STATES, is_visited=False)
    rows = how_far(Inspection.objects.filter(plan__contract__in=of, opens_on__gt=add_months(today, -12)))
    rows = rows.exclude(is_off, is_read=False, is_reported=False).order_by()
    found: dict[tuple[int, str], int] = {}
    for pk, manner, opens_on, count in rows.values_list("plan__contract", "plan__manner", "opens_on").annotate(
        count=Count("pk")
    ):
        begins, ends = year_around(of[pk], today)
        if begins <= opens_on < ends:
            key = pk, _counts_as(manner, promised[_pair(of[pk])])
            found[key] = found.get(key, 0) + count
    return found


def _lacks(one: Contract, a_year: Mapping[str, int], made: Mapping[tuple[int, str], int], today: date) -> bool:
    year = year_around(one, today)
    return any(made.get((one.pk, kind), 0) < of_part(a_year.get(kind, 0), one, *year) for kind in words.YEARLY)
