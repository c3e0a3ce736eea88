"""The report of a signed visit: begun from its words, made, sent once, answered by the customer.

One lock order: the inspection, its report, then the ticket.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.policies import require
from common.errors import Illegal, NotVisible
from inspections.models import Inspection, Report
from inspections.policies import TABLE
from inspections.services import editions
from inspections.services.editions import Made
from tickets import services as tickets

ACTION = "inspection.report"


@transaction.atomic
def begin_report(*, inspection: Inspection, by: Actor) -> Report:
    """The edition in hand, else the next one: of the first the words of the visit, later those of the one before.

    Raises Forbidden, and Illegal before the visit is signed.
    """
    row = _hold(inspection, by)
    last = row.reports.first()
    if last is not None and last.sent_at is None:
        return last
    if last is not None:
        words = {name: getattr(last, name) for name in (*editions.WORDS, "language")}
        return Report.objects.create(inspection=row, number=last.number + 1, **words)
    customer = row.ticket.organisation
    return Report.objects.create(
        inspection=row,
        language=_language(customer.language if customer else "en"),
        summary="\n".join(text for text in (row.summary, row.advice) if text),
    )


def _language(wanted: str) -> str:
    return wanted if wanted in editions.LANGUAGES else "en"


def _hold(inspection: Inspection, by: Actor) -> Inspection:
    require(by, ACTION, TABLE)
    rows = Inspection.objects.visible_to(by.user) if by.user else Inspection.objects.all()
    row = rows.select_related("ticket__organisation").select_for_update(of=("self",)).filter(pk=inspection.pk).first()
    if row is None:
        raise NotVisible(_("There is no such inspection."))
    if not Inspection.objects.finished().filter(pk=row.pk).exists():
        raise Illegal(_("The visit is not signed yet. Its report follows it."))
    return row


def _lock(report: Report) -> Report:
    rows = Report.objects.select_for_update(of=("self",)).select_related("inspection__ticket")
    return rows.get(pk=report.pk)


@transaction.atomic
def write_report(*, report: Report, words: Mapping[str, str], by: Actor, language: str = "") -> Report:
    """Raises Forbidden, Invalid, and Illegal once it is sent."""
    _hold(report.inspection, by)
    return editions.write(_lock(report), words, language)


@transaction.atomic
def ask_report(*, report: Report, by: Actor, now: datetime) -> Report:
    """Has it made soon, by a worker. Raises Forbidden, Illegal."""
    _hold(report.inspection, by)
    return editions.ask(_lock(report), by=by, now=now)


@transaction.atomic
def keep_report(*, report: Report, made: Made, by: Actor, now: datetime) -> Report:
    """The file as it was set. Raises Forbidden, Illegal, Unavailable."""
    _hold(report.inspection, by)
    return editions.keep(_lock(report), made, by=by, now=now)


@transaction.atomic
def send_report(*, report: Report, by: Actor, now: datetime) -> Report:
    """Sending twice is sending once. Raises Forbidden, Illegal."""
    _hold(report.inspection, by)
    row = _lock(report)
    if row.sent_at is not None:
        return row
    editions.mark_sent(row, by=by, now=now)
    tickets.hand_report(ticket=row.inspection.ticket, edition=row.number, by=by, now=now)
    return row


@transaction.atomic
def answer_report(*, report: Report, by: Actor, now: datetime, comment: str = "") -> Report:
    """Read and agreed, or with a comment: what there is to say. The same twice is once. Raises Forbidden, Illegal."""
    require(by, "inspection.answer_report", TABLE)
    row = _lock(report)
    if not _is_read_by(by, row):
        raise NotVisible(_("There is no such report."))
    if editions.answer(row, comment, by=by, now=now):
        ticket = row.inspection.ticket
        tickets.answer_report(ticket=ticket, edition=row.number, comment=comment.strip(), by=by, now=now)
    return row


def _is_read_by(by: Actor, row: Report) -> bool:
    """A guest's link opens the reports that were sent of its own case."""
    if by.user is None:
        return row.sent_at is not None and by.reach == row.inspection.ticket_id
    return Report.objects.visible_to(by.user).filter(pk=row.pk).exists()
