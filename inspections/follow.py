"""The signed link with which somebody without an account reads one system analysis. Makes and reads the token."""

from accounts.actors import Actor
from tickets import follow

SALT = "inspections.analysis"
GRANTS = frozenset({"inspection.answer_analysis"})


def token(analysis_pk: int) -> str:
    return follow.token(analysis_pk, salt=SALT)


def read(text: str) -> int | None:
    """The analysis's primary key, or None for anything that we did not sign or that is too old."""
    return follow.read(text, salt=SALT)


def guest(analysis_pk: int) -> Actor:
    """Who holds the link: may answer this analysis, and nothing else."""
    return Actor(grants=GRANTS, reach=analysis_pk)
