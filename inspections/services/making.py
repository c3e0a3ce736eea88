"""Papers that wait to be made: taken in hand by one worker at a time, given back or given up.

The rows are the queue. Where a worker dies with a paper another one takes it; a paper that cannot be made is told to
whoever asked for it and waits no longer.
"""

from datetime import datetime, timedelta

from django.db import connection, transaction

from inspections.models import Analysis, Report
from inspections.services import editions

Paper = Report | Analysis
KINDS: tuple[type[Report], type[Analysis]] = (Report, Analysis)
AGAIN = timedelta(seconds=90)  # longer than a paper can take: then its worker is gone
GIVE_UP = timedelta(minutes=10)
TURN = "SELECT pg_advisory_xact_lock(hashtextextended('inspections.papers', 0))"


@transaction.atomic
def take_paper(*, now: datetime) -> Paper | None:
    """The one that waits longest. None: nothing waits, or one is being made: the other processes keep the deadlines."""
    if not _waiting():
        return None
    with connection.cursor() as cursor:
        cursor.execute(TURN)
    waiting = _waiting()
    if not waiting or any(row.taken_at is not None and row.taken_at > now - AGAIN for row in waiting):
        return None
    row = waiting[0]
    if _asked_at(row) < now - GIVE_UP:
        editions.wait(row, failed_at=now)
        return None
    row.taken_at = now
    row.save(update_fields=["taken_at"])
    return row


def _waiting() -> list[Paper]:
    """Expects few: somebody looks at the page of each of them."""
    found: list[Paper] = []
    for kind in KINDS:
        found += kind._default_manager.filter(asked_at__isnull=False).select_related("asked_by")
    return sorted(found, key=_asked_at)


def _asked_at(row: Paper) -> datetime:
    at: datetime | None = row.asked_at
    assert at is not None  # it waits
    return at


def put_back(*, paper: Paper) -> None:
    """Its words were changed while it was being made: it is made again, with the new ones."""
    type(paper)._default_manager.filter(pk=paper.pk, asked_at__isnull=False).update(taken_at=None)


@transaction.atomic
def fail_paper(*, paper: Paper, now: datetime) -> None:
    """Whoever asked for it is told on its page and may ask again."""
    rows = type(paper)._default_manager.select_for_update(of=("self",))
    row = rows.filter(pk=paper.pk, asked_at__isnull=False).first()
    if row is not None:
        editions.wait(row, failed_at=now)
