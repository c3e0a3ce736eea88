"""The read model of "does it work for you?": what was done and when, in public words, and what was answered.

Of the answer only what the customer's side gave comes back; who gave it does not.
"""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from django.utils.translation import gettext as _

from common import languages
from servicedesk import wording
from servicedesk.screens.portal.case import place_of, zone_of
from tickets import services
from tickets.models import Reply, SurveyAnswer, Ticket


@dataclass(frozen=True)
class Finished:
    """`answer` is None while nothing was answered; `said` is what the desk wrote with the end of the work."""

    reference: str
    title: str
    lang: str
    place: str
    heading: str
    said: str
    said_lang: str
    state: str
    is_asked: bool
    is_open_again: bool
    answer: dict[str, Any] | None
    answer_lang: str
    answered: str
    may_change: bool


def view(ticket: Ticket, now: datetime) -> Finished:
    question = services.survey_asked(services.read_logs([ticket])[ticket.pk])
    given = SurveyAnswer.objects.filter(asked=question.event).first() if question else None
    said = _said(ticket, question) if question else None
    zone = zone_of(ticket)
    return Finished(
        reference=ticket.reference,
        title=ticket.title,
        lang=ticket.language,
        place=place_of(ticket),
        heading=_heading(question, now, zone),
        said=said.body if said else "",
        said_lang=(said.language or languages.detect(said.body)) if said else "",
        state=ticket.state,
        is_asked=question is not None and not (question.is_over and given is None),
        is_open_again=question is not None and question.is_over,
        answer=_answer(given) if given else None,
        answer_lang=given.language if given else "",
        answered=wording.moment(given.answered_at, now, zone) if given else "",
        may_change=given is None or given.changed_at is None,
    )


def _heading(question: services.Asked | None, now: datetime, zone: tzinfo) -> str:
    if question is None:
        return _("We have not finished our work yet")
    if question.is_over:
        return _("The fault is open again")
    at, is_restored = question.event.occurred_at, question.event.type == "restored"
    words = {"time": wording.time_of_day(at, zone), "date": wording.date(at, zone)}
    if at.astimezone(zone).date() == now.astimezone(zone).date():
        text = (
            _("We restored service at %(time)s today") if is_restored else _("We finished our work at %(time)s today")
        )
    else:
        text = _("We restored service on %(date)s at %(time)s")
        text = text if is_restored else _("We finished our work on %(date)s at %(time)s")
    return text % words


def _said(ticket: Ticket, question: services.Asked) -> Reply | None:
    """What was said with an event stands in the log right after it."""
    if not question.event.data.get("has_message"):
        return None
    return Reply.objects.filter(ticket=ticket, event__seq=question.event.seq + 1).first()


def _answer(given: SurveyAnswer) -> dict[str, Any]:
    works = "yes" if given.works else "no"
    return {"works": works, "score": given.score, "better": given.better, "comment": given.comment}
