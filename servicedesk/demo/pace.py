"""How long things take in a case, measured by what the scheme promises. Pure."""

from dataclasses import dataclass

from servicedesk.demo.cases import Case, travel_minutes
from sla.engine import Case as EngineCase
from sla.engine import Scheme
from sla.engine.terms import Counted, Travel

MINUTE_US = 60_000_000


@dataclass(frozen=True)
class Pace:
    """Promised minutes; None: not promised. `graver`: what restoring would take one level graver."""

    respond: float
    diagnose: float | None
    arrive: float | None
    restore: float | None
    graver: float | None
    travel: float


def of(case: Case, scheme: Scheme) -> Pace:
    level = scheme.level(case.level) or scheme.default_level
    graver = scheme.graver(level) or level
    restore = _minutes(case, scheme, level.code, "restore", "resolve")
    return Pace(
        respond=_minutes(case, scheme, level.code, "respond") or 60,
        diagnose=_minutes(case, scheme, level.code, "diagnose", "reply", "solution"),
        arrive=_minutes(case, scheme, level.code, "arrive"),
        restore=restore,
        graver=_minutes(case, scheme, graver.code, "restore"),
        travel=travel_minutes(case.site),
    )


def _minutes(case: Case, scheme: Scheme, level: str, *codes: str) -> float | None:
    facts = EngineCase(kind=case.story.kind, channel=case.channel, travel_minutes=travel_minutes(case.site))
    for target in scheme.targets:
        duration = target.within.get(level)
        if target.code not in codes or duration is None or not target.condition.holds(facts):
            continue
        if isinstance(duration, Travel):
            duration = duration.for_case(facts)
        if isinstance(duration, Counted):
            return duration.us / MINUTE_US
    return None
