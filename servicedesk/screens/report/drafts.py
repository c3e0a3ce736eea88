"""The answers between the steps: a row for each draft, and whose it is. What somebody typed never travels through an
address.

Signed in, a draft is the person's own on every device; a guest's belongs to the session that began it. The form token
is made here and never comes from the browser, so that a known address opens nobody else's report.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from servicedesk.screens import unsent
from tickets import services
from tickets.models import ReportDraft, Ticket
from tickets.services import KeptFile

SESSION_KEY, CONTACT_KEY = "report_drafts", "report_contact"
MOST_DRAFTS = 5
NOT_LISTED = "none"
OUTSIDE = ("id", "token", "files", "swept", "row", "began")  # not among the answers
CONTACT = ("name", "email", "organisation", "phone")


@dataclass(frozen=True)
class Draft:
    """`unit` is a primary key, NOT_LISTED, or empty while nothing is chosen; a guest only has `thing` and `place`.

    `added_to`: the number of the open fault it was added to instead of becoming a ticket of its own.
    """

    id: str
    token: str
    unit: str = ""
    site: str = ""
    thing: str = ""
    place: str = ""
    level: str = ""
    description: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    organisation: str = ""
    access: str = ""
    warning: str = ""
    added_to: int = 0
    files: list[KeptFile] = field(default_factory=list)
    swept: list[KeptFile] = field(default_factory=list)  # waited too long for the sending
    row: ReportDraft | None = None
    began: datetime | None = None

    def updated(self, answers: Mapping[str, Any]) -> "Draft":
        known = {name: value for name, value in answers.items() if name in self.__dataclass_fields__}
        return replace(self, **known)

    @property
    def answers(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__ if name not in OUTSIDE}


def load(request: HttpRequest, draft_id: str) -> Draft | None:
    """With what was sent to this page when the session was over; a guest's report becomes his who has signed in."""
    row = ReportDraft.objects.filter(pk=draft_id, ticket=None).first()
    if row is None or not _is_own(request, row):
        return None
    draft, typed = _draft(row), unsent.take(request)
    if typed or (row.user_id is None and _user(request) is not None):
        draft = draft.updated({name: texts[-1] for name, texts in typed.items() if texts})
        return save(request, draft, timezone.now())
    return draft


def has_owner(draft_id: uuid.UUID) -> bool:
    """Somebody with an account began it."""
    return ReportDraft.objects.filter(pk=draft_id, ticket=None, user__isnull=False).exists()


def begin(request: HttpRequest, draft_id: str) -> Draft:
    """With the address the page has already, unless somebody else's report lies there."""
    is_taken = ReportDraft.objects.filter(pk=draft_id).exists()
    draft = Draft(id=str(uuid.uuid4()) if is_taken else draft_id, token=str(uuid.uuid4()))
    return draft.updated(_known_contact(request.session)) if _user(request) is None else draft


def save(request: HttpRequest, draft: Draft, now: datetime) -> Draft:
    """The session remembers the last few only: it is no archive."""
    row = services.keep_draft(
        draft=uuid.UUID(draft.id), token=uuid.UUID(draft.token), answers=draft.answers, user=_user(request), now=now
    )
    mine = request.session.get(SESSION_KEY, [])
    if row.user_id is None and draft.id not in mine:
        request.session[SESSION_KEY] = [*mine, draft.id][-MOST_DRAFTS:]
    return replace(draft, row=row)


def remember_contact(session: SessionBase, draft: Draft) -> None:
    """So that a guest who reports again in this browser is not asked twice."""
    session[CONTACT_KEY] = {name: getattr(draft, name) for name in CONTACT}


def unfinished(request: HttpRequest) -> Draft | None:
    """The latest report of this person, or of this browser, that was begun and not sent."""
    user = _user(request)
    own = Q(user=None, pk__in=request.session.get(SESSION_KEY, []))
    if user is not None:
        own |= Q(user=user)  # what he began as a guest of this browser is his now
    row = ReportDraft.objects.filter(own, ticket=None).order_by("-updated_at").first()
    if row is None or row.answers.get("added_to") or Ticket.objects.filter(form_token=row.token).exists():
        return None
    draft = _draft(row)
    if not (draft.description.strip() or draft.level or draft.thing or draft.files):
        return None
    return save(request, draft, timezone.now()) if user is not None and row.user_id is None else draft


def discard(request: HttpRequest, draft_id: str) -> None:
    row = ReportDraft.objects.filter(pk=draft_id, ticket=None).first()
    if row is not None and _is_own(request, row):
        services.drop_draft(draft=row)


def _draft(row: ReportDraft) -> Draft:
    known = {name: value for name, value in row.answers.items() if name in Draft.__dataclass_fields__}
    files, swept = services.pending(row)
    return Draft(**known, id=str(row.pk), token=str(row.token), files=files, swept=swept, row=row, began=row.created_at)


def _is_own(request: HttpRequest, row: ReportDraft) -> bool:
    user = _user(request)
    if row.user_id is not None:
        return user is not None and user.pk == row.user_id
    return str(row.pk) in request.session.get(SESSION_KEY, [])


def _user(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _known_contact(session: SessionBase) -> dict[str, str]:
    known = session.get(CONTACT_KEY, {})
    return {name: str(known[name]) for name in CONTACT if known.get(name)}
