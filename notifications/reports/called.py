"""Who was called about a ticket, event by event, as the notices say it; the duty list says under which names.

The duty list may have changed since; whoever heard of it is named all the same, then by his role in the house.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q

from accounts.models import Duty
from accounts.roles import Role
from notifications.models import Notice
from notifications.rules import DEDICATED, RULES, TEAM_LEAD, Audience, duty_code
from tickets.models import Ticket

TYPES = frozenset(type_ for type_, rules in RULES.items() if any(Audience.LADDER in rule.audiences for rule in rules))
KINDS = frozenset(rule.kind for rules in RULES.values() for rule in rules if Audience.LADDER in rule.audiences)


@dataclass(frozen=True)
class Called:
    """`duties`: codes of the duty list that were this person's when the notice was written."""

    name: str
    role: Role
    duties: frozenset[str]

    def has(self, called: str) -> bool:
        """Whether this person was called under that name of the ladder."""
        return duty_code(called) in self.duties


def called(ticket: Ticket) -> Mapping[int, Sequence[Called]]:
    """Event -> people, in one statement."""
    begun = Q(starts_at__isnull=True) | Q(starts_at__lte=OuterRef("created_at"))
    going = Q(ends_at__isnull=True) | Q(ends_at__gt=OuterRef("created_at"))
    duties = Duty.objects.filter(begun, going, user=OuterRef("user")).order_by("pk").values("code")
    rows = Notice.objects.filter(ticket=ticket, kind__in=KINDS).order_by("pk")
    told = rows.annotate(codes=ArraySubquery(duties), lead_id=F("ticket__team__lead"))
    found: dict[int, list[Called]] = defaultdict(list)
    for row in told.select_related("user"):
        codes = set(row.codes)
        if row.user_id == ticket.assignee_id:
            codes.add(duty_code(DEDICATED))
        if row.user_id == row.lead_id:
            codes.add(duty_code(TEAM_LEAD))
        found[row.event_id].append(Called(str(row.user), Role(row.user.role), frozenset(codes)))
    return found
