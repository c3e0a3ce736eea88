"""Who looks at which case: signed in, by the link that follows it, or by the one that asks whether it works.

A link is the right to one case and expires; wrong ones are counted, so that nobody guesses for long.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import User
from common import limits
from servicedesk.screens import errors
from servicedesk.screens.clients import address_of
from tickets import follow
from tickets.models import Ticket

GUESSES = "20/h"  # wrong links from one address


@dataclass(frozen=True)
class Visit:
    """Who looks at which case, and where its page is."""

    ticket: Ticket
    by: Actor
    address: str
    token: str = ""

    @property
    def survey_address(self) -> str:
        if self.token:
            return reverse("portal_follow_survey", args=[self.token])
        return reverse("portal_survey", args=[self.ticket.number])

    @property
    def report_address(self) -> str:
        if self.token:
            return reverse("portal_follow_report", args=[self.token])
        return reverse("portal_report", args=[self.ticket.number])

    @property
    def viewer(self) -> User | None:
        return self.by.user

    @property
    def live(self) -> dict[str, str]:
        """Where its page hears of news: the stream, and what is asked without one."""
        if self.token:
            return {"feed": f"/events/follow/{self.token}/", "poll": reverse("live_followed", args=[self.token])}
        number = self.ticket.number
        return {"feed": f"/events/portal/{number}/", "poll": reverse("live_case", args=[number])}

    def upload_address(self, draft: uuid.UUID) -> str:
        if self.token:
            return reverse("portal_follow_message", args=[self.token, draft])
        return reverse("portal_message", args=[self.ticket.number, draft])

    def file_address(self, key: uuid.UUID) -> str:
        if self.token:
            return reverse("portal_follow_file", args=[self.token, key])
        return reverse("attachment", args=[key])


def signed_in(user: User, number: int) -> Visit:
    row = get_object_or_404(_tickets().visible_to(user), number=number)
    return Visit(row, Actor(user=user), reverse("portal_ticket", args=[number]))


def guest(token: str) -> Visit | None:
    pk = follow.read(token)
    row = _tickets().filter(pk=pk).first() if pk is not None else None
    return Visit(row, follow.guest(row.pk), reverse("portal_follow", args=[token]), token) if row else None


def wrong_link(request: HttpRequest) -> HttpResponse:
    wait = limits.seconds_to_wait("follow", address_of(request), GUESSES, timezone.now())
    if wait:
        return errors.too_many_requests(request, wait)
    raise Http404("No such link")


def asked(token: str) -> Visit | None:
    """By the mail's question. Whoever has an account answers in his own name, while he may still see the case."""
    found = follow.read_survey(token)
    row = _tickets().filter(pk=found.ticket_pk).first() if found else None
    if found is None or row is None:
        return None
    if not found.user_pk:
        return Visit(row, follow.judge(row.pk), "")
    user = User.objects.filter(pk=found.user_pk, is_active=True).first()
    if user is None or not Ticket.objects.visible_to(user).filter(pk=row.pk).exists():
        return None
    return Visit(row, Actor(user=user), "")


def _tickets() -> Any:
    return Ticket.objects.select_related(
        "organisation", "site", "equipment__product", "reporter", "assignee", "merged_into"
    )
