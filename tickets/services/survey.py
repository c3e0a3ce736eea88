"""The customer's answer to "does it work for you?", with a score and words if he likes: one transaction.

"No" opens the case again at once; "yes" closes what is resolved, and stands for what is only restored until then. The
first answer counts, later ones add to it; what was answered may be changed once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.policies import require
from common.errors import Illegal, Invalid
from tickets import lifecycle
from tickets.models import Better, SurveyAnswer, Ticket, TicketEvent
from tickets.policies import TABLE
from tickets.services import happenings, log, rows

ASKING = frozenset({"restored", "resolved", "change_delivered"})
UNDOING = frozenset({"reopened", "not_satisfied"})
LONGEST_COMMENT = 2000


@dataclass(frozen=True)
class Answer:
    """What was pressed and typed. None and empty say nothing: they take back nothing that was said before."""

    works: bool
    score: int | None = None
    better: tuple[str, ...] = ()
    comment: str = ""
    language: str = ""


@dataclass(frozen=True)
class Asked:
    """The event that asked last, and whether the case was opened again since."""

    event: TicketEvent
    is_over: bool


def asked(history: Sequence[TicketEvent]) -> Asked | None:
    """The round that is being answered: it begins with the first word that the work is done."""
    event, is_over = None, False
    for entry in lifecycle.in_force(history):
        if entry.type in ASKING and (event is None or is_over):
            event, is_over = entry, False
        elif entry.type in UNDOING:
            is_over = event is not None
    return Asked(event, is_over) if event else None


@transaction.atomic
def answer_survey(*, ticket: Ticket, answer: Answer, by: Actor, now: datetime) -> SurveyAnswer:
    """Raises Illegal when nothing was asked, the case is open again, or the answer was changed already."""
    row = rows.lock(ticket.pk, by=by)
    require(by, "ticket.judge", TABLE)
    _check(answer)
    history = log.read([row])[row.pk]
    question = asked(history)
    if question is None:
        raise Illegal(_("We have not finished our work yet. We ask you when we have."))
    given = SurveyAnswer.objects.filter(asked=question.event).first()
    if question.is_over and (answer.works or given is None):
        raise Illegal(_("The case is open again. We ask you when we have finished."))
    kept = _keep(row, question.event, given, answer, by, now)
    if kept is None:
        assert given is not None
        return given
    entry = log.Entry("survey_answered", now, _facts(kept))
    log.append(ticket=row, entries=[entry], log=history, by=by, now=now)
    _act(row, answer.works, log.status(row, history), by, now)
    return kept


def _check(answer: Answer) -> None:
    if answer.score is not None and answer.score not in range(1, 6):
        raise Invalid.field("score", _("Choose a score from 1 to 5."))
    if set(answer.better) - set(Better.values):
        raise Invalid.field("better", _("Choose from the list."))
    if len(answer.comment) > LONGEST_COMMENT:
        raise Invalid.field("comment", _("Shorten the text to %(most)d characters.") % {"most": LONGEST_COMMENT})


def _keep(
    row: Ticket, event: TicketEvent, given: SurveyAnswer | None, answer: Answer, by: Actor, now: datetime
) -> SurveyAnswer | None:
    """None: nothing new was said, and what was said is done."""
    said = {
        "works": answer.works,
        "score": answer.score,
        "better": sorted(answer.better),
        "comment": answer.comment.strip(),
    }
    said = {name: value for name, value in said.items() if value or name == "works"}
    language = {"language": answer.language} if said.get("comment") else {}
    if given is None:
        return SurveyAnswer.objects.create(ticket=row, asked=event, user=by.user, answered_at=now, **said, **language)
    fresh = {name: value for name, value in said.items() if getattr(given, name) != value}
    is_waiting = answer.works and row.state == "resolved"  # "yes" to what was only restored then closes it now
    if not fresh and not is_waiting:
        return None
    if any(name == "works" or getattr(given, name) for name in fresh):
        if given.changed_at is not None:
            raise Illegal(_("You have changed your answer once already. Write us a message instead."))
        given.changed_at = now
    for name, value in {**fresh, **language}.items():
        setattr(given, name, value)
    given.save()
    return given


def _facts(kept: SurveyAnswer) -> dict[str, object]:
    return {"works": kept.works, "score": kept.score, "better": kept.better, "comment": kept.comment}


def _act(row: Ticket, works: bool, status: lifecycle.Status, by: Actor, now: datetime) -> None:
    """What the answer does to the case; nothing where that is done already."""
    kinds: tuple[str, ...] = ()
    if works and status.state == "resolved":
        kinds = ("satisfied", "closed")
    elif not works and status.is_finished and not status.is_over:
        kinds = ("not_satisfied",)
    elif not works and (status.is_restored or status.state == "closed"):
        kinds = ("reopened",)
    for kind in kinds:
        happenings.record(ticket=row, type=kind, by=by, at=now, now=now)
