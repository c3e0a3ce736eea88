"""What follows from a check that failed: its finding, and the ticket that is raised from it exactly once.

A ticket is known by sheet and check, so that two phones, a repeated send or a crash in between make one. What cannot be
raised now loses no answer: the finding waits, and the next answer to its check tries again.
"""

import uuid
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.actors import SYSTEM, Actor
from common.errors import Refusal
from customers.kinds import Category
from inspections import facts, words
from inspections.checklists import Area, Given, Judgement, Outcome, Result, judge
from inspections.models import Answer, Finding, Inspection, Photo
from tickets import promises
from tickets import services as tickets
from tickets.kinds import Channel, Kind, LinkKind
from tickets.models import Ticket
from tickets.services import KeptFile
from tickets.services.intake import work_out

NAMESPACE = uuid.UUID("b5f7a5f0-8f0e-4b60-9a3c-2f1d0c7e9b11")
LONGEST_TITLE = 200
CATEGORIES = {Area.HARDWARE: Category.HARDWARE.value, Area.SOFTWARE: Category.SOFTWARE.value}


def settle(row: Inspection, check: facts.Check, answer: Answer, given: Given, *, by: Actor, now: datetime) -> str:
    """Brings the finding of a check in step with its answer, and raises the ticket that is asked for. Returns what
    could not be done, in words.
    """
    finding = Finding.objects.filter(sheet=answer.sheet_id, item=answer.item).first()
    if answer.result != Result.FAILED:
        if finding is not None and finding.ticket_id is None:
            finding.delete()
        return ""
    if finding is None:
        finding = Finding(sheet=check.sheet, item=check.item.code, noted_at=now, follows=check.follows)
    finding.question = question_of(check)
    finding.severity = check.severity
    finding.text = given.finding
    finding.outcome = Outcome.TICKET.value if finding.ticket_id else given.outcome.value
    finding.save()
    if finding.outcome != Outcome.TICKET or finding.ticket_id is not None:
        return ""
    try:
        raise_ticket(row, check, finding, given, by=by, now=now)
    except Refusal as refusal:
        return _("The ticket is not raised yet: %(why)s") % {"why": refusal.detail}
    return ""


def question_of(check: facts.Check) -> str:
    if check.follows is not None:
        return check.follows.question
    return f"{check.number}. {check.item.text}" if check.number else check.item.text


@transaction.atomic
def raise_ticket(
    row: Inspection, check: facts.Check, finding: Finding, given: Given, *, by: Actor, now: datetime
) -> Ticket:
    case = row.ticket
    promise = promise_of(case, check, at=now)
    intake = replace(
        _place(case, check),
        title=title_of(check, given),
        description=description_of(case, check, given),
        language="",
        level=given.level or suggested_level(promise, check.severity),
        channel=Channel.VISIT,
        assignee=by.user,
        form_token=uuid.uuid5(NAMESPACE, f"{check.sheet.pk}:{check.item.code}"),
    )
    raised = tickets.report(intake=intake, by=by, at=now, now=now)
    finding.ticket = raised
    finding.save(update_fields=["ticket"])
    tickets.link(ticket=raised, target=case, kind=LinkKind.RELATED, by=by, now=now)
    hand_on(raised, list(Photo.objects.filter(sheet=check.sheet, item=check.item.code)), by=by, now=now)
    return raised


def hand_on(ticket: Ticket, photos: list[Photo], *, by: Actor, now: datetime) -> None:
    """The photos of a finding, as files of its ticket: the same bytes, kept once."""
    files = [KeptFile(one.key, one.name, one.content_type, one.size, one.sha256, one.has_preview) for one in photos]
    tickets.keep(ticket=ticket, files=files, by=by, now=now)


def _place(case: Ticket, check: facts.Check) -> tickets.Intake:
    """Where it is and what it is about: what says which contract covers it, as of any report."""
    return tickets.Intake(
        title="",
        kind=Kind.FAULT,
        organisation=case.organisation,
        site=case.site,
        equipment=check.sheet.unit,
        category=CATEGORIES.get(check.area, ""),
    )


def promise_of(case: Ticket, check: facts.Check, *, at: datetime) -> promises.Promise:
    """What would be promised for a ticket of this check; the inspection itself may be owed under another contract."""
    return work_out(_place(case, check), by=SYSTEM, at=at)[-1]


def suggested_level(promise: promises.Promise, severity: int | None) -> str:
    """The level that is as grave as the check says, else the next lighter or graver one."""
    if severity is None or not promise.levels:
        return promise.default_level
    return min(promise.levels, key=lambda code: (abs(promise.levels[code] - severity), -promise.levels[code]))


def title_of(check: facts.Check, given: Given) -> str:
    said = words.reading_beside_limit(check.item, given, _judged(check, given))
    what = check.follows.question if check.follows else check.item.text
    return (f"{what}: {said}" if said else what)[:LONGEST_TITLE]


def description_of(case: Ticket, check: facts.Check, given: Given) -> str:
    """In the customer's language, but for what the engineer typed and what the list asks."""
    language = case.organisation.language if case.organisation else "en"
    with translation.override(language):
        lines = [
            given.finding,
            question_of(check),
            words.reading_beside_limit(check.item, given, _judged(check, given)),
            option_words(check, given),
            _("Found at inspection %(number)s.") % {"number": case.reference},
        ]
    return "\n".join(line for line in lines if line)


def option_words(check: facts.Check, given: Given) -> str:
    option = check.item.option(given.choice)
    return option.text if option else given.text


def _judged(check: facts.Check, given: Given) -> Judgement:
    return judge(check.item, given.with_photos(len(check.photos)), check.last)
