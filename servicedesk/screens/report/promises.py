"""What the scheme promises to whoever reports: the levels in plain words, and by when we would reply if sent now.

Asks the engine; knows no deadline itself. A scheme that cannot be read gives no levels and no promise, never an error.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from customers import coverage
from customers.models import Contract
from servicedesk import wording
from servicedesk.screens.portal import clocks as portal_clocks
from servicedesk.screens.portal import journey as portal_journey
from servicedesk.screens.report.places import Where
from sla import facts, library, words
from sla.engine import Case, Event, Scheme, plan
from sla.engine.terms import Counted, Level, Months, Target, Travel, WorkingDays
from sla.reports import views
from sla.wording import ORDER
from tickets import promises

SECOND_US = 1_000_000
ALWAYS = "24x7"
OFFICE_HOURS = frozenset({"5x8", "working-days"})

# Where the scheme has no words of its own for a level.
PLAIN: Mapping[int, LazyText] = {
    1: gettext_lazy("Nobody can use it, or people could get hurt."),
    2: gettext_lazy("An important part has failed, or it keeps stopping."),
    3: gettext_lazy("A nuisance. You can carry on for now."),
}
VERBS: Mapping[str, LazyText] = {
    "respond": gettext_lazy("We reply within %(time)s"),
    "diagnose": gettext_lazy("We propose a solution within %(time)s"),
    "reply": gettext_lazy("We propose a solution within %(time)s"),
    "solution": gettext_lazy("We propose a solution within %(time)s"),
    "start_remote": gettext_lazy("We start remote work within %(time)s"),
    "arrive": gettext_lazy("An engineer is with you within %(time)s"),
    "restore": gettext_lazy("We restore service within %(time)s"),
    "resolve": gettext_lazy("We solve it within %(time)s"),
}


@dataclass(frozen=True)
class LevelChoice:
    code: str
    name: str
    more: str
    promise: str
    is_gravest: bool


@dataclass(frozen=True)
class Offer:
    """What the form offers for one place. No levels: the scheme cannot be read, and the desk decides."""

    levels: list[LevelChoice]
    contract_number: str
    has_contract: bool
    scheme: Scheme | None
    case: Case
    place: facts.Place

    def level(self, code: str) -> LevelChoice | None:
        return next((level for level in self.levels if level.code == code), None)

    @property
    def zone(self) -> tzinfo:
        return ZoneInfo(self.place.zone)


def offer(
    where: Where,
    user: User | None,
    now: datetime,
    *,
    kind: str = "fault",
    channel: str = "web",
    category: str = "",
) -> Offer:
    site = where.site
    zone = ZoneInfo(site.zone) if site else ZoneInfo(facts.DEFAULT_ZONE)
    covered = coverage.decide(
        organisation=where.organisation,
        site=site,
        equipment=where.unit,
        category=category,
        on=now.astimezone(zone).date(),
    )
    case = Case(
        kind=kind,
        channel=channel,
        category=category or None,
        in_warranty=covered.in_warranty,
        travel_minutes=site.travel_minutes if site else None,
        local_loaner=bool(site and site.has_local_loaner),
    )
    scheme = _scheme(covered.contract)
    return Offer(
        levels=[_choice(level, scheme, case) for level in scheme.levels] if scheme else [],
        contract_number=_number(covered.contract, user),
        has_contract=covered.contract is not None,
        scheme=scheme,
        case=case,
        place=facts.Place(site.zone, site.country) if site else facts.Place(),
    )


def _scheme(contract: Contract | None) -> Scheme | None:
    code = contract.scheme_code if contract else settings.DEFAULT_SCHEME
    version = contract.scheme_version if contract else None
    try:
        return words.translated(library.scheme(code, version or library.version_in_force(code)))
    except (promises.UnknownPromise, library.BrokenScheme):
        return None


def _number(contract: Contract | None, user: User | None) -> str:
    """A contract's number is for those who may see the contract."""
    if contract is None or user is None or not Contract.objects.visible_to(user).filter(pk=contract.pk).exists():
        return ""
    return contract.number


