"""The signed link with which somebody follows one ticket without a password. Pure: makes and reads the token.

It opens one ticket and expires; the address it belongs to is `portal_follow`, so mails can write
`reverse("portal_follow", args=[follow.token(ticket.pk)])`.
"""

from datetime import timedelta

from django.core import signing

from accounts.actors import Actor

SALT = "tickets.follow"
LIFETIME = timedelta(days=90)
GRANTS = frozenset({"ticket.reply", "ticket.attach", "ticket.judge", "ticket.close", "ticket.reopen", "ticket.consent"})


def token(ticket_pk: int) -> str:
    return signing.dumps(ticket_pk, salt=SALT)


def read(text: str) -> int | None:
    """The ticket's primary key, or None for anything that we did not sign or that is too old."""
    try:
        pk = signing.loads(text, salt=SALT, max_age=LIFETIME)
    except signing.BadSignature:
        return None
    return pk if isinstance(pk, int) else None


def guest(ticket_pk: int) -> Actor:
    """Who holds the link: may answer and judge, on this ticket only."""
    return Actor(grants=GRANTS, reach=ticket_pk)
