"""What was filled in, as pages show it: names for codes, moments in the reader's zone, tables for lines. Text only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from common.instants import instant_or_none
from jobs.kinds import WORKS, Field, Is
from jobs.models import Acceptance, Step

SHOWN_AS_TEXT = frozenset({Is.TEXT, Is.LONG})


@dataclass(frozen=True)
class Cell:
    """`moment`, `day`: to be said by the page, in its language. `tone`: "bad" stands out."""

    text: str = ""
    moment: Any = None
    day: date | None = None
    label: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Shown:
    """A field with its value: one `cell`, or `heads` and `rows`."""

    label: str
    cell: Cell | None = None
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[Cell]] = ()
    is_internal: bool = False


def step_title(kind: str, code: str) -> str:
    """Of a line in a log; a step that no kind knows any more has no name."""
    step = WORKS[kind].step(code) if kind in WORKS else None
    return str(step.title) if step else code


def moved_days(data: Mapping[str, Any], prefix: str = "") -> tuple[date, date]:
    """First and last day that an event of a move names; `prefix` "from_": those before."""
    return date.fromisoformat(data[f"{prefix}begins_on"]), date.fromisoformat(data[f"{prefix}last_on"])


def shown(step: Step, names: Mapping[str, str], *, is_staff: bool) -> list[Shown]:
    """`names`: of people by address. A customer reads what is meant for him."""
    fields = [field for field in step.kind.fields if field.code in step.values and (is_staff or field.is_public)]
    return [_shown(field, step.values[field.code], names) for field in fields]


def _shown(field: Field, value: Any, names: Mapping[str, str]) -> Shown:
    is_internal = not field.is_public
    if field.kind != Is.LINES:
        return Shown(str(field.label), _cell(field, value, names), is_internal=is_internal)
    heads = [str(column.label) for column in field.columns]
    rows = [[_cell(column, line.get(column.code), names) for column in field.columns] for line in value]
    if field.differs is not None:
        heads.append(_("Difference"))
        rows = [[*row, _difference(field.differs, line)] for row, line in zip(rows, value, strict=True)]
    return Shown(str(field.label), heads=heads, rows=rows, is_internal=is_internal)


def _cell(field: Field, value: Any, names: Mapping[str, str]) -> Cell:
    label = str(field.label)
    if value is None:
        return Cell("–", label=label)
    if field.kind == Is.MOMENT:
        return Cell(moment=instant_or_none(value), label=label)
    if field.kind == Is.DAY:
        return Cell(day=date.fromisoformat(value), label=label)
    if field.kind == Is.CHOICE:
        tone = "bad" if value == "fail" else ""
        return Cell(str(dict(field.choices).get(value, value)), label=label, tone=tone)
    if field.kind in (Is.SENIORS, Is.UNITS):
        return Cell(", ".join(names.get(name, name) for name in value), label=label)
    return Cell(str(value), label=label)


def _difference(differs: tuple[str, str], line: Mapping[str, Any]) -> Cell:
    """Nothing where as much came as was ordered."""
    size = line.get(differs[1], 0) - line.get(differs[0], 0)
    text = f"+{size}" if size > 0 else f"\N{MINUS SIGN}{-size}" if size else "0"
    return Cell(text, label=_("Difference"), tone="bad" if size else "")


def who_signed(data: Mapping[str, Any], by: str) -> str:
    """Who signed an acceptance, how, and on whose device, for the log of the desk. `by`: whose account it was."""
    name, manner = str(data.get("name", "")), str(data.get("manner", ""))
    if manner not in Acceptance.Manner.values:
        return name  # written down before it was asked
    facts = {"name": name, "how": str(Acceptance.Manner(manner).label), "who": by}
    if data.get("device") != "ours":
        return _("%(name)s, %(how)s, in an account of the customer") % facts
    if manner == Acceptance.Manner.PAPER:
        return _("%(name)s, on paper; the paper was added by %(who)s") % facts
    return _("%(name)s, %(how)s, on the device of %(who)s") % facts
