"""What the composer shows: the person's drafts, what he typed and got back, replies that wait, who else is writing.

Two statements whatever there is, three where something newer stopped a reply. Reads only.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policies import may
from servicedesk.screens.ticket_case import Case
from servicedesk.screens.writing import saved_texts
from tickets import lifecycle, services
from tickets.models import Draft, Reply, TicketEvent, WaitingReply
from tickets.policies import TABLE


@dataclass
class Typed:
    """What was in the composer when it came back. `newer`: what was said meanwhile and stopped it once; `visit_at`: the
    time of a visit that cannot be, and `visit_error` why.
    """

    kind: str = "reply"
    text: str = ""
    error: str = ""
    newer: Sequence[Reply] = ()
    visit_at: str = ""
    visit_error: str = ""


@dataclass
class Composer:
    kind: str
    text: str = ""
    error: str = ""
    newer: Sequence[Reply] = ()
    visit_at: str = ""
    visit_error: str = ""
    saved: str = ""
    saved_at: str = ""
    notice: str = ""
    back: str = ""
    files: Sequence[dict[str, Any]] = ()
    other: Draft | None = None
    drafting: Sequence[str] = ()
    waiting: Sequence["Waiting"] = ()
    thens: Sequence[tuple[str, str]] = ()
    token: uuid.UUID = field(default_factory=uuid.uuid4)


def of(case: Case, typed: Typed | None, asked: str, saved_reply: str = "") -> Composer:
    """`asked`: the tab that the address asks for, `saved_reply`: the text it puts in.

    What was typed just now wins over what was saved before.
    """
    drafts = list(Draft.objects.filter(ticket=case.ticket).select_related("person").order_by("-saved_at"))
    mine = {draft.kind: draft for draft in drafts if draft.person_id == case.user.pk}
    kind = typed.kind if typed else asked if asked in Draft.Kind.values else next(iter(mine), "reply")
    draft, other = mine.get(kind), mine.get("note" if kind == "reply" else "reply")
    composer = Composer(kind, other=other, drafting=_drafting(case, drafts), waiting=waiting(case), thens=_thens(case))
    composer.back = "".join(one.back for one in mine.values())
    if draft is not None:
        composer.text, composer.notice, composer.files = draft.text, draft.notice, draft.files
        composer.saved, composer.saved_at = saved_words(draft.saved_at), draft.saved_at.isoformat()
        composer.newer = said(services.said_since(case.log, draft.seen_seq, case.actor))
    if typed is not None:
        composer.text, composer.error, composer.newer = typed.text, typed.error, typed.newer or composer.newer
        composer.visit_at, composer.visit_error = typed.visit_at, typed.visit_error
    elif saved_reply:
        composer.text = "\n\n".join(filter(None, [composer.text, saved_texts.text_for(case, saved_reply)]))
    return composer


def said(events: Sequence[TicketEvent]) -> Sequence[Reply]:
    return list(Reply.objects.filter(event__in=events).select_related("author")) if events else ()


def saved_words(at: datetime) -> str:
    return _("Draft saved %(time)s") % {"time": f"{timezone.localtime(at):%H:%M}"}


def _drafting(case: Case, drafts: Sequence[Draft]) -> list[str]:
    """That somebody writes, not what."""
    others = [draft for draft in drafts if draft.person_id != case.user.pk and draft.body]
    patterns = {"reply": _("%(name)s is drafting a reply"), "note": _("%(name)s is drafting a note")}
    return [patterns[draft.kind] % {"name": draft.person} for draft in others]


@dataclass(frozen=True)
class Waiting:
    """A reply that has not left, for one reader. `delay`: seconds until it is worth asking again."""

    row: WaitingReply
    is_mine: bool
    delay: int

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)


def waiting(case: Case) -> list[Waiting]:
    return [waits(row, case) for row in case.waiting]


def waits(row: WaitingReply, case: Case) -> Waiting:
    left = (row.leaves_at - case.now).total_seconds()
    return Waiting(row, row.author_id == case.user.pk, max(1, ceil(left)))


def _thens(case: Case) -> list[tuple[str, str]]:
    """What can be recorded in the same press as a reply."""
    words = {"waiting": _("Send and wait for the customer"), "resolved": _("Send and mark resolved")}
    if not may(case.actor, "ticket.work", TABLE):
        return []
    return [(code, words[code]) for code in services.THEN if lifecycle.refusal(case.status, code) is None]
