"""What an analysis of a contract's system speaks of: inspections, findings, faults and clocks of a period. Reads only.

A constant number of statements. The clocks are counted where the dashboard counts them, so that both say the same.
"""

from collections import Counter
from collections.abc import Sequence
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
from inspections.models import Analysis, Answer, ChecklistVersion, Finding
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
    def done(self) -> int:
        return sum(line.stage in (reports.Stage.DONE, reports.Stage.ACCEPTED) for line in self.lines)

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
    plans = list(row.contract.inspection_plans.select_related(*reports.PLACES))
    faults = list(
        Ticket.objects.filter(contract=row.contract, kind=Kind.FAULT, received_at__gte=start, received_at__lt=end)
        .exclude(state="cancelled")
        .order_by()
        .values_list("severity", "cause")
    )
    causes = Counter(cause for _severity, cause in faults if cause not in UNKNOWN)
    return AnalysisFigures(
        lines=reports.owed_between(
            plans, row.begins_on, row.ends_on + timedelta(days=1), today=now.astimezone(zone).date()
        ),
        findings=list(_findings(row.contract, start, end)),
        faults=dict(sorted(Counter(severity or 0 for severity, _cause in faults).items())),
        causes=sorted(causes.items(), key=lambda pair: (-pair[1], pair[0])),
        shares=attainment.tally(Scope(start, end, contract=row.contract_id), now).by_target(),
        worse=history.getting_worse(_series(row, reader)),
    )


def _findings(contract: Contract, start: datetime, end: datetime) -> QuerySet[Finding]:
    return (
        Finding.objects.filter(
            sheet__inspection__ticket__contract=contract,
            sheet__inspection__sign_off__isnull=False,
            sheet__inspection__begun_at__gte=start,
            sheet__inspection__begun_at__lt=end,
        )
        .select_related("ticket", "sheet__inspection__ticket__site", "sheet__version")
        .order_by("sheet__inspection__begun_at", "pk")
    )


def _series(row: Analysis, reader: User) -> list[Series]:
    rows = Answer.objects.filter(sheet__inspection__ticket__contract=row.contract)
    return history.of(reader, row.language, places=rows, until=row.ends_on)


def names_of(lines: Sequence[Line], language: str) -> dict[int, str]:
    """Of each list that is walked by its plans its name, as the reader reads it; one statement."""
    rows = ChecklistVersion.objects.current().filter(checklist__in={line.plan.checklist_id for line in lines})
    return {row.checklist_id: in_language(read_list(row.document), language).name for row in rows}


def questions_of(findings: Sequence[Finding], language: str) -> dict[int, str]:
    """Of each finding what was checked, in the words of the reader where its list has them."""
    lists = {one.sheet.version_id: one.sheet.version for one in findings}
    asked = {pk: in_language(read_list(row.document), language).items for pk, row in lists.items()}
    texts = {(pk, item.code): item.text for pk, items in asked.items() for item in items}
    return {one.pk: texts.get((one.sheet.version_id, one.item), one.question) for one in findings}


def _start(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
