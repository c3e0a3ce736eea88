"""The signed link with which somebody without an account reads one system analysis. Makes and reads the token."""

from django.core import signing

from accounts.actors import Actor
from tickets.follow import LIFETIME

SALT = "inspections.analysis"
GRANTS = frozenset({"inspection.answer_analysis"})


def token(analysis_pk: int) -> str:
    return signing.dumps(analysis_pk, salt=SALT)


def read(text: str) -> int | None:
    """The analysis's primary key, or None for anything that we did not sign or that is too old."""
    try:
        pk = signing.loads(text, salt=SALT, max_age=LIFETIME)
    except signing.BadSignature:
        return None
    return pk if isinstance(pk, int) else None


def guest(analysis_pk: int) -> Actor:
    """Who holds the link: may answer this analysis, and nothing else."""
    return Actor(grants=GRANTS, reach=analysis_pk)
