"""Which saved replies somebody can use, and their texts with the placeholders filled in. Reads only."""

from django.db.models import Q

from accounts.models import User
from common.whole_numbers import whole_number
from servicedesk.screens.ticket_case import Case
from tickets.models import SavedReply

SHOWN = 100


def usable(user: User, query: str = "") -> list[SavedReply]:
    """His own, those of his teams, and everybody's."""
    of_user = Q(owner=user) | Q(team__in=user.teams.values("pk")) | Q(owner=None, team=None)
    found = SavedReply.objects.filter(of_user).select_related("team")
    for word in query.split()[:5]:
        found = found.filter(Q(title__icontains=word) | Q(body__icontains=word))
    return list(found[:SHOWN])


def filled(text: str, case: Case) -> str:
    ticket = case.ticket
    customer = str(ticket.reporter or ticket.contact_name or ticket.organisation or "")
    words = {"customer": customer, "number": ticket.reference, "title": ticket.title, "agent": str(case.user)}
    for name, value in words.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def text_for(case: Case, asked: str) -> str:
    """The text a link of that page asks for."""
    key = whole_number(asked)
    if key is None:
        return ""
    row = next((row for row in usable(case.user) if row.pk == key), None)
    return filled(row.body, case) if row else ""
