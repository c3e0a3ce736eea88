"""A scheme as the page draws it: promises by kind of work, what moves the clocks, what a miss sets off."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from servicedesk.screens.levels import Badge, badge
from sla import policy_text
from sla.engine import Scheme
from sla.engine.terms import Target
from sla.engine.vocabulary import USUAL_KINDS
from sla.policy_text import Cell
from tickets.kinds import REPORTED, Kind

# What the page is read for first; what else a scheme promises follows in its own order.
SECTIONS = (
    (_("When something is wrong"), USUAL_KINDS),
    (_("When you ask for a change"), frozenset({Kind.CHANGE.value})),
    (_("Inspections"), frozenset({Kind.INSPECTION.value})),
)


@dataclass(frozen=True)
class PromiseRow:
    """One target: its cells level by level, or one for all levels (`whole`) where they do not differ.

    `counting`: how the time is counted, where that is the same at every level.
    """

    target: Target
    when: str
    counting: str
    moves: str
    extras: Sequence[str]
    cells: Sequence[tuple[Badge, Cell]]
    whole: Cell | None


@dataclass(frozen=True)
class Section:
    title: str
    rows: Sequence[PromiseRow]
    levels: Sequence[Badge]


@dataclass(frozen=True)
class Document:
    """Everything on the policy page."""

    scheme: Scheme
    levels: Sequence[tuple[Badge, str]]
    sections: Sequence[Section]
    not_promised: str
    calendars: Sequence[str]
    raises: Sequence[str]
    consequences: Sequence[str]
    ladder: Sequence[tuple[Badge, str]]
    warning: str
    warranty: str
    a_year: Sequence[str]


def of(scheme: Scheme) -> Document:
    codes = [level.code for level in scheme.levels]
    badges = {level.code: badge(level.code, level.severity, level.name, codes) for level in scheme.levels}
    used = policy_text.calendars_used(scheme)
    return Document(
        scheme=scheme,
        levels=[(badges[level.code], level.description) for level in scheme.levels],
        sections=[section for section in (_section(scheme, badges, i) for i in range(len(SECTIONS))) if section.rows],
        not_promised=policy_text.not_promised(scheme, [kind.value for kind in REPORTED]),
        calendars=[str(policy_text.CALENDAR_MEANINGS.get(code, code)) for code in used],
        raises=policy_text.raises(scheme),
        consequences=[policy_text.consequence(consequence, scheme) for consequence in scheme.consequences],
        ladder=[(badges[step.level], policy_text.ladder_step(step)) for step in scheme.ladder],
        warning=policy_text.warning(scheme),
        warranty=policy_text.warranty(scheme),
        a_year=policy_text.a_year(scheme),
    )


def _section(scheme: Scheme, badges: dict[str, Badge], number: int) -> Section:
    title, kinds = SECTIONS[number]
    rows = [_row(target, badges) for target in scheme.targets if _belongs(target, kinds, number)]
    return Section(str(title), _rule_before_exception(rows), list(badges.values()))


def _rule_before_exception(rows: Sequence[PromiseRow]) -> list[PromiseRow]:
    """Promises of one code stand together, the one that holds without a condition first."""
    places: dict[str, int] = {}
    for row in rows:
        places.setdefault(row.target.code, len(places))
    return sorted(rows, key=lambda row: (places[row.target.code], bool(row.when)))


def _belongs(target: Target, kinds: frozenset[str], number: int) -> bool:
    """Each target once: under the first section that one of its kinds belongs to."""
    first = next((i for i, (_title, group) in enumerate(SECTIONS) if target.condition.kinds & group), 0)
    return first == number


def _row(target: Target, badges: dict[str, Badge]) -> PromiseRow:
    cells = [(mark, policy_text.cell(target, code)) for code, mark in badges.items()]
    distinct = {cell for _mark, cell in cells}
    countings = {cell.counting for cell in distinct if cell.words}
    usual = next((group for _title, group in SECTIONS if target.condition.kinds <= group), USUAL_KINDS)
    kinds = usual if target.condition.kinds <= usual and len(usual) == 1 else USUAL_KINDS
    return PromiseRow(
        target=target,
        when=policy_text.condition(target.condition, kinds),
        counting=countings.pop() if len(countings) == 1 else "",
        moves=policy_text.moves(target),
        extras=policy_text.extras(target),
        cells=cells,
        whole=distinct.pop() if len(distinct) == 1 else None,
    )
