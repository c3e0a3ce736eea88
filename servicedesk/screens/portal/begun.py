"""A message that a customer is writing: kept with its files until it is sent, for the person, or for a guest's browser.

A guest's is known to the session that began it, not to everybody who holds the link. Nobody else reads it.
"""

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest

from servicedesk.screens.portal.visits import Visit
from tickets import services
from tickets.models import ReportDraft
from tickets.services import KeptFile

SESSION_KEY, MOST = "message_drafts", 5


@dataclass(frozen=True)
class Begun:
    """What the page shows in its form. `id` is also what makes the message arrive once."""

    id: uuid.UUID
    body: str = ""
    files: list[KeptFile] = field(default_factory=list)
    swept: list[KeptFile] = field(default_factory=list)
    row: ReportDraft | None = None


def latest(request: HttpRequest, visit: Visit) -> Begun:
    """The one begun last on any device, or a fresh one, of which nothing is kept yet."""
    row = _own(request, visit).order_by("-updated_at").first()
    return of(row) if row else Begun(uuid.uuid4())


def find(request: HttpRequest, visit: Visit, id_: str) -> Begun:
    """The one a form names, if it is this person's and of this case."""
    wanted = _uuid(id_)
    row = _own(request, visit).filter(pk=wanted).first() if wanted else None
    return of(row) if row else Begun(wanted or uuid.uuid4())


def of(row: ReportDraft) -> Begun:
    files, swept = services.pending(row)
    return Begun(row.pk, str(row.answers.get("body", "")), files, swept, row)


def keep(
    request: HttpRequest, visit: Visit, begun: Begun, now: datetime, body: str | None = None
) -> ReportDraft | None:
    """None: the draft of that name is somebody else's."""
    if begun.row is None and is_taken(begun.id):
        return None
    answers = {"body": begun.body if body is None else body}
    row = services.keep_draft(
        draft=begun.id, token=begun.id, answers=answers, user=visit.viewer, now=now, ticket=visit.ticket
    )
    mine = request.session.get(SESSION_KEY, [])
    if visit.viewer is None and str(row.pk) not in mine:
        request.session[SESSION_KEY] = [*mine, str(row.pk)][-MOST:]
    return row


def is_taken(id_: uuid.UUID) -> bool:
    return ReportDraft.objects.filter(pk=id_).exists()


def has_files(id_: uuid.UUID, visit: Visit) -> bool:
    """Also of a session that is over: who sends its message is told that they stay behind."""
    return ReportDraft.objects.filter(pk=id_, ticket=visit.ticket, files__isnull=False).exists()


def _own(request: HttpRequest, visit: Visit) -> QuerySet[ReportDraft]:
    found = ReportDraft.objects.filter(ticket=visit.ticket, user=visit.viewer)
    return found if visit.viewer else found.filter(pk__in=request.session.get(SESSION_KEY, []))


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
