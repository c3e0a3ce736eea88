"""What an analysis of a contract's system speaks of: inspections, findings, faults and clocks of a period. Reads only.

A constant number of statements. The clocks are counted where the dashboard counts them, so that both say the same;
which inspections belong to the period `inspections.reports` says, and the findings are those of what was done in it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import User
from customers.models import Contract, Site
from inspections import history, reports
from inspections.checklists import in_language
from inspections.checklists import read as read_list
from inspections.history import Series
from inspections.models import Analysis, Answer, ChecklistVersion, Finding, Plan, Sheet
from inspections.reports import Line
from sla import attainment
from sla.attainment import Scope, Share
from tickets.kinds import Kind
from tickets.models import Ticket

UNKNOWN = ("", "unknown")


@dataclass(frozen=True)
class AnalysisFigures:
    """`faults`: by gravity of their level (0: none); `causes` and the targets of `shares` as codes."""

    lines: Sequence[Line]
    findings: Sequence[Finding]
    faults: dict[int, int]
    causes: Sequence[tuple[str, int]]
    shares: dict[str, Share]
    worse: Sequence[Series]

    @property
    def owed(self) -> int:
        return sum(line.is_owed for line in self.lines)

    @property
    def done(self) -> int:
        """Of what the period owes."""
        return sum(line.is_owed and line.stage in reports.DONE for line in self.lines)

    @property
    def besides(self) -> int:
        """What was done in the period and not owed by it."""
        return len(self.lines) - self.owed

    @property
    def kept(self) -> Share:
        return attainment.total(self.shares)


def zone_of(contract: Contract) -> tzinfo:
    """That of its first site: a contract has none of its own."""
    site = contract.sites.first() or Site.objects.filter(organisation=contract.organisation_id).first()
    return ZoneInfo(site.zone if site else settings.TIME_ZONE)


def read(row: Analysis, reader: User, now: datetime) -> AnalysisFigures:
    zone = zone_of(row.contract)
    start, end = _start(row.begins_on, zone), _start(row.ends_on + timedelta(days=1), zone)
    lines = _lines(row, now.astimezone(zone).date())
    faults = list(
        Ticket.objects.filter(contract=row.contract, kind=Kind.FAULT, received_at__gte=start, received_at__lt=end)
        .exclude(state="cancelled")
        .order_by()
        .values_list("severity", "cause")
    )
    causes = Counter(cause for _severity, cause in faults if cause not in UNKNOWN)
    return AnalysisFigures(
        lines=lines,
        findings=list(_findings(row, lines)),
        faults=dict(sorted(Counter(severity or 0 for severity, _cause in faults).items())),
        causes=sorted(causes.items(), key=lambda pair: (-pair[1], pair[0])),
        shares=attainment.tally(Scope(start, end, contract=row.contract_id), now).by_target(),
        worse=history.getting_worse(_series(row, reader)),
    )


def _lines(row: Analysis, today: date) -> list[Line]:
    begins, ends = row.begins_on, row.ends_on + timedelta(days=1)
    plans = list(row.contract.inspection_plans.select_related(*reports.PLACES))
    owed = reports.owed_between(plans, begins, ends, today=today)
    more = reports.done_without_plan([row.contract], begins, ends).get(row.contract.pk, ())
    return reports.in_order([*owed, *more])


def _findings(row: Analysis, lines: Sequence[Line]) -> QuerySet[Finding]:
    """Of what was done in the period and is signed."""
    ends = row.ends_on + timedelta(days=1)
    done = [line.ticket for line in lines if line.ticket and line.is_done_in(row.begins_on, ends)]
    return (
        Finding.objects.filter(sheet__inspection__ticket__in=done, sheet__inspection__sign_off__isnull=False)
        .select_related("ticket", "sheet__inspection__ticket__site", "sheet__version")
        .order_by("sheet__inspection__begun_at", "pk")
    )


def _series(row: Analysis, reader: User) -> list[Series]:
    rows = Answer.objects.filter(sheet__inspection__ticket__contract=row.contract)
    return history.of(reader, row.language, places=rows, until=row.ends_on)


def names_of(lines: Sequence[Line], language: str) -> list[str]:
    """Of each line the list by which it is walked, as the reader reads it; without a plan those by which it was, else
    what it is about. Two statements.
    """
    planned = {line.plan.checklist_id for line in lines if line.plan}
    rows = ChecklistVersion.objects.current().filter(checklist__in=planned)
    names = {row.checklist_id: _name(row, language) for row in rows}
    walked = _walked([line.ticket for line in lines if line.ticket and not line.plan], language)
    return [_of_plan(line.plan, names) if line.plan else _of_no_plan(line.ticket, walked) for line in lines]


def _of_plan(plan: Plan, names: Mapping[int, str]) -> str:
    return names.get(plan.checklist_id, str(plan.checklist))


def _of_no_plan(ticket: Ticket | None, walked: Mapping[int, Sequence[str]]) -> str:
    return " · ".join(walked.get(ticket.pk, ())) or ticket.title if ticket else ""


def _walked(tickets: Sequence[Ticket], language: str) -> dict[int, list[str]]:
    """By ticket, each name once."""
    sheets = Sheet.objects.filter(inspection__ticket__in=tickets).select_related("version", "inspection")
    found: dict[int, list[str]] = {}
    for sheet in sheets.order_by("position", "pk"):
        names, name = found.setdefault(sheet.inspection.ticket_id, []), _name(sheet.version, language)
        if name not in names:
            names.append(name)
    return found


def _name(version: ChecklistVersion, language: str) -> str:
    return in_language(read_list(version.document), language).name


def questions_of(findings: Sequence[Finding], language: str) -> dict[int, str]:
    """Of each finding what was checked, in the words of the reader where its list has them."""
    lists = {one.sheet.version_id: one.sheet.version for one in findings}
    asked = {pk: in_language(read_list(row.document), language).items for pk, row in lists.items()}
    texts = {(pk, item.code): item.text for pk, items in asked.items() for item in items}
    return {one.pk: texts.get((one.sheet.version_id, one.item), one.question) for one in findings}


def _start(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
