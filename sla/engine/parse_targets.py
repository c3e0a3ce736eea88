"""The targets and consequences of a scheme document."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from common.calendars import CALENDARS
from sla.engine import vocabulary
from sla.engine.document import Reader
from sla.engine.errors import SchemeError
from sla.engine.parse import AT_ONCE, by_level, iso_us
from sla.engine.terms import (
    Condition,
    Consequence,
    Counted,
    Duration,
    Months,
    Target,
    Travel,
    Until,
    WorkingDays,
    WorkingDaysBefore,
)

ALWAYS = "24x7"
WORKING_DAYS = "working-days"
_CODE = re.compile(r"[a-z][a-z0-9_]*")
_IN_DAYS = (WorkingDays, WorkingDaysBefore)


@dataclass(frozen=True)
class Frame:
    """What targets need to know of the scheme around them."""

    level_codes: tuple[str, ...]
    at_once_us: int
    warn_percent: int

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(self.level_codes)


def targets(reader: Reader, frame: Frame) -> tuple[Target, ...]:
    """All targets in the order of the document."""
    return tuple(_target(entry, frame) for entry in reader.tables("targets"))


def _target(reader: Reader, frame: Frame) -> Target:
    code = reader.text("code", longest=40)
    if not _CODE.fullmatch(code):
        raise reader.wrong("code", "small letters, digits and underscores are expected")
    within = _within(reader, frame)
    days = {level for level, duration in within.items() if isinstance(duration, _IN_DAYS)}
    target = Target(
        code=code,
        name=reader.text("name"),
        description=reader.text("description", ""),
        starts=reader.names("from", vocabulary.PEOPLE, required=True),
        stops=reader.names("to", vocabulary.PEOPLE, required=True),
        voids=reader.names("void_when", vocabulary.PEOPLE),
        within=within,
        starts_on=_calendars(reader, "starts_on", frame, dict.fromkeys(within, ALWAYS)),
        counts_on=_calendars(reader, "counts_on", frame, {c: WORKING_DAYS if c in days else ALWAYS for c in within}),
        condition=_condition(reader),
        warn_percent=reader.integer("warn_at_percent", 1, 99, frame.warn_percent),
        is_paused_by_waiting=reader.flag("paused_while_waiting", True),
        survives_closing=reader.flag("survives_closing", False),
        repeats=reader.flag("repeats", False),
        raises_level=reader.flag("missed_raises_level", False),
        reopens=reader.choice("starts_again_when_reopened", ("never", "always", "if_down"), "never"),
    )
    reader.finish()
    _check(reader, target)
    return target


def _check(reader: Reader, target: Target) -> None:
    for level, duration in target.within.items():
        in_days = isinstance(duration, _IN_DAYS)
        if in_days != (target.counts_on[level] == WORKING_DAYS):
            raise reader.wrong("counts_on", f"durations in working days, and only those, count on {WORKING_DAYS}")
        if isinstance(duration, Months) and target.counts_on[level] != ALWAYS:
            raise reader.wrong("counts_on", f"calendar months count on {ALWAYS}")
        if target.repeats and not (isinstance(duration, Counted) and duration.us > 0):
            raise reader.wrong("repeats", "only a target with a fixed time can repeat")
    if target.repeats and target.raises_level:
        raise reader.wrong("missed_raises_level", "a target that repeats cannot raise the level")


def _within(reader: Reader, frame: Frame) -> dict[str, Duration]:
    if reader.has("within") == reader.has("within_by_level"):
        raise reader.wrong("within", "either within (all levels) or within_by_level is expected")
    if reader.has("within"):
        return dict.fromkeys(frame.level_codes, _duration(reader, "within", reader.raw("within"), frame))
    given = by_level(reader, "within_by_level", frame.codes)
    table = reader.table("within_by_level")
    return {code: _duration(table, code, given[code], frame) for code in frame.level_codes if code in given}


def _duration(reader: Reader, name: str, value: object, frame: Frame) -> Duration:
    if value == AT_ONCE:
        return Counted(frame.at_once_us, is_at_once=True)
    if isinstance(value, str):
        return Counted(iso_us(reader, name, value))
    if not isinstance(value, Mapping):
        raise reader.wrong(name, 'a duration is expected: "PT4H", "at once" or a table such as { working_days = 2 }')
    table = Reader(value, reader.at(name))
    duration = _duration_table(table)
    table.finish()
    return duration


def _duration_table(table: Reader) -> Duration:
    if table.has("working_days"):
        return WorkingDays(table.integer("working_days", 1, 1000))
    if table.has("months"):
        return Months(table.integer("months", 1, 600))
    if table.has("until"):
        return Until(table.choice("until", vocabulary.INSTANT_FIELDS))
    if table.has("working_days_before"):
        days = table.integer("working_days_before", 1, 1000)
        return WorkingDaysBefore(days, table.choice("before", vocabulary.INSTANT_FIELDS))
    if table.has("travel_time_plus"):
        return _travel(table)
    raise SchemeError(
        table.path, "one of working_days, months, until, working_days_before, travel_time_plus is expected"
    )


def _travel(table: Reader) -> Travel:
    plus = iso_us(table, "travel_time_plus", table.raw("travel_time_plus"))
    if not table.has("local_site"):
        return Travel(plus)
    local = iso_us(table, "local_site", table.raw("local_site"))
    return Travel(plus, table.integer("local_site_up_to_minutes", 0, 100_000), local)


def _calendars(reader: Reader, name: str, frame: Frame, default: Mapping[str, str]) -> dict[str, str]:
    value = reader.raw(name)
    if value is None:
        return dict(default)
    if isinstance(value, str):
        given: Mapping[str, Any] = dict.fromkeys(default, value)
    else:
        given = by_level(reader, name, frame.codes)
    for code in given.values():
        if code not in CALENDARS:
            raise reader.wrong(name, f"{code!r} is not a calendar; known are {', '.join(CALENDARS)}")
    return {level: given.get(level, standard) for level, standard in default.items()}


def _condition(reader: Reader) -> Condition:
    table = reader.table("applies_when")
    condition = Condition(
        kinds=table.names("kind", vocabulary.KINDS) or vocabulary.USUAL_KINDS,
        channels=frozenset(table.texts("channel")),
        categories=frozenset(table.texts("category")),
        causes=frozenset(table.texts("cause")),
        in_warranty=table.flag("in_warranty", True) if table.has("in_warranty") else None,
    )
    table.finish()
    return condition


def consequences(reader: Reader, frame: Frame, target_codes: frozenset[str]) -> tuple[Consequence, ...]:
    """What the program writes by itself."""
    return tuple(_consequence(entry, frame, target_codes) for entry in reader.tables("consequences"))


def _consequence(reader: Reader, frame: Frame, target_codes: frozenset[str]) -> Consequence:
    event = reader.choice("write", sorted(vocabulary.CONSEQUENCES))
    cause = [name for name in ("when_missed", "when_used_up", "after") if reader.has(name)]
    if len(cause) != 1:
        raise reader.wrong("write", "exactly one of when_missed, when_used_up, after is expected")
    share = reader.table("when_used_up")
    found = Consequence(
        event=event,
        once=reader.choice("once", ("ticket", "round", "run")),
        missed=_target_code(reader, "when_missed", target_codes),
        share_of=_target_code(share, "target", target_codes) if cause == ["when_used_up"] else None,
        percent=share.integer("percent", 1, 99) if cause == ["when_used_up"] else 0,
        after=reader.choice("after", sorted(vocabulary.PEOPLE)) if cause == ["after"] else None,
        delay_us=iso_us(reader, "later", reader.raw("later")) if reader.has("later") else 0,
        levels=reader.names("levels", frame.codes),
        unless=reader.names("unless", vocabulary.PEOPLE),
        unless_local_loaner=reader.flag("unless_local_loaner", False),
        description=reader.text("description", ""),
    )
    share.finish()
    reader.finish()
    if found.once == "run" and found.after is not None:
        raise reader.wrong("once", "what follows an event is written once a ticket or once a round")
    return found


def _target_code(reader: Reader, name: str, known: frozenset[str]) -> str | None:
    if not reader.has(name):
        return None
    code = reader.text(name)
    if code not in known:
        raise reader.wrong(name, f"there is no target {code!r}")
    return code
