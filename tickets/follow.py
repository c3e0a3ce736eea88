"""The signed link with which somebody follows one ticket without a password. Pure: makes and reads the token.

It opens one ticket and expires; the address it belongs to is `portal_follow`, so mails can write
`reverse("portal_follow", args=[follow.token(ticket.pk)])`.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing

from accounts.actors import Actor

SALT = "tickets.follow"
LIFETIME = timedelta(days=90)
SURVEY_SALT = "tickets.survey"
JUDGES = frozenset({"ticket.judge", "ticket.close", "ticket.reopen"})
GRANTS = frozenset({"ticket.reply", "ticket.attach", "ticket.judge", "ticket.close", "ticket.reopen", "ticket.consent"})


def token(pk: int, *, salt: str = SALT) -> str:
    """Of a ticket; with a salt of its own, of another kind of thing."""
    return signing.dumps(pk, salt=salt)


def read(text: str, *, salt: str = SALT) -> int | None:
    """The primary key, or None for anything that we did not sign under that salt or that is too old."""
    try:
        pk = signing.loads(text, salt=salt, max_age=LIFETIME)
    except signing.BadSignature:
        return None
    return pk if isinstance(pk, int) else None


def guest(ticket_pk: int) -> Actor:
    """Who holds the link: may answer and judge, on this ticket only."""
    return Actor(grants=GRANTS, reach=ticket_pk)


@dataclass(frozen=True)
class Asked:
    """Whom a mail asked whether it works, about which ticket; `user_pk` 0: somebody without an account."""

    ticket_pk: int
    user_pk: int


def survey_token(ticket_pk: int, user_pk: int = 0) -> str:
    """For the mail that asks "does it work for you?": it answers that, and opens nothing."""
    return signing.dumps([ticket_pk, user_pk], salt=SURVEY_SALT)


def read_survey(text: str) -> Asked | None:
    try:
        ticket_pk, user_pk = signing.loads(text, salt=SURVEY_SALT, max_age=LIFETIME)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return Asked(ticket_pk, user_pk)


def judge(ticket_pk: int) -> Actor:
    """Who was asked by mail and has no account: may judge this ticket, and neither read nor write more."""
    return Actor(grants=JUDGES, reach=ticket_pk)
