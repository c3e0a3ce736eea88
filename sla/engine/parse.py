"""From a scheme document to the words of a scheme. All checks of a document live here and in `parse_targets`."""

from collections.abc import Mapping
from typing import Any

from common.durations import parse_iso
from common.epoch import span_us
from sla.engine import vocabulary
from sla.engine.document import Reader
from sla.engine.errors import SchemeError
from sla.engine.terms import LadderStep, Level, PolicyText, Warranty

AT_ONCE = "at once"


def iso_us(reader: Reader, name: str, value: object, minimum: int = 0) -> int:
    """An ISO 8601 duration in microseconds."""
    if not isinstance(value, str):
        raise reader.wrong(name, 'a duration such as "PT4H" is expected')
    try:
        us = span_us(parse_iso(value))
    except (ValueError, OverflowError) as error:
        raise reader.wrong(name, str(error)) from error
    if us < minimum:
        raise reader.wrong(name, "must be longer than nothing")
    return us


def levels(reader: Reader) -> tuple[Level, ...]:
    """The levels, gravest first; codes and severities are unique."""
    found = [_level(entry) for entry in reader.tables("levels")]
    if not found:
        raise reader.wrong("levels", "a scheme needs at least one level")
    for what in ("code", "severity"):
        seen: set[object] = set()
        for i, level in enumerate(found):
            value = getattr(level, what)
            if value in seen:
                raise SchemeError(f"levels[{i}].{what}", f"{value!r} is given to two levels")
            seen.add(value)
    return tuple(sorted(found, key=lambda level: level.severity))


def _level(reader: Reader) -> Level:
    level = Level(
        code=reader.text("code", longest=20),
        severity=reader.integer("severity", 1, 1000),
        name=reader.text("name"),
        description=reader.text("description", ""),
    )
    reader.finish()
    return level


def default_level(reader: Reader, found: tuple[Level, ...]) -> Level:
    """The named one, else the lightest."""
    if not reader.has("default_level"):
        return found[-1]
    code = reader.text("default_level")
    for level in found:
        if level.code == code:
            return level
    raise reader.wrong("default_level", f"there is no level {code!r}")


def ladder(reader: Reader, codes: frozenset[str]) -> tuple[LadderStep, ...]:
    """Whom a warning or a miss calls, by level."""
    return tuple(_ladder_step(entry, codes) for entry in reader.tables("ladder"))


def _ladder_step(reader: Reader, codes: frozenset[str]) -> LadderStep:
    level = reader.text("level")
    if level not in codes:
        raise reader.wrong("level", f"there is no level {level!r}")
    handling = reader.raw("handling_time")
    step = LadderStep(
        level=level,
        calls=reader.texts("calls"),
        handling_us=None if handling is None else iso_us(reader, "handling_time", handling, minimum=1),
    )
    reader.finish()
    return step


def warranty(reader: Reader) -> Warranty:
    """The warranty as it stands in the contract."""
    table = reader.table("warranty")
    months = table.integer("months", 1, 1200) if table.has("months") else None
    found = Warranty(months=months, counts_from=table.text("from", ""), description=table.text("description", ""))
    table.finish()
    return found


def a_year(reader: Reader) -> Mapping[str, int]:
    """How much planned work of each kind is promised a year, at least."""
    table = reader.table("a_year")
    found = {kind: table.integer(kind, 1, 366) for kind in vocabulary.YEARLY if table.has(kind)}
    table.finish()
    return found


def policy_text(reader: Reader) -> PolicyText:
    """What customers read."""
    return PolicyText(
        summary=reader.text("summary", ""),
        description=reader.text("description", ""),
        flow=reader.texts("flow"),
        promises=reader.texts("promises"),
        exclusions=reader.texts("exclusions"),
    )


def by_level(reader: Reader, name: str, codes: frozenset[str]) -> Mapping[str, Any]:
    """A table whose entries are levels of this scheme."""
    table = reader.table(name)
    for code in table.data:
        if code not in codes:
            raise table.wrong(str(code), "there is no such level")
    return table.data
