"""Everything the ticket page reads, in a constant number of statements however long the log is. Reads only."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import User
from notifications.reports import called
from servicedesk.screens import levels
from sla import reports
from tickets import lifecycle
from tickets import services as ticket_services
from tickets.models import Attachment, Link, ReadMark, RecentAction, Ticket, TicketEvent, WaitingReply
from tickets.numbers import number_in
from tickets.services.conversation import has_responded

READ_ONCE = (
    "log", "status", "standing", "people", "names_by_email", "level", "is_answered", "files", "shifts", "called",
)  # fmt: skip


def find(user: User, reference: str) -> Ticket:
    """The ticket of that number, if this person may see it; else 404, as if there were none."""
    number = number_in(reference)
    if number is None:
        raise Http404
    tickets = Ticket.objects.visible_to(user).with_people_and_places().defer("search")
    ticket = tickets.select_related("contract", "reporter", "merged_into").filter(number=number).first()
    if ticket is None:
        raise Http404
    return ticket


@dataclass
class Case:
    """A ticket with its log, at one instant, for one person. The parts are read when first asked for."""

    ticket: Ticket
    user: User
    now: datetime
    also: str = ""  # what somebody else changed while this was saved
    action: RecentAction | None = None  # what this request wrote and can take back

    @cached_property
    def actor(self) -> Actor:
        return Actor(user=self.user)

    def reread(self) -> None:
        """Somebody else has just written: forget what was read before."""
        self.ticket.refresh_from_db()
        for name in READ_ONCE:
            self.__dict__.pop(name, None)

    @cached_property
    def log(self) -> list[TicketEvent]:
        return ticket_services.read_logs([self.ticket])[self.ticket.pk]

    @cached_property
    def status(self) -> lifecycle.Status:
        return lifecycle.fold(self.ticket.kind, lifecycle.in_force(self.log))

    @cached_property
    def standing(self) -> reports.Standing:
        return reports.standing(self.ticket, self.now, self.log)

    @cached_property
    def shifts(self) -> reports.Shifts:
        return reports.Shifts(self.log)

    @cached_property
    def level(self) -> levels.Badge:
        return levels.of_ticket(self.ticket)

    @cached_property
    def is_answered(self) -> bool:
        return has_responded(self.log)

    @cached_property
    def staff(self) -> list[User]:
        """Who can own a ticket, and everybody the log names, in one statement; see `people`."""
        return [person for person in self.people.values() if person.is_active and person.is_staff_member]

    @cached_property
    def people(self) -> dict[int, User]:
        named = {event.user_id for event in self.log if event.user_id}
        owners = User.objects.staff().values("pk")
        return {
            person.pk: person for person in User.objects.filter(Q(pk__in=named) | Q(pk__in=owners)).order_by("name")
        }

    @cached_property
    def names_by_email(self) -> dict[str, str]:
        return {person.email: str(person) for person in self.people.values()}

    @cached_property
    def colleagues(self) -> dict[str, str]:
        """Where a mention leads: the open work of that person, by whole name and by a first name that is no other's."""
        found: dict[str, str] = {}
        firsts = Counter(str(person).split(" ")[0].lower() for person in self.staff)
        for person in self.staff:
            address = "/tickets/?" + urlencode({"view": "open", "assignee": person.email})
            first = str(person).split(" ")[0].lower()
            found |= {str(person).lower(): address} | ({first: address} if firsts[first] == 1 else {})
        return found

    @cached_property
    def called(self) -> Mapping[int, Sequence[called.Called]]:
        """Event -> who was called then; asked for only where the log has something that calls."""
        return called.called(self.ticket) if any(event.type in called.TYPES for event in self.log) else {}

    @cached_property
    def mark(self) -> ReadMark | None:
        return ticket_services.mark_of(ticket=self.ticket, by=self.actor)

    def is_unread(self, event: TicketEvent | None) -> bool:
        """By somebody else, behind the mark. Wider than what makes a list bold: here every line since then is shown."""
        seen = self.mark.seq if self.mark else 0
        return event is not None and event.seq > seen and event.user_id != self.user.pk

    @cached_property
    def files(self) -> list[Attachment]:
        return list(self.ticket.attachments.select_related("uploaded_by"))

    @cached_property
    def waiting(self) -> list[WaitingReply]:
        """Replies that have not left yet."""
        return list(self.ticket.waiting_replies.select_related("author"))

    @cached_property
    def watchers(self) -> list[User]:
        return list(self.ticket.watchers.all())

    @cached_property
    def links(self) -> list[Link]:
        both = Q(source=self.ticket) | Q(target=self.ticket)
        return list(Link.objects.filter(both).select_related("source", "target").order_by("created_at"))

    @property
    def why_address(self) -> str:
        return f"{self.ticket.get_absolute_url()}part/why/"

    @property
    def act_address(self) -> str:
        return f"{self.ticket.get_absolute_url()}part/act/"

    @property
    def site_zone(self) -> str:
        return self.ticket.site.zone if self.ticket.site else ""

    @property
    def is_same_zone(self) -> bool:
        place = ZoneInfo(self.site_zone) if self.site_zone else None
        here = timezone.get_current_timezone()
        return place is None or self.now.astimezone(place).utcoffset() == self.now.astimezone(here).utcoffset()

    def name_of(self, event: TicketEvent) -> str:
        person = self.people.get(event.user_id) if event.user_id else None
        return str(person) if person else ""
