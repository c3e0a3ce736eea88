"""What happened and what was said cannot be rewritten, by nobody and by no statement."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction

from accounts.actors import Actor
from tickets import services
from tickets.models import Note, Reply, TicketEvent

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [TicketEvent, Reply, Note])
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_rewrite(ticket, agent, model, verb):
    services.reply(ticket=ticket, body="Said", by=Actor(user=agent), now=datetime.now(UTC))
    services.note(ticket=ticket, body="Noted", by=Actor(user=agent), now=datetime.now(UTC))
    rows = model.objects.filter(ticket=ticket)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(ticket=ticket) if verb == "update" else rows._raw_delete(rows.db)
    assert rows.exists()
