"""What a person has read. Writes marks only: reading is no event and changes no ticket."""

from datetime import datetime

from django.db import connection

from accounts.actors import Actor
from tickets.models import ReadMark, Ticket

# One statement, because every page view may send it. An older page that reports late never takes a mark back.
MARK = """
INSERT INTO tickets_readmark AS mark (user_id, ticket_id, seq, read_at) VALUES (%s, %s, %s, %s)
ON CONFLICT (ticket_id, user_id) DO UPDATE SET seq = EXCLUDED.seq, read_at = EXCLUDED.read_at
WHERE mark.seq <= EXCLUDED.seq
"""


def mark_read(*, ticket: Ticket, by: Actor, seq: int, now: datetime) -> None:
    """`ticket` was read through `visible_to`. More than there is to read counts as all of it; nobody reads as a key."""
    if by.user is None:
        return
    upto = max(0, min(seq, ticket.last_seq))
    with connection.cursor() as cursor:
        cursor.execute(MARK, (by.user.pk, ticket.pk, upto, now))


def mark_of(*, ticket: Ticket, by: Actor) -> ReadMark | None:
    return ReadMark.objects.filter(ticket=ticket, user=by.user).first() if by.user else None