def _choice(level: Level, scheme: Scheme, case: Case) -> LevelChoice:
    return LevelChoice(
        code=level.code,
        name=level.name or level.code,
        more=level.description or str(PLAIN[_weight(level, scheme)]),
        promise=_promise(level, scheme, case),
        is_gravest=level == scheme.gravest,
    )


def _weight(level: Level, scheme: Scheme) -> int:
    """1 for the gravest level, 3 for the lightest, 2 between: severities of two schemes do not compare."""
    if level == scheme.gravest:
        return 1
    return 3 if level == scheme.levels[-1] else 2


def _promise(level: Level, scheme: Scheme, case: Case) -> str:
    """The first thing that happens at that level, with its time."""
    first = _at_receipt(level, scheme, case)
    time = _time(first, level.code, case) if first else ""
    if first is None or not time:
        return ""
    return _counting(first, level.code) % {"promise": str(VERBS[first.code]) % {"time": time}}


def _at_receipt(level: Level, scheme: Scheme, case: Case) -> Target | None:
    """What is promised first once a report of that level is with us."""
    found = [
        target
        for target in scheme.targets
        if "received" in target.starts
        and level.code in target.within
        and target.code in VERBS
        and target.condition.holds(case)
    ]
    return min(found, key=lambda target: ORDER.get(target.code, len(ORDER)), default=None)


def _time(target: Target, level: str, case: Case) -> str:
    length = target.within[level]
    if isinstance(length, Travel):
        length = length.for_case(case)
    if isinstance(length, WorkingDays):
        return ngettext("%(n)d working day", "%(n)d working days", length.days) % {"n": length.days}
    if isinstance(length, Months):
        return ngettext("%(n)d month", "%(n)d months", length.months) % {"n": length.months}
    return _long(length.us // SECOND_US) if isinstance(length, Counted) else ""


def _counting(target: Target, level: str) -> str:
    """What the clock goes by, as a clause of its own: days say it themselves."""
    if not isinstance(target.within[level], Counted | Travel):
        return "%(promise)s"
    if target.counts_on.get(level, ALWAYS) != ALWAYS:
        return _("%(promise)s, counted in working hours")
    if target.starts_on.get(level, ALWAYS) != ALWAYS:
        return _("%(promise)s, counted from the next working hour")
    return _("%(promise)s, at any hour")


def _long(seconds: int) -> str:
    """ "15 minutes", "4 hours": in full, because this is read once and must not be misread."""
    minutes, hours = seconds // 60, seconds // 3600
    if seconds % 3600:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}


def if_sent_now(found: Offer, level: str, now: datetime) -> list[str]:
    """ "We reply by Mon 09:50.", and what else the confirmation will name; none where nothing can be told."""
    if found.scheme is None:
        return []
    code = level or found.scheme.default_level.code
    received = Event("received", now, 1, {"level": code})
    try:
        outcome = plan(found.scheme, facts.calendars_for(found.place, [now]), found.case, [received], now)
    except Exception:  # the form must be sendable even when the promise cannot be worked out
        return []
    clocks = portal_clocks.promises(views(outcome, found.scheme), now)
    return portal_journey.promised(found.case.kind, clocks, now, found.zone)


def working_hours(found: Offer) -> str:
    """When the times beside the levels count."""
    if found.scheme is None:
        return ""
    codes: set[str] = set()
    for level in found.scheme.levels:
        target = _at_receipt(level, found.scheme, found.case)
        codes |= _calendars(target, level.code) if target else set()
    facts = {"zone": wording.city(found.zone)}
    if codes & OFFICE_HOURS:
        return _("Working hours are Monday to Friday, 09:00 to 12:00 and 13:00 to 18:00 %(zone)s time.") % facts
    if codes - {ALWAYS}:
        return _("Working time is Monday to Friday, day and night, %(zone)s time.") % facts
    return _("These times count day and night, on every day of the year.") if codes else ""


def _calendars(target: Target, level: str) -> set[str]:
    if isinstance(target.within[level], WorkingDays):
        return set(OFFICE_HOURS)
    return {target.counts_on.get(level, ALWAYS), target.starts_on.get(level, ALWAYS)}
